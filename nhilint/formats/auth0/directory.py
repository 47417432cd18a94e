"""One file of an Auth0 tenant's folder becomes a client, a client grant, an interface or the tenant's settings.

Source: github.com/auth0/auth0-deploy-cli, examples/directory, read 2026-11-22.
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


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; other files in folders of these names are neither."""
    root = Node.root(document, templates)
    if is_grant(root):
        name, app = read_grant(root)
    elif is_client(root):
        name, app = read_client(root)
    elif is_resource_server(root):
        name, app = read_resource_server(root)
    elif is_tenant(root):
        name, app = read_tenant(root)
    else:
        return Extraction(recognised=False)
    return Extraction((Resource("app", name, claim.format, app),))
