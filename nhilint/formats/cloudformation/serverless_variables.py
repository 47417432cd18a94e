"""Variables of the Serverless Framework: those that the file itself answers are filled in, the rest stays unknown.

Source: docs/guides/variables.md and docs/providers/aws/guide/variables.md of the npm package serverless 3.33, read
2026-11-22. `${aws:accountId}` and `${aws:region}` are the framework's; other `${aws:…}` belong to the policy language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re

    from nhilint.model.place import Pointer
    from nhilint.source.value import Value

_VARIABLE = Deferred(r"\$\{\s*(self|opt|env|file|param|sls|cf|ssm|s3|git|strToBool|terraform|vault)([^${}]*)\}")
_PSEUDO = Deferred(r"#\{AWS::(\w+)\}")
_OWN = {"${aws:accountId}": OWN_ACCOUNT, "${aws:region}": OWN_REGION}
_PSEUDOS = {"AccountId": OWN_ACCOUNT, "Region": OWN_REGION, "Partition": "aws"}
_ODD = Deferred(r"[^\w.-]+")
_MOST_ROUNDS = 4


class Variables:
    """The variables of one service."""

    def __init__(self, service: dict[str, Value]) -> None:
        self._service = service

    def filled(self, text: str) -> str:
        """A text with its variables filled in, or replaced by names that the policy reader takes for unknown."""
        if "{" not in text or len(text) > 100_000:
            return text
        for _ in range(_MOST_ROUNDS):
            changed = _VARIABLE.sub(self._answer, text)
            if changed == text:
                break
            text = changed
        for variable, meaning in _OWN.items():
            text = text.replace(variable, meaning)
        return _PSEUDO.sub(lambda m: _PSEUDOS.get(m[1], f"${{AWS.{m[1]}}}"), text)

    def lent(self, text: str) -> tuple[Value, Pointer] | None:
        """The list or object of the file that a variable alone stands for, and where it is; None for anything else."""
        whole = _VARIABLE.fullmatch(text.strip()) if len(text) < 500 else None
        if whole is None or whole[1] != "self" or not whole[2].startswith(":") or "," in whole[2]:
            return None
        steps = tuple(whole[2][1:].strip().split("."))
        value: Value = self._service
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        return (value, steps) if isinstance(value, list | dict) else None

    def _answer(self, variable: re.Match[str]) -> str:
        kind, rest = variable[1], variable[2]
        route, _, _fallback = rest.partition(",")
        if kind == "self" and route.startswith(":"):
            value: Value = self._service
            for step in route[1:].strip().split("."):
                value = value.get(step) if isinstance(value, dict) else None
            if isinstance(value, str | int | float) and len(str(value)) < 500:
                return str(value)
        return f"${{{_ODD.sub('.', kind + route)[:60]}}}"
