"""Which descriptions of interfaces may be meant for agents: by usual names, and by words that only such files have.

OpenAPI files are everywhere; the reader leaves those alone that show no sign of an agent behind them.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_PROBE = (b"securitySchemes", b"securityDefinitions", b"x-openai-isConsequential", b"x-requireConfirmation")
_DOCS = "https://spec.openapis.org/oas/latest.html"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="openapi",
        title="OpenAPI and AsyncAPI descriptions made for agents (JSON)",
        syntax=Syntax.JSON,
        reads="openapi.interface",
        paths=("*openapi*.json", "*open-api*.json", "*open_api*.json", "*swagger*.json", "*asyncapi*.json"),
        probe=_PROBE,
        docs=_DOCS,
    ),
    Claim(
        format="openapi",
        title="OpenAPI and AsyncAPI descriptions made for agents (YAML)",
        syntax=Syntax.YAML,
        reads="openapi.interface",
        paths=(
            "*openapi*.yaml",
            "*openapi*.yml",
            "*open-api*.yaml",
            "*swagger*.yaml",
            "*swagger*.yml",
            "*asyncapi*.yaml",
            "*asyncapi*.yml",
            "*_api.yaml",
            "*-api.yaml",
        ),
        probe=_PROBE,
        docs=_DOCS,
    ),
)
