"""A Databricks bundle becomes identities and policies: the people that unattended work runs as, who may change what.

`run_as` stands at the top, in a target or in a job; only what is not a target for development counts, where everybody
deploys a copy of their own. `${…}` is filled in at deployment. Permissions give levels to people, groups and service
principals; the group `users` is everybody in the workspace, `account users` everybody in the account.
Sources: docs.databricks.com/dev-tools/bundles/run-as, the models of PyPI databricks-bundles 1.22.1 (permission
levels, `secret_scopes`), and docs/resources/secret_acl.md of github.com/databricks/terraform-provider-databricks
(`users`), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity, ResourcePolicy
from nhilint.model.vocabulary.statement import Grant, Principal
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_KINDS = frozenset(
    {
        *("jobs", "pipelines", "apps", "model_serving_endpoints", "experiments", "models", "registered_models"),
        *("schemas", "volumes", "catalogs", "clusters", "sql_warehouses", "dashboards", "secret_scopes", "alerts"),
        *("genie_spaces", "mcp_services", "model_services", "database_instances", "external_locations"),
    }
)
_SECRETS = "secret_scopes"
_WHOLE = frozenset({"CAN_MANAGE", "IS_OWNER", "MANAGE", "ALL_PRIVILEGES"})
_MAIL = Deferred(r"([^@\s]{1,100})@([^@\s]{1,200}\.[a-z]{2,24})")
_EXAMPLE = Deferred(
    r"(?:^|\.)(?:example|company|yourcompany|your-?domain|domain|test)\.[a-z]{2,24}$", flags=re.IGNORECASE
)
_FUNCTION = Deferred(
    r"(?:^|[._+-])(?:svc|srv|sp|spn|service|bot|automation|deploy(?:er|ment)?|etl|system|no-?reply|robot|ci|cicd|cd|jobs?"
    r"|admins?|owner|email|someone|example|me|my|platform|data|databricks|team|prod|batch|runner|pipelines?|support|info|devops|mlops|user|you|your|name)"
    r"(?:[._+-]|\d|$)",
    flags=re.IGNORECASE,
)
_PRINCIPALS = (("user_name", "user"), ("group_name", "group"), ("service_principal_name", "service_account"))
_MOST = 1_000


def filled_in(text: str) -> str | None:
    """Why a text of a bundle cannot be taken as it stands, or None when it can."""
    return "a variable of the bundle" if "${" in text else braces(text)


def extract(document: Document, claim: Claim) -> Extraction:
    """Identities that work is lent and policies; a file without a bundle, targets and resources is none."""
    root = Node.root(document, filled_in)
    resources = root["resources"]
    known = any(key in _KINDS for key, _ in resources.entries())
    if not known and not (root["bundle"].is_mapping or root["targets"].is_mapping):
        return Extraction(recognised=False)
    found = [*_bundle(root), *_declared(resources)]
    for _, target in _for_production(root):
        found += _declared(target["resources"])
    return Extraction(tuple(Resource(_kind(facts), name, claim.format, facts) for name, facts in found[:_MOST]))


def _kind(facts: Identity | ResourcePolicy) -> Literal["identity", "resource_policy"]:
    return "identity" if isinstance(facts, Identity) else "resource_policy"


def _for_production(root: Node) -> Iterator[tuple[str, Node]]:
    """Targets that are not a developer's own."""
    for name, target in list(root["targets"].entries())[:_MOST]:
        if target["mode"].value == "production" or (not target["mode"].exists and "prod" in name.lower()):
            yield name, target


def _bundle(root: Node) -> Iterator[tuple[str, Identity | ResourcePolicy]]:
    """What holds for everything in the bundle, or in a target of it."""
    named = root["bundle"]["name"]
    bundle = str(named.value) if named.is_text else "bundle"
    targets = dict(_for_production(root))
    if targets or not root["targets"].exists:
        if not targets or any(not target["run_as"].exists for target in targets.values()):
            yield from _lent(root["run_as"], f"all that {bundle} deploys")
        yield from _policy(root, bundle, "bundle")
    for name, target in targets.items():
        yield from _lent(target["run_as"], f"all that {bundle} deploys to {name}")
        yield from _policy(target, f"{bundle} ({name})", "bundle")


def _declared(resources: Node) -> Iterator[tuple[str, Identity | ResourcePolicy]]:
    """What is said of single resources."""
    for kind, group in resources.entries():
        if kind not in _KINDS:
            continue
        for name, one in list(group.entries())[:_MOST]:
            yield from _lent(one["run_as"], name)
            yield from _policy(one, name, kind)


def _lent(run_as: Node, work: str) -> Iterator[tuple[str, Identity]]:
    """The person whose account work runs as."""
    node = run_as["user_name"]
    stated = node.text()
    if stated is None:
        return
    name = stated.value if isinstance(stated, Known) else work
    yield (
        name,
        Identity(
            at=node.at,
            name=stated,
            provider=Known("databricks", node.at),
            kind=Known("user", node.at),
            lent_to=_person(stated, work),
        ),
    )


def _person(stated: Known[str] | Unknown, work: str) -> Fact[str]:
    if isinstance(stated, Unknown):
        return stated
    found = _MAIL.fullmatch(stated.value)
    if found is None or _FUNCTION.search(found.group(1)) or _EXAMPLE.search(found.group(2)):
        return Unknown("an account that may not be a person's", stated.at)
    return Known(work, stated.at)


def _policy(holder: Node, name: str, kind: str) -> Iterator[tuple[str, ResourcePolicy]]:
    grants = [_permission(item, kind) for item in list(holder["permissions"].items())[:_MOST] if item.is_mapping]
    for item in list(holder["grants"].items())[:_MOST]:
        grants += (
            [_privilege(item, node) for node in list(item["privileges"].items())[:_MOST]] if item.is_mapping else []
        )
    if grants:
        at = grants[0].at
        yield (
            name,
            ResourcePolicy(
                at=at,
                name=Known(name, at),
                provider=Known("databricks", at),
                service=Known(kind, at),
                grants=tuple(grants),
            ),
        )


def _permission(item: Node, kind: str) -> Grant:
    level = item["level"].text()
    principals = tuple(
        Principal(at=item[key].at, kind=Known(sort, item[key].at), value=item[key].text())  # type: ignore[arg-type]
        for key, sort in _PRINCIPALS
        if item[key].exists
    )
    return _grant(item, level, principals, opens_secrets=kind == _SECRETS)


def _privilege(item: Node, node: Node) -> Grant:
    holder = item["principal"]
    return _grant(node, node.text(), (Principal(at=holder.at, value=holder.text()),), opens_secrets=False)


def _grant(node: Node, level: Fact[str], principals: tuple[Principal, ...], *, opens_secrets: bool) -> Grant:
    at = level.at if level is not None else node.at
    if not isinstance(level, Known):
        unknown = level or Unknown("not stated", at)
        return Grant(at=at, effect=Known("allow", at), principals=principals, all_actions=unknown, store_reads=unknown)
    return Grant(
        at=at,
        name=level,
        effect=Known("allow", at),
        role=level,
        actions=Known((level.value,), at),
        principals=principals,
        all_actions=Known(level.value in _WHOLE, at),
        store_reads=Known((level.value,) if opens_secrets else (), at),
    )
