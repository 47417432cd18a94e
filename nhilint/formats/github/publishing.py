"""Recognises scripts that publish a package with a stored token although the registry would trust the job itself.

Told only where the very token is seen: a secret in a variable that the publishing tool reads, or written into its
command. Not told: dry runs, registries of one's own, tools that cannot do without a token (bun, Yarn 1),
npm on a runner of one's own, and workflows that are only called by others, whose caller the registry looks at.

Sources, read 2026-11-22: https://docs.npmjs.com/trusted-publishers (runners of GitHub alone; from excerpts),
https://docs.pypi.org/trusted-publishers/, https://rust-lang.github.io/rfcs/3691-trusted-publishing-cratesio.html and
github.com/rust-lang/crates-io-auth-action, https://guides.rubygems.org/trusted-publishing/ and
https://learn.microsoft.com/en-us/nuget/nuget-org/trusted-publishing (the last two from a survey, pages not re-read).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import CloudLogin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

Registry = Literal["npm", "pypi", "crates-io", "rubygems", "nuget"]


class _Publisher(Struct, frozen=True):
    """The commands that publish to a registry, the variables that hold their token, and signs of another registry.

    One of `tools` is in every such command: looking for a word is a hundred times cheaper than for the command.
    """

    registry: Registry
    tools: tuple[str, ...]
    command: Deferred
    variables: frozenset[str]
    elsewhere: Deferred


_BEFORE = (
    r"(?:^|[;&|({]|\bthen\b|\bdo\b|\brun:?)\s*(?:sudo\s+|npx\s+|uvx\s+|uv\s+run\s+|python3?\s+-m\s+|poetry\s+run\s+)*"
)
_OPTIONS = r"(?:\s+-[^\s;&|]+(?:[ =](?!-)[^\s;&|]+)?){0,6}"
_PUBLISHERS = (
    _Publisher(
        "npm",
        ("npm", "yarn"),
        Deferred(rf"{_BEFORE}(?:(?:npm|pnpm){_OPTIONS}\s+publish|yarn\s+npm\s+publish)\b", flags=re.MULTILINE),
        frozenset({"NODE_AUTH_TOKEN", "NPM_TOKEN", "NPM_AUTH_TOKEN", "YARN_NPM_AUTH_TOKEN"}),
        Deferred(r"registry[= \"':]{1,4}(?!https://registry\.npmjs\.org)\S|npm\.pkg\.github\.com|registry\.yarnpkg"),
    ),
    _Publisher(
        "pypi",
        ("twine", "uv", "poetry", "hatch", "flit", "pdm"),
        Deferred(
            rf"{_BEFORE}(?:twine(?:==[\w.]+)?{_OPTIONS}\s+upload|(?:uv|poetry|hatch|flit|pdm){_OPTIONS}\s+publish)\b",
            flags=re.MULTILINE,
        ),
        frozenset(
            {
                *("TWINE_PASSWORD", "UV_PUBLISH_TOKEN", "UV_PUBLISH_PASSWORD", "POETRY_PYPI_TOKEN_PYPI"),
                *("HATCH_INDEX_AUTH", "FLIT_PASSWORD", "PDM_PUBLISH_PASSWORD"),
            }
        ),
        Deferred(
            r"--(?:repository(?:-url)?|publish-url|repo|index)[= ](?!\"?(?:https://upload\.pypi\.org|pypi\b))|\s-r\s"
        ),
    ),
    _Publisher(
        "crates-io",
        ("cargo",),
        Deferred(rf"{_BEFORE}cargo(?:\s+\+\S+)?{_OPTIONS}\s+publish\b", flags=re.MULTILINE),
        frozenset({"CARGO_REGISTRY_TOKEN"}),
        Deferred(r"--(?:registry|index)\b"),
    ),
    _Publisher(
        "rubygems",
        ("gem",),
        Deferred(rf"{_BEFORE}gem\s+push\b", flags=re.MULTILINE),
        frozenset({"GEM_HOST_API_KEY", "RUBYGEMS_API_KEY"}),
        Deferred(r"--host\b|rubygems\.pkg\.github\.com"),
    ),
    _Publisher(
        "nuget",
        ("nuget",),
        Deferred(rf"{_BEFORE}(?:dotnet\s+)?nuget(?:\.exe)?\s+push\b", flags=re.MULTILINE),
        frozenset(),
        Deferred(r"(?:--source|-s|-Source)[= ](?!\"?(?:https://(?:api|www)\.nuget\.org|nuget\.org\b))"),
    ),
)
_OTHER_REGISTRY = {
    "TWINE_REPOSITORY_URL", "TWINE_REPOSITORY", "UV_PUBLISH_URL", "UV_PUBLISH_INDEX", "HATCH_INDEX_REPO",
    "FLIT_INDEX_URL", "PDM_PUBLISH_REPO", "NPM_CONFIG_REGISTRY", "RUBYGEMS_HOST", "CARGO_REGISTRY_DEFAULT",
}  # fmt: skip
_REHEARSES = Deferred(r"--dry-run\b|--no-push\b|\bcargo\b[^\n;&|]*\s-n\b")
_CONTINUES = Deferred(r"[ \t]*[\\`]\r?\n[ \t]*")
"""The end of a line that the shell, or PowerShell, reads on from."""
_SECRET = Deferred(r"\$\{\{\s*secrets\.(?!GITHUB_TOKEN\b)(\w+)\s*\}\}", flags=re.IGNORECASE)
_IN_COMMAND = Deferred(
    r"(?:--(?:token|password|api-key)|-(?:p|k|ApiKey))[= ]+[\"']?\$\{\{\s*secrets\.(?!GITHUB_TOKEN\b)\w+\s*\}\}"
)
_OF_VARIABLE = Deferred(r"(?:--(?:token|password|api-key)|-(?:p|k|ApiKey))[= ]+[\"']?\$(?:env:)?\{?(\w+)")
_WORDS = ("publish", "upload", "push")
_NPMJS = "registry.npmjs.org"


def published_with(script: Node, environments: Sequence[Node], job: Node) -> CloudLogin | None:
    """The stored token that a script publishes with, as a login to its registry; None where none is seen."""
    if not isinstance(script.value, str) or not any(word in script.value for word in _WORDS):
        return None
    text = _CONTINUES.sub(" ", script.value)
    if _REHEARSES.search(text):
        return None
    for publisher in _PUBLISHERS:
        if not any(tool in text for tool in publisher.tools):
            continue
        if publisher.command.search(text) is None or publisher.elsewhere.search(text):
            continue
        token = next(_tokens(publisher, script, environments), None)
        if token is not None and not _leads_elsewhere(publisher.registry, environments, job):
            by: Known[Literal["oidc", "static"]] = Known("static", token)
            return CloudLogin(at=token, provider=Known(publisher.registry, script.at), by=by)
    return None


def _tokens(publisher: _Publisher, script: Node, environments: Sequence[Node]) -> Iterator[Place]:
    """The places of the secrets that the command is given, the nearest first."""
    text = script.value
    if (written := _IN_COMMAND.search(text)) is not None:
        yield script.at.within_text(*written.span())
    named = publisher.variables | frozenset(_OF_VARIABLE.findall(text))
    for environment in environments:
        for name, value in environment.entries():
            if name in named and isinstance(value.value, str) and _SECRET.search(value.value):
                yield value.at


def _leads_elsewhere(registry: Registry, environments: Sequence[Node], job: Node) -> bool:
    """Whether the job sends its packages to a registry of its own, or runs where the public one trusts nobody."""
    if any(name.upper() in _OTHER_REGISTRY for environment in environments for name, _ in environment.entries()):
        return True
    if registry != "npm":
        return False
    set_up = (step["with"].value_under("registry-url") for step in job["steps"].items())
    if any(isinstance(address, str) and address and _NPMJS not in address for address in set_up):
        return True
    return any("self-hosted" in str(label.value).lower() for label in job["runs-on"].items())
