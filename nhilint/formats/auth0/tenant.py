"""The YAML of a whole Auth0 tenant becomes its clients, client grants, interfaces and settings.

Source: github.com/auth0/auth0-deploy-cli, docs and examples/yaml/tenant.yaml, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.auth0.client import is_client, is_grant, read_client, read_grant, templates
from nhilint.formats.auth0.settings import is_resource_server, is_tenant, read_resource_server, read_tenant
from nhilint.formats.node import Node
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_MOST = 2_000


def extract(document: Document, claim: Claim) -> Extraction:
    """Everything that is read; a file with nothing of it is no tenant, or one that holds none."""
    root = Node.root(document, templates)
    clients = [node for node in list(root["clients"].items())[:_MOST] if is_client(node)]
    grants = [node for node in list(root["clientGrants"].items())[:_MOST] if is_grant(node)]
    servers = [node for node in list(root["resourceServers"].items())[:_MOST] if is_resource_server(node)]
    tenants = [root["tenant"]] if is_tenant(root["tenant"]) else []
    if not clients and not grants and not servers and not tenants:
        return Extraction(recognised=False)
    found = [
        *map(read_client, clients),
        *map(read_grant, grants),
        *map(read_resource_server, servers),
        *map(read_tenant, tenants),
    ]
    return Extraction(tuple(Resource("app", name, claim.format, app) for name, app in found))
