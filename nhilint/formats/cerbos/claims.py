"""Which files are policies of Cerbos: documents of its API's version."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://docs.cerbos.dev/cerbos/latest/policies/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="cerbos-policy",
        title="Cerbos policies",
        syntax=Syntax.YAML,
        reads="cerbos.policy",
        suffixes=(".yaml", ".yml"),
        probe=(b"api.cerbos.dev/v1",),
        docs=_DOCS,
    ),
    Claim(
        format="cerbos-policy",
        title="Cerbos policies (JSON)",
        syntax=Syntax.JSON,
        reads="cerbos.policy",
        suffixes=(".json",),
        probe=(b"api.cerbos.dev/v1",),
        docs=_DOCS,
    ),
)
