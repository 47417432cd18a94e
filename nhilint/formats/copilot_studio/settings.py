"""An agent of Copilot Studio becomes an agent: who may talk to it, whether they prove who they are, how it decides.

Three files say it: `settings.mcs.yml` by words, `bots/*/bot.xml` of a solution by the numbers of Dataverse's choices,
and `configuration.json` beside that how it decides. Its tools stand in files of their own and are joined later. With no
authentication, whoever has the link may talk to it, whatever the access policy says.
Sources, read 2026-11-22: learn.microsoft.com/power-apps/developer/data-platform/reference/entities/bot (choices),
learn.microsoft.com/microsoft-copilot-studio/configuration-end-user-authentication, and the schema of the YAML in
github.com/microsoft/skills-for-copilot-studio, reference/bot.schema.yaml-authoring.json.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Trigger
from nhilint.model.vocabulary.capability import Inbound

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

PRODUCT = "copilot-studio"
_Kind = Literal["none", "authenticated_only", "oauth", "platform"]

_MODES: dict[str, _Kind] = {
    **dict.fromkeys(("none", "1"), "none"),
    **dict.fromkeys(("integrated", "2"), "platform"),
    **dict.fromkeys(("customazureactivedirectory", "3", "genericoauth2", "4"), "oauth"),
}
_AS_NEEDED = frozenset({"asneeded", "0"})
_ANY_TENANT = "anymultitenant"


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent; a file that says nothing of who may use it, and none of how it decides, is none."""
    root = Node.root(document, braces)
    if claim.format == "copilot-studio-configuration":
        return _configuration(root, claim)
    bot = root["bot"] if claim.format == "copilot-studio-bot" else root
    mode = bot.first("authenticationMode", "authenticationmode")
    if not bot.is_mapping or not (mode.exists or bot["accessControlPolicy"].exists):
        return Extraction(recognised=False)
    named = next((bot[key] for key in ("displayName", "name", "schemaName") if bot[key].is_text), mode)
    name = str(named.value) if named.is_text else "agent"
    agent = Agent(
        at=named.at,
        name=Known(name, named.at),
        product=Known(PRODUCT, named.at),
        kind=Known("service", named.at),
        inbound=Inbound(at=mode.at, kind=_inbound(bot, mode)),
        triggers=(_conversation(bot, mode),),
        tools_exposed=_orchestration(bot["configuration"]),
    )
    return Extraction((Resource("agent", name, claim.format, agent),))


def _configuration(root: Node, claim: Claim) -> Extraction:
    if root["$kind"].value != "BotConfiguration":
        return Extraction(recognised=False)
    agent = Agent(
        at=root.at,
        product=Known(PRODUCT, root.at),
        kind=Known("settings", root.at),
        tools_exposed=_orchestration(root),
    )
    return Extraction((Resource("agent", "configuration", claim.format, agent),))


def _inbound(bot: Node, mode: Node) -> Fact[_Kind]:
    stated = mode.text()
    if not isinstance(stated, Known):
        return stated
    kind = _MODES.get(stated.value.lower())
    policy = bot["accessControlPolicy"].text()
    if kind == "platform" and isinstance(policy, Known) and policy.value.lower() == _ANY_TENANT:
        return Known("authenticated_only", policy.at)
    return Known(kind, mode.at) if kind else Unknown("a mode that the product does not document", mode.at)


def _conversation(bot: Node, mode: Node) -> Trigger:
    """What a person who has the link may start. Where sign-in is only asked for by topics, anybody may talk first."""
    kind = _inbound(bot, mode)
    when = bot.first("authenticationTrigger", "authenticationtrigger")
    stated = when.text()
    at = mode.at
    authenticated: Fact[bool] = kind if isinstance(kind, Unknown) else None
    if isinstance(kind, Known):
        authenticated = Known(kind.value != "none", mode.at)
    if isinstance(kind, Known) and kind.value == "oauth" and stated is not None:
        at = when.at
        authenticated = stated if isinstance(stated, Unknown) else Known(stated.value.lower() not in _AS_NEEDED, at)
    return Trigger(
        at=at,
        event=Known("conversation", at),
        authenticated=authenticated,
        open_to=_open_to(authenticated),
        carries_input=Known(value=True, at=at),
    )


def _open_to(authenticated: Fact[bool]) -> Fact[Literal["anyone"]]:
    if isinstance(authenticated, Known):
        return None if authenticated.value else Known("anyone", authenticated.at)
    return authenticated


def _orchestration(configuration: Node) -> Fact[Literal["all", "none"]]:
    """Whether the model picks tools by itself; in the classic way only topics call them."""
    node = configuration["settings"]["GenerativeActionsEnabled"]
    stated = node.boolean()
    if isinstance(stated, Known):
        return Known("all" if stated.value else "none", node.at)
    return stated
