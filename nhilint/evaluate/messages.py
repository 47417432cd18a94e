"""Message templates become sentences. Jinja2 in its sandbox; the common plain substitution never imports it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nhilint.model.wording import in_a_row
from nhilint.source.deferred import Deferred

_SIMPLE = Deferred(r"\{\{\s*((?:subject|item|each)(?:\.\w+)+)\s*\}\}")
_UNKNOWN = "(unknown)"
_LONGEST_VALUE = 160
_NAMED = Deferred(r"the (secret|variable) (\S+)")
_MOST_NAMED = 3
_GRAVE = Deferred(r"KEY|TOKEN|PASS|SECRET|CREDENTIAL|_PAT(?:_|$)", flags=re.IGNORECASE)


class MessageError(Exception):
    """A template that Jinja2 refuses, with its reason."""


def render(
    template: str, subject: dict[str, Any], item: dict[str, Any] | None, each: dict[str, Any] | None = None
) -> str:
    """The message for one finding, or what is said of one further place, where `each` is the record that stands there.

    Of a list longer than 160 characters the first ones are named and the others counted; any other value that long is
    cut; unknown ones read "(unknown)".
    """
    values = {"subject": subject, "item": item or {}, "each": each or {}}
    if _is_simple(template):
        return _SIMPLE.sub(lambda match: _shorten(_follow(values, match.group(1))), template)
    try:
        return str(_compiled(template).render(values))
    except Exception as error:  # noqa: BLE001 - a finding must not be lost because its sentence cannot be made
        return f"(the message of this check cannot be made here: {type(error).__name__})"


def check_template(template: str) -> None:
    """Refuse a template that cannot be compiled, or that holds what may take unbounded time or memory."""
    if _is_simple(template):
        return
    from nhilint.evaluate.template_limits import faults

    for fault in faults(_parsed(template)):
        raise MessageError(fault)
    _compiled(template)


@cache
def _is_simple(template: str) -> bool:
    rest = _SIMPLE.sub("", template)
    return "{{" not in rest and "{%" not in rest and "{#" not in rest


def _follow(values: dict[str, Any], route: str) -> object:
    current: Any = values
    for name in route.split("."):
        if not isinstance(current, dict) or name not in current:
            return None
        current = current[name]
    return current


def _shorten(value: object) -> str:
    """One value as it reads in a sentence: lists by commas, nothing over the limit, no line breaks."""
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = _listed([" ".join(str(one).split()) for one in value]) if isinstance(value, list) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _listed(words: list[str]) -> str:
    """The words by commas, as many whole ones as there is room for, and how many more there are."""
    gathered = _gathered(words)
    if gathered is not None and len(gathered) <= _LONGEST_VALUE:
        return gathered
    text = ", ".join(words)
    if len(text) <= _LONGEST_VALUE:
        return text
    for named in range(min(len(words) - 1, _LONGEST_VALUE), 0, -1):
        shown = f"{', '.join(words[:named])} and {len(words) - named} more"
        if len(shown) <= _LONGEST_VALUE:
            return shown
    return text


def as_statement(name: object) -> object:
    """A statement of a policy as it reads in a sentence: "statement 2", or "statement Uploads" by the id that it has,
    which alone could be read as the means by which something is done. What a policy of AWS gives is called after it."""
    shown = _shorten(name)
    told = shown.lower().startswith("statement") or shown.startswith("AWS' policy ")
    return name if not isinstance(name, str) or told else f"statement {shown}"


def _gathered(words: list[str]) -> str | None:
    """Phrases that name a secret or variable each, told together: "the secrets A and B and a token that …".

    Of more than three the ones that sound like keys come first and the others are counted. None where there are no
    such phrases: a list of plain names stays one.
    """
    names: dict[str, list[str]] = {}
    phrases: list[str] = []
    for word in words:
        match = _NAMED.fullmatch(word)
        if match is not None and match[1] not in names:
            phrases.append(match[1])
        if match is not None:
            names.setdefault(match[1], []).append(match[2])
        else:
            phrases.append(word)
    return in_a_row([_told(one, names[one]) if one in names else one for one in phrases]) if names else None


def _told(noun: str, names: list[str]) -> str:
    if len(names) == 1:
        return f"the {noun} {names[0]}"
    grave_first = sorted(names, key=lambda name: _GRAVE.search(name) is None)
    rest = len(names) - _MOST_NAMED
    others = [f"{rest} other{'s' if rest > 1 else ''}"] if rest > 0 else []
    return f"the {noun}s {in_a_row([*grave_first[:_MOST_NAMED], *others])}"


def _parsed(template: str) -> Any:
    environment = _environment()
    from jinja2 import TemplateError

    try:
        return environment.parse(template)
    except TemplateError as error:
        raise MessageError(str(error)) from None


@cache
def _compiled(template: str) -> Any:
    environment = _environment()
    from jinja2 import TemplateError

    try:
        return environment.from_string(template)
    except TemplateError as error:
        raise MessageError(str(error)) from None


@cache
def _environment() -> Any:
    from jinja2 import ChainableUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Missing(ChainableUndefined):
        def __str__(self) -> str:
            return _UNKNOWN

    made = ImmutableSandboxedEnvironment(undefined=Missing, autoescape=False, finalize=_shorten)
    made.filters["as_statement"] = as_statement
    return made
