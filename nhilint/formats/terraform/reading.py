"""The fragments of one folder become the identities and resource policies of its module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.role_chains import Member, with_role_chains
from nhilint.formats.terraform.attachments import INLINE, PRINCIPALS, Attachments
from nhilint.formats.terraform.azure_gate import has_azure
from nhilint.formats.terraform.handed_to import is_idle, of_administrators, with_receivers
from nhilint.formats.terraform.key_policies import without_what_keys_give
from nhilint.formats.terraform.named_documents import documents_named
from nhilint.formats.terraform.never_planned import is_left_over, stands_on_nothing
from nhilint.formats.terraform.principals import arns_of, loose_documents, loose_policies, principals
from nhilint.formats.terraform.provisioning import with_provisioning
from nhilint.formats.terraform.resolver import Resolver
from nhilint.formats.terraform.resource_policies import DOCUMENTS, loose_resource_policies, resource_policies
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.app import App
from nhilint.model.vocabulary.identity import Identity
from nhilint.setting import less_real

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.module import Module
    from nhilint.model.vocabulary import Kind

CLIENTS = frozenset(
    {
        "auth0_client",
        "auth0_client_grant",
        "auth0_resource_server",
        "auth0_tenant",
        "aws_cognito_user_pool_client",
        "keycloak_openid_client",
        "okta_app_oauth",
        "okta_app_oauth_api_scope",
        "okta_app_oauth_role_assignment",
        "okta_auth_server_policy_rule",
    }
)
"""Types that are OAuth clients; their readers are imported only for a module that has one."""
_TRIGGERS = frozenset({"aws_codebuild_webhook", "google_cloudbuild_trigger"})
_READ = frozenset({*PRINCIPALS, *INLINE, *DOCUMENTS, "aws_iam_policy"})


class _Homes(dict[str, "Fragment"]):
    """The files of a module by path. What stands in a caller's file, by the arguments that it hands over, belongs to
    the first of them that declares something."""

    def __missing__(self, path: str) -> Fragment:
        return next(fragment for fragment in self.values() if not isinstance(fragment.content, str))


def read_folder(fragments: Iterable[Fragment], files: PolicyFiles, module: Module) -> Iterator[Resource]:
    """The subjects of a module, each with the format and setting of the file that declares it."""
    by_path = _Homes({fragment.at.path: fragment for fragment in fragments})
    resolver = Resolver(module)
    attachments = Attachments(resolver)
    declared = list(principals(resolver, attachments, files))
    chained = with_role_chains([Member(facts, _arns(resolver.module, facts)) for _, facts in declared])
    made_elsewhere = list(_made_elsewhere(resolver, files))  # first: policies that these carry do not stand alone
    found = [
        *((name, facts) for (name, _), facts in zip(declared, chained, strict=True)),
        *with_receivers(loose_policies(resolver, attachments, files), module),
        *made_elsewhere,
    ]
    policies = list(resource_policies(resolver, files))
    elsewhere = _used_elsewhere(resolver.module) | of_administrators(resolver.module)
    policies.extend(loose_resource_policies(resolver, elsewhere))
    left = list(without_what_keys_give(found, policies, lambda facts: _arns(module, facts)))
    is_all_read = not any(fragment.is_unread for fragment in by_path.values())
    never = bool(left or policies) and is_left_over(module, by_path.values())
    for name, facts in with_provisioning(left, by_path.values()):
        home = by_path[facts.at.path]
        idle = never or (is_all_read and is_idle(facts, module, (one.content for one in by_path.values())))
        setting = less_real("example", home.setting) if idle else home.setting
        yield Resource("identity", name, home.format, facts, setting)
    yield from _loose_documents(resolver, elsewhere, by_path)
    for name, policy in policies:
        home = by_path[policy.at.path]
        planned = not (never or stands_on_nothing(policy.at, resolver.module, by_path.values()))
        setting = home.setting if planned else less_real("example", home.setting)
        yield Resource("resource_policy", name, home.format, policy, setting)
    if has_azure(resolver.module):
        yield from _of_azure(resolver, by_path)
    if any(kind in CLIENTS for kind, _ in resolver.module.resources):
        from nhilint.formats.terraform.oauth_clients import oauth_clients

        for name, client in oauth_clients(resolver):
            home = by_path[client.at.path]
            yield Resource("app", name, home.format, client, home.setting)
    yield from _of_google(resolver, by_path)
    yield from _of_other_products(resolver, by_path)
    yield from _builds(resolver, by_path)


def _loose_documents(
    resolver: Resolver, referred_elsewhere: frozenset[str], by_path: dict[str, Fragment]
) -> Iterator[Resource]:
    """The documents that nobody is seen to get. One that its module nowhere names is kept unused: only the module that
    has a data source can refer to it (developer.hashicorp.com/terraform/language/data-sources, read 2026-11-22). Where
    nothing else is declared, the file is a part of something that is put together elsewhere."""
    loose = list(loose_documents(resolver, referred_elsewhere))
    module = resolver.module
    is_whole = bool(loose) and bool(module.resources or module.calls or module.elsewhere)
    is_whole = is_whole and not any(fragment.is_unread for fragment in by_path.values())
    named = (
        {label for fragment in by_path.values() for label in documents_named(fragment.content)} if is_whole else set()
    )
    for name, facts in loose:
        home = by_path[facts.at.path]
        idle = is_whole and facts.at.pointer[2] not in named
        setting = less_real("example", home.setting) if idle else home.setting
        yield Resource("identity", name, home.format, facts, setting)


def _of_azure(resolver: Resolver, by_path: dict[str, Fragment]) -> Iterator[Resource]:
    from nhilint.formats.terraform.azure_subjects import azure_subjects

    for name, subject in azure_subjects(resolver):
        home = by_path[subject.at.path]
        kind: Kind = "identity"
        if not isinstance(subject, Identity):
            kind = "app" if isinstance(subject, App) else "resource_policy"
        yield Resource(kind, name, home.format, subject, home.setting)


def _of_google(resolver: Resolver, by_path: dict[str, Fragment]) -> Iterator[Resource]:
    module = resolver.module
    kinds = (*module.resources, *module.data)
    if module.of_google or any(kind.startswith(("google_", "vault_gcp_secret_")) for kind, _ in kinds):
        from nhilint.formats.terraform.google import google_declarations

        yield from google_declarations(module, by_path)
    if any(kind == "google_container_cluster" for kind, _ in module.resources):
        from nhilint.formats.terraform.google_clusters import legacy_clusters

        for name, cluster in legacy_clusters(module):
            home = by_path[cluster.at.path]
            yield Resource("resource_policy", name, home.format, cluster, home.setting)


def _of_other_products(resolver: Resolver, by_path: dict[str, Fragment]) -> Iterator[Resource]:
    """What a module declares besides the principals of a cloud; each reader is imported only where it has something."""
    if any(kind.startswith("vault_") for kind, _ in resolver.module.resources):
        from nhilint.formats.terraform.vault import vault_subjects

        yield from vault_subjects(resolver, by_path)
    if any(kind.startswith(("kubernetes_", "kubectl_manifest")) for kind, _ in resolver.module.resources):
        from nhilint.formats.terraform.kubernetes_objects import kubernetes_objects

        yield from kubernetes_objects(resolver.module, by_path)
    if any(kind == "aws_eks_pod_identity_association" for kind, _ in resolver.module.resources):
        from nhilint.formats.terraform.pod_identities import pod_identities

        yield from pod_identities(resolver.module, by_path)
    if any(kind == "nomad_acl_binding_rule" for kind, _ in resolver.module.resources):
        from nhilint.formats.terraform.nomad_bindings import nomad_bindings

        yield from nomad_bindings(resolver, by_path)
    if any(kind == "nomad_acl_policy" for kind, _ in resolver.module.resources):
        from nhilint.formats.terraform.nomad import nomad_policies

        yield from nomad_policies(resolver, by_path)
    if any(
        kind in ("aws_bedrockagentcore_policy", "aws_verifiedpermissions_policy")
        for kind, _ in resolver.module.resources
    ):
        from nhilint.formats.cedar.declared import module_policies

        yield from module_policies(resolver, by_path)
    if any(kind.startswith("aws_bedrockagent") for kind, _ in resolver.module.resources):
        from nhilint.formats.bedrock.configurations import hosted_subjects

        for hosted in hosted_subjects(resolver):
            home = by_path[hosted.at.path]
            yield replace(hosted, format=home.format, setting=home.setting)


def _builds(resolver: Resolver, by_path: dict[str, Fragment]) -> Iterator[Resource]:
    """The triggers of build services; their reader is imported only for a module that has one."""
    if any(kind in _TRIGGERS for kind, _ in resolver.module.resources):
        from nhilint.formats.cloud_builds.configurations import build_triggers

        for trigger in build_triggers(resolver):
            home = by_path[trigger.at.path]
            yield replace(trigger, format=home.format, setting=home.setting)


def _made_elsewhere(resolver: Resolver, files: PolicyFiles) -> Iterable[tuple[str, Identity]]:
    """What modules of the registry make, where one is called whose address tells it."""
    if not resolver.module.fetched:
        return ()
    from nhilint.formats.terraform.registry_modules import registry_principals

    return registry_principals(resolver, files)


def _arns(module: Module, facts: Identity) -> tuple[str, ...]:
    """What the module calls a principal that it declares; nothing for one that it only attaches policies to."""
    block = module.resources.get((str(facts.at.pointer[1]), str(facts.at.pointer[2]))) if facts.at.pointer else None
    return arns_of(block) if block is not None and block.kind in PRINCIPALS else ()


def _used_elsewhere(module: Module) -> frozenset[str]:
    """Policy documents that resources of other types use, whose meaning is not read here; endpoints of modules too."""
    found: set[str] = set()
    for (kind, _), block in module.resources.items():
        if kind not in _READ:
            found.update(documents_named(block.body))
    for called in module.endpoints:
        found.update(documents_named(called.body))
    return frozenset(found)
