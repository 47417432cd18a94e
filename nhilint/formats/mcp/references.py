"""Which notation a pointer uses, and whether a product replaces it or hands the text on as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.mcp.dialect import Expansion, Form

_PREFIXED: dict[str, Form] = {
    "env": "env",
    "input": "input",
    "promptString": "input",
    "config": "editor",
    "command": "editor",
    "file": "file",
    "localEnv": "other",
    "containerEnv": "other",
}
_EDITOR_WORDS = frozenset(
    {"workspaceFolder", "workspaceFolderBasename", "workspaceRoot", "userHome", "pathSeparator", "/", "cwd", "file"}
)
_VARIABLE = Deferred(r"[A-Za-z_]\w*")
_NOT_THE_CLIENTS: frozenset[Form] = frozenset({"mustache", "other", "editor"})


def form_of(notation: str) -> Form:
    """The notation of one pointer, as it stands in the file."""
    for opening, form in _OPENINGS:
        if notation.startswith(opening):
            return form
    if notation.startswith("${"):
        return _braced(notation[2:-1])
    if notation.startswith("$") and _VARIABLE.fullmatch(notation[1:]):
        return "bare"
    return "percent" if notation.startswith("%") and notation.endswith("%") else "other"


def resolves(notation: str, expansion: Expansion) -> bool | None:
    """Whether the product replaces a pointer; None where neither its documentation nor its source code says.

    A template of another engine (`{{ x }}`, `__X__`) may be filled in before the product reads the file. What stands
    for a secret of a workflow is replaced in workflows, and by the few clients that say so.
    """
    form = form_of(notation)
    if form == "expression" and not expansion.forms:
        return False
    if form in expansion.forms:
        return True
    return False if expansion.exhaustive and form not in _NOT_THE_CLIENTS else None


def _braced(content: str) -> Form:
    prefix, colon, _ = content.partition(":")
    if colon and prefix in _PREFIXED:
        return _PREFIXED[prefix]
    if content in _EDITOR_WORDS:
        return "editor"
    if content.startswith("user_config."):
        return "plugin"
    if _VARIABLE.fullmatch(content):
        return "brace"
    return "brace_default" if ":-" in content and _VARIABLE.fullmatch(content.partition(":-")[0]) else "other"


_OPENINGS: tuple[tuple[str, Form], ...] = (
    ("${{", "expression"),
    ("{{", "mustache"),
    ("{env:", "curly"),
    ("{file:", "curly"),
    ("$(", "substitution"),
    ("$env:", "other"),
)
