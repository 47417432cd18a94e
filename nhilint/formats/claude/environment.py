"""The `env` block becomes addresses that traffic is sent to, and credentials.

Values are plain text: nothing in them is replaced. Most of a project's values apply once the folder is trusted, in a
`claude -p` run at once. Sources: https://code.claude.com/docs/en/env-vars, /settings-reference#env and
/monitoring-usage, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential

Carries = Literal["model_traffic", "telemetry", "events", "all_traffic"]

_CARRIED: dict[str, Carries] = {
    "ANTHROPIC_BASE_URL": "model_traffic",
    "ANTHROPIC_AWS_BASE_URL": "model_traffic",
    "ANTHROPIC_BEDROCK_BASE_URL": "model_traffic",
    "ANTHROPIC_BEDROCK_MANTLE_BASE_URL": "model_traffic",
    "ANTHROPIC_FOUNDRY_BASE_URL": "model_traffic",
    "ANTHROPIC_VERTEX_BASE_URL": "model_traffic",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "telemetry",
    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT": "telemetry",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "telemetry",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "telemetry",
    "HTTP_PROXY": "all_traffic",
    "HTTPS_PROXY": "all_traffic",
    "ALL_PROXY": "all_traffic",
}
MOST_VARIABLES = 1_000


def read_endpoints(env: Node) -> Iterator[Endpoint]:
    """The addresses that variables set; an empty value cancels one and is none."""
    for name, carries in _CARRIED.items():
        node = env[name] if env[name].exists else env[name.lower()] if "PROXY" in name else env[name]
        text = node.text()
        if isinstance(text, Known) and text.value.strip():
            endpoint = endpoint_of(text.value, node.at, name)
            yield replace(endpoint, carries=Known(carries, node.at))


def read_credentials(env: Node) -> Iterator[Credential]:
    """The credentials that variables hold in clear."""
    for count, (name, node) in enumerate(env.entries()):
        if count >= MOST_VARIABLES:
            return
        if node.is_text:
            slot = Slot(name, node.at, "env", is_credential_name(name))
            yield from read_slot(node.value, slot, Expansion())[0]
