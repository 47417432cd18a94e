"""Values of a policy document as the policy language means them.

Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html and reference_policies_variables.html,
read 2026-11-22. `${aws:…}` and other `${service:key}` are policy variables and part of the language; every other
template is unknown until something fills it in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

MOST_ENTRIES = 2_000
"""AWS refuses documents above some ten thousand characters, long before a list has so many entries."""

_VARIABLE = re.compile(r"\$\{\s*(?:[a-z][a-z0-9-]*:[A-Za-z][\w/.-]*|[*?$])(?:\s*,[^{}]*)?\}")
_TEMPLATE = re.compile(r"\$\{|\{\{|<%|\{%|\$[A-Za-z_]|<[A-Za-z][^<>]*>|%[A-Z_]+%|__[A-Z_]+__")
_WHOLLY = re.compile(r"^(?:\$\{[^{}]*\}|\{\{.*\}\}|<[^<>]*>|\$[A-Za-z_]\w*|%[A-Z_]+%|__[A-Z_]+__)$")


def unfilled(text: str) -> str | None:
    """Why a text of a policy is a template; policy variables are not."""
    return "a template" if _TEMPLATE.search(_VARIABLE.sub("", text)) else None


def is_wholly_template(text: str) -> bool:
    """Whether nothing of a text is known."""
    return bool(_WHOLLY.match(text.strip())) and not _VARIABLE.fullmatch(text.strip())


def patterns(node: Node) -> Fact[tuple[str, ...]]:
    """One text or a list of texts; templates inside an ARN stay as written, an entry that is wholly one is unknown."""
    if not node.exists:
        return None
    if node.is_list and len(node.value) > MOST_ENTRIES:
        return Unknown("longer than any policy that AWS accepts", node.at)
    found: list[str] = []
    for item in node.items():
        if not item.is_text:
            return Unknown("not a text", item.at)
        if is_wholly_template(str(item.value)):
            return Unknown("a template", item.at)
        found.append(str(item.value))
    return Known(tuple(found), node.at)
