"""The adapter to the Common Expression Language; nothing else imports its runtime.

A condition is true, false or undecided. CEL makes a missing key an error that `&&`, `||`, `exists` and `all` absorb, so
an error that names a missing key means that an unknown fact was needed. Every other error is the check's own fault.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import Struct

from nhilint.source.deferred import Deferred

_MISSING = Deferred(r'Key not found in map : "([^"]*)"')


class Outcome(Struct, frozen=True):
    """`holds` is None when undecided: `missing` names the fact, or `error` what is wrong with the condition."""

    holds: bool | None
    missing: str = ""
    error: str = ""


class ExpressionError(Exception):
    """A condition that does not compile. The text is the runtime's own, one line."""


HOLDS = Outcome(True)
FAILS = Outcome(False)


def compile_expression(text: str) -> bytes:
    """Compile a condition to the form that a bundle keeps; raises ExpressionError."""
    try:
        return bytes(_environment().compile(text).serialize())
    except RuntimeError as error:
        raise ExpressionError(_first_line(str(error))) from None


@cache
def load_expression(compiled: bytes) -> Any:
    """A compiled condition, ready to run."""
    return _environment().deserialize(compiled)


def bind(subject: dict[str, Any], item: dict[str, Any] | None = None) -> Any:
    """The values that conditions run over; make one and use it for every condition on the same subject."""
    values: dict[str, Any] = {"subject": subject}
    if item is not None:
        values["item"] = item
    return _environment().Activation(values)


def run(compiled: bytes, activation: Any) -> Outcome:
    """Run one condition. The runtime itself ends one that loops more than ten thousand times, which is an error."""
    try:
        plain = load_expression(compiled).eval(activation).plain_value()
    except RuntimeError as error:
        return Outcome(None, error=_first_line(str(error)))
    if plain is True:
        return HOLDS
    if plain is False:
        return FAILS
    text = str(plain)
    missing = _MISSING.search(text)
    if missing:
        return Outcome(None, missing=missing.group(1))
    return Outcome(None, error=_first_line(text))


@cache
def _environment() -> Any:
    from cel_expr_python import cel

    config = cel.NewEnvConfigFromYaml("extensions:\n- name: strings\n- name: sets\n")
    return cel.NewEnv(config=config, variables={"subject": cel.Type.DYN, "item": cel.Type.DYN})


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].removeprefix("INVALID_ARGUMENT: ").strip()
