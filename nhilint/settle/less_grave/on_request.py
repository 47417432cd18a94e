"""What stands in a block of Terraform, or a resource of CloudFormation, that is made only once somebody sets a variable
or parameter is told one step less gravely, with that variable and what it has to be; not a secret in clear, which is
open wherever it stands.

A file of values or a run that gives the variable such a value, wherever in the tree it is, puts the block in force.
What a module of the repository hands over when it calls was followed before; an example's call changes nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.on_request import EMPTY, FALSE, LIST_WITH, OTHERWISE, SET, BlocksOnRequest, Parameter
from nhilint.model.finding import Confidence, Severity
from nhilint.model.place import Place
from nhilint.settle.less_grave.parameters_given import given_somewhere
from nhilint.settle.lowered import a_step_lower
from nhilint.tree import own_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.on_request import Switch
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_VALUES = (".tfvars", ".tfvars.json", ".hcl")
_RUNS = (".sh", ".yml", ".yaml", "Makefile", ".mk", "Jenkinsfile", ".env")
_DEPTHS = (0, 2, 3, 4)
"""How deep blocks stand: files of policies as a whole, resources of templates, calls of modules, and resources and data
sources of Terraform."""
_OPENING = "resource_policy"
"""Who sets the switch of such a block asks for what it says of others, and for nothing else; of an identity the switch
may choose a way that has other ends."""
_MOST_FILES = 600
_LONGEST = 400_000
_LONGEST_OBJECT = 4_000
_ANY_VALUE = r"""(?!["']{2}|["']?(?:false|null|0)\b|\[\s*\]|\{\s*\})[\w"'\[{$.]"""
_GIVEN = {
    SET: _ANY_VALUE,
    FALSE: r"""["']?(?:false\b|0(?![\w.]))|["']{2}|[\w$]+[.{]""",
    EMPTY: r"""["']{2}(?![\w"'])|null\b|[\w$]+[.{]""",
    OTHERWISE: r"""[\w"'\[{$.]""",
}
"""How a value begins that a variable has to have; what an expression comes to may be any."""
_SET = r"""(?<![\w-])(?:TF_VAR_)?%s["']?[ \t]*[=:][ \t]*"""
_SET_IN_RUN = r"""(?:TF_VAR_%s["']?[ \t]*[=:]|-var[ \t=]+["']?%s=)[ \t]*"""


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those in such a block lowered."""
    waiting = {one.at: one.switch for held in resources if isinstance(held, BlocksOnRequest) for one in held.blocks}
    asked = {waiting[of] for of in {_block(finding, waiting) for finding in findings} if of is not None}
    unset = asked - _set_somewhere(asked, tree) if asked else asked
    return tuple(_told(one, waiting, unset) for one in findings) if unset else findings


def _told(finding: Finding, waiting: dict[Place, Switch], unset: set[Switch]) -> Finding:
    block = _block(finding, waiting)
    switch = waiting[block] if block is not None else None
    if switch is None or switch not in unset:
        return finding
    least = Severity.INFO if finding.subject.kind == _OPENING else Severity.LOW
    told = a_step_lower(finding, f"off by default, made where {switch.said}", at_least=least)
    return replace(told, confidence=min(finding.confidence, Confidence.MEDIUM))


def _block(finding: Finding, waiting: dict[Place, Switch]) -> Place | None:
    """The waiting block that a finding stands in."""
    if not waiting or finding.subject.kind == "credential":
        return None
    path, pointer = finding.place.path, finding.place.pointer
    return next((at for depth in _DEPTHS if (at := Place(path, pointer[:depth])) in waiting), None)


def _set_somewhere(switches: set[Switch], tree: Tree) -> set[Switch]:
    """Those that a file of values turns, or that a script hands to Terraform so, and parameters of templates."""
    parameters = {one for one in switches if isinstance(one, Parameter)}
    found: set[Switch] = {*given_somewhere(parameters, tree)}
    variables = switches - parameters
    for is_run, text in _texts(tree) if variables else ():
        found.update(one for one in variables if one.name in text and _turns(one, text, is_run=is_run))
    return found


def _turns(switch: Switch, text: str, *, is_run: bool) -> bool:
    """Whether a text gives a variable, or the part of it that is asked for, what it has to be."""
    name = re.escape(switch.name)
    form = _SET_IN_RUN % (name, name) if is_run and "_" not in switch.name else _SET % name
    given = _given(switch.wanted)
    if not switch.part:
        return re.search(form + given, text) is not None
    inner = re.compile(_SET % re.escape(switch.part) + given)
    return any(
        inner.search(_object_at(text, match.end())) or text[match.end()] not in "{'\"\n"
        for match in re.finditer(form + r"(?=\S|\n)", text)
    )


def _given(wanted: str) -> str:
    """How a value begins that is what is wanted."""
    if wanted in _GIVEN:
        return _GIVEN[wanted]
    if wanted.startswith(LIST_WITH):
        listed = re.escape(wanted.removeprefix(LIST_WITH))
        return rf"""(?:["']?\[[^\]]{{0,4000}}["']{listed}["']|[\w$]+[.({{])"""
    word = rf"""["']?{re.escape(wanted.removeprefix("not "))}["']?(?![\w-])"""
    return rf"(?!{word})" + _GIVEN[OTHERWISE] if wanted.startswith("not ") else rf"(?:{word}|[\w$]+[.{{])"


def _object_at(text: str, start: int) -> str:
    """The text from there to where the brackets that it opens are closed."""
    depth = 0
    for at in range(start, min(len(text), start + _LONGEST_OBJECT)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0 and text[at] == "}":
            return text[start:at]
    return text[start : start + _LONGEST_OBJECT] if depth else ""


def _texts(tree: Tree) -> Iterator[tuple[bool, str]]:
    paths = [path for path in tree.paths() if path.endswith((*_VALUES, *_RUNS))]
    for path in sorted(paths, key=lambda path: not path.endswith(_VALUES))[:_MOST_FILES]:
        data = own_bytes(tree, path)
        if data is not None:
            yield not path.endswith(_VALUES), data[:_LONGEST].decode("utf-8", "replace")
