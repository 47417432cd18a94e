"""Conditions of a chart's templates are judged by the values that the chart is installed with unless a user says else.

Three answers: it holds, it fails, it is not known. A value that no file states is unset, which Go's templates take for
false like `false`, `0`, `""`, an empty list or mapping. A named template of the chart is what its pieces print; what
asks the cluster or the release is not known. Sources, read 2026-11-22: https://helm.sh/docs/chart_template_guide/ at
function_list/ (default, empty, coalesce, toString, quote) and named_templates/ (include), and
https://pkg.go.dev/text/template#hdr-Functions (and, or, not, eq, ne, truth).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nhilint.knowledge.credentials.fingerprints import fingerprint, run_key
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nhilint.source.template_definitions import Piece

_TOKEN = Deferred(r'\s*(?:("(?:[^"\\]|\\.)*"|`[^`]*`)|([()|])|([^\s()|"`]+))')
_NAME = Deferred(r'"[\w./-]+"')
_FLAG = Deferred(r"\$?\.([A-Za-z_]\w*)")
_SET = Deferred(r'\$_?\s*:?=\s*set\s+[.$]\s+"(\w+)"\s+(\S[\s\S]*)')
_VALUE = Deferred(r"\$?\.Values\.([\w-]+(?:\.[\w-]+)*)")
_ROOT = Deferred(r"\$?\.Values(?:\.([\w-]+(?:\.[\w-]+)*))?")
_NUMBER = Deferred(r"-?\d+")
_DEEPEST = 20
_DEEPEST_HELPER = 4
_OF_THE_CLUSTER = Deferred(r"\$?\.Capabilities\.KubeVersion\.(?:Git)?Version")
_COMPARED = Deferred(r'"\s*(<=?|>=?|\^)\s*v?1\.(\d{1,3})(?:\.\d{1,3})?(?:-0)?\s*"')
_OLDEST = 25
"""The oldest minor version of Kubernetes that is taken to be in use: no cloud's extended support reaches further back
(https://kubernetes.io/releases/patch-releases/, read 2026-11-22)."""


class Worth(NamedTuple):
    """What a value is worth in a condition: whether it counts as true, and a mark by which equal texts are known.

    `holds` is None where it is not known. No text is kept, since values may be secrets.
    """

    holds: bool | None
    mark: str = ""


UNKNOWN = Worth(None)
UNSET = Worth(holds=False)

if TYPE_CHECKING:
    Lookup = Callable[[str], Worth]
    Helpers = Mapping[str, Sequence[Piece] | None]


def worth_of_text(text: str) -> Worth:
    """What a scalar is worth by its text, as YAML and Go spell it; for a text, not a boolean."""
    return Worth(bool(text), fingerprint(text, run_key()))


def worth_of(value: object) -> Worth:
    """What a plain value of a file of values is worth."""
    if value is None:
        return UNSET
    if isinstance(value, bool):
        return Worth(value, worth_of_text(str(value).lower()).mark)
    if isinstance(value, int | float):
        return Worth(value != 0, worth_of_text(str(value)).mark)
    if isinstance(value, str):
        return UNKNOWN if "{{" in value or "${" in value else worth_of_text(value)
    return Worth(bool(value)) if isinstance(value, dict | list) else UNKNOWN


def holds(condition: str, lookup: Lookup, helpers: Helpers = MappingProxyType({})) -> bool | None:
    """Whether a condition holds; None where that is not known. `lookup` tells a value of `.Values` by its route,
    `helpers` has the named templates of the chart."""
    return worth_of_expression(condition, lookup, helpers).holds


def worth_of_expression(expression: str, lookup: Lookup, helpers: Helpers = MappingProxyType({})) -> Worth:
    """What an expression of a template is worth, by the same values and named templates."""
    return _asked(expression, lookup, helpers, 0)


def _asked(condition: str, lookup: Lookup, helpers: Helpers, depth: int) -> Worth:
    tokens: list[str] = []
    at = 0
    while at < len(condition.rstrip()):
        hit = _TOKEN.match(condition, at)
        if hit is None:
            return UNKNOWN
        tokens.append(hit[1] or hit[2] or hit[3])
        at = hit.end()
    reading = _Reading(tokens, lookup, helpers)
    found = reading.pipeline(depth)
    return found if reading.at == len(tokens) else UNKNOWN


def _printed(pieces: Sequence[Piece], lookup: Lookup, helpers: Helpers, depth: int) -> Worth:
    """What a named template prints, where it is known which pieces it prints and what they are."""
    found = worth_of_text("")
    for piece in pieces:
        if not piece.is_text and _SET.fullmatch(piece.printed):
            continue
        asked = [_asked(condition, lookup, helpers, depth).holds for condition in piece.conditions]
        if any(one is False for one in asked):
            continue
        worth = worth_of_text(piece.printed) if piece.is_text else _asked(piece.printed, lookup, helpers, depth)
        if not all(asked) or not worth.mark or found.holds:
            return UNKNOWN
        found = _spelled([worth])
    return found


class _Reading:
    """One condition on its way through its words."""

    def __init__(self, tokens: Sequence[str], lookup: Lookup, helpers: Helpers) -> None:
        self.tokens = tokens
        self.lookup = lookup
        self.helpers = helpers
        self.at = 0

    def pipeline(self, depth: int) -> Worth:
        """Commands joined by `|`, each of which gets the last one's worth as its last argument."""
        found = self._command(depth, None)
        while self.at < len(self.tokens) and self.tokens[self.at] == "|":
            self.at += 1
            found = self._command(depth, found)
        return found

    def _command(self, depth: int, piped: Worth | None) -> Worth:
        name = ""
        operands: list[Worth] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in (")", "|"):
            word = self.tokens[self.at]
            self.at += 1
            if word == "(":
                operands.append(self._nested(depth))
            elif word == "index" and not operands and not name:
                operands.append(self._indexed())
            elif word == "include" and not operands and not name:
                operands.append(self._included(depth))
            elif word == "semverCompare" and not operands and not name:
                operands.append(self._compared())
            elif not operands and not name and word in _FUNCTIONS:
                name = word
            else:
                operands.append(self._operand(word, depth))
        if piped is not None:
            operands.append(piped)
        if name:
            return _FUNCTIONS[name](operands) if operands else UNKNOWN
        return operands[0] if len(operands) == 1 else UNKNOWN

    def _indexed(self) -> Worth:
        """`index .Values "a-b" "c"`: a route whose keys are given as texts."""
        keys: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in (")", "|"):
            keys.append(self.tokens[self.at])
            self.at += 1
        root = _ROOT.fullmatch(keys[0]) if keys else None
        if root is None or len(keys) < 2 or not all(key[0] == '"' for key in keys[1:]):
            return UNKNOWN
        return self.lookup(".".join(part for part in (root[1], *(key[1:-1] for key in keys[1:])) if part))

    def _compared(self) -> Worth:
        """`semverCompare "<1.20-0" .Capabilities.KubeVersion.Version`: known where all clusters in use agree."""
        words: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at] not in ("(", ")", "|"):
            words.append(self.tokens[self.at])
            self.at += 1
        asked = _COMPARED.fullmatch(words[0]) if len(words) == 2 else None
        if asked is None or not _OF_THE_CLUSTER.fullmatch(words[1]):
            return UNKNOWN
        agree = int(asked[2]) <= _OLDEST - (asked[1] in ("<=", ">"))
        return Worth(asked[1][0] != "<") if agree else UNKNOWN

    def _included(self, depth: int) -> Worth:
        """`include "chart.name" .`: what a named template prints for the chart as a whole."""
        words = self.tokens[self.at : self.at + 2]
        self.at += len(words)
        is_told = len(words) == 2 and _NAME.fullmatch(words[0]) and words[1] in (".", "$")
        pieces = self.helpers.get(words[0][1:-1]) if is_told and depth < _DEEPEST_HELPER else None
        return UNKNOWN if pieces is None else _printed(pieces, self.lookup, self.helpers, depth + 1)

    def _nested(self, depth: int) -> Worth:
        if depth >= _DEEPEST:
            self.at = len(self.tokens)
            return UNKNOWN
        found = self.pipeline(depth + 1)
        self.at += 1  # the closing parenthesis
        return found

    def _operand(self, word: str, depth: int) -> Worth:
        if word[0] in '"`':
            return worth_of_text(word[1:-1])
        if word in ("true", "false"):
            return Worth(word == "true", worth_of_text(word).mark)
        if word == "nil":
            return UNSET
        if _NUMBER.fullmatch(word):
            return Worth(int(word) != 0, worth_of_text(word).mark)
        route, flag = _VALUE.fullmatch(word), _FLAG.fullmatch(word)
        if flag:
            return self._flag(flag[1], depth)
        return self.lookup(route[1]) if route else UNKNOWN

    def _flag(self, name: str, depth: int) -> Worth:
        """`.name`, which one named template of the chart sets: `$_ := set . "name" (…)`."""
        setting = [found for pieces in self.helpers.values() if (found := tuple(_settings(pieces or (), name)))]
        if len(setting) != 1 or depth >= _DEEPEST_HELPER:
            return UNKNOWN
        told = UNKNOWN
        for conditions, value in setting[0]:
            asked = [_asked(condition, self.lookup, self.helpers, depth + 1).holds for condition in conditions]
            if None in asked:
                return UNKNOWN
            told = _asked(value, self.lookup, self.helpers, depth + 1) if all(asked) else told
        return told


def _settings(pieces: Sequence[Piece], name: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The values that a named template sets for a name, each with the conditions under which it does."""
    for piece in pieces:
        found = None if piece.is_text else _SET.fullmatch(piece.printed)
        if found and found[1] == name:
            yield piece.conditions, found[2]


def _all(operands: Sequence[Worth]) -> Worth:
    """The first that is false, else the last."""
    if any(one.holds is False for one in operands):
        return next(one for one in operands if one.holds is False) if operands[0].holds is False else UNSET
    return UNKNOWN if any(one.holds is None for one in operands) else operands[-1]


def _any(operands: Sequence[Worth]) -> Worth:
    """The first that is true, else the last."""
    for one in operands:
        if one.holds is None:
            return Worth(holds=True) if any(other.holds for other in operands) else UNKNOWN
        if one.holds:
            return one
    return operands[-1]


def _not(operands: Sequence[Worth]) -> Worth:
    known = operands[-1].holds
    return UNKNOWN if known is None else Worth(not known)


def _same(operands: Sequence[Worth]) -> Worth:
    """Whether the first equals any of the others; something unset equals no text, and a mapping is not compared."""
    first, *others = operands
    if first.holds is None or not others or (not first.mark and first is not UNSET):
        return UNKNOWN
    if any(one.mark == first.mark for one in others if one.mark):
        return Worth(holds=True)
    return UNKNOWN if any(not one.mark for one in others) else Worth(holds=False)


def _default(operands: Sequence[Worth]) -> Worth:
    """The second, unless it is empty; then the first."""
    if len(operands) != 2 or operands[1].holds is None:
        return UNKNOWN
    return operands[1] if operands[1].holds else operands[0]


def _spelled(operands: Sequence[Worth]) -> Worth:
    """The same as text, which counts as true unless it is empty."""
    one = operands[-1]
    return Worth(one.mark != worth_of_text("").mark, one.mark) if one.mark else UNKNOWN


_FUNCTIONS: dict[str, Callable[[Sequence[Worth]], Worth]] = {
    "and": _all,
    "or": _any,
    "coalesce": _any,
    "not": _not,
    "empty": _not,
    "eq": _same,
    "ne": lambda operands: _not([_same(operands)]),
    "default": _default,
    "required": lambda operands: operands[-1],
    "toString": _spelled,
    "print": lambda operands: _spelled(operands) if len(operands) == 1 else UNKNOWN,
    "printf": lambda operands: _spelled(operands) if len(operands) == 1 else UNKNOWN,
}
