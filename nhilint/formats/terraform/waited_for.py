"""The variable that a `count` or `for_each` waits for, and what it has to be: read off the condition, by its default.

`var.old ? 0 : 1` waits for `old` to be false, `var.exporter == "cloudwatch"` for that word, `var.agent.on` for part of
an object, `contains(var.parts, "agent")` for a list with that word. Locals and calls are followed to the variables of
the outermost module. Where none of these is what it must not be, nobody can tell which one decides, and none is named.
Source: developer.hashicorp.com/terraform/language/expressions/conditionals, from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.on_request import EMPTY, FALSE, LIST_WITH, OTHERWISE, SET, Switch
from nhilint.formats.terraform.conditionals import branches_of, cut, expression, unwrapped
from nhilint.formats.terraform.interpolation import lone, quoted
from nhilint.formats.terraform.named_documents import texts_in
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Called, Module
    from nhilint.source.value import Value

_NAME = r"(var|local)\.([A-Za-z_][\w-]*)(?:\.([A-Za-z_][\w-]*))?"
_NAMED = Deferred(rf"(?<![\w.-]){_NAME}")
_ALONE = Deferred(_NAME)
_WORD = Deferred(r'"([^"\\$]{0,100})"|(true|false|null|-?\d{1,9})')
_PASSED_ON = frozenset({"try", "tobool", "tonumber", "tostring", "coalesce", "toset", "tolist"})
_NONE_MADE = frozenset({"0", '"0"', "[]", "{}", "null", "false", "toset([])", "tomap({})"})
_DEEPEST = 8
_MOST_NAMES = 40
_LONGEST = 2_000
_NOTHING = ("", "false", "0")


class _Root(Struct, frozen=True):
    switch: Switch
    state: str


def switch_of(value: Value, module: Module) -> Switch | None:
    """What a count that comes to nothing waits for: the first variable that is not as it would have to be, else the
    only one; None where nobody can tell, or where it waits for a list or map to be filled, which says what is made and
    not whether."""
    seeker = _Seeker()
    seeker.walk(value, module, SET, 0)
    if seeker.is_lost or not seeker.roots:
        return None
    off = next((root.switch for root in seeker.roots if root.state == "off"), None)
    lone_one = seeker.roots[0] if len({(r.switch.name, r.switch.part) for r in seeker.roots}) == 1 else None
    if off is not None or lone_one is None or lone_one.state == "data":
        return off
    return Switch(lone_one.switch.name, lone_one.switch.part, OTHERWISE)


class _Seeker:
    """Collects the variables at the outermost modules that a condition is made of."""

    def __init__(self) -> None:
        self.roots: list[_Root] = []
        self.is_lost = False
        """Whether Terragrunt may hand a variable over, or too much stands in each other."""

    def walk(self, value: Value, module: Module, wanted: str, depth: int) -> None:
        """Go through a value that has to be `wanted`."""
        if depth > _DEEPEST or len(self.roots) > _MOST_NAMES:
            self.is_lost = True
        elif isinstance(value, Expression) and value.function in _PASSED_ON and value.arguments:
            self.walk(value.arguments[0], module, wanted, depth + 1)
        elif wanted == SET and isinstance(value, Expression) and (word := _word_asked_for(value)):
            self.walk(value.arguments[0], module, LIST_WITH + word, depth + 1)
        elif isinstance(value, Expression) and value.function is None and len(value.text) <= _LONGEST:
            self._condition(value.text, module, wanted, depth)
        else:
            self._all_of(value, module, depth)

    def _all_of(self, value: Value, module: Module, depth: int) -> None:
        for kind, name, part in {match: None for text in texts_in(value) for match in _NAMED.findall(text)}:
            self._follow(kind, name, part, module, SET, depth)

    def _condition(self, text: str, module: Module, wanted: str, depth: int) -> None:
        text = unwrapped(text.strip())
        whole = lone(quoted(text)) if text.startswith('"') else None
        if whole is not None:
            self._parsed(whole, module, wanted, depth)
            return
        stated = branches_of(text)
        parts = next((found for word in ("||", "&&") if len(found := cut(text, word)) > 1), [])
        if stated is not None:
            held, one, other = stated
            self._parsed(held, module, _turned(wanted) if one in _NONE_MADE else wanted, depth)
            parts = [branch for branch in (one, other) if branch not in _NONE_MADE]
        elif text.startswith("!") and not parts:
            wanted, parts = _turned(wanted), [text[1:]]
        for part in parts:
            self._parsed(part, module, wanted, depth)
        if stated is None and not parts:
            self._atom(text, module, wanted, depth)

    def _parsed(self, text: str, module: Module, wanted: str, depth: int) -> None:
        """A part of a condition, as an expression of its own."""
        value = expression(unwrapped(text))
        self.walk(Expression(text) if value is None else value, module, wanted, depth + 1)

    def _atom(self, text: str, module: Module, wanted: str, depth: int) -> None:
        """A name, or the comparison of one with a word."""
        found = _ALONE.fullmatch(text)
        for operator in ("==", "!="):
            sides = cut(text, operator)
            words = [match for side in sides if (match := _WORD.fullmatch(side))]
            if len(sides) == 2 and words:
                word, other = words[0], sides[0] if words[0].string == sides[1] else sides[1]
                self._parsed(other, module, _compared(word[1] or word[2] or "", operator, wanted), depth)
                return
        if found is None:
            self._all_of(Expression(text), module, depth)
        else:
            self._follow(found[1], found[2], found[3] or "", module, wanted, depth)

    def _follow(self, kind: str, name: str, part: str, module: Module, wanted: str, depth: int) -> None:
        if kind == "local":
            local = module.locals.get(name)
            if local is not None:
                self.walk(_part(local.value, part), module, wanted, depth + 1)
            return
        if any(call.spot.place.pointer[:1] != ("module",) for _, call in module.callers):
            self.is_lost = True
            return
        handing = next(((by, call) for by, call in module.callers if name in call.body), None)
        if handing is not None:
            self.walk(_handed(*handing, name, part), handing[0], wanted, depth + 1)
        else:
            self.roots.append(_Root(Switch(name, part, wanted), _state(module, name, part, wanted)))


def _word_asked_for(value: Expression) -> str:
    """The word that a list is asked for; empty for any other question."""
    asked = value.arguments[1] if value.function == "contains" and len(value.arguments) == 2 else None
    return asked if isinstance(asked, str) and "$" not in asked else ""


def _turned(wanted: str) -> str:
    """What has to hold where the opposite of something is asked for."""
    opposite = {SET: FALSE, FALSE: SET, EMPTY: SET}.get(wanted)
    return opposite or (wanted.removeprefix("not ") if wanted.startswith("not ") else f"not {wanted}")


def _compared(word: str, operator: str, wanted: str) -> str:
    """What the other side of a comparison has to be, where the comparison has to be true (`set`) or not."""
    same = {"true": SET, "1": SET, "false": FALSE, "": EMPTY, "null": EMPTY, "0": EMPTY}.get(word, word)
    return same if (operator == "==") == (wanted != FALSE) else _turned(same)


def _handed(by: Module, call: Called, name: str, part: str) -> Value:
    """What a call hands over, and of a local that is an object only the part that is asked for."""
    value = call.body[name]
    whole = [match for text in texts_in(value) for match in _NAMED.findall(text)]
    if len(whole) == 1 and whole[0][0] == "local" and not whole[0][2] and whole[0][1] in by.locals:
        return _part(by.locals[whole[0][1]].value, part)
    return _part(value, part)


def _part(value: Value, part: str) -> Value:
    """A part of an object; of a variable that is handed on whole, its name with the part behind it."""
    if part and isinstance(value, dict) and part in value:
        return value[part]
    found = _ALONE.fullmatch(value.text) if part and isinstance(value, Expression) else None
    return Expression(f"{found[0]}.{part}") if found is not None and not found[3] else value


def _state(module: Module, name: str, part: str, wanted: str) -> str:
    """What a variable is by default: `off`, not what it has to be; `data` that nobody gave yet; or `set`."""
    default = module.variables.get(name)
    is_unset = name in module.unset
    if part and isinstance(default, dict):
        is_unset = part in default and default[part] is None
        default = default.get(part, True)
    if isinstance(default, dict | list) and wanted == SET:
        return "set" if default else "data"
    if isinstance(default, Expression) or (default is None and not is_unset):
        return "set"
    return "set" if _is_so(default, wanted) else "off"


def _is_so(default: Value, wanted: str) -> bool:
    """Whether a default is what a variable has to be."""
    if wanted.startswith(LIST_WITH):
        return isinstance(default, list) and wanted.removeprefix(LIST_WITH) in default
    is_off = default is None or default is False or default in _NOTHING or default == 0
    if wanted in (SET, FALSE, EMPTY):
        return is_off == (wanted != SET)
    said = str(default).lower() if isinstance(default, bool) else str(default)
    return said != wanted.removeprefix("not ") if wanted.startswith("not ") else said == wanted
