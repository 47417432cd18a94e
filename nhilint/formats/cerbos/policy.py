"""A policy of Cerbos becomes a policy: what a resource policy lets every role do, and what a principal policy allows.

A resource policy is all there is about its kind of resource, so that its rules hold for everything it guards. A rule
allows an action where no other rule for the same role denies it. `*` as a role disregards roles. Sources, read
2026-11-22: docs.cerbos.dev/cerbos/latest/policies/resource_policies and …/principal_policies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.source.document import Document

_VERSION = "api.cerbos.dev/v1"
_EFFECTS: dict[str, Literal["allow", "deny"]] = {"EFFECT_ALLOW": "allow", "EFFECT_DENY": "deny"}
_MOST = 2_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The policies of a file; derived roles, variables and schemas are recognised and say nothing."""
    root = Node.root(document, braces)
    documents = [
        node for node in (root.items() if root.is_list else iter((root,))) if node["apiVersion"].value == _VERSION
    ]
    found = (policy for node in documents for policy in _policies(node))
    return Extraction(tuple(Resource("policy", n, claim.format, p) for n, p in found), recognised=bool(documents))


def _policies(node: Node) -> Iterator[tuple[str, Policy]]:
    if node["disabled"].value is True:
        return
    about, whom = node["resourcePolicy"], node["principalPolicy"]
    if about["resource"].is_text:
        rules = [_of_resource(rule, number) for number, rule in enumerate(_listed(about["rules"]), 1)]
        yield str(about["resource"].value), _policy(about["resource"], rules)
    elif whom["principal"].is_text:
        rules = [
            _of_principal(rule["resource"], action)
            for rule in _listed(whom["rules"])
            for action in _listed(rule["actions"])
        ]
        yield str(whom["principal"].value), _policy(whom["principal"], rules[:_MOST])


def _policy(name: Node, rules: list[PolicyRule]) -> Policy:
    return Policy(
        at=name.at,
        name=name.text(),
        engine=Known("cerbos", name.at),
        default=Known("deny", name.at),
        rules=tuple(rules),
        denies=Known(any(isinstance(r.effect, Known) and r.effect.value == "deny" for r in rules), name.at),
    )


def _of_resource(rule: Node, number: int) -> PolicyRule:
    stated = rule["name"].value
    return PolicyRule(
        at=rule.at,
        name=Known(stated if isinstance(stated, str) else f"rule {number}", rule.at),
        effect=_effect(rule["effect"]),
        callers=rule["roles"].texts(),
        actions=rule["actions"].texts(),
        everyone=_has_star(rule["roles"]) or Known(value=False, at=rule.at),
        every_action=_has_star(rule["actions"]) or Known(value=False, at=rule.at),
        every_resource=Known(value=True, at=rule.at),
        conditioned=Known(rule["condition"].exists, rule.at),
    )


def _of_principal(resource: Node, action: Node) -> PolicyRule:
    return PolicyRule(
        at=action.at,
        name=Known(f"{action['action'].value} on {resource.value}", action.at),
        effect=_effect(action["effect"]),
        actions=action["action"].texts(),
        resources=resource.texts(),
        every_action=_has_star(action["action"]) or Known(value=False, at=action.at),
        every_resource=_has_star(resource) or Known(value=False, at=action.at),
        conditioned=Known(action["condition"].exists, action.at),
    )


def _effect(node: Node) -> Fact[Literal["allow", "deny"]]:
    found = _EFFECTS.get(node.value) if isinstance(node.value, str) else None
    return Known(found, node.at) if found is not None else Unknown("no effect that is known", node.at)


def _has_star(node: Node) -> Fact[bool]:
    found = node.texts()
    return Known("*" in found.value, found.at) if isinstance(found, Known) else found


def _listed(node: Node) -> list[Node]:
    return [item for item in node.items() if item.is_mapping][:_MOST]
