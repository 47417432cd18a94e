"""One called or following workflow, rewritten with what its callers bring: their events, their inputs, their token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.github.actions import read_uses, serves_vendor_of
from nhilint.formats.github.admission import widest
from nhilint.formats.github.agent_step import opening_of
from nhilint.formats.github.events import brings_outsiders
from nhilint.formats.github.rights import rights_of_token, without_secrets, worth_hijacking
from nhilint.formats.github.secrets import A_PART, EVERY, opens_little, opens_something
from nhilint.formats.github.untrusted import needed_payload
from nhilint.link.github_logins import with_identities_of_callers, with_key_of_callers
from nhilint.model.fact import Known, Record, Unknown, known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.github.admission import Opening
    from nhilint.formats.github.rights import Rights
    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary import Agent, Workflow
    from nhilint.model.vocabulary.agent import OpenTo, Trigger
    from nhilint.model.vocabulary.tool import Package
    from nhilint.model.vocabulary.workflow import GivenInput, Injection, InputCondition, Job, Passed, Step

R = TypeVar("R", bound=Record)

_WIDTH = ("anyone", "contributors", "labelled", "writers", "nobody")
_OUTSIDE = ("anyone", "contributors", "labelled")
_INPUT = "inputs."
_STRENGTH = ("strong", "default", "weak", "none")


class Call(Struct, frozen=True):
    """One place that starts a workflow or action, with the events that get there and the inputs it fills.

    `writes` is what the token of the calling job may write; `step` the step that uses an action. `events` are all that
    start the workflow it stands in, conditions aside; None where those are up to another file. `token_as` are secrets
    that it fills with the token of its own job.
    """

    kind: Literal["workflow_call", "workflow_run", "action"]
    admits: tuple[Trigger, ...]
    passes: Many[Passed] = ()
    writes: Fact[tuple[str, ...]] = None
    step: Step | None = None
    gives: Many[GivenInput] = ()
    events: frozenset[str] | None = None
    token_as: Fact[tuple[str, ...]] = None

    def meets(self, part: Job | Step, defaults: Many[GivenInput]) -> bool:
        """Whether the inputs that it gives can get through the condition of a job or step of what it calls."""
        if self.kind == "workflow_run":
            return True
        given = {value_of(one.name): one.value for one in (*known_records(defaults), *known_records(self.gives))}
        required = {value_of(one.name) for one in known_records(defaults) if one.value is None}
        return all(_holds(condition, given, required) for condition in known_records(part.asks_inputs))

    def chooses(self, job: Job, defaults: Many[GivenInput]) -> bool:
        """Whether outsiders start it and the inputs that it gives surely put a job on a self-hosted machine."""
        if self.kind != "workflow_call" or not any(value_of(one.open_to) in _OUTSIDE for one in self.admits):
            return False
        given = {value_of(one.name): one.value for one in (*known_records(defaults), *known_records(self.gives))}
        asked = known_records(job.self_hosted_if)
        sure = not any(isinstance(given.get(value_of(one.name)), Unknown) for one in asked)
        return bool(asked) and sure and all(_holds(one, given, set()) for one in asked)


def _holds(condition: InputCondition, given: dict[str | None, Fact[str]], required: set[str | None]) -> bool:
    """Whether a condition may hold; an expression that fills a required input is taken to give some text."""
    value = given.get(value_of(condition.name))
    if isinstance(value, Unknown):
        asks_nothing = value_of(condition.values) == ("",) and not value_of(condition.excluded)
        return not (asks_nothing and value_of(condition.name) in required)
    stated = value.value.lower() if value is not None else ""
    return (stated in (value_of(condition.values) or ())) != bool(value_of(condition.excluded))


def settled_workflow(workflow: Workflow, calls: list[Call]) -> Workflow:
    """The workflow with real events in the place of those that were only tried out."""
    given = workflow.defaults
    idle = {value_of(j.name): [c for c in calls if not c.meets(j, given)] for j in known_records(workflow.jobs)}
    jobs = tuple(
        job if isinstance(job, Unknown) else _job(job, calls, idle[value_of(job.name)], given)
        for job in _listed(workflow.jobs)
    )
    steps = tuple(
        step
        if isinstance(step, Unknown)
        else _step(
            with_identities_of_callers(step, given, calls),
            calls,
            [*idle.get(value_of(step.job), ()), *(c for c in calls if not c.meets(step, given))],
        )
        for step in _listed(workflow.steps)
    )
    triggers = tuple(t for t in known_records(workflow.triggers) if value_of(t.event) not in {c.kind for c in calls})
    brought = tuple(dict.fromkeys(trigger for call in calls for trigger in call.admits))
    return replace(
        workflow, jobs=jobs, steps=steps, triggers=(*brought, *triggers), open_to=_open_to(brought, workflow)
    )


def settled_agent(agent: Agent, workflow: Workflow, calls: list[Call]) -> Agent:
    """The agent of a settled workflow: started by whatever starts its step, in the job that uses an action."""
    agent = with_texts_of_callers(agent, calls)
    step = next((step for step in known_records(workflow.steps) if step.at == agent.at), None)
    if step is None:
        return agent
    admits = known_records(step.admits)
    opening = opening_of(admits, agent.checks_actor, step.open_to)
    changed = replace(
        agent,
        job=next((call.step.job for call in calls if call.step is not None), agent.job),
        triggers=admits,
        open_to=opening.open_to,
        started_by=opening.started_by,
        untrusted_input=_arriving(agent.untrusted_input, workflow, calls),
    )
    rights = _token_of_caller(calls)
    if value_of(agent.rights) == "default" and rights is not None:
        return replace(changed, rights=rights.level, held=rights.held)
    return changed


def _arriving(texts: Fact[tuple[str, ...]], workflow: Workflow, calls: list[Call]) -> Fact[tuple[str, ...]]:
    """Of the texts that reach an agent, those that an event of a real caller brings, whoever may start it there."""
    if not isinstance(texts, Known) or any(call.events is None for call in calls):
        return texts
    own = {value_of(trigger.event) or "" for trigger in known_records(workflow.triggers)}
    events = own.union(*(call.events or () for call in calls))
    return Known(tuple(text for text in texts.value if _may_arrive(text, events)), texts.at)


def with_texts_of_callers(agent: Agent, calls: list[Call]) -> Agent:
    """The agent; an input in its prompt is the outsiders' text that a caller fills it with or tells of, or nobody's."""
    texts = agent.untrusted_input
    if not isinstance(texts, Known) or not any(text.startswith(_INPUT) for text in texts.value):
        return agent
    passed = [one for call in calls for one in known_records(call.passes) if value_of(one.chosen_by) == "outsiders"]
    given = {f"{_INPUT}{value_of(one.name)}": value_of(one.expression) for one in passed}
    written = [one for call in calls for one in known_records(call.gives) if one.tells_to_read is not None]
    tells = {f"{_INPUT}{value_of(one.name)}": value_of(one.tells_to_read) for one in written}
    told = []
    for text in texts.value:
        name, where, variable = text.partition(" in ")
        filled = given.get(name.lower()) if text.startswith(_INPUT) else name
        told += [f"{filled}{where}{variable}"] if filled else [tells.get(name.lower()) or ""]
    told = [text for text in told if text]
    return replace(agent, untrusted_input=Known(tuple(dict.fromkeys(told)), texts.at))


def _may_arrive(text: str, events: set[str]) -> bool:
    payload = needed_payload(tuple(text.partition(" in ")[0].split(".")))
    return not payload or any(brings_outsiders(event, payload) for event in events)


def _listed(many: Many[R]) -> tuple[R | Unknown, ...]:
    return () if isinstance(many, Unknown) else many


def _job(job: Job, calls: list[Call], idle: list[Call], defaults: Many[GivenInput]) -> Job:
    admits = _admitted(known_records(job.admits), calls, idle)
    opening = widest(admits, Known("writers", job.at))
    changed = replace(job, admits=admits, open_to=opening.open_to)
    if isinstance(job.self_hosted, Unknown) and any(one.chooses(job, defaults) for one in calls if one not in idle):
        changed = replace(changed, self_hosted=Known(value=True, at=job.self_hosted.at))
    rights = _token_of_caller(calls)
    if value_of(job.rights) == "default" and rights is not None:
        return replace(changed, rights=rights.level, held=rights.held)
    return changed


def _step(step: Step, calls: list[Call], idle: list[Call]) -> Step:
    """The step as its callers start it; those in `idle` give inputs with which it is passed over."""
    is_action = any(call.kind == "action" for call in calls)
    step = _without_tokens(step, calls)
    admits = _of_action(calls, idle) if is_action else _admitted(known_records(step.admits), calls, idle)
    opening = widest(admits, Known("writers", step.at))
    calls = [call for call in calls if call not in idle]
    judged = [_injection(injection, admits, calls) for injection in known_records(step.injections)]
    injections = tuple(injection for injection in judged if injection is not None)
    changed = replace(
        step,
        runs_checked_out_code=_still_runs(step, admits),
        admits=admits,
        open_to=opening.open_to,
        started_by=opening.started_by,
        injections=injections,
        injection=injections[0].expression if injections else None,
    )
    if is_action:
        strongest = _strongest(calls, opening, step) if injections else _strongest(calls, None, step)
        return replace(
            changed,
            rights=strongest.rights,
            held=strongest.held,
            privileged=strongest.privileged,
            beside=_beside(step.action, strongest.beside),
            foreign_secrets=_handed(step, calls),
            secrets_around=_around(step, calls),
            login=with_key_of_callers(step.login, calls),
        )
    rights = _token_of_caller(calls)
    if value_of(step.rights) == "default" and rights is not None:
        grave = any(worth_hijacking(call.writes, proves_identity=step.login is not None) for call in calls)
        beside = rights.held if step.action is not None and grave else step.beside
        return replace(changed, rights=rights.level, held=rights.held, privileged=rights.privileged, beside=beside)
    return changed


def _without_tokens(step: Step, calls: list[Call]) -> Step:
    """The step without those foreign secrets that every caller fills with its job's own token."""
    if not calls or any(call.kind != "workflow_call" for call in calls):
        return step
    tokens = set[str].intersection(*(set(value_of(call.token_as) or ()) for call in calls))
    foreign = step.foreign_secrets
    if not tokens or not isinstance(foreign, Known):
        return step
    left = Known(tuple(name for name in foreign.value if name.upper() not in tokens), foreign.at)
    return replace(
        step, foreign_secrets=left, beside=without_secrets(step.beside, lambda secret: secret.upper() in tokens)
    )


def _beside(action: Package | None, held: Fact[tuple[str, ...]]) -> Fact[tuple[str, ...]]:
    """What the calling job holds besides the secrets that open the service of the action itself."""
    if action is None:
        return None
    name: str = value_of(action.name) or ""
    reference = read_uses(name)
    return without_secrets(held, lambda secret: serves_vendor_of(reference, secret))


def _handed(step: Step, calls: list[Call]) -> Known[tuple[str, ...]] | None:
    """The secrets that callers hand to the action and the action on to the step, where they open another service."""
    if step.action is None:
        return None
    called: str = value_of(step.action.name) or ""
    reference = read_uses(called)
    taken = value_of(step.takes) or ()
    named = [found for call in calls for one in known_records(call.gives) for found in _taken(one, taken)]
    named += [found for call in calls if call.step is not None for found in _each(call.step.secrets_around)]
    whole = next((at for name, at in named if name == EVERY), None)
    if whole is not None:
        return Known((EVERY,), whole)
    foreign = [(name, at) for name, at in named if opens_something(name) and not serves_vendor_of(reference, name)]
    grave = [(name, at) for name, at in foreign if not opens_little(name)]
    return Known(tuple(dict.fromkeys(name for name, _ in grave)), grave[0][1]) if grave else None


def _around(step: Step, calls: list[Call]) -> Fact[tuple[str, ...]]:
    """The secrets in the variables of callers, for a step that hands them on to an action of this repository again."""
    is_local = step.action is not None and value_of(step.action.ecosystem) == "local"
    found = [one for call in calls if is_local and call.step is not None for one in _each(call.step.secrets_around)]
    return Known(tuple(dict.fromkeys(name for name, _ in found)), found[0][1]) if found else None


def _each(names: Fact[tuple[str, ...]]) -> Iterator[tuple[str, Place]]:
    """Names with the place that all of them share."""
    if isinstance(names, Known):
        yield from ((name, names.at) for name in names.value)


def _taken(given: GivenInput, taken: tuple[str, ...]) -> Iterator[tuple[str, Place]]:
    """The secrets that a step takes of an input: the one that fills it, or of all of them those that it names."""
    secret, name = value_of(given.secret), value_of(given.name) or ""
    parts = [part for called, _, part in (one.partition(".") for one in taken) if called == name]
    if secret == EVERY:
        yield from ((part.upper() or EVERY, given.at) for part in parts if part != A_PART)
    elif secret is not None and parts:
        yield secret, given.at


def _still_runs(step: Step, admits: tuple[Trigger, ...]) -> Fact[bool]:
    """A commit that only the payload of another event names is not there after all."""
    if value_of(step.runs_checked_out_code) and "github.event.pull_request" in (value_of(step.checkout_ref) or ""):
        events = {value_of(trigger.event) for trigger in admits}
        return Known("pull_request_target" in events, step.at)
    return step.runs_checked_out_code


def _strongest(calls: list[Call], opening: Opening | None, step: Step) -> Step:
    """The step that calls with the most rights; where an `opening` is given, of those that are open as far."""
    callers = [call.step for call in calls if call.step is not None]
    wide = [one for one in callers if opening is not None and value_of(one.open_to) == value_of(opening.open_to)]
    return min(wide or callers, key=_strength, default=step)


def _strength(step: Step) -> int:
    level = value_of(step.rights)
    return _STRENGTH.index(level) if level in _STRENGTH else 1


def _of_action(calls: list[Call], idle: list[Call]) -> tuple[Trigger, ...]:
    return tuple(dict.fromkeys(trigger for call in calls if call not in idle for trigger in call.admits))


def _admitted(tried: tuple[Trigger, ...], calls: list[Call], idle: list[Call]) -> tuple[Trigger, ...]:
    """The events of callers where they meet an event that was tried out, as narrow as the narrower of both."""
    found: list[Trigger] = [trigger for trigger in tried if trigger.via is None]
    kinds = {call.kind for call in calls}
    for trigger in tried:
        via = value_of(trigger.via)
        if via is None:
            continue
        if via not in kinds:
            found.append(trigger)
        for call in calls:
            if call.kind == via and call not in idle:
                found.extend(_met(trigger, call))
    return tuple(sorted(found, key=_rank))


def _met(tried: Trigger, call: Call) -> list[Trigger]:
    if call.kind == "workflow_call":
        same = [t for t in call.admits if value_of(t.event) == value_of(tried.event)]
        return [replace(t, open_to=_narrower(t.open_to, tried.open_to)) for t in same]
    upstream = [t for t in call.admits if value_of(t.open_to) in _OUTSIDE or t.via is not None]
    return [replace(tried, open_to=_narrower(t.open_to, tried.open_to), via=t.via) for t in upstream[:1]]


def _narrower(one: Fact[OpenTo], other: Fact[OpenTo]) -> Fact[OpenTo]:
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return one if isinstance(one, Unknown) else other
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda fact: _WIDTH.index(fact.value))


def _rank(trigger: Trigger) -> tuple[bool, bool, int]:
    word = value_of(trigger.open_to)
    return trigger.via is not None, not value_of(trigger.privileged), _WIDTH.index(word) if word else 1


def _injection(injection: Injection, admits: tuple[Trigger, ...], calls: list[Call]) -> Injection | None:
    """An injection that the real callers make possible; None when none of them does."""
    expression = value_of(injection.expression) or ""
    chooser = value_of(injection.chosen_by)
    if chooser == "outsiders":
        payload = needed_payload(tuple(expression.split(".")))
        events = [value_of(t.event) or "" for t in admits if value_of(t.privileged) is not False]
        return injection if any(brings_outsiders(event, payload) for event in events) else None
    if chooser != "callers":
        return injection
    name = expression.removeprefix("inputs.")
    passed = [p for call in calls for p in known_records(call.passes) if value_of(p.name) == name]
    for wanted in ("outsiders", "callers", "committers"):
        found = next((p for p in passed if value_of(p.chosen_by) == wanted), None)
        if found is not None and found.chosen_by is not None:
            return replace(injection, chosen_by=found.chosen_by)
    return None


def _token_of_caller(calls: list[Call]) -> Rights | None:
    """The strongest token that a calling job hands over, or that the job has in which an action is used."""
    rights = [rights_of_token(c.writes, c.writes.at) for c in calls if c.writes is not None]
    return min(rights, key=lambda r: _STRENGTH.index(value_of(r.level) or "default"), default=None)


def _open_to(brought: tuple[Trigger, ...], workflow: Workflow) -> Fact[OpenTo]:
    known = [t.open_to for t in brought if isinstance(t.open_to, Known)]
    widest_known = min(known, key=lambda fact: _WIDTH.index(fact.value), default=None)
    return widest_known or workflow.open_to
