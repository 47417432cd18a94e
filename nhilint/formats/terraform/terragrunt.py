"""A `terragrunt.hcl` calls the module that its block `terraform` names, with `inputs` as the arguments.

Read is a source within the repository, by a relative path or from its top (`${get_repo_root()}`); two slashes in it
mark where the module begins and mean one. Without a source the folder itself is the module. What a `dependency` lends
is an output of the module in its folder; what an `include` lends is unknown, and so are inputs that a function puts
together. Credentials in such a file are not looked for. Source: terragrunt.gruntwork.io/docs/reference/hcl/blocks
(terraform, dependency) and …/attributes (inputs), from a survey, pages not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.source.value import Value

_NAME = "terragrunt.hcl"
_TOP = "${get_repo_root()}/"
_OUTPUT = Deferred(r"^dependency\.([\w-]+)\.outputs\.([\w-]+)$")


class GivenInputs(NamedTuple):
    """The folder that a file calls, as a path from its own, and what it hands over."""

    source: str
    inputs: dict[str, Value]


class Borrowed(NamedTuple):
    """An output of the module in another folder, which is a path from the folder of the file."""

    folder: str
    output: str


def is_terragrunt(path: str) -> bool:
    """Whether a file is Terragrunt's."""
    return path.rpartition("/")[2].lower() == _NAME


def from_top(path: str, text: str) -> str:
    """A text in which the top of the repository is spelled as a path from the folder of the file."""
    return text.replace(_TOP, "./" + "../" * path.count("/")) if is_terragrunt(path) else text


def called_by(path: str, value: dict[str, Value]) -> GivenInputs | None:
    """The module of the repository that a file calls; None where it calls none or hands over nothing that is known."""
    blocks, inputs = value.get("terraform"), value.get("inputs")
    block = blocks[0] if isinstance(blocks, list) and blocks else None
    source = block.get("source") if isinstance(block, dict) else None
    text = source.text.strip('"') if isinstance(source, Expression) else source
    if not isinstance(text, str) or not isinstance(inputs, dict):
        return None
    local = from_top(path, text)
    return GivenInputs(local, inputs) if local.startswith(("./", "../")) and "${" not in local else None


def borrowed_by(path: str, value: dict[str, Value]) -> dict[str, Borrowed]:
    """The inputs of the folder itself that are outputs of others; none where the file calls a module elsewhere."""
    inputs = value.get("inputs")
    if value.get("terraform") is not None or not isinstance(inputs, dict):
        return {}
    folders = dict(_dependencies(path, value.get("dependency")))
    found: dict[str, Borrowed] = {}
    for name, given in inputs.items():
        output = _OUTPUT.match(given.text) if isinstance(given, Expression) else None
        if output is not None and output[1] in folders:
            found[name] = Borrowed(folders[output[1]], output[2])
    return found


def _dependencies(path: str, stated: Value) -> Iterator[tuple[str, str]]:
    for name, bodies in (stated if isinstance(stated, dict) else {}).items():
        body = bodies[0] if isinstance(bodies, list) and bodies else None
        config = body.get("config_path") if isinstance(body, dict) else None
        text = config.text.strip('"') if isinstance(config, Expression) else config
        local = from_top(path, text) if isinstance(text, str) else ""
        if local.startswith(("./", "../")) and "${" not in local:
            yield name, local
