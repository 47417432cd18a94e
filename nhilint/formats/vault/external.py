"""The settings that Bank-Vaults writes into Vault become policies and roles.

They stand in `spec.externalConfig` of a `Vault` object, in a file of their own for `bank-vaults configure`, or below
`externalConfig` in the values of a chart. A role is what Vault's own API takes, with its name beside; roles of the
clouds and of certificates are known by their policies alone. Who may sign in by a JWT role depends on the issuer, which
the `config` of its method names. Templates of Bank-Vaults are `${ … }`, beside which Helm's may stand. Sources, read
2026-11-23: https://bank-vaults.dev/docs/operator/templating-configuration/,
https://banzaicloud.com/docs/bank-vaults/external-configuration/ and github.com/bank-vaults/bank-vaults, internal/vault/
(auth_methods.go: roles, their names, what each method takes; policies.go: name, rules).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.formats.vault.people import handed_to_people
from nhilint.formats.vault.policy_text import written_policy
from nhilint.formats.vault.role import is_for_people, names_groups, role
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.vault.role import Method
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.document import Document

FORMAT: Final = "vault-settings"
_MOST = 2_000
_METHODS: Final[dict[str, Method]] = {
    "kubernetes": "kubernetes",
    "jwt": "jwt",
    "oidc": "jwt",
    "approle": "approle",
    "aws": "other",
    "gcp": "other",
    "azure": "other",
    "oci": "other",
    "cert": "other",
}


def extract(document: Document, claim: Claim) -> Extraction:
    """The policies and roles of a file; one without any is a file of something else."""
    root = Node.root(document, braces)
    parts = root.items() if root.is_list else (root,)
    found = tuple(
        one for part in islice(parts, _MOST) if not part["kind"].exists for one in _resources(part, claim.format)
    )
    return Extraction(found, recognised=bool(found))


def of_values(document: Document) -> Iterator[Resource]:
    """The policies and roles that the values of a chart hand to Bank-Vaults."""
    root = Node.root(document, braces)
    for config in (root["externalConfig"], root.at_path("vault", "externalConfig")):
        yield from _resources(config, FORMAT)


def _resources(config: Node, format_id: str) -> Iterator[Resource]:
    for name, facts in declared(config):
        yield Resource("policy" if isinstance(facts, Policy) else "identity", name, format_id, facts)


def declared(config: Node) -> Iterator[tuple[str, Policy | Identity]]:
    """The policies and roles of such settings, by their names."""
    of_people = handed_to_people(config)
    for policy in islice(config["policies"].items(), _MOST):
        if policy["name"].is_text and policy["rules"].is_text and "path" in policy["rules"].value:
            name = policy["name"].value
            found = written_policy(name, policy.at, policy["rules"])
            yield name, replace(found, held_by_people=Known(name in of_people, policy.at))
    for method in islice(config["auth"].items(), _MOST):
        kind = method["type"].value
        if not isinstance(kind, str) or kind not in _METHODS or not method["roles"].is_list:
            continue
        for body in islice(method["roles"].items(), _MOST):
            if body["name"].is_text and not (_METHODS[kind] == "jwt" and is_for_people(body)):
                yield body["name"].value, _role(body, _METHODS[kind], method["config"])


def _role(body: Node, method: Method, config: Node) -> Identity:
    found = role(body, method, body["name"].value, _issuer(config) if method == "jwt" else None)
    return replace(found, gives_default_only=None) if names_groups(body) else found


def _issuer(config: Node) -> Fact[str]:
    """The host and path of the issuer that a method trusts; None where it names none."""
    for name in ("bound_issuer", "oidc_discovery_url", "jwks_url"):
        stated = config[name].text()
        if isinstance(stated, Unknown):
            return stated
        if stated is not None and stated.value:
            return Known((stated.value.partition("://")[2] or stated.value).rstrip("/"), stated.at)
    return None
