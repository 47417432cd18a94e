"""Who may call a hosted agent or gateway.

Source: docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-inbound-auth.html and the CloudFormation pages of
AWS::BedrockAgentCore::Gateway and ::Runtime, read 2026-11-22. A runtime without an authorizer asks for the signature of
an identity of the account. Of the four lists that narrow the tokens of an issuer, any one does; a runtime may name the
workloads that it takes calls from as well (AllowedWorkloadConfiguration, in the resource schema of the type).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.bedrock.spelling import blocks, is_stated, part, told
from nhilint.formats.endpoints import endpoint_of
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Endpoint, Inbound

if TYPE_CHECKING:
    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.formats.node import Node

Kind = Literal["none", "authenticated_only", "static", "oauth", "mutual_tls", "platform"]

_KINDS: dict[str, Kind] = {
    "NONE": "none",
    "AUTHENTICATE_ONLY": "authenticated_only",
    "AWS_IAM": "platform",
    "CUSTOM_JWT": "oauth",
}
_NARROWING = (
    "AllowedAudience", "AllowedClients", "AllowedScopes", "CustomClaims", "CustomClaim", "AllowedWorkloadConfiguration",
)  # fmt: skip


def callers_of_runtime(hosted: Hosted) -> Inbound:
    """An authorizer takes tokens; without one the platform asks for a signature."""
    authorizer = part(hosted["AuthorizerConfiguration"], "CustomJWTAuthorizer")
    if authorizer.is_mapping or authorizer.is_list:
        return _by_token(authorizer, Known("oauth", authorizer.at))
    stated = hosted["AuthorizerConfiguration"]
    if is_stated(stated) and not stated.is_mapping:
        later = Unknown("filled in later", stated.at)
        return Inbound(at=stated.at, kind=later, narrowed=later)
    return Inbound(at=hosted.at, kind=_stated_kind(hosted["AuthorizerType"], "platform", hosted))


def callers_of_gateway(hosted: Hosted, *, unstated: Kind | None) -> Inbound:
    """What the authorizer says; `unstated` is what the tool makes of a missing type, where it has a default."""
    authorizer = part(hosted["AuthorizerConfiguration"], "CustomJWTAuthorizer")
    default: Kind | None = "oauth" if authorizer.is_mapping or authorizer.is_list else unstated
    kind = _stated_kind(hosted["AuthorizerType"], default, hosted)
    offloaded = Known(_is_offloaded(hosted), hosted.at)
    if kind == Known("oauth", kind.at) if isinstance(kind, Known) else False:
        return _by_token(authorizer, kind)
    return Inbound(at=kind.at if kind is not None else hosted.at, kind=kind, offloaded=offloaded)


def _stated_kind(node: Node, default: Kind | None, hosted: Hosted) -> Fact[Kind]:
    fact = told(node)
    if fact is None:
        return Known(default, hosted.at) if default is not None else None
    if isinstance(fact, Unknown):
        return fact
    kind = _KINDS.get(fact.value.upper())
    return Known(kind, fact.at) if kind is not None else Unknown("a kind of authorizer that is not known here", fact.at)


def _by_token(authorizer: Node, kind: Fact[Kind]) -> Inbound:
    discovery = part(authorizer, "DiscoveryUrl")
    narrowed = any(is_stated(part(authorizer, name)) for name in _NARROWING)
    at = discovery.at if discovery.exists else authorizer.at
    readable = authorizer.is_mapping or authorizer.is_list
    return Inbound(
        at=authorizer.at,
        kind=kind,
        issuer=_issuer(discovery),
        narrowed=Known(narrowed, at) if readable else Unknown("filled in later", authorizer.at),
    )


def _issuer(node: Node) -> Endpoint | None:
    fact = told(node)
    return endpoint_of(fact.value, fact.at, "discovery address") if isinstance(fact, Known) else None


def _is_offloaded(hosted: Hosted) -> bool:
    """Whether an interceptor of requests, or a policy engine that enforces, decides about each call."""
    for name in ("InterceptorConfigurations", "InterceptorConfiguration"):
        for interceptor in blocks(hosted[name]):
            points = part(interceptor, "InterceptionPoints").texts()
            if not isinstance(points, Known) or "REQUEST" in points.value:
                return True
    engine = hosted["PolicyEngineConfiguration"]
    return is_stated(engine) and part(engine, "Mode").value != "LOG_ONLY"
