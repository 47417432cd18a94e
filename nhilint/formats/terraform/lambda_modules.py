"""Roles of functions that terraform-aws-modules/lambda makes, and IAM policies that its sister module makes.

The role is named after `role_name`, else `function_name`. What it may do comes from `policy_statements`, `policy_json`,
`policy_jsons`, `policy` and `policies`, each of which counts only with its `attach_…` switch. The log, tracing and
network policies that the module adds by itself are not read. Source: variables.tf and iam.tf of
github.com/terraform-aws-modules/terraform-aws-lambda (2.0, 4.0, 7.0 and 8.8.1), and modules/iam-policy of
terraform-aws-iam (3.0 to 6.5), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.terraform.statement_objects import document_of_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Called
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.vocabulary.identity import Identity

FUNCTIONS = ("terraform-aws-modules/lambda/aws", "terraform-aws-modules/terraform-aws-lambda")
_MOST = 200


def function_role(called: Called, resolver: Resolver) -> tuple[str, Identity] | None:
    """The role of a function; None where the call makes none."""
    if any(called.body.get(switch) is False for switch in ("create", "create_function", "create_role")):
        return None
    told = next((node for node in (_argument(called, n, resolver) for n in ("role_name", "function_name")) if node), "")
    name = told or str(called.spot.place.pointer[1])
    documents = tuple(_documents(called, resolver))
    managed = tuple(
        node for key in ("policy", "policies") if _is_on(called, key) for node in _listed(called, key, resolver)
    )
    if not documents and not managed:
        return None
    stated = resolver.node(called.body.get("role_permissions_boundary"), called.spot.to("role_permissions_boundary"))
    return name, identity(
        Holding(
            kind="role",
            name=name,
            at=called.spot.place,
            documents=documents,
            managed=managed,
            boundary=stated.text() or None,
        )
    )


def made_policy(called: Called, resolver: Resolver) -> tuple[str, Identity] | None:
    """The policy of a call of `iam-policy`."""
    if any(called.body.get(switch) is False for switch in ("create", "create_policy")) or "policy" not in called.body:
        return None
    name = _argument(called, "name", resolver) or str(called.spot.place.pointer[1])
    document = resolver.document(called.body["policy"], called.spot.to("policy"))
    return name, identity(Holding(kind="policy", name=name, at=called.spot.place, documents=(document,)))


def _argument(called: Called, name: str, resolver: Resolver) -> str:
    """A known text; empty where it is none."""
    value = resolver.node(called.body.get(name), called.spot.to(name)).value
    return value if isinstance(value, str) and "${" not in value else ""


def _is_on(called: Called, key: str) -> bool:
    return called.body.get(f"attach_{key}") is True


def _listed(called: Called, key: str, resolver: Resolver) -> list[Node]:
    node = resolver.node(called.body.get(key), called.spot.to(key))
    return list(node.items())[:_MOST] if node.exists else []


def _documents(called: Called, resolver: Resolver) -> Iterator[Node]:
    if _is_on(called, "policy_json"):
        yield resolver.document(called.body.get("policy_json"), called.spot.to("policy_json"))
    texts = called.body.get("policy_jsons") if _is_on(called, "policy_jsons") else None
    for index, text in enumerate(texts if isinstance(texts, list) else []):
        yield resolver.document(text, called.spot.to("policy_jsons", index))
    if _is_on(called, "policy_statements"):
        at = called.spot.to("policy_statements").place
        node = resolver.node(called.body.get("policy_statements"), called.spot.to("policy_statements"))
        yield document_of_objects(node, at)
