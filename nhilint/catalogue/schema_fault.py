"""What a JSON Schema finds wrong with a value becomes sentences for the person who wrote the file.

The validator speaks of keywords and instances; a `Fault` speaks of keys and values, says what was expected and guesses
what was meant. Places are still routes of keys here, and values are quoted only where the schema names the ones allowed
or a form they should have, shortened, since a file may hold anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nhilint.catalogue.spelling import closest
from nhilint.source.document import Expression, Stream, Tagged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from jsonschema.exceptions import ValidationError

    from nhilint.source.pointer import Pointer

_LONGEST_QUOTE = 40
_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}
_FOUND = {
    Stream: "several documents",
    list: _KINDS["array"],
    dict: _KINDS["object"],
    str: _KINDS["string"],
    Tagged: "a value with a tag of its own",
    Expression: "an expression",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the route to it, whether its key is meant, and a sentence without a full stop.

    `weight` ranks faults at one place, the most telling highest. `missing` and `meant` name keys: those that are not
    there, and the one an unknown key was probably meant to be.
    """

    pointer: Pointer
    message: str
    weight: int = 1
    at_key: bool = False
    missing: tuple[str, ...] = ()
    meant: str = ""


def faults_of(error: ValidationError) -> list[Fault]:
    """The faults behind one error of the validator; a choice between schemas is reported for its likeliest branch."""
    pointer = tuple(error.absolute_path)
    if "propertyNames" in error.relative_schema_path:
        return [Fault((*pointer, str(error.instance)), _describe(error), weight=3, at_key=True)]
    if error.validator == "additionalProperties":
        return list(_unknown_keys(error, pointer))
    if error.validator == "required":
        return [missing_keys(pointer, [key for key in _wanted(error) if key not in _value(error)])]
    if error.validator in {"oneOf", "anyOf"} and error.context:
        return _likeliest_branch(error, pointer)
    return [Fault(pointer, _describe(error), weight=2)]


def missing_keys(pointer: Pointer, keys: Sequence[str]) -> Fault:
    """The fault of a mapping that lacks `keys`."""
    listed = ", ".join(map(repr, keys))
    message = f"key {listed} is missing" if len(keys) == 1 else f"keys {listed} are missing"
    return Fault(pointer, message, missing=tuple(keys))


def _unknown_keys(error: ValidationError, pointer: Pointer) -> Iterator[Fault]:
    import re

    mapping, schema = _value(error), _schema(error)
    known = list(schema.get("properties", {}))
    patterns = schema.get("patternProperties", {})
    for key in mapping:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        meant = closest(key, (k for k in known if k not in mapping)) or closest(key, known)
        hint = f"; did you mean {meant[0]!r}?" if meant else f"; known are {', '.join(sorted(known))}" if known else ""
        message = f"unknown key {_quoted(key)}{hint}"
        yield Fault((*pointer, key), message, weight=3, at_key=True, meant=meant[0] if meant else "")


def _likeliest_branch(error: ValidationError, pointer: Pointer) -> list[Fault]:
    branches: dict[int, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(int(inner.relative_schema_path[0]), []).append(inner)
    wrong_kind = [b for b in branches.values() if any(e.validator == "type" and not e.relative_path for e in b)]
    if len(wrong_kind) == len(branches):
        kinds = [kind for branch in wrong_kind for e in branch if e.validator == "type" for kind in _kinds(e)]
        return [Fault(pointer, f"expected {_or(kinds)}, found {_kind(error.instance)}", weight=2)]
    found = [[f for e in branch for f in faults_of(e)] for branch in branches.values() if branch not in wrong_kind]
    alone = [fault for branch in found if len(branch) == 1 for fault in branch if fault.missing]
    if len(alone) == len(found) > 1:
        keys = dict.fromkeys(key for fault in alone for key in fault.missing)
        return [Fault(pointer, f"one of {', '.join(map(repr, keys))} is missing")]
    return min(found, key=len)


def _describe(error: ValidationError) -> str:
    describe = _SENTENCES.get(str(error.validator))
    return describe(error) if describe else f"does not fit the schema ({error.validator})"


def _of_type(error: ValidationError) -> str:
    unquoted = _wanted(error) == "string" and isinstance(error.instance, bool | int | float)
    hint = " (put it in quotes)" if unquoted else ""
    return f"expected {_or(_kinds(error))}, found {_kind(error.instance)}{hint}"


def _of_enum(error: ValidationError) -> str:
    allowed = [str(value) for value in _wanted(error)]
    meant = closest(str(error.instance), allowed)
    known = f"known are {', '.join(allowed)}"
    hint = f"did you mean {meant[0]!r}? ({known})" if meant else known
    return f"unknown value {_quoted(error.instance)}; {hint}"


def _of_pattern(error: ValidationError) -> str:
    form = _schema(error).get("description") or f"text of the form {_wanted(error)}"
    return f"expected {form}, found {_quoted(error.instance)}"


def _of_size(bound: str, one: str, many: str) -> Callable[[ValidationError], str]:
    def sentence(error: ValidationError) -> str:
        wanted = _wanted(error)
        return f"expected {bound} {wanted} {one if wanted == 1 else many}, found {len(_value(error))}"

    return sentence


_SENTENCES: dict[str, Callable[[ValidationError], str]] = {
    "type": _of_type,
    "enum": _of_enum,
    "const": lambda error: f"expected {_wanted(error)!r}, found {_quoted(error.instance)}",
    "pattern": _of_pattern,
    "minLength": _of_size("at least", "character", "characters"),
    "maxLength": _of_size("at most", "character", "characters"),
    "minItems": _of_size("at least", "entry", "entries"),
    "maxItems": _of_size("at most", "entry", "entries"),
    "minProperties": _of_size("at least", "key", "keys"),
    "maxProperties": _of_size("at most", "key", "keys"),
    "minimum": lambda error: f"expected a number from {_wanted(error)}, found {error.instance}",
    "maximum": lambda error: f"expected a number up to {_wanted(error)}, found {error.instance}",
    "uniqueItems": lambda _: "an entry is listed twice",
    "oneOf": lambda _: "fits several alternatives where it should fit one",
}


def _wanted(error: ValidationError) -> Any:  # noqa: ANN401 - whatever the schema's keyword holds
    return error.validator_value


def _value(error: ValidationError) -> Any:  # noqa: ANN401 - whatever the file holds there
    return error.instance


def _schema(error: ValidationError) -> dict[str, Any]:
    return error.schema if isinstance(error.schema, dict) else {}


def _kinds(error: ValidationError) -> list[str]:
    wanted = _wanted(error)
    return [_KINDS[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted)]


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"the number {value}"
    return next((name for kind, name in _FOUND.items() if isinstance(value, kind)), _KINDS["null"])


def _quoted(value: object) -> str:
    if not isinstance(value, str):
        return _kind(value)
    return repr(value if len(value) <= _LONGEST_QUOTE else value[:_LONGEST_QUOTE] + "…")


def _or(words: Sequence[str]) -> str:
    unique = list(dict.fromkeys(words))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} or {unique[-1]}"
