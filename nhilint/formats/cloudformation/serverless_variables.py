"""Variables of the Serverless Framework: those that the repository itself answers are filled in, the rest is unknown.

Source: docs/guides/variables.md and docs/providers/aws/guide/variables.md of the npm package serverless 3.33, read
2026-11-22. A fallback behind a comma counts where nothing before it is known to say something: who deploys without an
option or variable of the environment gets it. The stage is `dev` where neither an option nor `provider.stage` says
another. `${aws:accountId}` and `${aws:region}` are the framework's; other `${aws:…}` belong to the policy language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION
from nhilint.model.place import Place
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from nhilint.source.value import Value

    Found = tuple[Value, Place]
    Files = Callable[[str], Found | None]

_VARIABLE = Deferred(r"\$\{\s*(self|opt|env|file|param|sls|cf|ssm|s3|git|strToBool|terraform|vault)([^${}]*)\}")
_PSEUDO = Deferred(r"#\{AWS::(\w+)\}")
_FILE = Deferred(r"^\(([^()]*)\)(?::(.*))?$")
_OWN = {"${aws:accountId}": OWN_ACCOUNT, "${aws:region}": OWN_REGION}
_PSEUDOS = {"AccountId": OWN_ACCOUNT, "Region": OWN_REGION, "Partition": "aws"}
_ODD = Deferred(r"[^\w.-]+")
_MOST_ROUNDS = 4
_DEEPEST = 8
"""Variables that a value is looked up through; a file may name itself."""
_ANSWERED_BY_DEPLOYER = frozenset({"opt", "env", "param"})


def no_files(_path: str) -> Found | None:
    """Finds no file."""
    return None


class Variables:
    """The variables of one service; `files` gives the value of another file of the repository by the path that the
    service has for it, and where that value stands."""

    def __init__(self, service: dict[str, Value], path: str = "", files: Files = no_files) -> None:
        self._service = service
        self.path = path
        self._files = files

    def filled(self, text: str) -> str:
        """A text with its variables filled in, or replaced by names that the policy reader takes for unknown."""
        if "{" not in text or len(text) > 100_000:
            return text
        text = self._answered(text, 0)
        for variable, meaning in _OWN.items():
            text = text.replace(variable, meaning)
        return _PSEUDO.sub(lambda m: _PSEUDOS.get(m[1], f"${{AWS.{m[1]}}}"), text)

    def lent(self, text: str) -> Found | None:
        """The list or object of the repository that a variable alone stands for, and where it is; None for others."""
        found = self._alone(text, 0)
        return found if found is not None and isinstance(found[0], list | dict) else None

    def _answered(self, text: str, depth: int) -> str:
        for _ in range(_MOST_ROUNDS if depth < _DEEPEST else 0):
            changed = _VARIABLE.sub(lambda match: self._answer(match, depth), text)
            if changed == text:
                break
            text = changed
        return text

    def _alone(self, text: str, depth: int) -> Found | None:
        """What a variable that is all of a text stands for, those within it filled in first."""
        text = text.strip()
        if depth > _DEEPEST or len(text) > 500 or not text.startswith("${"):
            return None
        for _ in range(_MOST_ROUNDS):
            whole = _VARIABLE.fullmatch(text)
            if whole is not None:
                return self._found(whole[1], whole[2], depth + 1)
            text = _VARIABLE.sub(lambda match: self._answer(match, depth + 1), text)
        return None

    def _answer(self, variable: re.Match[str], depth: int) -> str:
        kind, rest = variable[1], variable[2]
        found = self._found(kind, rest, depth + 1)
        if found is not None and isinstance(found[0], str | int | float) and len(str(found[0])) < 500:
            return str(found[0])
        return f"${{{_ODD.sub('.', kind + rest.partition(',')[0])[:60]}}}"

    def _found(self, kind: str, rest: str, depth: int) -> Found | None:
        """What the first source says that says something, in the order of the commas."""
        first, *others = _sources(rest)
        found = self._said(kind, first, depth)
        if found is not None or not (kind in _ANSWERED_BY_DEPLOYER or (kind == "self" and self._is_missing(first))):
            return found
        for other in others:
            literal = _literal(other)
            if literal is not None:
                return literal, Place(self.path)
            is_file = other.startswith("file(")
            name, _, route = other.partition(":") if not is_file else ("file", "", other.removeprefix("file"))
            found = self._said(name, route if is_file else f":{route}", depth)
            if found is not None or name not in _ANSWERED_BY_DEPLOYER:
                return found
        return None

    def _is_missing(self, route: str) -> bool:
        """Whether the file itself shows that it has no such part."""
        value: Value = self._service
        for step in route.removeprefix(":").strip().split("."):
            if not isinstance(value, dict) or step not in value:
                return isinstance(value, dict)
            value = value[step]
        return False

    def _said(self, kind: str, route: str, depth: int) -> Found | None:
        route = route.strip()
        if kind == "self" and route.startswith(":"):
            return self._walked((self._service, Place(self.path)), route[1:].strip(), depth)
        if kind == "sls" and route == ":stage":
            stated = self._walked((self._service, Place(self.path)), "provider.stage", depth)
            return stated or ("dev", Place(self.path))
        named = _FILE.match(route) if kind == "file" else None
        found = self._files(named[1].strip()) if named is not None else None
        return self._walked(found, (named[2] or "").strip(), depth) if named is not None and found is not None else None

    def _walked(self, start: Found, route: str, depth: int) -> Found | None:
        """The value at a route; what a variable alone stands for on the way is gone through."""
        found: Found | None = start
        for step in [*route.split("."), None] if route else [None]:
            if found is not None and isinstance(found[0], str) and "${" in found[0]:
                found = self._alone(found[0], depth + 1) or found
            if step is None or found is None:
                break
            value, at = found
            inner = value.get(step) if isinstance(value, dict) else None
            found = None if inner is None else (inner, at._replace(pointer=(*at.pointer, step)))
        return found


def _sources(rest: str) -> list[str]:
    """What stands between the commas outside of parentheses, which a path of a file has none of."""
    return [part.strip() for part in rest.split(",")][:_DEEPEST]


def _literal(text: str) -> Value:
    """A fallback that is a text in quotes, a number or a truth value; None for another variable."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return text if text.isdigit() or text in ("true", "false") else None
