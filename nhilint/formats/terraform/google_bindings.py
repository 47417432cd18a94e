"""Blocks that give roles become bindings: `google_*_iam_member`, `_binding` and `_policy`, and lists of older kinds.

All resources of this shape have the same three forms, whatever they stand on. Source: the `*_iam` pages below
registry.terraform.io/providers/hashicorp/google/latest/docs/resources, and storage_bucket_acl,
storage_bucket_access_control and bigquery_dataset there, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.gcp.declared import Binding, Target
from nhilint.formats.gcp.policy import policy_bindings
from nhilint.formats.terraform.google_services import asks, called_as, is_inside, is_service
from nhilint.formats.terraform.google_values import bodies, is_dynamic
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.gcp.declared import Member, Scope
    from nhilint.formats.terraform.google_values import GoogleResolver
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.model.fact import Fact
    from nhilint.source.value import Value

_SHAPE = Deferred(r"^google_(\w+?)_iam_(member|binding|policy)$")
_POLICY_DATA = Deferred(r"\bdata\.google_iam_policy\.([\w-]+)")
_BUCKET = Deferred(r"\bgoogle_storage_bucket\.([\w-]+)")
_LONGEST = 300
_SCOPES: dict[str, Scope] = {
    "project": "project",
    "folder": "folder",
    "organization": "organization",
    "service_account": "service_account",
}
_SERVICES = (
    ("secret_manager", "secretmanager"),
    ("kms", "cloudkms"),
    ("cloud_run", "run"),
    ("cloudfunctions", "cloudfunctions"),
    ("artifact_registry", "artifactregistry"),
)
_ACL_ROLES = {
    "READER": "roles/storage.legacyBucketReader",
    "WRITER": "roles/storage.legacyBucketWriter",
    "OWNER": "roles/storage.legacyBucketOwner",
}
_DATASET_ROLES = {
    "READER": "roles/bigquery.dataViewer",
    "WRITER": "roles/bigquery.dataEditor",
    "OWNER": "roles/bigquery.dataOwner",
}


def bindings(resolver: GoogleResolver) -> Iterator[Binding]:
    """Every binding that the blocks of a module make."""
    used: set[str] = set()
    for block in resolver.module.resources.values():
        alike: dict[Binding, None] = {}
        for _ in resolver.instances(block):
            alike.update(dict.fromkeys(_of_block(block, resolver, used)))
        yield from alike
    for block in resolver.module.data.values():
        if block.kind == "google_iam_policy" and block.label not in used:
            yield from _of_data(block, block, Target("resource", "policy"), resolver)


def _of_block(block: Block, resolver: GoogleResolver, used: set[str]) -> Iterator[Binding]:
    shape = _SHAPE.match(block.kind)
    if block.kind.startswith("vault_gcp_"):
        yield from _of_vault(block, resolver)
        return
    if shape is None:
        yield from _of_access_list(block, resolver)
        return
    target = _target(shape[1], block, resolver)
    if shape[2] == "policy":
        named = block.body.get("policy_data")
        found = _POLICY_DATA.search(named.text) if isinstance(named, Expression) else None
        source = resolver.module.data.get(("google_iam_policy", found[1])) if found else None
        if source is not None:
            used.add(source.label)
            yield from _of_data(source, block, target, resolver)
        elif named is not None and found is None:
            document = resolver.document(named, block.spot.to("policy_data"))
            for binding in policy_bindings(document, f"{block.kind}.{block.label}", target):
                yield replace(binding, policy_at=block.at)
        return
    body = block.body
    single = shape[2] == "member"
    named = body.get("member" if single else "members")
    spot = block.spot.to("member" if single else "members")
    members = (resolver.member(named, spot),) if single else resolver.members(named, spot)
    yield _binding(block, body, block.spot, members, target, resolver)


def _of_vault(block: Block, resolver: GoogleResolver) -> Iterator[Binding]:
    from nhilint.formats.terraform.vault_cloud_roles import GOOGLE, google_bindings

    if block.kind in GOOGLE:
        yield from google_bindings(block, resolver)


def _of_data(source: Block, used_by: Block, target: Target, resolver: GoogleResolver) -> Iterator[Binding]:
    """The bindings of a policy document, shown where the document states them."""
    for index, body in enumerate(bodies(source.body.get("binding"))):
        spot = source.spot.to("binding", index)
        members = resolver.members(body.get("members"), spot.to("members"))
        yield _binding(used_by, body, spot, members, target, resolver)


def _binding(
    block: Block,
    body: dict[str, Value],
    spot: Spot,
    members: tuple[Member, ...],
    target: Target,
    resolver: GoogleResolver,
) -> Binding:
    return Binding(
        at=spot.place,
        policy=f"{block.kind}.{block.label}",
        policy_at=block.at,
        role=resolver.member(body.get("role"), spot.to("role")),
        members=members,
        condition=_condition(body, spot, resolver),
        target=target,
    )


def _condition(body: dict[str, Value], spot: Spot, resolver: GoogleResolver) -> Fact[str]:
    if is_dynamic(body, "condition"):
        return Unknown("a dynamic block", spot.to("dynamic", "condition").place)
    stated = bodies(body.get("condition"))
    if not stated:
        return None
    inner = spot.to("condition", 0, "expression") if isinstance(body["condition"], list) else spot.to("condition")
    return resolver.member(stated[0].get("expression"), inner)


def _target(kind: str, block: Block, resolver: GoogleResolver) -> Target:
    scope = _SCOPES.get(kind, "resource")
    service = next((name for prefix, name in _SERVICES if kind.startswith(prefix)), kind.partition("_")[0])
    if is_service(kind):
        named, inside = called_as(block, resolver), is_inside(block, resolver)
        return Target(scope, service, called_as=named, inside=inside, asks=asks(block, resolver))
    if scope != "service_account":
        web = service == "storage" and _serves_web(block, resolver)
        if scope == "resource":
            return Target(scope, service, serves_web=web)
        return Target(scope, "resourcemanager", named=resolver.text(block.body.get(scope), block.spot.to(scope)))
    named = resolver.text(block.body.get("service_account_id"), block.spot.to("service_account_id"))
    return Target(scope, "iam", account_member(named))


def _serves_web(block: Block, resolver: GoogleResolver) -> bool:
    """Whether a bucket is the backend of a load balancer of the module, or has the settings of a web site."""
    if next(resolver.module.of_kind("google_compute_backend_bucket"), None) is not None:
        return True
    named = block.body.get("bucket")
    found = _BUCKET.search(named.text) if isinstance(named, Expression) and len(named.text) < _LONGEST else None
    bucket = resolver.module.resources.get(("google_storage_bucket", found[1])) if found else None
    return bucket is not None and bool(bodies(bucket.body.get("website")))


def account_member(named: str) -> str:
    """The member text of an account given by its address or by its full name."""
    return "serviceAccount:" + named.rpartition("/serviceAccounts/")[2].removeprefix("serviceAccount:")


def _of_access_list(block: Block, resolver: GoogleResolver) -> Iterator[Binding]:
    """Access lists that are older than policies, with the role that Google gives for each of their words."""
    body, spot = block.body, block.spot
    if block.kind in ("google_storage_bucket_access_control", "google_storage_default_object_access_control"):
        entries = [(resolver.text(body.get("role"), spot), resolver.text(body.get("entity"), spot), spot.to("entity"))]
        service, roles = "storage", _ACL_ROLES
    elif block.kind in ("google_storage_bucket_acl", "google_storage_default_object_acl"):
        listed = resolver.node(body.get("role_entity"), spot.to("role_entity"))
        words = [(item.value.partition(":")) for item in listed.items() if isinstance(item.value, str)]
        entries = [(role, entity, spot.to("role_entity")) for role, _, entity in words]
        service, roles = "storage", _ACL_ROLES
    elif block.kind in ("google_bigquery_dataset", "google_bigquery_dataset_access"):
        entries = list(_dataset_entries(block, resolver))
        service, roles = "bigquery", _DATASET_ROLES
    else:
        return
    for role, entity, at in entries:
        if entity in ("allUsers", "allAuthenticatedUsers"):
            yield Binding(
                at=at.place,
                policy=f"{block.kind}.{block.label}",
                policy_at=block.at,
                role=Known(roles.get(role.upper(), role), at.place),
                members=(Known(entity, at.place),),
                target=Target("resource", service, serves_web=_serves_web(block, resolver)),
            )


def _dataset_entries(block: Block, resolver: GoogleResolver) -> Iterator[tuple[str, str, Spot]]:
    own = block.kind == "google_bigquery_dataset_access"
    for index, body in enumerate([block.body] if own else bodies(block.body.get("access"))):
        spot = block.spot if own else block.spot.to("access", index)
        role = resolver.text(body.get("role"), spot)
        for name in ("special_group", "iam_member"):
            if body.get(name) is not None:
                yield role, resolver.text(body[name], spot.to(name)), spot.to(name)
