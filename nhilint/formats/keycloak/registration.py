"""A realm's policies for clients that register themselves become an entrance, where they let anybody in.

A new realm lets no host register clients without a token: its list of trusted hosts is empty. A file without policies
therefore leaves it closed. It is open where the file states policies for `anonymous` and none of trusted hosts, or one
that asks neither from which host a request comes nor where the client's addresses lead; asking for one of the two, as
servers for public MCP clients do, is a limit. Source: client registration policies in the guide on securing
applications of Keycloak and Red Hat's build of it (docs.redhat.com, version 24), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.oauth_clients import registration_entrance

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.app import Entrance

_POLICIES = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy"
_WAIVED = frozenset({"false", "['false']", "[false]"})
_MOST = 200


def open_entrances(realm: Node) -> tuple[Entrance, ...]:
    """The open registration of a realm, or nothing."""
    policies = realm["components"][_POLICIES]
    anonymous = [node for node in list(policies.items())[:_MOST] if node["subType"].value == "anonymous"]
    trusting = [node for node in anonymous if node["providerId"].value == "trusted-hosts"]
    if not anonymous:
        return ()
    if not trusting:
        return (registration_entrance(policies, "anonymous client registration"),)
    config = trusting[0]["config"]
    asked = [config[key] for key in ("host-sending-registration-request-must-match", "client-uris-must-match")]
    waived = all(str(node.value).lower() in _WAIVED for node in asked)
    return (registration_entrance(asked[0], "anonymous client registration"),) if waived else ()
