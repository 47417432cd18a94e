"""A login whose identity or key an input decides meets what callers write into that input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.evaluation import filled_in
from nhilint.model.fact import Known, known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.link.github_calls import Call
    from nhilint.model.fact import Many
    from nhilint.model.vocabulary.workflow import CloudLogin, GivenInput, Step

_MOST = 50


def with_identities_of_callers(step: Step, defaults: Many[GivenInput], calls: Sequence[Call]) -> Step:
    """The step with every identity that a caller makes its login become; the same step where inputs decide nothing."""
    login = step.login
    written = login.may_be if login is not None else None
    if login is None or not isinstance(written, Known) or not any("inputs." in text for text in written.value):
        return step
    ways = [known_inputs(defaults, call) for call in calls[:_MOST] if call.kind != "workflow_run"]
    told = dict.fromkeys(filled_in(text, inputs) for text in written.value for inputs in ways)
    may_be = Known(tuple(told)[:_MOST] or written.value, written.at)
    return replace(step, login=replace(login, may_be=may_be))


def with_key_of_callers(login: CloudLogin | None, calls: Sequence[Call]) -> CloudLogin | None:
    """The login of a step of an action: with a stored key where a caller fills the key with a secret; none where no
    caller is seen to."""
    filled = value_of(login.key_from) if login is not None else None
    if login is None or filled is None:
        return login
    given = [one for call in calls for one in known_records(call.gives) if value_of(one.name) in filled]
    if not any(isinstance(one.secret, Known) for one in given):
        return None
    return replace(login, by=Known("static", login.at))


def known_inputs(defaults: Many[GivenInput], call: Call) -> dict[str, str]:
    """The inputs that are known in a call, by their names."""
    filled = {value_of(one.name) or "": one.value for one in (*known_records(defaults), *known_records(call.gives))}
    return {name: value.value for name, value in filled.items() if isinstance(value, Known)}
