"""Calls of Google's own modules become the accounts, keys, roles and pool providers that they make, by their variables.

Read are the modules of terraform-google-modules for roles (`iam`), service accounts, workload identity of a cluster and
GitHub's tokens, and of Cloud Foundation Fabric those of a project, folder, organisation, account, bucket and service.
Source: variables.tf and variables-iam.tf of each below github.com/terraform-google-modules (terraform-google-iam,
-service-accounts, -kubernetes-engine, -github-actions-runners) and github.com/GoogleCloudPlatform/
cloud-foundation-fabric, read 2026-11-22. Not read: factories (`*_data_path`), the roles that Fabric's stages hand out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.gcp.declared import Account, Binding, Key, Provider, Target
from nhilint.formats.gcp.members import OWN, has_gap
from nhilint.formats.terraform.google_values import is_stated, member_of
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.gcp.declared import Member, Scope
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.google_values import GoogleResolver
    from nhilint.formats.terraform.module import Called
    from nhilint.model.place import Place

ADDRESS = Deferred(
    r"(?:(terraform-google-modules)/(?:terraform-google-)?(?:iam|service-accounts|kubernetes-engine|"
    r"github-actions-runners)\b|(cloud-foundation-fabric))[^?]{0,80}?(?://modules/([\w-]{1,60})/?)?(?:\?|$)"
)
_ISSUER = "https://token.actions.githubusercontent.com"
"""What the module for GitHub's tokens takes unless told otherwise (before 3.0 it named an issuer long gone)."""
_MAPPING = {
    "google.subject": "assertion.sub",
    "attribute.actor": "assertion.actor",
    "attribute.aud": "assertion.aud",
    "attribute.repository": "assertion.repository",
}
_STANDS_ON: dict[str, tuple[Scope, str]] = {
    "projects_iam": ("project", "resourcemanager"),
    "folders_iam": ("folder", "resourcemanager"),
    "organizations_iam": ("organization", "resourcemanager"),
    "storage_buckets_iam": ("resource", "storage"),
    "project": ("project", "resourcemanager"),
    "folder": ("folder", "resourcemanager"),
    "organization": ("organization", "resourcemanager"),
    "gcs": ("resource", "storage"),
    "cloud-run": ("resource", "run"),
    "cloud-run-v2": ("resource", "run"),
    "cloud-function-v1": ("resource", "cloudfunctions"),
    "cloud-function-v2": ("resource", "cloudfunctions"),
}
"""Modules that give roles on something, by name: where they give them, and whose service that is."""
_ACCOUNTS = frozenset({"service-accounts", "simple-sa", "iam-service-account", "workload-identity"})
_OF_GOOGLE = frozenset(
    {*(name for name in _STANDS_ON if name.endswith("_iam")), "member_iam", "service-accounts", "simple-sa"}
    | {"workload-identity", "gh-oidc"}
)
_OF_FABRIC = frozenset({*_STANDS_ON, "iam-service-account"}) - _OF_GOOGLE
_OWN_ROLES: tuple[tuple[str, Scope], ...] = (
    ("iam_project_roles", "project"),
    ("iam_folder_roles", "folder"),
    ("iam_organization_roles", "organization"),
)
_ATTRIBUTES = {
    "email": "",
    "gcp_service_account_email": "",
    "iam_email": "serviceAccount:",
    "gcp_service_account_fqn": "serviceAccount:",
}

Made = Account | Binding | Key | Provider


class _Given(NamedTuple):
    """A role that a call gives, where it says so, and under which condition."""

    at: Node
    role: Member
    members: tuple[Member, ...]
    expression: Node | None = None


def module_of_address(source: str) -> str:
    """The name of the module that an address means; empty for those that are not read."""
    found = ADDRESS.search(source)
    if found is None:
        return ""
    name = str(found[3] or ("service-accounts" if "service-accounts" in source else ""))
    return name if name in (_OF_FABRIC if found[2] else _OF_GOOGLE) else ""


def account_of_call(called: Called, attribute: str) -> str | None:
    """What an output of a call that makes one account stands for."""
    if attribute not in _ATTRIBUTES or module_of_address(called.source) not in _ACCOUNTS:
        return None
    return f"{_ATTRIBUTES[attribute]}{called.name}{OWN}"


def made_by_calls(resolver: GoogleResolver) -> Iterator[Made]:
    """What the calls of a module make, once for every instance that can be told."""
    for called in resolver.module.of_google:
        name = module_of_address(called.source)
        for _ in resolver.instances(called):
            yield from _made(called, name, resolver)


def _made(called: Called, name: str, resolver: GoogleResolver) -> Iterator[Made]:
    if name in _ACCOUNTS:
        yield from _accounts(called, name, resolver)
    elif name == "gh-oidc":
        yield from _tokens_of_github(called, resolver)
    elif name == "member_iam":
        prefix = _text(called, "prefix", resolver) or "serviceAccount"
        member = Known(f"{prefix}:{_text(called, 'service_account_address', resolver)}", called.spot.place)
        yield from _each_role(called, resolver.argument(called, "project_roles"), (member,), "project")
    elif name in _STANDS_ON:
        scope, service = _STANDS_ON[name]
        for given in _given(called, resolver):
            yield _binding(called, given, Target(scope, service, named=_stands_on(called, scope, resolver)))


def _given(called: Called, resolver: GoogleResolver) -> Iterator[_Given]:
    """The roles in every form that these modules take them."""
    for variable in ("bindings", "iam"):
        for role, members in resolver.argument(called, variable).entries():
            yield _Given(members, _known(role, members), _members(members))
    for variable in ("iam_by_principals", "iam_by_principals_additive"):
        for member, listed in resolver.argument(called, variable).entries():
            for item in listed.items() if listed.is_list else ():
                yield _Given(item, member_of(item), (_known(member, listed),))
    for variable in ("iam_bindings", "iam_bindings_additive", "conditional_bindings"):
        stated = resolver.argument(called, variable)
        for one in stated.items() if stated.is_list else (inner for _, inner in stated.entries()):
            if one.is_mapping:
                named = _members(one["members"]) or (member_of(one["member"]),)
                stated_if = one["expression"] if variable == "conditional_bindings" else one["condition"]["expression"]
                yield _Given(one, member_of(one["role"]), named, stated_if if stated_if.exists else None)


def _stands_on(called: Called, scope: Scope, resolver: GoogleResolver) -> str:
    """What a call names the one project or folder by; empty where it names several."""
    listed = resolver.argument(called, f"{scope}s")
    stated = tuple(listed.items()) if listed.is_list else (resolver.argument(called, scope),)
    named = [str(node.value) for node in stated if node.is_text]
    return named[0] if len(named) == len(stated) == 1 else ""


def _accounts(called: Called, name: str, resolver: GoogleResolver) -> Iterator[Made]:
    """The accounts of a call, with what it gives them."""
    listed = [member_of(item) for item in resolver.argument(called, "names").items()]
    single = _text(called, "gcp_sa_name", resolver) or _text(called, "name", resolver)
    ids = [member.value for member in listed if isinstance(member, Known)] if listed else [single]
    for index, account_id in enumerate(ids):
        known = account_id if account_id and not has_gap(account_id) else None
        label = f"{called.name}.{account_id}" if index else called.name
        member = f"serviceAccount:{label}{OWN}"
        yield Account(at=called.spot.place, label=known or called.name, member=member, account_id=known)
        holder: tuple[Member, ...] = (Known(member, called.spot.place),)
        for variable in ("project_roles", "roles") if name != "iam-service-account" else ():
            yield from _each_role(called, resolver.argument(called, variable), holder, "project")
        for variable, scope in _OWN_ROLES if name == "iam-service-account" else ():
            for _, roles in resolver.argument(called, variable).entries():
                yield from _each_role(called, roles, holder, scope)
        if called.body.get("generate_keys") is True or called.body.get("generate_key") is True:
            yield Key(at=called.spot.place, label=called.name, member=member, kind="service-account-key")
        if name == "iam-service-account":
            for given in _given(called, resolver):
                yield _binding(called, given, Target("service_account", "iam", member))


def _each_role(called: Called, roles: Node, members: tuple[Member, ...], scope: Scope) -> Iterator[Binding]:
    """A binding for every role of a list, whose elements may name their project: `acme-prod=>roles/editor`."""
    for item in roles.items() if roles.is_list else ():
        role = member_of(item)
        if isinstance(role, Known):
            role = Known(role.value.rpartition("=>")[2].strip(), role.at)
        yield _binding(called, _Given(item, role, members), Target(scope, "resourcemanager"))


def _tokens_of_github(called: Called, resolver: GoogleResolver) -> Iterator[Made]:
    """The pool and provider for GitHub's tokens, and the accounts that they lead to."""
    pool = _text(called, "pool_id", resolver) or called.name
    name = _text(called, "provider_id", resolver)
    stated = resolver.argument(called, "attribute_mapping")
    texts = {key.strip('"'): str(node.value) for key, node in stated.entries() if node.is_text}
    at = called.spot.place
    yield Provider(
        at=at,
        label=name if name and not has_gap(name) else called.name,
        pools=frozenset({pool}),
        issuer=resolver.fact(called.body.get("issuer_uri", _ISSUER), called.spot.to("issuer_uri")),
        condition=resolver.fact(called.body.get("attribute_condition"), called.spot.to("attribute_condition")),
        mapping=texts or _MAPPING,
        mapping_at=called.spot.to("attribute_mapping").place if texts else None,
        unread_mapping=Unknown("an expression", stated.at) if is_stated(stated) and not stated.is_mapping else None,
    )
    for _, entry in resolver.argument(called, "sa_mapping").entries():
        account, attribute = member_of(entry["sa_name"]), member_of(entry["attribute"])
        if isinstance(account, Known) and isinstance(attribute, Known):
            home = f"principalSet://iam.googleapis.com/projects/own/locations/global/workloadIdentityPools/{pool}"
            member = Known(f"{home}/{attribute.value}", attribute.at)
            email = account.value.rpartition("/serviceAccounts/")[2]
            role = Known("roles/iam.workloadIdentityUser", entry.at)
            given = _Given(entry, role, (member,))
            yield _binding(called, given, Target("service_account", "iam", f"serviceAccount:{email}"))


def _binding(called: Called, given: _Given, target: Target) -> Binding:
    return Binding(
        at=_here(called, given.at),
        policy=f"module.{called.name}",
        policy_at=called.spot.place,
        role=given.role,
        members=given.members,
        condition=member_of(given.expression) if given.expression is not None else None,
        target=target,
    )


def _here(called: Called, node: Node) -> Place:
    """The place of a value where it stands in the file of the call; else the call, which hands it over."""
    return node.at if node.at.path == called.spot.place.path else called.spot.place


def _text(called: Called, name: str, resolver: GoogleResolver) -> str:
    node = resolver.argument(called, name)
    return str(node.value) if node.is_text else ""


def _known(text: str, node: Node) -> Member:
    return Known(text.strip('"'), node.at)


def _members(node: Node) -> tuple[Member, ...]:
    return tuple(member_of(item) for item in node.items()) if node.is_list else ()
