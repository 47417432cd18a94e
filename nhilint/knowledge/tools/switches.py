"""Whether the switches that make a server read only are set in its configuration.

An option, a variable, a header or a part of the address can be set, not set, or hold a placeholder; the last makes the
answer unknown. Not here: what the server does with them, which its record says.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from nhilint.knowledge.tools.capabilities import Switch, SwitchKind
from nhilint.knowledge.tools.words import is_opaque

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhilint.knowledge.tools.records import Conditions, Narrowing, ToolRecord

_TRUE = frozenset({"1", "true", "yes", "on", "y", "t", "enabled"})
_REFUSED = frozenset({"0", "false", "no", "off", "n", "f", "disabled"})


class Setting(NamedTuple):
    """What one configuration entry says: arguments of the server, variables, headers and the address."""

    arguments: Sequence[str] = ()
    environment: Mapping[str, str] = MappingProxyType({})
    headers: Mapping[str, str] = MappingProxyType({})
    url: str = ""


def applies(narrowing: Narrowing, setting: Setting) -> bool | None:
    """Whether the narrowing is in force; None when that hangs on a placeholder."""
    if narrowing.when is not None:
        return _any_set(narrowing.when, setting)
    widened = _any_set(narrowing.unless, setting) if narrowing.unless is not None else None
    return None if widened is None else not widened


def switches_of(record: ToolRecord) -> tuple[Switch, ...]:
    """The switches of a record that leave only reading."""
    switches: list[Switch] = []
    for narrowing in record.narrowings:
        conditions = narrowing.when or narrowing.unless
        if not narrowing.leaves_read or conditions is None:
            continue
        kinds: tuple[tuple[SwitchKind, tuple[str, ...]], ...] = (
            ("flag", conditions.flags),
            ("env", conditions.env),
            ("header", conditions.headers),
            ("url", conditions.url),
        )
        by_default = narrowing.when is None
        switches += [Switch(kind, text, by_default) for kind, texts in kinds for text in texts]
    return tuple(switches)


def _any_set(conditions: Conditions, setting: Setting) -> bool | None:
    answers = [
        *(_flag_set(flag, setting.arguments) for flag in conditions.flags),
        *(_value_set(text, setting.environment) for text in conditions.env),
        *(_value_set(text.lower(), _lowered(setting.headers)) for text in conditions.headers),
        *(_in_url(text, setting.url) for text in conditions.url),
    ]
    if any(answers):
        return True
    return None if None in answers else False


def _lowered(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _flag_set(flag: str, arguments: Sequence[str]) -> bool | None:
    """`--read-only`, `--read-only=true` or `--read-only true`; `--mode=x` also as `--mode x`."""
    name, _, wanted = flag.partition("=")
    for position, argument in enumerate(arguments):
        given, equals, value = argument.partition("=")
        if given != name:
            continue
        if not equals:
            value = arguments[position + 1] if position + 1 < len(arguments) else ""
        if is_opaque(value) and (equals or wanted):
            return None
        if value.lower() == wanted.lower() if wanted else value.lower() not in _REFUSED:
            return True
    return False


def _value_set(text: str, values: Mapping[str, str]) -> bool | None:
    """`NAME=true` wants a true value, `NAME=word` that word, `NAME` any value that is not false."""
    name, equals, wanted = text.partition("=")
    value = values.get(name)
    if value is None:
        return False
    if is_opaque(value):
        return None
    value = value.strip().lower()
    if not equals:
        return value != "" and value not in _REFUSED
    return value in _TRUE if wanted.lower() in _TRUE else value == wanted.lower()


def _in_url(text: str, url: str) -> bool | None:
    """`/readonly` is a segment of the path, `?name=value` a parameter, `?name` any value of it."""
    if not url:
        return False
    from urllib.parse import parse_qsl, urlsplit

    try:
        parts = urlsplit(url if "://" in url else f"//{url}")
    except ValueError:
        return None
    if text.startswith("/"):
        return text[1:].lower() in parts.path.lower().split("/")
    return _value_set(text[1:], dict(parse_qsl(parts.query, keep_blank_values=True)))
