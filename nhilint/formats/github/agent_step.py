"""What the readers of single products hand over about a step that runs an agent, and the agent made of it.

A reader knows its product: which inputs carry the key, which flags switch questions off, whether the action itself
refuses people without write access. Everything else, who starts the step, what its job holds, whose text reaches it,
is the same for all of them and is put together here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.github.admission import Opening, widest
from nhilint.formats.github.agent_holdings import holdings_of
from nhilint.formats.github.agent_reading import untrusted_texts
from nhilint.formats.github.agent_rules import widest_of
from nhilint.model.fact import Fact, Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.github.trail import StepFacts
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Autonomy, Delegation, OpenTo, Permission, Sandbox, Trigger
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import IneffectiveSetting


CommandReach = Literal["any", "sandboxed", "listed", "none"]


class AgentStep(Struct, frozen=True, kw_only=True):
    """One agent as its reader sees it.

    `checks_actor` says that the step refuses people without write access; `reads_event` that it reads the issue or pull
    request it is started on without being told; `prompts` are the texts it is given; `token` is the input that names
    its platform token, `vendor_app` that it works with a token of its vendor's app; with neither the environment tells.
    `model_cloud`: cloud identities of the job are there to reach the model; `hides_identity`: the action takes the
    means to prove the identity of the job out of its reach.
    """

    product: str
    autonomy: Fact[Autonomy]
    command_reach: Fact[CommandReach]
    tools_exposed: Fact[Literal["all", "list", "none"]] = None
    permissions: tuple[Permission, ...] = ()
    sandbox: Sandbox | None = None
    checks_actor: Fact[bool] = None
    allowed_actors: Fact[tuple[str, ...]] = None
    allowed_bots: Fact[tuple[str, ...]] = None
    credentials: tuple[Credential, ...] = ()
    prompts: tuple[Node, ...] = ()
    reads_event: bool = False
    token: Node | None = None
    vendor_app: bool = False
    max_turns: Fact[int] = None
    model: Fact[str] = None
    model_cloud: bool = False
    hides_identity: bool = False
    ineffective: tuple[IneffectiveSetting, ...] = ()
    prints_transcript: Fact[bool] = None
    arguments: Fact[str] = None
    delegations: tuple[Delegation, ...] = ()


def agent_of(found: AgentStep, step: StepFacts) -> Agent:
    """The agent resource of a step."""
    at = step.node.at
    opening = opening_of(step.admits, found.checks_actor, step.job.otherwise)
    holdings = holdings_of(found, step)
    return Agent(
        at=at,
        name=Known(step.name, at),
        product=Known(found.product, at),
        kind=Known("ci_step", at),
        level=Known("project", at),
        model=found.model,
        autonomy=found.autonomy,
        initiation=Known("autonomous", at),
        acts_as=Known("own_identity", at),
        triggers=step.admits,
        untrusted_input=_untrusted(found, step),
        tools_exposed=found.tools_exposed,
        permissions=found.permissions,
        sandbox=found.sandbox,
        credentials=found.credentials + holdings.credentials,
        ineffective=found.ineffective,
        max_turns=found.max_turns,
        prints_transcript=found.prints_transcript,
        token_permissions=holdings.token_permissions,
        id_token=_id_token(step, at),
        allowed_actors=found.allowed_actors,
        allowed_bots=found.allowed_bots,
        checks_actor=found.checks_actor,
        open_to=opening.open_to,
        started_by=opening.started_by,
        command_reach=found.command_reach,
        command_rule=rule_of(found),
        arguments=found.arguments,
        delegations=found.delegations,
        rights=holdings.rights.level,
        held=holdings.rights.held,
        job=Known(step.job.name, step.job.node.at),
    )


def rule_of(found: AgentStep | Agent) -> Fact[str]:
    """The rule of a list that makes the reach what it is; the bare tool needs no word."""
    if value_of(found.command_reach) != "any" or value_of(found.tools_exposed) != "list":
        return None
    widest = widest_of(known_records(found.permissions))
    return widest.rule if widest is not None and widest.argument is not None else None


def opening_of(admits: tuple[Trigger, ...], checks_actor: Fact[bool], otherwise: Fact[OpenTo]) -> Opening:
    """Who can start the agent, after the check of its own."""
    opening = widest(admits, otherwise)
    if checks_actor is None or value_of(checks_actor) is False or opening.started_by is None:
        return opening
    if isinstance(checks_actor, Unknown):
        return Opening(checks_actor, opening.started_by)
    return Opening(Known("writers", checks_actor.at), opening.started_by)


def _untrusted(found: AgentStep, step: StepFacts) -> Fact[tuple[str, ...]]:
    texts = untrusted_texts(found, step)
    if not texts:
        return Known((), step.node.at)
    return Known(tuple(dict.fromkeys(word for word, _ in texts)), texts[0][1])


def _id_token(step: StepFacts, at: Place) -> Fact[bool]:
    permissions = step.job.permissions
    if permissions is None:
        return Known(value=False, at=at)
    place = next((place for scope, place in permissions.writes if scope in ("id-token", "*")), None)
    return Known(place is not None, place or permissions.at)
