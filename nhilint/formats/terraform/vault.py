"""The Vault blocks of a module become policies and roles; a role carries the policies of the module that it names.

Source: github.com/hashicorp/terraform-provider-vault, website/docs/r (policy, jwt_auth_backend, jwt_auth_backend_role,
kubernetes_auth_backend_role, approle_auth_backend_role), website/docs/d/policy_document and
vault/resource_approle_auth_backend_role_secret_id.go, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from nhilint.formats.aws.assembled import mapping
from nhilint.formats.terraform.policy_text import is_file, policy_text
from nhilint.formats.terraform.vault_engines import engine_users
from nhilint.formats.vault.policy_text import embedded_rules
from nhilint.formats.vault.role import is_for_people, role
from nhilint.formats.vault.rules import PathRule, administers, policy_of
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import AttachedPolicy
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.formats.vault.role import Method
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.policy import Policy
    from nhilint.source.value import Value

_METHODS: Final[dict[str, Method]] = {
    "vault_jwt_auth_backend_role": "jwt",
    "vault_kubernetes_auth_backend_role": "kubernetes",
    "vault_approle_auth_backend_role": "approle",
}
_REFERENCE = Deferred(r"\b(vault_policy|vault_jwt_auth_backend)\.([\w-]+)")
_DATA = Deferred(r"^data\.vault_policy_document\.([\w-]+)\.hcl$")


def vault_subjects(resolver: Resolver, by_path: Mapping[str, Fragment]) -> Iterator[Resource]:
    """The policies and roles of a module."""
    stated_here = (b for b in resolver.module.of_kind("vault_policy") if not is_file(b.body.get("policy")))
    policies = {block.label: _policy(block, resolver) for block in stated_here}
    for policy in policies.values():
        home = by_path[policy.at.path]
        yield Resource("policy", _name(policy.name), home.format, policy, home.setting)
    for block, name, user in engine_users(resolver):
        home = by_path[block.at.path]
        yield Resource("identity", name, home.format, user, home.setting)
    for kind, method in _METHODS.items():
        for block in resolver.module.of_kind(kind):
            body = mapping(
                {name: resolver.node(block.body[name], block.spot.to(name)) for name in block.body}, block.at
            )
            if method == "jwt" and is_for_people(body):
                continue
            stated = body["role_name"].value
            name = stated if isinstance(stated, str) and "${" not in stated else block.label
            found = role(body, method, name, _issuer(block, resolver) if method == "jwt" else None)
            if method == "approle" and _ends_by_itself(block, resolver):
                found = replace(found, lasting_secret=None)
            if _may_be_given_more(found, body, block, resolver):
                found = replace(found, gives_default_only=None)
            home = by_path[block.at.path]
            yield Resource("identity", name, home.format, _with_policies(found, block, policies), home.setting)


def _ends_by_itself(block: Block, resolver: Resolver) -> bool:
    """Whether the module makes the SecretIDs of a role, each with an end of its own, which is what counts then."""
    made = [
        secret.body
        for secret in resolver.module.of_kind("vault_approle_auth_backend_role_secret_id")
        if isinstance(named := secret.body.get("role_name"), Expression)
        and named.text.partition(f"{block.kind}.{block.label}")[2].startswith((".", "["))
    ]
    return bool(made) and all(body.get("ttl") or body.get("num_uses") or body.get("cidr_list") for body in made)


def _may_be_given_more(found: Identity, body: Node, block: Block, resolver: Resolver) -> bool:
    """Whether the module may name who signs in by a role's method, and thereby give policies besides: a group by a
    claim of the tokens, or an entity, which nobody else is where the role admits everybody."""
    own = _method_of(block.body.get("backend"))
    ways = (way for way in known_records(found.trusts) if value_of(way.subject_scope) != "any")
    named = (("vault_identity_group_alias", body["groups_claim"].exists), ("vault_identity_entity_alias", any(ways)))
    kinds = (kind for kind, counts in named if counts)
    mounts = (alias.body.get("mount_accessor") for kind in kinds for alias in resolver.module.of_kind(kind))
    return any(own is None or _method_of(mount) in (None, own) for mount in mounts)


def _method_of(value: Value) -> str | None:
    """The label of the method that a value refers to."""
    found = _REFERENCE.search(value.text) if isinstance(value, Expression) else None
    return found[2] if found is not None and found[1] == "vault_jwt_auth_backend" else None


def _policy(block: Block, resolver: Resolver) -> Policy:
    stated = resolver.text(block.body.get("name"), block.spot.to("name"))
    name = stated if stated and "${" not in stated else block.label
    value, spot = block.body.get("policy"), block.spot.to("policy")
    if isinstance(value, Expression) and (named := _DATA.match(value.text)) is not None:
        rules: list[PathRule | Unknown] = list(_document(named[1], resolver))
        return policy_of(name, block.at, rules or [Unknown("a document that is not here", spot.place)])
    text = policy_text(value, resolver)
    found = embedded_rules(text.text, spot.place, text.fill, text.offset) if text is not None else None
    return policy_of(name, block.at, found if found is not None else [Unknown("a text from elsewhere", spot.place)])


def _document(label: str, resolver: Resolver) -> Iterator[PathRule]:
    """The rules of a `data "vault_policy_document"` block."""
    block = resolver.module.data.get(("vault_policy_document", label))
    bodies = block.body.get("rule") if block is not None else None
    for index, body in enumerate(bodies if isinstance(bodies, list) else []):
        if block is not None and isinstance(body, dict):
            spot = block.spot.to("rule", index)
            node = resolver.node(body, spot)
            path = node["path"].value
            if isinstance(path, str):
                yield PathRule(path, node, spot.place)


def _issuer(block: Block, resolver: Resolver) -> Fact[str]:
    """The issuer's host and path, from the method that the role belongs to; None where it stands elsewhere."""
    named = block.body.get("backend")
    found = _REFERENCE.search(named.text) if isinstance(named, Expression) else None
    method = resolver.module.resources.get(("vault_jwt_auth_backend", found[2])) if found is not None else None
    if method is None and isinstance(named, str):
        methods = resolver.module.of_kind("vault_jwt_auth_backend")
        method = next((each for each in methods if each.body.get("path") == named), None)
    if method is None:
        return None
    for name in ("bound_issuer", "oidc_discovery_url", "jwks_url"):
        node = resolver.node(method.body.get(name), method.spot.to(name))
        if isinstance(node.value, str) and node.value:
            host = node.value.partition("://")[2] or node.value
            return Unknown("filled in later", node.at) if "${" in host else Known(host.rstrip("/"), node.at)
    return None


def _with_policies(found: Identity, block: Block, policies: Mapping[str, Policy]) -> Identity:
    """A role that knows which of its policies allow everything."""
    key = "token_policies" if "token_policies" in block.body else "policies"
    listed = block.body.get(key)
    if not isinstance(listed, list):
        return found
    attached: list[AttachedPolicy] = []
    named = [_named(item, policies) for item in listed]
    for index, policy in enumerate(named):
        if policy is not None and administers(policy):
            at = block.spot.to(key, index).place
            attached.append(AttachedPolicy(at=at, policy=Known(_name(policy.name), at)))
    at = attached[0].at if attached else block.spot.to(key).place
    told = all(policy is not None or isinstance(item, str) for item, policy in zip(listed, named, strict=True))
    every = [_name(policy.name) if policy is not None else item for item, policy in zip(listed, named, strict=True)]
    if told and not isinstance(found.managed, Known):
        held = tuple(name for name in every if isinstance(name, str) and name)
        found = replace(found, managed=Known(held, block.spot.to(key).place))
    if not attached and (not told or "root" in listed):
        return found
    names = tuple(_name(policy.policy) for policy in attached)
    return replace(found, managed_admin=Known(names, at), admin_attachments=tuple(attached))


def _named(item: Value, policies: Mapping[str, Policy]) -> Policy | None:
    if isinstance(item, Expression):
        told = _REFERENCE.search(item.text)
        return policies.get(told[2]) if told is not None and told[1] == "vault_policy" else None
    return next((policy for policy in policies.values() if _name(policy.name) == item), None)


def _name(fact: Fact[str]) -> str:
    return fact.value if isinstance(fact, Known) else ""
