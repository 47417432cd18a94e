"""A policy of Cerbos becomes a policy: what a resource policy lets every role do, and what a principal policy allows.

A resource policy is all there is about its kind of resource, so that its rules hold for everything it guards. A rule
allows an action where no other rule for the same role denies it; for a caller with several roles one that allows is
enough. `*` as a role disregards roles, as an action it is every action. A policy of a scope may ask for the consent of
the one above it. Sources, read 2026-11-22: github.com/cerbos/cerbos, api/public/cerbos/policy/v1/policy.proto and
docs/modules/policies/pages/{resource,principal,role}_policies.adoc, scope_permissions.adoc;
internal/util/globs_common.go.
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
_CONSENT = "SCOPE_PERMISSIONS_REQUIRE_PARENTAL_CONSENT_FOR_ALLOWS"
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
        rules = [_of_resource(rule, number, about) for number, rule in enumerate(_listed(about["rules"]), 1)]
        yield str(about["resource"].value), _policy(about["resource"], rules)
    elif whom["principal"].is_text:
        rules = [
            _of_principal(rule["resource"], action, whom)
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


def _of_resource(rule: Node, number: int, policy: Node) -> PolicyRule:
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
        conditioned=_conditioned(rule, policy),
    )


def _of_principal(resource: Node, action: Node, policy: Node) -> PolicyRule:
    return PolicyRule(
        at=action.at,
        name=Known(f"{action['action'].value} on {resource.value}", action.at),
        effect=_effect(action["effect"]),
        actions=action["action"].texts(),
        resources=resource.texts(),
        every_action=_has_star(action["action"]) or Known(value=False, at=action.at),
        every_resource=_has_star(resource) or Known(value=False, at=action.at),
        conditioned=_conditioned(action, policy),
    )


def _conditioned(rule: Node, policy: Node) -> Fact[bool]:
    """Whether a rule alone allows nothing yet: its own condition, or a policy above that has to allow it too."""
    return Known(rule["condition"].exists or policy["scopePermissions"].value == _CONSENT, rule.at)


def _effect(node: Node) -> Fact[Literal["allow", "deny"]]:
    found = _EFFECTS.get(node.value) if isinstance(node.value, str) else None
    return Known(found, node.at) if found is not None else Unknown("no effect that is known", node.at)


def _has_star(node: Node) -> Fact[bool]:
    found = node.texts()
    return Known("*" in found.value, found.at) if isinstance(found, Known) else found


def _listed(node: Node) -> list[Node]:
    return [item for item in node.items() if item.is_mapping][:_MOST]
