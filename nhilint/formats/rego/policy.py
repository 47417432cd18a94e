"""A Rego file becomes a policy as far as it can be judged without running it: its default, and rules without a body.

Only rules whose name says that they allow are looked at, only at the top of the file, and only where no condition
stands behind them. What other rules decide is not known here. Where findings are collected (`deny[msg]`) those decide;
and what never asks for a caller, an action or a request is no matter of access. Tests (`*_test.rego`) are no policies.
Source:
www.openpolicyagent.org/docs/policy-language (default keyword, rule heads, `if`), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_HIDDEN = Deferred(r'`[^`]*`|"(?:[^"\\\n]|\\.)*(?:"|\\?(?=\n|\Z))|#[^\n]*')
_PACKAGE = Deferred(r"^package[ \t]+([\w.\[\]\"-]+)", flags=re.MULTILINE)
_NAMES = r"(?:is_)?(?:allow(?:ed)?|authori[sz]ed|permit(?:ted)?)"
_DEFAULT = Deferred(rf"^default[ \t]+({_NAMES})[ \t]*:?=[ \t]*(true|false)\b", flags=re.MULTILINE)
_RULE = Deferred(
    rf"^({_NAMES})(?:[ \t]*:?=[ \t]*true)?[ \t]*"
    r"(?:(?:if[ \t]+)?\{\s*true\s*\}|if[ \t]+true|(?<=true))[ \t]*;?[ \t]*\r?$",
    flags=re.MULTILINE,
)
_COLLECTS = Deferred(r"^(?:deny|violations?|warn)\w*(?:\[|[ \t]+contains[ \t])", flags=re.MULTILINE)
_ASKS = Deferred(
    r"\binput\.(?:\w+\.){0,4}(?:\w*user\w*|subjects?|principal\w*|callers?|actors?|identity|roles?|groups?|claims|\w*token|"
    r"jwt|scopes?|permissions?|method|path|actions?|operation|resources?|tools?|tool_name|agent\w*|attributes|request|"
    r"parsed_path|headers?|command)\b"
)
_OF_A_TEST = Deferred(r"(?:^|/)(?:test[\w-]{0,40}|[\w-]{0,40}[_-]tests?)/", flags=re.IGNORECASE)
"""A folder that tests the engine with a policy: `policy_test`, `tests`."""
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a file; a module of functions or of findings (`deny[msg]`) has neither default nor bare rules."""
    text = _HIDDEN.sub(lambda hit: " " * len(hit.group()), document.text)
    package = _PACKAGE.search(text)
    if package is None or document.path.endswith("_test.rego"):
        return Extraction(recognised=False)
    at = Place(document.path)
    decides = _COLLECTS.search(text) is None and ("input" not in text or _ASKS.search(text) is not None)
    defaults = list(_DEFAULT.finditer(text)) if decides else []
    opened = next((hit for hit in defaults if hit[2] == "true"), defaults[0] if defaults else None)
    facts = Policy(
        at=at,
        name=Known(package[1], at),
        engine=Known("rego", at),
        default=None if opened is None else Known("allow" if opened[2] == "true" else "deny", _at(document, opened)),
        rules=tuple(_rules(document, text))[:_MOST] if decides else (),
    )
    setting = {"setting": "test"} if _OF_A_TEST.search(document.path) else {}
    return Extraction((Resource("policy", package[1], claim.format, facts, **setting),))


def _rules(document: Document, text: str) -> Iterator[PolicyRule]:
    for hit in _RULE.finditer(text):
        at = _at(document, hit)
        yes = Known(value=True, at=at)
        yield PolicyRule(
            at=at,
            name=Known(hit[1], at),
            effect=Known("allow", at),
            everyone=yes,
            every_action=yes,
            every_resource=yes,
            conditioned=Known(value=False, at=at),
        )


def _at(document: Document, hit: re.Match[str]) -> Place:
    return Place(document.path, (), "source", (hit.start(), hit.end()))
