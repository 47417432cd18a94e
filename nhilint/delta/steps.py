"""What the steps of a pipeline do with its rights: actions, agents, clouds that are entered, code of outsiders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.packages import pinned
from nhilint.delta.power import Power, short, stated, switched
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary.workflow import CloudLogin, Step

_PLATFORMS_OWN = ("actions/", "github/")
_WATCHES_NETWORK = frozenset({"step-security/harden-runner"})
"""Actions that note or limit where the rest of a job may connect to."""
_BY_OUTSIDERS = "outsiders"
_POWERS = {"administers": ", which may do everything", "escalates": ", which can gain more than it is given"}


def held_by_step(step: Step) -> Iterator[Held]:
    """Everything about a step that is authority."""
    name = value_of(step.action.name) if step.action is not None else None
    usual = name is not None and name.startswith(_PLATFORMS_OWN)
    yield from pinned(step.action, "uses", Severity.LOW if usual else Severity.MEDIUM)
    if name in _WATCHES_NETWORK:
        job = ("job", value_of(step.job) or "")
        lost = f"no longer has {name} watch where the job connects to"
        key, weight, place = ("watched", *job), Severity.MEDIUM, step.at
        yield Power(key=key, gained="", lost=lost, weight=weight, place=place, guard=True, within=job)
    if found := stated(step.runs_agent):
        gained, lost = f"runs the agent {short(found[0])}", f"no longer runs the agent {short(found[0])}"
        yield Power(key=("runs-agent", found[0]), gained=gained, lost=lost, weight=Severity.MEDIUM, place=found[1])
    if step.login is not None:
        yield from _login(step.login)
    checked = stated(step.checkout_of)
    if checked is not None and checked[0] == "outsider":
        gained, lost = "checks out code by outsiders", "no longer checks out code by outsiders"
        # Only where the job has rights is it more than what a test of a contribution does.
        weight = Severity.LOW if value_of(step.privileged) is False else Severity.HIGH
        yield Power(key=("outsiders",), gained=gained, lost=lost, weight=weight, place=checked[1])
    for injection in known_records(step.injections):
        said, by = short(value_of(injection.expression) or "a value"), value_of(injection.chosen_by)
        by_outsiders = by == _BY_OUTSIDERS and value_of(step.privileged) is not False
        whose = ", which outsiders choose," if by == _BY_OUTSIDERS else ""
        into = (value_of(injection.into) or "code").replace("_", " ")
        weight = Severity.HIGH if by_outsiders else Severity.LOW
        gained, lost = f"pastes {said}{whose} into a {into}", f"no longer pastes {said} into a {into}"
        yield Power(key=("injection", said, into), gained=gained, lost=lost, weight=weight, place=injection.at)
    yield from _tokens(step)


def _login(login: CloudLogin) -> Iterator[Held]:
    provider, identity = value_of(login.provider) or "a cloud", value_of(login.identity)
    by_key = value_of(login.by) == "static"
    more = _POWERS.get(value_of(login.power) or "", "")
    who = short(identity) if identity else "an identity"
    said = f"{who} ({provider}){more}{' with a stored key' if by_key else ''}"
    key = ("login", provider, identity or "", more, str(by_key))
    weight = Severity.CRITICAL if value_of(login.power) == "administers" else Severity.HIGH
    gained, lost = f"becomes {said}", f"no longer becomes {said}"
    yield Power(key=key, gained=gained, lost=lost, weight=weight, place=login.at)


def _tokens(step: Step) -> Iterator[Held]:
    all_of_them = "turns all secrets of the repository into one value"
    yield from switched(((step.takes_all_secrets, all_of_them, f"no longer {all_of_them}", Severity.HIGH),))
    for fact, gained, lost in (
        (step.prints_secret, "writes the secret {} to a log or file", "no longer writes the secret {} anywhere"),
        (step.uploads_token, "uploads its token in the artifact {}", "no longer uploads its token in {}"),
        (step.approves_with, "approves its own deployment with {}", "no longer approves its own deployment with {}"),
    ):
        if found := stated(fact):
            said = short(found[0])
            key, place = (gained, said), found[1]
            yield Power(key=key, gained=gained.format(said), lost=lost.format(said), weight=Severity.HIGH, place=place)
    if made := stated(step.app_token):
        whole = made[0] == "whole"
        what = "an app's token with all that the app may do" if whole else "an app's token for named permissions"
        weight = Severity.HIGH if whole else Severity.MEDIUM
        gained, lost = f"makes {what}", f"no longer makes {what}"
        yield Power(key=("app-token", made[0]), gained=gained, lost=lost, weight=weight, place=made[1])
