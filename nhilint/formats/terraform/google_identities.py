"""Blocks that make identities: service accounts and their keys, custom roles, identity pools, deny policies.

Source: google_service_account, google_service_account_key, storage_hmac_key, google_project_iam_custom_role,
google_organization_iam_custom_role, iam_workload_identity_pool(_provider) and iam_deny_policy below
registry.terraform.io/providers/hashicorp/google/latest/docs/resources, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gcp.declared import Account, CustomRole, Denial, Key, Provider
from nhilint.formats.gcp.members import OWN, has_gap
from nhilint.formats.terraform.conditionals import conditions_of_being, with_their_alternatives
from nhilint.formats.terraform.documents import Stated, blocks_stated
from nhilint.formats.terraform.google_bindings import account_member
from nhilint.formats.terraform.google_values import bodies, is_stated, label_of
from nhilint.formats.terraform.known_in_part import called, label_with_place
from nhilint.formats.terraform.left_to_callers import only_call, others_decide
from nhilint.formats.terraform.referred_to import accounts_used, bindings_on_accounts
from nhilint.formats.terraform.rotation import is_rotated
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.google_values import GoogleResolver
    from nhilint.formats.terraform.module import Block, Module
    from nhilint.model.fact import Fact


def accounts(resolver: GoogleResolver) -> Iterator[Account]:
    """The service accounts of a module."""
    used, on = accounts_used(resolver.module), bindings_on_accounts(resolver.module)
    for block in resolver.module.of_kind("google_service_account"):
        for _ in resolver.instances(block):
            label = label_of(block, resolver)
            stated = value_of(_fact(block, resolver, "account_id"))
            account_id = stated if stated and not has_gap(stated) else None
            project = value_of(_fact(block, resolver, "project"))
            known = account_id and project and not has_gap(project)
            yield Account(
                at=block.at,
                label=account_id or _shown(stated, block, label.removesuffix(resolver.module.way), resolver.module),
                member=f"serviceAccount:{label}{OWN}",
                account_id=account_id,
                email=Known(f"{account_id}@{project}.iam.gserviceaccount.com", block.at) if known else None,
                unused=block.label not in used,
                bindings_on_it=on[block.label],
            )


def _shown(stated: str | None, block: Block, label: str, module: Module) -> str:
    """What a message calls an account whose id is not known as a whole."""
    part = called(stated or "", block.label)
    return label_with_place(block.kind, label, block.at.path, only_call(module)) if part == block.label else part


def keys(resolver: GoogleResolver) -> Iterator[Key]:
    """The keys that a module makes."""
    for block in resolver.module.of_kind("google_service_account_key"):
        if others_decide(block, resolver.module):
            continue
        for _ in resolver.instances(block):
            named = resolver.text(block.body.get("service_account_id"), block.spot)
            if "@" not in named and isinstance(block.body.get("service_account_id"), Expression) and not has_gap(named):
                named = f"{named}{OWN}"  # the account_id of an account that the module makes
            yield Key(
                at=block.at,
                label=block.label,
                member=account_member(named),
                kind="service-account-key",
                rotated=is_rotated(block),
            )
    for block in resolver.module.of_kind("google_storage_hmac_key"):
        if block.body.get("state") != "INACTIVE" and not others_decide(block, resolver.module):
            named = resolver.text(block.body.get("service_account_email"), block.spot)
            yield Key(at=block.at, label=block.label, member=account_member(named), kind="hmac-key")


def custom_roles(resolver: GoogleResolver) -> Iterator[CustomRole]:
    """The custom roles of a module, by every name that a binding may use."""
    for kind, parent in (
        ("google_project_iam_custom_role", "projects"),
        ("google_organization_iam_custom_role", "organizations"),
    ):
        for block in resolver.module.of_kind(kind):
            for _ in resolver.instances(block):
                yield _custom_role(block, resolver, parent)


def _custom_role(block: Block, resolver: GoogleResolver, parent: str) -> CustomRole:
    node = resolver.node(block.body.get("permissions"), block.spot.to("permissions"))
    listed = resolver.members(block.body.get("permissions"), block.spot.to("permissions"))
    role_id = value_of(_fact(block, resolver, "role_id"))
    owner = value_of(_fact(block, resolver, "project" if parent == "projects" else "org_id"))
    names = {f"{parent}/own/roles/{label_of(block, resolver)}"}
    if role_id and owner:
        names.add(f"{parent}/{owner}/roles/{role_id}")
    if role_id and parent == "projects" and "project" not in block.body:
        names.add(f"projects//roles/{role_id}")
    spelled = resolver.text(block.body.get("project" if parent == "projects" else "org_id"), block.spot)
    names.add(f"{parent}/{spelled}/roles/{label_of(block, resolver)}")
    return CustomRole(
        at=block.at,
        label=role_id if role_id and not has_gap(role_id) else called(role_id or "", block.label),
        names=frozenset(names),
        permissions=listed if node.is_list else Unknown("an expression", node.at),
        disabled=block.body.get("stage") == "DISABLED",
    )


def providers(resolver: GoogleResolver) -> Iterator[Provider]:
    """Who may enter the identity pools of a module."""
    spelled = {
        block.label: resolver.text(block.body.get("workload_identity_pool_id"), block.spot)
        for block in resolver.module.of_kind("google_iam_workload_identity_pool")
    }
    for block in resolver.module.of_kind("google_iam_workload_identity_pool_provider"):
        if block.body.get("disabled") is True:
            continue
        for _ in resolver.instances(block):
            yield _provider(block, resolver, spelled)


def _provider(block: Block, resolver: GoogleResolver, spelled: dict[str, str]) -> Provider:
    """`spelled` are the pools' names by label; one that is open in part is the same where it is written alike."""
    pool = resolver.text(block.body.get("workload_identity_pool_id"), block.spot)
    mapping = resolver.node(block.body.get("attribute_mapping"), block.spot.to("attribute_mapping"))
    texts = {key.strip('"'): str(node.value) for key, node in mapping.entries() if node.is_text}
    name = value_of(_fact(block, resolver, "workload_identity_pool_provider_id"))
    return Provider(
        at=block.at,
        label=name if name and not has_gap(name) else called(name or "", block.label),
        pools=frozenset(filter(None, (pool, spelled.get(pool), *(k for k, v in spelled.items() if v == pool)))),
        issuer=_issuer(block, resolver),
        condition=_condition(block, resolver),
        mapping=texts,
        mapping_at=block.spot.to("attribute_mapping").place if texts else None,
        unread_mapping=None if mapping.is_mapping or not is_stated(mapping) else Unknown("an expression", mapping.at),
        audiences=_audiences(block, resolver),
    )


def _condition(block: Block, resolver: GoogleResolver) -> Fact[str]:
    """What a provider asks of a token; one that is made on request, as whoever has it made sets it."""
    made_where = conditions_of_being(block.body.get("count"), resolver.module)
    before = resolver.given_that
    resolver.given_that = with_their_alternatives(made_where, block.spot.to("count").fix(), resolver)
    try:
        return _fact(block, resolver, "attribute_condition")
    finally:
        resolver.given_that = before


def _issuer(block: Block, resolver: GoogleResolver) -> Fact[str]:
    """The issuer's address; for another cloud's accounts or a directory, what stands in for one."""
    for stated in _signers(block, resolver):
        with resolver.binding(stated.bound):
            return resolver.fact(stated.body.get("issuer_uri"), stated.spot.to("issuer_uri"))
    if block.body.get("aws") is not None:
        return Known("sts.amazonaws.com", block.spot.to("aws").place)
    if block.body.get("saml") is not None:
        return Known("arn:saml-provider/", block.spot.to("saml").place)
    return Unknown("a dynamic block", block.at)


def _signers(block: Block, resolver: GoogleResolver) -> list[Stated]:
    """The blocks that name an issuer of tokens, also those of a `dynamic` one whose elements are known."""
    return blocks_stated(block.body, "oidc", block.spot, resolver) or []


def _audiences(block: Block, resolver: GoogleResolver) -> Fact[tuple[str, ...]]:
    for stated in _signers(block, resolver):
        spot = stated.spot.to("allowed_audiences")
        with resolver.binding(stated.bound):
            listed = resolver.members(stated.body.get("allowed_audiences"), spot)
        gap = next((each for each in listed if isinstance(each, Unknown)), None)
        return gap or (
            Known(tuple(each.value for each in listed if isinstance(each, Known)), spot.place) if listed else None
        )
    return None


def denials(resolver: GoogleResolver) -> Iterator[Denial]:
    """The rules of a module's deny policies."""
    for block in resolver.module.of_kind("google_iam_deny_policy"):
        for index, rule in enumerate(bodies(block.body.get("rules"))):
            for inner, body in enumerate(bodies(rule.get("deny_rule"))):
                spot = block.spot.to("rules", index, "deny_rule", inner)
                conditions = bodies(body.get("denial_condition"))
                yield Denial(
                    at=spot.place,
                    policy=block.label,
                    principals=resolver.members(body.get("denied_principals"), spot.to("denied_principals")),
                    exceptions=resolver.members(body.get("exception_principals"), spot.to("exception_principals")),
                    permissions=resolver.members(body.get("denied_permissions"), spot.to("denied_permissions")),
                    condition=resolver.fact(conditions[0].get("expression"), spot) if conditions else None,
                )


def _fact(block: Block, resolver: GoogleResolver, name: str) -> Fact[str]:
    return resolver.fact(block.body.get(name), block.spot.to(name))
