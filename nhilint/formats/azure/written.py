"""Credentials written into ARM templates, their parameter files, and Bicep.

A parameter of type `securestring` with a default, or one that `@secure()` marks, has its secret in the template; the
type only keeps it out of the deployment's log. Sources:
learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases (secure parameters cannot have
hard-coded default), …/templates/parameter-files and …/bicep/parameters; field names from a survey, page not re-read.
Expressions (`[newGuid()]`) and references to a vault are none in clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.tree import Array, Call, Loop, Object, Text
from nhilint.formats.written_secrets.leaf import Leaf
from nhilint.formats.written_secrets.reading import START_SCRIPTS, written_credentials
from nhilint.formats.written_secrets.texts import Texts
from nhilint.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.azure.tree import Declaration, Expr
    from nhilint.formats.format import Claim
    from nhilint.model.place import Pointer
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_SECURE = frozenset({"securestring", "secureobject"})
_BEFORE = 400
"""How far before a parameter its decorators are looked for."""
_WRAPPING = frozenset({"base64", "string", "json", "union", "concat"})


def written_in_template(document: Document, within: Pointer, claim: Claim) -> Iterator[Resource]:
    """The credentials in clear of a template, or of a file of parameters; `within` leads to it in the file."""
    value = document.value
    for step in within:
        value = value.get(str(step)) if isinstance(value, dict) else None
    if not isinstance(value, dict):
        return
    leaves = (
        leaf
        for part in ("parameters", "variables", "resources")
        for leaf in Texts(document.path, _is_secure).below(value.get(part), (*within, part), part, part)
        if not leaf.text.lstrip().startswith("[") or leaf.text.startswith("[[") or leaf.name in START_SCRIPTS
    )
    yield from written_credentials(leaves, document.text, claim.format)


def _is_secure(key: str, holder: dict[str, Value]) -> bool:
    return key == "defaultValue" and str(holder.get("type", "")).lower() in _SECURE


def written_in_bicep(document: Document, declared: Iterable[Declaration], claim: Claim) -> Iterator[Resource]:
    """The credentials in clear of a Bicep file."""
    source = document.text
    leaves = (
        leaf
        for one in declared
        if one.value is not None and one.keyword in ("param", "var", "resource", "module")
        for leaf in _below(document.path, one.value, one.name, _owner(one), sensitive=_is_secret(one, source))
    )
    yield from written_credentials(leaves, source, claim.format)


def _owner(declared: Declaration) -> str:
    return "" if declared.keyword in ("param", "var") else f"{declared.keyword} {declared.name}"


def _is_secret(declared: Declaration, source: str) -> bool:
    return declared.keyword == "param" and is_marked(declared, source)


def is_marked(declared: Declaration, source: str) -> bool:
    """Whether `@secure()` stands among the decorators right before a parameter or an output."""
    before = source[max(0, declared.start - _BEFORE) : declared.start].rsplit("\n\n", maxsplit=1)[-1]
    last = max(before.rfind(f"\n{keyword} ") for keyword in ("param", "var", "resource", "module", "output"))
    return "@secure()" in before[last + 1 :]


def _below(path: str, value: Expr, name: str, owner: str, *, sensitive: bool = False) -> Iterator[Leaf]:
    if isinstance(value, Text):
        if len(value.parts) == 1 and isinstance(value.parts[0], str):
            quotes = (value.end - value.start - len(value.parts[0])) // 2
            yield Leaf(name, value.parts[0], Place(path), owner, sensitive, value.start + max(quotes, 0))
    elif isinstance(value, Object):
        entries = dict(value.entries)
        beside = entries.get("name")
        named = beside.parts[0] if isinstance(beside, Text) and len(beside.parts) == 1 else ""
        for key, inner in value.entries:
            called = named if key == "value" and isinstance(named, str) and named else name if key == "value" else key
            yield from _below(path, inner, called, owner)
    elif isinstance(value, Array):
        for item in value.items:
            yield from _below(path, item, name, owner)
    elif isinstance(value, Loop):
        yield from _below(path, value.body, name, owner)
    elif isinstance(value, Call) and value.name in _WRAPPING:
        for argument in value.arguments:
            yield from _below(path, argument, name, owner, sensitive=sensitive)
