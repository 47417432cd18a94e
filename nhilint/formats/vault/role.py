"""A role of an authentication method becomes an identity: who may sign in as it, and with which policies.

Roles for people (`role_type` oidc, which is also what it is when nobody says) are left out. Vault refuses a token that
has an audience where its JWT role binds none, so a missing `bound_audiences` opens nothing; a Kubernetes role without
an `audience` takes tokens for any. Sources: developer.hashicorp.com/vault/api-docs/auth/jwt, …/auth/kubernetes and
…/auth/approle, read 2026-11-22. `token_policies` was `policies` before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.aws.federation import widest
from nhilint.formats.node import Node
from nhilint.formats.vault.bounds import Bound, issuer_by_claims, kind_of, width
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity
from nhilint.model.vocabulary.trust import Trust

if TYPE_CHECKING:
    from nhilint.formats.aws.federation import IssuerKind, SubjectScope
    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.source.document import Document

Method = Literal["jwt", "kubernetes", "approle", "other"]

_LATER = "filled in later"


def extract(document: Document, claim: Claim) -> Extraction:
    """The role that a file for `vault write auth/…/role/NAME @file` holds."""
    root = Node.root(document)
    method = _method(root)
    if method is None:
        return Extraction(recognised=False)
    name = document.path.rpartition("/")[2].partition(".")[0]
    return Extraction((Resource("identity", name, claim.format, role(root, method, name)),))


def role(body: Node, method: Method, name: str, issuer: Fact[str] = None) -> Identity:
    """The identity of a role."""
    policies = body.first("token_policies", "policies")
    return Identity(
        at=body.at,
        name=Known(name, body.at),
        provider=Known("vault", body.at),
        kind=Known("role", body.at),
        managed=_texts(policies),
        managed_admin=_root(policies),
        gives_default_only=Known(_is_default_alone(policies), body.at),
        trusts=_trusts(body, method, issuer),
        lasting_secret=_lasting(body) if method == "approle" else None,
    )


def _trusts(body: Node, method: Method, issuer: Fact[str]) -> tuple[Trust, ...]:
    if method == "jwt":
        return (_jwt(body, issuer),)
    return (_kubernetes(body),) if method == "kubernetes" else ()


def _is_default_alone(policies: Node) -> bool:
    """Whether no policy is named but the one that every token of Vault has: it lets its holder look after that token.

    Source: developer.hashicorp.com/vault/docs/concepts/policies (built-in policies), known, not re-read.
    """
    named = _texts(policies)
    return (named is None and not policies.exists) or (isinstance(named, Known) and {*named.value} <= {"default"})


def names_groups(body: Node) -> bool:
    """Whether a claim of the tokens puts who signs in into groups, which may have policies of their own."""
    claim = body["groups_claim"].value
    return isinstance(claim, str) and bool(claim)


def is_for_people(body: Node) -> bool:
    """Whether a role of the JWT method is one for people in front of a browser."""
    return bool(body["role_type"].value != "jwt")


def _method(root: Node) -> Method | None:
    if root["bound_service_account_namespaces"].exists and root["bound_service_account_names"].exists:
        return "kubernetes"
    bound = any(root[f"bound_{what}"].exists for what in ("claims", "subject", "audiences"))
    is_jwt = root["user_claim"].exists and bound
    return "jwt" if is_jwt and not is_for_people(root) else None


def _jwt(body: Node, issuer: Fact[str]) -> Trust:
    bounds, gap = _bounds(body)
    how = body["bound_claims_type"]
    if gap is None and _is_open(str(how.value)) and any("*" in value for bound in bounds for value in bound.values):
        gap = Unknown(_LATER, how.at)  # a star is a star or a wildcard
    if issuer is None:
        told = issuer_by_claims(bounds, value_of(body["bound_audiences"].texts()) or ())
        issuer = Known(told, body.at) if told is not None else Unknown("the issuer of the method", body.at)
    audiences = body["bound_audiences"]
    kind = Known(kind_of(issuer.value), issuer.at) if isinstance(issuer, Known) else issuer
    subjects = next((bound.values for bound in bounds if bound.claim == "sub"), None)
    return Trust(
        at=body.at,
        name=Known("bound claims", body.at),
        issuer=issuer,
        issuer_kind=kind,
        audience=_texts(audiences) or Unknown("nothing where the token has an audience", body.at),
        subjects=Known(subjects or tuple(f"{b.claim}={v}" for b in bounds for v in b.values), _bounds_at(body).at),
        subject_operator=Known("glob" if _globs(body) else "string", body["bound_claims_type"].at),
        subject_scope=gap or _scope(body, kind, bounds),
        impossible_subjects=gap or Known(_impossible(body, bounds), _bounds_at(body).at),
    )


def _scope(body: Node, kind: Fact[IssuerKind], bounds: list[Bound]) -> Fact[SubjectScope]:
    if not isinstance(kind, Known):
        return Unknown("the issuer of the method", body.at)
    at = _bounds_at(body).at
    if _impossible(body, bounds):
        return Known("workload", at)
    found = width(kind.value, bounds, patterns=_globs(body))
    return Known(found, at) if found is not None else Unknown("a claim that may name somebody", at)


def _impossible(body: Node, bounds: list[Bound]) -> tuple[str, ...]:
    """Patterns of a claim that is compared as a whole, where they leave nobody."""
    if _globs(body):
        return ()
    return tuple(f"{b.claim}={b.values[0]}" for b in bounds if all("*" in value for value in b.values))


def _bounds_at(body: Node) -> Node:
    found = next((body[name] for name in ("bound_claims", "bound_subject") if body[name].exists), body)
    return found["sub"] if found["sub"].exists else found


def _globs(body: Node) -> bool:
    return bool(body["bound_claims_type"].value == "glob")


def _bounds(body: Node) -> tuple[list[Bound], Unknown | None]:
    """The bound claims, and what stands in the way of knowing them."""
    found: list[Bound] = []
    claims = body["bound_claims"]
    if claims.exists and claims.value is not None and not claims.is_mapping:
        return found, Unknown(_LATER, claims.at)
    for name, node in (*claims.entries(), ("sub", body["bound_subject"])):
        values = _texts(node)
        if values is None or (isinstance(values, Known) and values.value in ((), ("",))):
            continue
        if isinstance(values, Unknown):
            return found, values
        if _is_open(name):
            return found, Unknown(_LATER, node.at)
        found.append(Bound(name, tuple(part.strip() for value in values.value for part in value.split(","))))
    return found, None


def _kubernetes(body: Node) -> Trust:
    names, spaces = _texts(body["bound_service_account_names"]), _texts(body["bound_service_account_namespaces"])
    at = body["bound_service_account_namespaces"].at
    subjects: Fact[tuple[str, ...]] = Unknown(_LATER, at)
    scope: Fact[SubjectScope] = Unknown(_LATER, at)
    if isinstance(spaces, Known) and isinstance(names, Known):
        listed = tuple(f"system:serviceaccount:{space}:{name}" for space in spaces.value for name in names.value)
        subjects = Known(listed[:100], at)
        scope = Known(
            widest("kubernetes", tuple(f"system:serviceaccount:{one}:_" for one in spaces.value), "StringLike"), at
        )
    audience = body["audience"]
    return Trust(
        at=body.at,
        name=Known("bound service accounts", body.at),
        issuer=Known("the cluster", body.at),
        issuer_kind=Known("kubernetes", body.at),
        audience=_texts(audience) if audience.value not in ("", None) else None,
        subjects=subjects,
        subject_scope=scope,
    )


def _lasting(body: Node) -> Fact[bool]:
    """Whether a SecretID of an AppRole never ends: no time, no number of uses, no addresses, and one is asked for."""
    if body["bind_secret_id"].value is False:
        return None
    for name in ("secret_id_ttl", "secret_id_num_uses", "secret_id_bound_cidrs", "token_bound_cidrs"):
        node = body[name]
        if isinstance(node.value, str) and _is_open(node.value):
            return Unknown(_LATER, node.at)
        if node.exists and node.value not in (0, "", "0", None, "0s") and not (node.is_list and not node.value):
            return Known(value=False, at=node.at)
    return Known(value=True, at=body.at)


def _root(policies: Node) -> Fact[tuple[str, ...]]:
    """The policy that every Vault has and that nothing limits."""
    names = _texts(policies)
    if not isinstance(names, Known):
        return names
    return Known(tuple(name for name in names.value if name == "root"), names.at)


def _texts(node: Node) -> Fact[tuple[str, ...]]:
    """A list, or one text with commas between, which Vault takes for one."""
    found = node.texts()
    if not isinstance(found, Known):
        return found
    if any(map(_is_open, found.value)):
        return Unknown(_LATER, found.at)
    split = tuple(part.strip() for text in found.value for part in text.split(",")) if node.is_text else found.value
    return Known(split, found.at)


def _is_open(text: str) -> bool:
    """Whether a part of a text is filled in later."""
    return "${" in text or "{{" in text
