"""Values of a policy document as the policy language means them.

Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html and reference_policies_variables.html,
partly re-read 2026-11-22. `${aws:…}` and other `${service:key}` are policy variables and part of the language; every
other template is unknown until something fills it in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

MOST_ENTRIES = 2_000
"""AWS refuses documents above some ten thousand characters, long before a list has so many entries."""

OWN_ACCOUNT = "${AWS.AccountId}"
"""How readers write the account that a policy will stand in, where the file leaves its number to the tool."""

OWN_REGION = "${AWS.Region}"
"""How readers write the region, likewise."""

NO_FORM = "${type}"
"""How readers write the part of an ARN that stands before the name, where they do not know the type's form."""

_MARKS = Deferred(r"[$<{%]|__")
"""What every template has; most texts have none, which is cheaper to see than which template it is."""
_VARIABLE = Deferred(r"\$\{\s*(?:[a-z][a-z0-9-]*:[A-Za-z][\w/.-]*|[*?$])(?:\s*,[^{}]*)?\}")
_TEMPLATE = Deferred(r"\$\{|\{\{|<%|\{%|\$[A-Za-z_]|<[A-Za-z][^<>]*>|%[A-Z_]+%|__[A-Z_]+__")
_WHOLLY = Deferred(r"^(?:\$\{[^{}]*\}|\{\{.*\}\}|<[^<>]*>|\$[A-Za-z_]\w*|%[A-Z_]+%|__[A-Z_]+__)$")


def unfilled(text: str) -> str | None:
    """Why a text of a policy is a template; policy variables are not."""
    if not _MARKS.search(text):
        return None
    return "a template" if _TEMPLATE.search(_VARIABLE.sub("", text)) else None


def is_wholly_template(text: str) -> bool:
    """Whether nothing of a text is known."""
    if not _MARKS.search(text):
        return False
    return bool(_WHOLLY.match(text.strip())) and not _VARIABLE.fullmatch(text.strip())


def patterns(node: Node) -> Fact[tuple[str, ...]]:
    """One text or a list of texts; templates inside an ARN stay as written, an entry that is wholly one is unknown."""
    value = node.value
    if isinstance(value, str):
        return Unknown("a template", node.at) if is_wholly_template(value) else Known((value,), node.at)
    if not node.exists:
        return None
    if isinstance(value, list) and len(value) > MOST_ENTRIES:
        return Unknown("longer than any policy that AWS accepts", node.at)
    texts_only = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if texts_only and not _MARKS.search("\n".join(value)):
        return Known(tuple(value), node.at)
    return _patterns_with_templates(node)


def compared(node: Node) -> Fact[tuple[str, ...]]:
    """What a condition compares with: as `patterns`, but a boolean or number is the text that it is spelled with.

    Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html (condition_value is a text, number
    or boolean), read 2026-11-22.
    """
    found = patterns(node)
    return _patterns_with_templates(node, spelled=True) if isinstance(found, Unknown) else found


def _patterns_with_templates(node: Node, *, spelled: bool = False) -> Fact[tuple[str, ...]]:
    found: list[str] = []
    for item in node.items():
        if spelled and isinstance(item.value, bool | int | float):
            found.append(str(item.value).lower())
            continue
        if not item.is_text:
            return Unknown("not a text", item.at)
        if is_wholly_template(str(item.value)):
            return Unknown("a template", item.at)
        found.append(str(item.value))
    return Known(tuple(found), node.at)
