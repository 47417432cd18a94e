"""Settings of `.nhilint/config.yaml` that a change makes more lenient, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhilint.model.finding import Confidence, Severity
from nhilint.model.place import Place
from nhilint.settle.own_gate.seen import Seen, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.settle.own_gate.seen import Both

FILE = ".nhilint/config.yaml"
_LONGEST = 120


def loosened(both: Both) -> Iterator[Seen]:
    """What the configuration lets pass that it did not before; a removed file means the defaults."""
    if not both.touched(FILE):
        return
    before, after = both.documents(FILE)
    if both.texts(FILE)[1] is not None and after is None:
        yield Seen("configuration", "leaves a configuration that cannot be read", whole(FILE))
        return
    old = _mapping(before.value if before else None)
    new = _mapping(after.value if after else None)
    yield from _words(old, new, "fail_on", Severity, "high")
    yield from _words(old, new, "min_confidence", Confidence, "medium")
    yield from _lists(old, new)
    yield from _severities(_mapping(old.get("severity")), _mapping(new.get("severity")))
    yield from _days(_mapping(old.get("waivers")), _mapping(new.get("waivers")))


def _words(
    old: dict[str, Any], new: dict[str, Any], key: str, scale: type[Severity | Confidence], usual: str
) -> Iterator[Seen]:
    """A threshold that is raised lets more pass."""
    before, after = str(old.get(key, usual)), str(new.get(key, usual))
    ranks = {entry.word: int(entry) for entry in scale}
    if ranks.get(after, 99) > ranks.get(before, 0):
        yield Seen("configuration", f"raises {key} from {before} to {_short(after)}", _at(new, key))


def _lists(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Seen]:
    """Longer lists of what is left out, and shorter ones of what is looked at, let more pass."""
    for key in ("ignore", "exclude"):
        before, after = _texts(old.get(key)), _texts(new.get(key))
        for index, entry in enumerate(after):
            if entry not in before:
                yield Seen("configuration", f"adds {_short(entry)} to {key}", Place(FILE, (key, index)))
    for key in ("select", "include"):
        before, after = _texts(old.get(key)), _texts(new.get(key))
        if after and not before:
            yield Seen("configuration", f"sets {key}, so that nothing else counts", _at(new, key))
        elif after and (gone := [entry for entry in before if entry not in after]):
            yield Seen("configuration", f"takes {_short(', '.join(gone))} out of {key}", _at(new, key))
    gone = [entry for entry in _texts(old.get("policies")) if entry not in _texts(new.get("policies"))]
    if gone:
        yield Seen("configuration", f"drops the policy folder {_short(', '.join(gone))}", _at(new, "policies"))


def _severities(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Seen]:
    """Another severity for a check. Raising one is no loosening; a first one may be one, whatever the check's is."""
    ranks = {entry.word: int(entry) for entry in Severity}
    for check in sorted({*old, *new}):
        before, after = old.get(check), new.get(check)
        if before == after:
            continue
        if before is not None and after is not None and ranks.get(str(after), 0) > ranks.get(str(before), 0):
            continue
        if before is None and after == "critical":
            continue
        said = f"sets the severity of {_short(check)} to {_short(str(after))}"
        dropped = f"drops the severity {before} that {_short(check)} had"
        at = Place(FILE, ("severity", check)) if after is not None else whole(FILE)
        yield Seen("configuration", said if after is not None else dropped, at)


def _days(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Seen]:
    before, after = old.get("max_days", 90), new.get("max_days", 90)
    if isinstance(before, int) and isinstance(after, int) and after > before:
        said = f"lets waivers run for {after} days instead of {before}"
        yield Seen("configuration", said, Place(FILE, ("waivers", "max_days")))


def _at(values: dict[str, Any], key: str) -> Place:
    return Place(FILE, (key,)) if key in values else whole(FILE)


def _mapping(value: object) -> dict[str, Any]:
    return {str(key): entry for key, entry in value.items()} if isinstance(value, dict) else {}


def _texts(value: object) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list) else []


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
