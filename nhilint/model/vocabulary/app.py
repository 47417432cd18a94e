"""An OAuth client or app manifest: who asked for what, for how long, and who may agree to it."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.capability import Endpoint
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
    known: Annotated[Fact[bool], "Whether the catalogue has it; others are judged by their parts or not at all."] = None


class App(Record, frozen=True, kw_only=True):
    """One app registration or manifest."""

    name: Annotated[Fact[str], "Its name."] = None
    provider: Annotated[Fact[str], "The platform that grants (google, slack, …)."] = None
    kind: Annotated[Fact[Literal["script", "addon", "app", "client"]], "What sort of app."] = None
    scopes: Annotated[Many[ScopeGrant], "What it asks for."] = ()
    sensitive_as_user: Annotated[
        Many[ScopeGrant],
        "Those of the scopes that are used in a person's name on what people write, read or keep, the gravest first.",
    ] = ()
    scopes_stated: Annotated[Fact[bool], "False when the platform works the scopes out from the code."] = None
    redirects: Annotated[Many[Endpoint], "Where codes and tokens are sent after consent."] = ()
    endpoints: Annotated[Many[Endpoint], "Other addresses that the platform calls with the app's data."] = ()
    runs_as: Annotated[Fact[Literal["user", "owner"]], "Whose rights a request to it uses."] = None
    open_to: Annotated[Fact[Literal["anyone", "anyone_signed_in", "domain", "owner"]], "Who may call it."] = None
    api_open_to: Annotated[
        Fact[Literal["anyone", "anyone_signed_in", "domain", "owner"]],
        "Who may run its functions through the platform's API; each caller acts as itself.",
    ] = None
    fetches: Annotated[Many[Endpoint], "Hosts that it may send requests to, where a list is declared."] = ()
    fetch_limited: Annotated[Fact[bool], "Whether such a list limits it."] = None
    token_rotation: Annotated[Fact[bool], "Whether its tokens expire and rotate."] = None
    distribution: Annotated[Fact[Literal["single", "organization", "public"]], "Where it may be installed."] = None
    is_agent: Annotated[Fact[bool], "Whether it is an AI assistant or agent on its platform."] = None
    libraries: Annotated[Many[Library], "Foreign code that runs with its scopes."] = ()
    logs: Annotated[Fact[bool], "Whether its failures are logged."] = None
    credentials: Annotated[Many[Credential], "Credentials written into it."] = ()


class Library(Record, frozen=True, kw_only=True):
    """Code by somebody else that runs with an app's scopes."""

    name: Annotated[Fact[str], "What the app calls it."] = None
    id: Annotated[Fact[str], "The library's id."] = None
    version: Annotated[Fact[str], "The version asked for."] = None
    development: Annotated[Fact[bool], "Whether the newest unsaved code runs instead of that version."] = None
