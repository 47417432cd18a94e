"""A service of the Serverless Framework becomes the roles of its functions, and what its own template declares.

Source: docs/providers/aws/guide/iam.md of the npm package serverless 3.33 (serverless.com/framework/docs), read
2026-11-22: `provider.iam.role` with `statements`, `managedPolicies` and `permissionsBoundary`, or the ARN of a role;
before version 2.24 `provider.iamRoleStatements` and `iamManagedPolicies`. `resources` holds a CloudFormation template,
or a list of parts of one.
A function with `iamRoleStatements` has a role of its own, which the plug-in serverless-iam-roles-per-function (3.2, its
page at npmjs.com, same day) or a fork of it makes; the framework ignores them where its list of plug-ins has none such.
Version 4 makes one for a function with `iam.role.statements` (from a survey, page not re-read).
To a function's `url` without `authorizer: aws_iam` it adds the permission for everybody
(lib/plugins/aws/package/compile/functions.js of the package serverless 3.38, same day).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.assembled import literal, mapping
from nhilint.formats.aws.identity import Holding, identity, resource_policy
from nhilint.formats.aws.permission import (
    checks_its_callers,
    everybody_calls,
    names_in,
    start_of_code,
    value_within,
)
from nhilint.formats.cloudformation.declared import declared
from nhilint.formats.cloudformation.kept import kept_service
from nhilint.formats.cloudformation.resolver import Resolver
from nhilint.formats.cloudformation.scope import Scope, section
from nhilint.formats.cloudformation.serverless_parts import stated_parts
from nhilint.formats.cloudformation.serverless_variables import Variables
from nhilint.formats.cloudformation.template import subjects
from nhilint.formats.cloudformation.written import written_in_service
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.cloudformation.serverless_parts import Part
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.identity import Identity, ResourcePolicy
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_SECTIONS = ("Resources", "Parameters", "Conditions", "Mappings")


def extract(document: Document, claim: Claim) -> Extraction:
    """The roles and resources of a service; a service of another cloud is not recognised."""
    service = document.value
    if not isinstance(service, dict) or section(service, "provider").get("name", "aws") != "aws":
        return Extraction(recognised=False)
    if not isinstance(service.get("provider"), dict):
        return Extraction(recognised=False)
    found = subjects_of_service(document, service, Variables(service, document.path), claim.format)
    return Extraction((*found, *written_in_service(document, claim), *kept_service(document)))


def subjects_of_service(
    document: Document, service: dict[str, Value], variables: Variables, format_id: str
) -> Iterator[Resource]:
    """The roles of a service, the functions that everybody may call, and what its own template declares."""
    parts = list(stated_parts(service, variables))
    scope = Scope(_together([part.template for part in parts]))
    resolver = Resolver(scope, document.path, variables.filled, variables.lent)
    for name, role in (*_roles(service, resolver), *_roles_of_functions(service, resolver)):
        yield Resource("identity", name, format_id, role)
    for name, policy in _open_addresses(service, resolver):
        yield Resource("resource_policy", name, format_id, policy)
    fills_in = "AWS::AccountId" in document.text
    yield from subjects(list(_declared(parts, scope, variables, fills_in=fills_in)), format_id)


def _declared(parts: Iterable[Part], scope: Scope, variables: Variables, *, fills_in: bool) -> Iterator[Declared]:
    for part in parts:
        resolver = Resolver(scope, part.at.path, variables.filled, variables.lent)
        for one in declared(part.template, resolver, part.at.pointer, fills_in=fills_in):
            yield replace(one, at=part.at, route=part.at.pointer) if part.is_one else one


def _together(parts: list[dict[str, Value]]) -> dict[str, Value]:
    """One template of all parts, as the framework merges them: each may refer to what another one declares."""
    return {name: {key: one for part in parts for key, one in section(part, name).items()} for name in _SECTIONS}


def _roles(service: dict[str, Value], resolver: Resolver) -> Iterator[tuple[str, Identity]]:
    """The role that the framework makes for all functions, where the file says what it may do."""
    at = Place(resolver.path, ("provider",))
    provider = resolver.node(service["provider"], at.pointer)
    role = provider["iam"]["role"]
    if not role.is_mapping and role.exists:
        return
    statements = role["statements"] if role.exists else provider["iamRoleStatements"]
    managed = role["managedPolicies"] if role.exists else provider["iamManagedPolicies"]
    if provider["role"].exists or not (statements.exists or managed.exists):
        return
    name = role["name"]
    shown = str(name.value) if name.is_text and "${" not in str(name.value) else _service_name(service)
    yield (
        shown,
        identity(
            Holding(
                kind="role",
                name=shown,
                at=role.at if role.exists else at,
                documents=(mapping({"Statement": statements}, statements.at),) if statements.exists else (),
                trust=_trust(at),
                managed=tuple(managed.items()),
                boundary=role.first("permissionsBoundary", "permissionBoundary").text(),
            )
        ),
    )


def _roles_of_functions(service: dict[str, Value], resolver: Resolver) -> Iterator[tuple[str, Identity]]:
    """The roles that version 4 or a plug-in makes for single functions, which may inherit the common statements."""
    by_plugin = _may_have_roles_of_functions(service)
    provider = resolver.node(service["provider"], ("provider",))
    common = provider["iam"]["role"]["statements"]
    shared = common if common.exists else provider["iamRoleStatements"]
    for name, function in _functions(service, resolver):
        own = function["iam"]["role"]
        statements = own["statements"] if own.exists or not by_plugin else function["iamRoleStatements"]
        if not statements.exists or function["role"].exists:
            continue
        held = [statements, *([shared] if shared.exists and function["iamRoleStatementsInherit"].value is True else [])]
        yield (
            name,
            identity(
                Holding(
                    kind="role",
                    name=name,
                    at=statements.at,
                    documents=tuple(mapping({"Statement": stated}, stated.at) for stated in held),
                    trust=_trust(statements.at),
                )
            ),
        )


def _functions(service: dict[str, Value], resolver: Resolver) -> Iterator[tuple[str, Node]]:
    """The functions of a service, which may be a list of parts."""
    stated = service.get("functions")
    for part in resolver.node(stated, ("functions",)).items() if stated else ():
        yield from part.entries()


def _open_addresses(service: dict[str, Value], resolver: Resolver) -> Iterator[tuple[str, ResourcePolicy]]:
    """What everybody may do with a function that has an address of its own which asks nobody."""
    for name, body in section(service, "functions").items():
        url = resolver.node(body, ("functions", name))["url"]
        asks = url["authorizer"]
        if url.value is True or (url.is_mapping and not asks.exists):
            policy = resource_policy(everybody_calls(url.at), name, url.at, "lambda")
            headers, variables = value_within(body, "url", "cors", "allowedHeaders"), value_within(body, "environment")
            if checks_its_callers(names_in(headers), names_in(variables)):
                policy = replace(policy, checks_callers=Known(value=True, at=url.at))
            if runs := start_of_code(value_within(body, "handler")):
                policy = replace(policy, runs=Known(runs, url.at))
            yield name, policy


def _may_have_roles_of_functions(service: dict[str, Value]) -> bool:
    """Whether a plug-in that makes them is named, or may be: the list stands elsewhere."""
    plugins = service.get("plugins")
    listed = plugins.get("modules") if isinstance(plugins, dict) else plugins
    if not isinstance(listed, list):
        return True
    return any(not isinstance(name, str) or "iam" in name or "${" in name for name in listed)


def _trust(at: Place) -> Node:
    """The trust policy that the framework writes by itself."""
    principal: Value = {"Service": "lambda.amazonaws.com"}
    statement: Value = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return literal({"Statement": [statement]}, at)


def _service_name(service: dict[str, Value]) -> str:
    name = service.get("service")
    if isinstance(name, dict):
        name = name.get("name")
    return name if isinstance(name, str) and "${" not in name else "functions"
