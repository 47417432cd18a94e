"""Can an outsider make a condition hold? Judged over every value a context can take in the outsider's world.

The answer is graded: no (0), perhaps (1: it hangs on a check of the person made by a program), yes (2). Operands are
taken as independent of each other, which errs on the side of yes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.github.expression import Call, Context, Literal, Operation, embedded, parse
from nhilint.formats.github.world import ASSOCIATIONS, Few, Mark, Result, Several, World, few, value_of_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.formats.github.expression import Term
    from nhilint.formats.github.world import Plain, Value

NO, PERHAPS, YES = 0, 1, 2


class Truth(NamedTuple):
    """How far a condition can come out true, and how far false."""

    holds: int
    fails: int


EITHER = Truth(YES, YES)
UNSURE = Truth(PERHAPS, PERHAPS)
ALWAYS = Truth(YES, NO)
NEVER = Truth(NO, YES)
LISTED = Truth(PERHAPS, YES)
"""An outsider may stand in a list that maintainers keep elsewhere, and surely some outsider does not."""
_BOT_NUMBERS = frozenset({"49699333", "29139614", "41898282", "27856297"})
"""Dependabot, Renovate, GitHub Actions, the former Dependabot."""
_STATUS = frozenset({"always", "failure", "cancelled"})


def reached(text: object, world: World) -> int:
    """How far an outsider gets past an `if`: 2 when the text is no condition, or is one that cannot be read."""
    if text is False:
        return NO
    term = _asked(text) if isinstance(text, str) else None
    return YES if term is None else _truth(term, world).holds


@lru_cache(maxsize=1024)
def _asked(text: str) -> Term | None:
    """What an `if` asks; None where it asks nothing or cannot be read."""
    return None if not text.strip() or always_holds(text) else parse(bare(text))


def can_happen(text: object, events: Sequence[str]) -> bool:
    """Whether an `if` can hold in a run of one of the events: one that asks for another event by name never does.

    A called workflow runs as the event of its caller, which may be any.
    """
    if not isinstance(text, str) or "event_name" not in text or not events or "workflow_call" in events:
        return True
    return any(reached(text, World(event, frozenset(), "insiders")) for event in events)


def labels_asked(text: object) -> frozenset[str] | None:
    """The labels of an issue of which an `if` asks one; none of them where it asks for several together, None where it
    asks for no label."""
    if not isinstance(text, str) or "labels" not in text:
        return None
    term = parse(bare(text))
    return _labels(term) if term is not None else None


def _labels(term: Term) -> frozenset[str] | None:
    if isinstance(term, Operation) and term.sign in ("&&", "||"):
        asked = [labels for part in term.operands if (labels := _labels(part)) is not None]
        either = term.sign == "||" or len(asked) == 1
        return (frozenset.union(*asked) if either else frozenset()) if asked else None
    if not isinstance(term, Call) or term.name != "contains" or len(term.arguments) != 2:
        return None
    where, what = term.arguments
    is_label = isinstance(where, Context) and where.path[:4] == ("github", "event", "issue", "labels")
    return frozenset({str(what.value)}) if is_label and isinstance(what, Literal) else None


def always_holds(text: str) -> bool:
    """Whether an `if` is no expression but a text with one inside, which counts as true whatever the expression says.

    `${{ a }} && ${{ b }}`, and `${{ a }}` in a block text that ends in a line break, are such texts.
    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions, on non-empty texts.
    """
    if "${{" not in text:
        return False
    parts = embedded(text)
    return bool(parts) and (len(parts) > 1 or (parts[0].start, parts[0].end) != (0, len(text)))


def ignores_needs(text: object) -> bool:
    """Whether a job with this `if` runs although a job that it needs was skipped or failed."""
    if not isinstance(text, str) or "(" not in text:
        return False
    term = parse(bare(text))
    return term is not None and _calls(term, _STATUS)


def _calls(term: Term, names: frozenset[str]) -> bool:
    if isinstance(term, Call):
        return term.name in names or any(_calls(part, names) for part in term.arguments)
    return isinstance(term, Operation) and any(_calls(part, names) for part in term.operands)


def names_bot(value: object) -> bool:
    """Whether a value is the login of a bot or the account number of a well-known one."""
    text = f"{value:.0f}" if isinstance(value, float) else str(value)
    return text.endswith("[bot]") or text in _BOT_NUMBERS


def bare(text: str) -> str:
    """The expression of an `if`, whose brackets may be left out."""
    text = text.strip()
    return text[3:-2].strip() if text.startswith("${{") and text.endswith("}}") else text


def _truth(term: Term, world: World) -> Truth:
    if isinstance(term, Operation):
        return _operation(term, world)
    if isinstance(term, Call):
        return _call(term, world)
    return _as_truth(_value(term, world))


def _operation(term: Operation, world: World) -> Truth:
    if term.sign == "!":
        return _negated(_truth(term.operands[0], world))
    if term.sign == "&&":
        return _all(_truth(operand, world) for operand in term.operands)
    if term.sign == "||":
        return _negated(_all(_negated(_truth(operand, world)) for operand in term.operands))
    if term.sign in ("==", "!="):
        truth = _equal(_value(term.operands[0], world), _value(term.operands[1], world))
        truth = EITHER if truth == UNSURE and _is_answer(term, world) else truth
        return truth if term.sign == "==" else _negated(truth)
    return EITHER


def _negated(truth: Truth) -> Truth:
    return Truth(truth.fails, truth.holds)


def _all(truths: Iterable[Truth]) -> Truth:
    """What holds where all of them do; no more of them are asked for than decide it."""
    whole = ALWAYS
    for truth in truths:
        whole = Truth(min(whole.holds, truth.holds), max(whole.fails, truth.fails))
        if whole == NEVER:
            break
    return whole


def _is_answer(term: Operation, world: World) -> bool:
    """Whether an output of a job is compared with what the job answers to this event, whoever has caused it."""
    context, text = sorted(term.operands, key=lambda operand: isinstance(operand, Literal))
    if not isinstance(context, Context) or not isinstance(text, Literal) or context.path[0] != "needs":
        return False
    return (
        world.needs.get(context.path[1], YES) == YES
        and f"needs.{context.path[1]}@{world.event}={str(text.value).lower()}" in world.guards
    )


def _as_truth(value: Value | Result) -> Truth:
    if isinstance(value, Result):
        return ALWAYS
    if isinstance(value, Few):
        truthy = [bool(plain) and plain == plain for plain in value.values]  # noqa: PLR0124 - NaN is not itself
        return Truth(YES if any(truthy) else NO, YES if not all(truthy) else NO)
    if value is Mark.GUARDED:
        return UNSURE
    return ALWAYS if value in (Mark.LOGIN, Mark.LATEST_ACTOR, Mark.FORK, Mark.REPOSITORY, Mark.OWNER) else EITHER


def _call(term: Call, world: World) -> Truth:
    arguments = [_value(part, world) for part in term.arguments]
    if term.name == "contains" and len(arguments) == 2:
        return _contains(arguments[0], arguments[1], world)
    if term.name in ("startswith", "endswith") and len(arguments) == 2:
        return _affix(arguments[0], arguments[1], term.name)
    if term.name in ("always", "success"):
        return ALWAYS
    return _as_truth(_value(term, world))


def _contains(where: Value | Result, what: Value | Result, world: World) -> Truth:
    if Mark.GUARDED in (where, what) or _is_list_of_persons(where, what):
        return LISTED if where is Mark.CONFIGURED else UNSURE
    if where is Mark.LABELS:
        return EITHER if world.level == "labelled" else NEVER
    if isinstance(where, Several):
        parts = [_equal(few(plain), what) for plain in where.values]
        return Truth(max((p.holds for p in parts), default=NO), min((p.fails for p in parts), default=YES))
    if isinstance(where, Few) and what in (Mark.LOGIN, Mark.LATEST_ACTOR, Mark.FORK):
        return NEVER
    if isinstance(where, Few) and isinstance(what, Few):
        return _any_of(where, what, lambda a, b: b in a)
    return EITHER


def _is_list_of_persons(listed: object, who: object) -> bool:
    """Whether a person, or how close one is to the repository, is looked up in a value that maintainers have set."""
    about_person = who in (Mark.LOGIN, Mark.LATEST_ACTOR) or (
        isinstance(who, Few) and bool(who.values) and who.values <= ASSOCIATIONS
    )
    return listed is Mark.CONFIGURED and about_person


def _affix(value: Value | Result, affix: Value | Result, name: str) -> Truth:
    if Mark.GUARDED in (value, affix):
        return UNSURE
    if isinstance(value, Few) and isinstance(affix, Few):
        return _any_of(value, affix, str.startswith if name == "startswith" else str.endswith)
    bot = name == "endswith" and isinstance(affix, Few) and any(str(plain).endswith("[bot]") for plain in affix.values)
    return NEVER if bot and value is Mark.LOGIN else EITHER


def _any_of(left: Few, right: Few, holds: object) -> Truth:
    outcomes = {bool(holds(_text(a), _text(b))) for a in left.values for b in right.values}  # type: ignore[operator]
    return Truth(YES if True in outcomes else NO, YES if False in outcomes else NO)


def _equal(left: Value | Result, right: Value | Result) -> Truth:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Result):
            success = isinstance(other, Few) and other.values == {"success"}
            return Truth(one.succeeds, YES) if success else EITHER
    if Mark.GUARDED in (left, right):
        return UNSURE
    if _is_list_of_persons(left, right) or _is_list_of_persons(right, left):
        return LISTED
    if isinstance(left, Few) and isinstance(right, Few):
        return _any_of(left, right, str.__eq__)
    for one, other in ((left, right), (right, left)):
        truth = _equal_marks(one, other)
        if truth is not None:
            return truth
    return EITHER


def _equal_marks(one: object, other: object) -> Truth | None:
    """An outsider is nobody in particular, and no fork is the repository."""
    if one in (Mark.LOGIN, Mark.LATEST_ACTOR):
        if isinstance(other, Few):
            bot = any(names_bot(plain) for plain in other.values)
            return EITHER if bot and one is Mark.LATEST_ACTOR else NEVER
        return NEVER if other is Mark.OWNER else None
    if one is Mark.FORK and (other is Mark.REPOSITORY or isinstance(other, Few)):
        return NEVER
    if one in (Mark.REPOSITORY, Mark.OWNER) and isinstance(other, Few):
        return ALWAYS
    return None


def _value(term: Term, world: World) -> Value | Result:
    if isinstance(term, Literal):
        return few(term.value)
    if isinstance(term, Context):
        return value_of_context(term.path, world)
    if isinstance(term, Call):
        return _value_of_call(term, world)
    if term.sign in ("&&", "||"):
        return _choice(term, world)
    truth = _operation(term, world)
    if PERHAPS in truth:
        return Mark.GUARDED
    return few(*([True] if truth.holds else []), *([False] if truth.fails else []))


def _choice(term: Operation, world: World) -> Value | Result:
    """The operand that `a && b || c` hands on: the marks win over plain values, since they hold more."""
    values = [_value(part, world) for part in term.operands]
    if any(value is Mark.GUARDED for value in values):
        return Mark.GUARDED
    plain = [value for value in values if isinstance(value, Few)]
    if len(plain) == len(values):
        return Few(frozenset(one for value in plain for one in value.values))
    return next(value for value in values if not isinstance(value, Few))


def _value_of_call(term: Call, world: World) -> Value | Result:
    arguments = [_value(part, world) for part in term.arguments]
    if any(value is Mark.GUARDED for value in arguments):
        return Mark.GUARDED
    if term.name == "fromjson" and len(term.arguments) == 1 and isinstance(term.arguments[0], Literal):
        return _from_json(term.arguments[0].value)
    if term.name in ("tojson", "fromjson", "join", "?") and arguments and arguments[0] is Mark.LABELS:
        return Mark.LABELS
    if term.name in ("contains", "startswith", "endswith"):
        truth = _call(term, world)
        return few(*([True] if truth.holds else []), *([False] if truth.fails else []))
    return Mark.CONFIGURED if arguments and arguments[0] is Mark.CONFIGURED else Mark.CHOSEN


def _from_json(text: object) -> Value:
    try:
        value = json.loads(str(text))
    except (ValueError, RecursionError):
        return Mark.CHOSEN
    if isinstance(value, list):
        return Several(tuple(item for item in value if isinstance(item, str | int | float | bool) or item is None))
    return few(value) if isinstance(value, str | int | float | bool) else Mark.CHOSEN


def _text(plain: Plain) -> str:
    """Plain values as they compare: not case-sensitive, null like the empty text, numbers without a needless point."""
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, float):
        return f"{plain:g}"
    return str(plain).lower()
