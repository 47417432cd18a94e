"""Roles, users and groups that a module calls from the registry, by what the module's address means.

Read are the IAM modules of terraform-aws-modules, by their own variables: attached policies, name, boundary, session,
who enters by OpenID Connect or is named, and the statements of `iam-role`. Source: variables.tf of each below
github.com/terraform-aws-modules/terraform-aws-iam, versions 5 and 6, and main.tf of iam-assumable-role, read
2026-11-22; service accounts of a cluster enter by `oidc_providers`, and an assumable role asks for a second factor
unless told otherwise. Policies that such a module writes by itself (`attach_…_policy` of controllers) are not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.aws.assembled import Assembled, literal, mapping, sequence
from nhilint.formats.aws.boundary import bounded
from nhilint.formats.aws.identity import Holding, IdentityKind, identity
from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION
from nhilint.formats.terraform.handed_back import document_handed_back
from nhilint.formats.terraform.lambda_modules import FUNCTIONS, function_role, made_policy
from nhilint.formats.terraform.referents import resource_named
from nhilint.formats.terraform.statement_objects import document_of_objects
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.module import Called
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.value import Value

ADDRESS = Deferred(r"(?:terraform-aws-modules/iam/aws|[\w.-]+/terraform-aws-iam(?:\.git)?)//modules/([\w-]+)")
"""The module of the registry, or a repository of its name: forks keep the variables."""
_GITHUB = "token.actions.githubusercontent.com"
_MANAGED = "arn:aws:iam::aws:policy/"
_OF_CLUSTERS = {
    "iam-role-for-service-accounts": "trust_condition_test",
    "iam-role-for-service-accounts-eks": "assume_role_condition_test",
}
"""Modules whose roles service accounts of a cluster enter, with the variable that says how they are compared."""
_SOME_CLUSTER = f"oidc.eks.{OWN_REGION}.amazonaws.com/id/cluster"
"""Stands for the issuer where the call takes it from another module: these modules are made for clusters of EKS."""
_BY_SWITCH = {
    "attach_admin_policy": "AdministratorAccess",
    "attach_poweruser_policy": "PowerUserAccess",
    "attach_readonly_policy": "ReadOnlyAccess",
}


class _Meaning(NamedTuple):
    """What a module makes, and the variables that say so. `asked` is the switch without which it makes nothing."""

    kind: IdentityKind
    name: str
    policies: str
    boundary: str
    asked: str = ""


_MEANINGS = {
    "iam-role": _Meaning("role", "name", "policies", "permissions_boundary"),
    "iam-role-for-service-accounts": _Meaning("role", "name", "policies", "permissions_boundary"),
    "iam-user": _Meaning("user", "name", "policies", "permissions_boundary"),
    "iam-group": _Meaning("group", "name", "policies", ""),
    "iam-group-with-policies": _Meaning("group", "name", "custom_group_policy_arns", ""),
    "iam-github-oidc-role": _Meaning("role", "name", "policies", "permissions_boundary_arn"),
    "iam-role-for-service-accounts-eks": _Meaning(
        "role", "role_name", "role_policy_arns", "role_permissions_boundary_arn"
    ),
    "iam-assumable-role": _Meaning(
        "role", "role_name", "custom_role_policy_arns", "role_permissions_boundary_arn", "create_role"
    ),
    "iam-assumable-role-with-oidc": _Meaning(
        "role", "role_name", "role_policy_arns", "role_permissions_boundary_arn", "create_role"
    ),
}


def registry_principals(resolver: Resolver, files: PolicyFiles) -> Iterator[tuple[str, Identity]]:
    """The principals that called modules make."""
    # policies last: a principal that carries one is judged with it
    for called in sorted(resolver.module.fetched, key=lambda one: "//modules/iam-policy" in one.source):
        address = ADDRESS.search(called.source)
        if called.spot.place.pointer[1] in resolver.carried_calls:
            continue
        made = _of_sisters(called, address[1] if address else "", resolver)
        if made is not None:
            yield made
            continue
        meaning = _MEANINGS.get(address[1]) if address else None
        if address is None or meaning is None or _is_left_out(called, meaning):
            continue
        label = str(called.spot.place.pointer[1])
        told = resolver.argument(called, meaning.name)
        known = told.is_text and "${" not in str(told.value)
        name = str(told.value) if known else label
        documents = (*_documents(called, meaning, resolver), *_inline(called, address[1], resolver))
        facts = identity(
            Holding(
                kind=meaning.kind,
                name=name,
                at=called.spot.place,
                documents=documents,
                managed=tuple(_managed(called, meaning, resolver)),
                trust=_trust(called, address[1], resolver),
                boundary=resolver.argument(called, meaning.boundary).text() or None,
                session=resolver.argument(called, "max_session_duration").number(),
                name_at=called.spot.to(meaning.name).place if known else None,
            )
        )
        yield name, bounded(files.complete(facts, documents, None), None)


def _of_sisters(called: Called, module: str, resolver: Resolver) -> tuple[str, Identity] | None:
    """The policy of a call of `iam-policy`, or the role of a function."""
    if module == "iam-policy":
        return made_policy(called, resolver)
    is_function = called.source.partition("?")[0].removesuffix(".git").endswith(FUNCTIONS)
    return function_role(called, resolver) if is_function else None


def _is_left_out(called: Called, meaning: _Meaning) -> bool:
    """Whether the call makes nothing."""
    body = called.body
    return body.get("create") is False or bool(meaning.asked and body.get(meaning.asked) in (None, False))


def _managed(called: Called, meaning: _Meaning, resolver: Resolver) -> Iterator[Node]:
    """The attached policies: a list or an object of ARNs, and those that a switch attaches."""
    stated = resolver.argument(called, _policies(called, meaning))
    listed = (node for _, node in stated.entries()) if stated.is_mapping else stated.items()
    joined = {str(key) for key, value in _entries(called, meaning) if _document(value, resolver) is not None}
    yield from (node for node in listed if str(node.at.pointer[-1]) not in joined)
    for switch, policy in _BY_SWITCH.items():
        if called.body.get(switch) is True and meaning.asked:
            yield literal(f"{_MANAGED}{policy}", called.spot.to(switch).place)


def _inline(called: Called, module: str, resolver: Resolver) -> Iterator[Node]:
    """The policy that `iam-role` writes of statements that it is given."""
    if module == "iam-role" and called.body.get("create_inline_policy") is True:
        stated = resolver.argument(called, "inline_policy_permissions")
        if stated.is_mapping:
            yield document_of_objects(stated, stated.at)


def _documents(called: Called, meaning: _Meaning, resolver: Resolver) -> Iterator[Node]:
    """The documents of attached policies that the module declares, or that other called modules make."""
    made = (_document(value, resolver) for _, value in _entries(called, meaning))
    return (document for document in made if document is not None)


def _document(value: Value, resolver: Resolver) -> Node | None:
    key = resource_named(value)
    policy = resolver.module.resources.get(key) if key is not None and key[0] == "aws_iam_policy" else None
    if key is None or policy is None or "for_each" in policy.body:
        return document_handed_back(value, resolver)
    resolver.module.carried.add(key)
    return resolver.block_document(policy)


def _policies(called: Called, meaning: _Meaning) -> str:
    """The variable of the attached policies; `iam-user` calls it otherwise in version 5."""
    return "policy_arns" if meaning.kind == "user" and "policy_arns" in called.body else meaning.policies


def _entries(called: Called, meaning: _Meaning) -> list[tuple[str | int, Value]]:
    stated = called.body.get(_policies(called, meaning))
    if isinstance(stated, dict):
        return [*stated.items()]
    return [*enumerate(stated)] if isinstance(stated, list) else []


def _trust(called: Called, module: str, resolver: Resolver) -> Node | None:
    """Who enters with a token; None where the call does not say it in these words."""
    if module == "iam-github-oidc-role":
        like = _subjects(called, "subjects", resolver, prefix="repo:")
        return _federated(called, _GITHUB, {"StringLike": like}) if like is not None else None
    if module in _OF_CLUSTERS:
        return _of_cluster(called, resolver.argument(called, "oidc_providers"), resolver, _OF_CLUSTERS[module])
    if module == "iam-assumable-role":
        return _of_people(called, resolver)
    if module == "iam-role" and "trust_policy_permissions" in called.body:
        named = resolver.argument(called, "trust_policy_permissions")
        return document_of_objects(named, named.at) if named.is_mapping and not _federates(called) else None
    github = module == "iam-role" and called.body.get("enable_github_oidc") is True
    if not github and module != "iam-assumable-role-with-oidc":
        return None
    url = _GITHUB if github else resolver.text(called.body.get("provider_url"), called.spot.to("provider_url"))
    exact, wild = (
        ("oidc_subjects", "oidc_wildcard_subjects")
        if github
        else ("oidc_fully_qualified_subjects", "oidc_subjects_with_wildcards")
    )
    prefix = "repo:" if github else ""
    compared = {
        "StringEquals": _subjects(called, exact, resolver, prefix=prefix),
        "StringLike": _subjects(called, wild, resolver, prefix=prefix),
    }
    stated = {operator: node for operator, node in compared.items() if node is not None}
    return _federated(called, url.removeprefix("https://"), stated) if stated and "${" not in url and url else None


def _of_people(called: Called, resolver: Resolver) -> Node | None:
    """The way in for who is named, with a second factor unless that is turned off; None where services enter too."""
    at = called.spot.place
    asks, secret = (resolver.argument(called, name) for name in ("role_requires_mfa", "role_sts_externalid"))
    others = any(called.body.get(name) for name in ("trusted_role_services", "custom_role_trust_policy"))
    if others or (asks.exists and not isinstance(asks.value, bool)):
        return None
    statement: dict[str, Node] = {
        "Effect": literal("Allow", at),
        "Action": literal("sts:AssumeRole", at),
        "Principal": mapping({"AWS": resolver.argument(called, "trusted_role_arns")}, at),
    }
    conditions: dict[str, Node] = {}
    if asks.value is not False:
        conditions["Bool"] = literal({"aws:MultiFactorAuthPresent": "true"}, at)
    if secret.exists and secret.value not in ("", []):
        conditions["StringEquals"] = mapping({"sts:ExternalId": secret}, at)
    if conditions:
        statement["Condition"] = mapping(conditions, at)
    return mapping({"Statement": sequence([mapping(statement, at)], at)}, at)


def _federates(called: Called) -> bool:
    """Whether `iam-role` lets others in besides, by switches of its own."""
    switches = ("enable_oidc", "enable_github_oidc", "enable_bitbucket_oidc", "enable_saml", "trust_policy_conditions")
    return any(called.body.get(switch) for switch in switches)


def _of_cluster(called: Called, stated: Node, resolver: Resolver, test: str) -> Node | None:
    """A statement for each provider, with the service accounts that it may send."""
    operator = resolver.text(called.body.get(test), called.spot.to(test)) if test in called.body else "StringEquals"
    statements: list[Node] = []
    for _, provider in stated.entries() if stated.is_mapping else ():
        arn, accounts = provider["provider_arn"].value, provider["namespace_service_accounts"]
        if not isinstance(arn, str) or not accounts.is_list or "${" in operator:
            return None
        issuer = _SOME_CLUSTER if "${" in arn else arn.partition("provider/")[2]
        named = [Assembled(f"system:serviceaccount:{item.value}", item.at) for item in accounts.items()]
        compared = {f"{issuer}:sub": sequence(named, accounts.at)}
        compared[f"{issuer}:aud"] = literal("sts.amazonaws.com", provider.at)
        named_arn = f"arn:aws:iam::{OWN_ACCOUNT}:oidc-provider/{issuer}" if "${" in arn else arn
        statements.append(_statement(named_arn, {operator: compared}, provider.at))
    return mapping({"Statement": sequence(statements, stated.at)}, stated.at) if statements else None


def _subjects(called: Called, name: str, resolver: Resolver, *, prefix: str) -> Node | None:
    stated = resolver.argument(called, name)
    if not stated.exists or (stated.is_list and not list(stated.items())):
        return None
    if not stated.is_list:
        return stated
    texts = [Assembled(prefix + str(item.value).removeprefix(prefix), item.at) for item in stated.items()]
    return sequence(texts, stated.at)


def _federated(called: Called, provider: str, compared: Mapping[str, Node | None]) -> Node:
    """The trust policy that the module writes: the audience is that of AWS's token service unless said otherwise."""
    at = called.spot.place
    conditions: dict[str, dict[str, Node]] = {"StringEquals": {f"{provider}:aud": literal("sts.amazonaws.com", at)}}
    for operator, node in compared.items():
        if node is not None:
            conditions.setdefault(operator, {})[f"{provider}:sub"] = node
    arn = f"arn:aws:iam::{OWN_ACCOUNT}:oidc-provider/{provider}"
    return mapping({"Statement": sequence([_statement(arn, conditions, at)], at)}, at)


def _statement(provider: str, conditions: Mapping[str, Mapping[str, Node]], at: Place) -> Node:
    return mapping(
        {
            "Effect": literal("Allow", at),
            "Action": literal("sts:AssumeRoleWithWebIdentity", at),
            "Principal": literal({"Federated": provider}, at),
            "Condition": mapping({operator: mapping(keys, at) for operator, keys in conditions.items()}, at),
        },
        at,
    )
