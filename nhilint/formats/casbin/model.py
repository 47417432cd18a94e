"""A Casbin model becomes a policy: what holds when no line of the policy fits.

The effect says it: `!some(where (p.eft == deny))` alone allows whatever nobody denied, and every other effect of
Casbin's list needs a line that allows. Which lines there are is not read. Source:
casbin.apache.org/docs/syntax-for-models (policy effect), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_LINE = Deferred(r"^[ \t]*e[ \t]*=[ \t]*([^\n#]+)", flags=re.MULTILINE)
_SECTION = "[policy_effect]"
_DENIED_ONLY = "!some(where(p.eft==deny))"


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a model."""
    start = document.text.find(_SECTION)
    effect = _LINE.search(document.text, start) if start >= 0 else None
    if effect is None or "[request_definition]" not in document.text:
        return Extraction(recognised=False)
    name, at = document.path.rpartition("/")[2].partition(".")[0], Place(document.path)
    opens = re.sub(r"[ \t\r_]", lambda hit: "." if hit[0] == "_" else "", effect[1]) == _DENIED_ONLY
    facts = Policy(
        at=at,
        name=Known(name, at),
        engine=Known("casbin", at),
        default=Known("allow" if opens else "deny", Place(document.path, (), "source", effect.span())),
    )
    return Extraction((Resource("policy", name, claim.format, facts),))
