"""Where Codex sends model traffic and telemetry, and the credentials that its configuration carries or names.

A project's layer cannot redirect either: those keys are reported as without effect and give no endpoint there.
Sources: https://developers.openai.com/codex/config-reference (model_providers, otel, shell_environment_policy);
https://github.com/openai/codex, codex-rs/model-provider-info/src/lib.rs, read 2026-11-22.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, is_header_of_credential, pointing, read_slot
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential, CredentialLocation

Carries = Literal["model_traffic", "telemetry", "events", "all_traffic"]

_BASE_ADDRESSES = ("openai_base_url", "chatgpt_base_url")
_EXPORTERS = ("exporter", "trace_exporter", "metrics_exporter")
_MOST_ENTRIES = 300


def read_endpoints(root: Node) -> Iterator[Endpoint]:
    """Addresses that replace the vendor's."""
    for key in _BASE_ADDRESSES:
        yield from _endpoint(root[key], key, "model_traffic")
    for name, provider in islice(root["model_providers"].entries(), _MOST_ENTRIES):
        yield from _endpoint(provider["base_url"], f"model_providers.{name}.base_url", "model_traffic")
    for exporter in _exporters(root["otel"]):
        yield from _endpoint(exporter["endpoint"], "otel endpoint", "telemetry")


def read_credentials(root: Node) -> Iterator[Credential]:
    """Credentials of providers, of telemetry, and variables that every command is given."""
    for _, provider in islice(root["model_providers"].entries(), _MOST_ENTRIES):
        yield from _of_provider(provider)
    for exporter in _exporters(root["otel"]):
        yield from _headers(exporter["headers"])
    for name, node in islice(root["shell_environment_policy"]["set"].entries(), _MOST_ENTRIES):
        yield from _literal(name, node, "env", sensitive=is_credential_name(name))


def _of_provider(provider: Node) -> Iterator[Credential]:
    token = provider["experimental_bearer_token"]
    yield from _literal("experimental_bearer_token", token, "field", sensitive=True)
    yield from _headers(provider["http_headers"])
    variable = provider["env_key"]
    if variable.is_text and variable.value:
        yield pointing(Slot("env_key", variable.at, "env"), variable.value, "env")
    for name, node in islice(provider["env_http_headers"].entries(), _MOST_ENTRIES):
        if node.is_text and is_header_of_credential(name):
            yield pointing(Slot(name, node.at, "header"), node.value, "env")


def _exporters(otel: Node) -> Iterator[Node]:
    for key in _EXPORTERS:
        for kind in ("otlp-http", "otlp-grpc"):
            if otel[key][kind].is_mapping:
                yield otel[key][kind]


def _endpoint(node: Node, name: str, carries: Carries) -> Iterator[Endpoint]:
    if node.is_text and node.value.strip():
        yield replace(endpoint_of(node.value, node.at, name), carries=Known(carries, node.at))


def _headers(headers: Node) -> Iterator[Credential]:
    for name, node in islice(headers.entries(), _MOST_ENTRIES):
        yield from _literal(name, node, "header", sensitive=is_header_of_credential(name))


def _literal(name: str, node: Node, location: CredentialLocation, *, sensitive: bool) -> Iterator[Credential]:
    if node.is_text:
        yield from read_slot(node.value, Slot(name, node.at, location, sensitive), Expansion())[0]
