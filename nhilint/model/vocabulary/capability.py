"""What something can do to the world: seventeen categories and six access levels, whatever the product calls it."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.category import Access, Category
from nhilint.model.fact import Fact, Many, Record

CapabilitySource = Literal["declared", "known", "inferred"]
Gate = Literal["none", "classifier", "prompt", "reviewer", "sandbox", "read_only", "denied"]


class Capability(Record, frozen=True, kw_only=True):
    """One thing a tool or an agent can do."""

    category: Annotated[Fact[Category], "What it touches."] = None
    access: Annotated[Fact[Access], "What it may do there, from read (weakest) to admin (strongest)."] = None
    source: Annotated[
        Fact[CapabilitySource], "declared by the file, known of the product, or inferred from a name."
    ] = None
    reads_untrusted: Annotated[Fact[bool], "Whether it can return text that outsiders can plant."] = None
    sends_out: Annotated[Fact[bool], "Whether it can carry data to a destination of the agent's choice."] = None
    private_data: Annotated[Fact[bool], "Whether it returns data that is not public."] = None
    gate: Annotated[Fact[Gate], "The strongest control that stands before it here."] = None
    through: Annotated[Fact[str], "The name of the tool, credential or agent that gives it."] = None


class Endpoint(Record, frozen=True, kw_only=True):
    """An address that something talks to."""

    name: Annotated[Fact[str], "The key, variable or field that holds it."] = None
    url: Annotated[Fact[str], "The address with credentials and query removed."] = None
    scheme: Annotated[Fact[str], "http, https, ws, wss, …, in lower case."] = None
    host: Annotated[Fact[str], "The host, in lower case, without a port."] = None
    reach: Annotated[
        Fact[Literal["loopback", "local_name", "private", "public"]],
        "From where the host can be reached: this machine, a local name, a private network, the internet.",
    ] = None
    wildcard: Annotated[
        Fact[Literal["none", "path", "host", "any"]],
        "What of the address is left open: nothing, what follows the host, names below a domain, any host.",
    ] = None
    carries: Annotated[
        Fact[Literal["model_traffic", "telemetry", "events", "all_traffic"]],
        "What goes there: prompts and answers with the credential for them, measurements, what hooks are told, or "
        "everything.",
    ] = None


class AuthScheme(Record, frozen=True, kw_only=True):
    """One way in which callers may prove who they are, as a service describes it."""

    name: Annotated[Fact[str], "What the document calls it."] = None
    kind: Annotated[
        Fact[Literal["api_key", "password", "token", "oauth", "mutual_tls", "other"]],
        "A fixed key, a user name with password, a bearer token, OAuth or OpenID Connect, a certificate.",
    ] = None
    key_in: Annotated[Fact[Literal["header", "query", "cookie"]], "For a key: where it is sent."] = None
    flow: Annotated[
        Fact[Literal["implicit", "password", "client_credentials", "authorization_code", "device_code"]],
        "For OAuth: one entry for each flow that is offered.",
    ] = None
    addresses: Annotated[
        Many[Endpoint], "Where people sign in, where tokens are given out, where that is described."
    ] = ()
    required: Annotated[Fact[bool], "Whether some call has to use it."] = None


class Inbound(Record, frozen=True, kw_only=True):
    """Who may call a service, as its own side declares it."""

    kind: Annotated[
        Fact[Literal["none", "authenticated_only", "static", "oauth", "mutual_tls", "platform"]],
        "The weakest way in: none at all, anybody who can sign in, a fixed key, tokens of an issuer, a certificate, "
        "the identities of the cloud that it runs in.",
    ] = None
    offloaded: Annotated[
        Fact[bool], "Whether something is declared beside it that decides about each call: a policy, an interceptor."
    ] = None
    issuer: Annotated[Endpoint | None, "For tokens: where their issuer is described."] = None
    narrowed: Annotated[
        Fact[bool], "For tokens: whether an audience, client, scope or claim limits which of the issuer's are taken."
    ] = None
    schemes: Annotated[Many[AuthScheme], "The ways to prove who one is that its description offers."] = ()
    weaknesses: Annotated[Fact[tuple[str, ...]], "Settings that switch a part of this off, as written."] = None


class Guard(Record, frozen=True, kw_only=True):
    """A control that a platform puts between an agent and what it calls, hears or says."""

    name: Annotated[Fact[str], "What it is called."] = None
    kind: Annotated[
        Fact[Literal["content_filter", "policy", "firewall", "hook", "interceptor"]], "What sort of control."
    ] = None
    mode: Annotated[Fact[Literal["enforces", "logs_only"]], "Whether it stops anything or only notes it."] = None
    on_failure: Annotated[Fact[Literal["closed", "open"]], "What happens to a call when the control itself fails."] = (
        None
    )


class RunsAs(Record, frozen=True, kw_only=True):
    """The cloud identity under which a platform runs an agent, a tool or a build."""

    identity: Annotated[Fact[str], "The role or account, by its full id or by the name in the same configuration."] = (
        None
    )
    declared: Annotated[Fact[bool], "Whether the same configuration declares that identity; its place is there."] = None
    by_default: Annotated[
        Fact[bool], "Whether it is what the platform takes for itself, because the configuration names none."
    ] = None
    power: Annotated[
        Fact[Literal["administers", "escalates", "limited"]],
        "After linking, where the repository declares it: whether it may do all, can gain more, or neither.",
    ] = None
    power_through: Annotated[Fact[str], "After linking: what gives it that power."] = None
