"""An OAuth client or app manifest: who asked for what, for how long, and who may agree to it."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.capability import Endpoint, Inbound
from nhilint.model.vocabulary.credential import Credential


class ScopeGrant(Record, frozen=True, kw_only=True):
    """One scope that an app asks for."""

    id: Annotated[Fact[str], "The scope as the provider spells it."] = None
    category: Annotated[Fact[str], "What it touches."] = None
    access: Annotated[Fact[Literal["read", "write", "send", "delete", "execute", "admin"]], "What it may do there."] = (
        None
    )
    sensitivity: Annotated[Fact[Literal["low", "medium", "high", "critical"]], "How much harm it allows."] = None
    restricted: Annotated[Fact[bool], "Whether the provider itself puts it in its strictest class."] = None
    acts_as: Annotated[Fact[Literal["user", "app"]], "In whose name it is used."] = None
    optional: Annotated[Fact[bool], "Whether the app works without it."] = None
    narrower: Annotated[Fact[tuple[str, ...]], "Scopes that give less and often suffice."] = None
    needed: Annotated[
        Fact[bool], "After reading its code: whether something in it uses the scope and no narrower one would do."
    ] = None
    superseded: Annotated[Fact[bool], "Whether the provider has replaced it by smaller ones."] = None
    known: Annotated[Fact[bool], "Whether the catalogue has it; others are judged by their parts or not at all."] = None


class App(Record, frozen=True, kw_only=True):
    """One app registration or manifest."""

    name: Annotated[Fact[str], "Its name."] = None
    client_id: Annotated[Fact[str], "The id by which tools and programs name it when they ask for a token."] = None
    used_by: Annotated[
        Fact[tuple[str, ...]], "After linking: the names of tools of agents that sign people in through it."
    ] = None
    users: Annotated[
        Many[AppUser],
        "After linking: tools, jobs and steps that hold its token, by the names they give it or as the only ones.",
    ] = ()
    purpose: Annotated[Fact[str], "What it says that it is for."] = None
    provider: Annotated[Fact[str], "The platform that grants (google, slack, …)."] = None
    kind: Annotated[
        Fact[
            Literal[
                "script",
                "addon",
                "app",
                "client",
                "extension",
                "native_host",
                "grant",
                "setting",
                "interface",
                "protected_resource",
                "authorization_server",
            ]
        ],
        "What sort of app.",
    ] = None
    scopes: Annotated[Many[ScopeGrant], "What it asks for."] = ()
    sensitive_as_user: Annotated[
        Many[ScopeGrant],
        "Those of the scopes that are used in a person's name on what people write, read or keep, the gravest first.",
    ] = ()
    unused: Annotated[
        Many[ScopeGrant],
        "After reading its code: those of the scopes that nothing in the code can use, the gravest first.",
    ] = ()
    wider_than_used: Annotated[
        Many[ScopeGrant],
        "After reading its code: those of the scopes whose `narrower` does for everything that the code calls.",
    ] = ()
    scopes_stated: Annotated[Fact[bool], "False when the platform works the scopes out from the code."] = None
    redirects: Annotated[Many[Endpoint], "Where codes and tokens are sent after consent."] = ()
    stays_local: Annotated[
        Fact[bool], "After linking: whether every redirect is known, and leads to the machine of whoever signs in."
    ] = None
    only_platform_sign_in: Annotated[
        Fact[bool],
        "For a registration of Entra: whether all redirects end in the address with which App Service signs people in.",
    ] = None
    endpoints: Annotated[Many[Endpoint], "Other addresses that the platform calls with the app's data."] = ()
    runs_as: Annotated[Fact[Literal["user", "owner"]], "Whose rights a request to it uses."] = None
    open_to: Annotated[Fact[Literal["anyone", "anyone_signed_in", "domain", "owner"]], "Who may call it."] = None
    answers_requests: Annotated[
        Fact[bool], "After reading its code, for a script: whether a function takes the requests of callers."
    ] = None
    asks_for_proof: Annotated[
        Fact[bool],
        "After reading its code, for a script: whether each such function compares a digest made with a stored secret.",
    ] = None
    api_open_to: Annotated[
        Fact[Literal["anyone", "anyone_signed_in", "domain", "owner"]],
        "Who may run its functions through the platform's API; each caller acts as itself.",
    ] = None
    fetches: Annotated[Many[Endpoint], "Hosts that it may send requests to, where a list is declared."] = ()
    pages: Annotated[
        Many[Endpoint], "Domains whose pages may be shown inside it and ask for a token in the user's name."
    ] = ()
    fetch_limited: Annotated[Fact[bool], "Whether such a list limits it."] = None
    token_rotation: Annotated[Fact[bool], "Whether its tokens expire and rotate."] = None
    distribution: Annotated[Fact[Literal["single", "organization", "public"]], "Where it may be installed."] = None
    for_development: Annotated[
        Fact[bool], "After linking: whether its file, a folder or its name says that it is one for development."
    ] = None
    is_agent: Annotated[Fact[bool], "Whether it is an AI assistant or agent on its platform."] = None
    libraries: Annotated[Many[Library], "Foreign code that runs with its scopes."] = ()
    logs: Annotated[Fact[bool], "Whether its failures are logged."] = None
    credentials: Annotated[Many[Credential], "Credentials written into it."] = ()
    grant_types: Annotated[
        Fact[tuple[str, ...]],
        "How it may obtain tokens, by OAuth's names: authorization_code, implicit, password, client_credentials, "
        "refresh_token, device_code, jwt_bearer, token_exchange.",
    ] = None
    public_client: Annotated[Fact[bool], "Whether nothing proves who it is: no secret, no key."] = None
    signs_in_by: Annotated[
        Fact[Literal["passwords", "providers"]],
        "For a client of a realm: whether its users have a password there, or come from identity providers alone.",
    ] = None
    tries_limited: Annotated[
        Fact[bool], "For a client of a realm: whether an account is locked for a while after several wrong passwords."
    ] = None
    public_fallback: Annotated[
        Fact[bool], "Whether flows that need no secret (device code, passwords) are open besides those that need one."
    ] = None
    pkce_required: Annotated[Fact[bool], "Whether a code can only be redeemed by who asked for it (PKCE)."] = None
    access_hours: Annotated[Fact[float], "Hours for which an access token works."] = None
    refresh_rotates: Annotated[Fact[bool], "Whether each use of a refresh token replaces it."] = None
    refresh_expires: Annotated[Fact[bool], "Whether a refresh token ends by itself."] = None
    impersonates: Annotated[
        Fact[bool], "Whether it may act as people of the place where it is installed while they are away."
    ] = None
    full_scope: Annotated[
        Fact[bool], "Whether its tokens carry every role of whom they are for, not only those it was given."
    ] = None
    consent: Annotated[
        Fact[Literal["each_user", "administrator", "nobody"]], "Who agrees before it acts for somebody."
    ] = None
    ip_limited: Annotated[Fact[bool], "Whether its tokens only work from the addresses that were allowed."] = None
    made_up_code: Annotated[
        Fact[bool], "Whether its pages may run code that is put together while they run (eval)."
    ] = None
    entrances: Annotated[Many[Entrance], "Ways in that others than its signed-in users may take."] = ()
    events: Annotated[Fact[tuple[str, ...]], "What the platform tells it about unasked."] = None
    page_reach: Annotated[
        Fact[Literal["all", "some", "none"]], "For a browser extension: whose web pages it may read and change."
    ] = None

    inbound: Annotated[Inbound | None, "For an interface: how callers prove who they are."] = None
    open_operations: Annotated[
        Many[Operation], "For an interface of tools: operations that ask for no credential although others do."
    ] = ()
    scopes_offered: Annotated[
        Fact[tuple[str, ...]], "For a protected resource: the scopes that a client asks for when nothing else is said."
    ] = None
    broad_offers: Annotated[Fact[tuple[str, ...]], "Those of them that stand for everything or for administration."] = (
        None
    )
    bearer_in: Annotated[
        Fact[tuple[str, ...]], "For a protected resource: where it takes tokens from (header, body, query)."
    ] = None
    pkce_offered: Annotated[
        Fact[bool], "For an authorization server: whether it says that codes can be bound to who asked (PKCE, S256)."
    ] = None


class AppUser(Record, frozen=True, kw_only=True):
    """Somebody who holds an app's token, as far as the repository shows."""

    name: Annotated[Fact[str], "The tool, or the workflow with its job or step."] = None
    kind: Annotated[Fact[Literal["tool", "job", "agent_step"]], "What it is; agent_step runs an agent in CI."] = None
    by: Annotated[
        Fact[Literal["variable", "provider"]],
        "How that is known: a variable or secret goes by the app's name; or app and tool are the only ones of the "
        "platform, which is weaker.",
    ] = None
    variable: Annotated[Fact[str], "That variable or secret."] = None


class Entrance(Record, frozen=True, kw_only=True):
    """A way into an app for others than its signed-in users."""

    name: Annotated[Fact[str], "The module, function or setting that opens it."] = None
    kind: Annotated[
        Fact[Literal["web_trigger", "module", "web_page", "sign_up", "registration", "function"]], "What sort of way."
    ] = None
    open_to: Annotated[Fact[Literal["anyone", "anyone_signed_in", "customers"]], "Who may take it."] = None
    asks_for_proof: Annotated[
        Fact[bool], "After reading its code, for a web trigger: whether the code compares a signature or a secret."
    ] = None


class Operation(Record, frozen=True, kw_only=True):
    """One operation of an interface."""

    name: Annotated[Fact[str], "Its id, else its method and path."] = None
    method: Annotated[Fact[str], "The HTTP method, in lower case."] = None


class Library(Record, frozen=True, kw_only=True):
    """Code by somebody else that runs with an app's scopes."""

    name: Annotated[Fact[str], "What the app calls it."] = None
    id: Annotated[Fact[str], "The library's id."] = None
    version: Annotated[Fact[str], "The version asked for."] = None
    development: Annotated[Fact[bool], "Whether the newest unsaved code runs instead of that version."] = None
