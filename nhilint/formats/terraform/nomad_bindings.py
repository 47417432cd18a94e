"""Binding rules of Nomad for JWTs become identities: whose tokens are taken, and what the rule then gives.

A rule without a selector holds for every token that its method takes, so for a hosted CI service for everybody's. Rules
of methods for people in front of a browser (OIDC) are left out: those are let in by their directory. Of selectors,
`value.NAME == "…"` and `"…" in list.NAME`, joined by `and`, are followed; any other is not known. Sources, read
2026-11-22: github.com/hashicorp/terraform-provider-nomad, website/docs/r/acl_binding_rule and acl_auth_method;
github.com/hashicorp/nomad, lib/auth/binder.go (an empty selector matches) and lib/auth/jwt/validator.go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.terraform.google_values import bodies
from nhilint.formats.terraform.referents import resource_named
from nhilint.formats.vault.bounds import Bound, kind_of, width
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import Identity
from nhilint.model.vocabulary.trust import Trust
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.aws.federation import IssuerKind, SubjectScope
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.fact import Fact
    from nhilint.source.value import Value

RULE, METHOD = "nomad_acl_binding_rule", "nomad_acl_auth_method"
_TERM = Deferred(r'\s*(?:value\.(\w+)\s*==\s*"([^"]*)"|"([^"]*)"\s+in\s+list\.(\w+))\s*')
_KEYS = Deferred(r"/(?:\.well-known/jwks(?:\.json)?|oauth/discovery/keys|-/jwks)$")
"""Below an issuer's address, where its keys are."""
_LONGEST = 2_000
_LATER = "filled in later"


def nomad_bindings(resolver: Resolver, by_path: Mapping[str, Fragment]) -> Iterator[Resource]:
    """The identities that the binding rules of a module make, each in the setting of its file."""
    for block in resolver.module.of_kind(RULE):
        method = _method(block, resolver)
        if method is None or resolver.node(method.body.get("type"), method.spot).value != "JWT":
            continue
        for body in bodies(method.body.get("config"))[:1]:
            home = by_path[block.at.path]
            trust = _trust(block, body, method.spot.to("config", 0), resolver)
            yield Resource("identity", block.label, home.format, _identity(block, trust, resolver), home.setting)


def _method(rule: Block, resolver: Resolver) -> Block | None:
    """The sign-in method of a rule, by reference or by its name, where the module has it."""
    stated = rule.body.get("auth_method")
    named = resource_named(stated)
    if named is not None:
        return resolver.module.resources.get(named) if named[0] == METHOD else None
    return next((each for each in resolver.module.of_kind(METHOD) if each.body.get("name") == stated), None)


def _identity(rule: Block, trust: Trust, resolver: Resolver) -> Identity:
    kind = resolver.node(rule.body.get("bind_type"), rule.spot.to("bind_type"))
    name = resolver.node(rule.body.get("bind_name"), rule.spot.to("bind_name"))
    rules_all = kind.value == "management"
    given: Fact[tuple[str, ...]] = Unknown(_LATER, kind.at)
    if rules_all:
        given = Known(("management",), kind.at)
    elif isinstance(name.value, str) and "${" not in name.value:
        given = Known((name.value,), name.at)
    return Identity(
        at=rule.at,
        name=Known(rule.label, rule.at),
        provider=Known("nomad", rule.at),
        kind=Known("role", rule.at),
        managed=given,
        managed_admin=Known(("management",) if rules_all else (), kind.at) if isinstance(given, Known) else given,
        admin=Known(rules_all, kind.at) if isinstance(given, Known) else given,
        trusts=(trust,),
    )


def _trust(rule: Block, config: dict[str, Value], spot: Spot, resolver: Resolver) -> Trust:
    issuer = _issuer(config, spot, resolver)
    kind = Known(kind_of(issuer.value), issuer.at) if isinstance(issuer, Known) else issuer
    stated = resolver.node(rule.body.get("selector"), rule.spot.to("selector"))
    at = stated if stated.exists else resolver.node(None, rule.spot)
    bounds = _bounds(stated, _claims(config, resolver, spot))
    audiences = resolver.node(config.get("bound_audiences"), spot.to("bound_audiences"))
    shown = tuple(f"{bound.claim}={value}" for bound in bounds or () for value in bound.values)
    return Trust(
        at=rule.at,
        name=Known("binding rule", rule.at),
        issuer=issuer,
        issuer_kind=kind,
        audience=audiences.texts() or Unknown("what happens without bound audiences", rule.at),
        subjects=Known(shown, at.at) if bounds is not None else Unknown("a selector of another form", at.at),
        subject_operator=Known("string", at.at),
        subject_scope=_scope(kind, bounds, at),
    )


def _scope(kind: Fact[IssuerKind], bounds: list[Bound] | None, at: Node) -> Fact[SubjectScope]:
    if bounds is None:
        return Unknown("a selector of another form", at.at)
    if not isinstance(kind, Known):
        return Unknown("the issuer of the method", at.at)
    found = width(kind.value, bounds, patterns=False)
    return Known(found, at.at) if found is not None else Unknown("a claim that may name somebody", at.at)


def _issuer(config: dict[str, Value], spot: Spot, resolver: Resolver) -> Fact[str]:
    """The issuer's host and path: the one that is bound, else the one whose keys are asked for."""
    for name in ("bound_issuer", "oidc_discovery_url", "jwks_url"):
        node = resolver.node(config.get(name), spot.to(name))
        listed = [item for item in node.items() if item.value not in (None, "")]
        if len(listed) == 1 and isinstance(listed[0].value, str) and "${" not in listed[0].value:
            host = listed[0].value.partition("://")[2] or listed[0].value
            return Known(_KEYS.sub("", host.rstrip("/")), listed[0].at)
        if listed:
            return Unknown(_LATER, node.at)
    return Unknown("keys of nobody named", spot.place)


def _claims(config: dict[str, Value], resolver: Resolver, spot: Spot) -> dict[str, str]:
    """The claim that each name of a selector stands for."""
    found: dict[str, str] = {}
    for key in ("claim_mappings", "list_claim_mappings"):
        for claim, name in resolver.node(config.get(key), spot.to(key)).entries():
            if isinstance(name.value, str):
                found[name.value] = claim.strip('"')
    return found


def _bounds(selector: Node, claims: Mapping[str, str]) -> list[Bound] | None:
    """The claims that a selector asks for; None where it is of a form, or about a name, that is not followed."""
    if not selector.exists or selector.value in ("", None):
        return []
    text = selector.value
    if not isinstance(text, str) or "${" in text or len(text) > _LONGEST:
        return None
    found: list[Bound] = []
    for term in re.split(r"\s+and\s+", text):
        hit = _TERM.fullmatch(term)
        claim = claims.get(hit[1] or hit[4]) if hit else None
        if hit is None or claim is None:
            return None
        found.append(Bound(claim, (hit[2] if hit[1] else hit[3],)))
    return found
