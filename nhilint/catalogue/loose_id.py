"""A control id as somebody wrote it becomes the control that is meant, or an error that says what could be meant.

In this order: the exact id in any case; an id that was withdrawn (an error naming its successors); a spelling its
framework refuses as ambiguous; a spelling it accepts; the name of a framework in front of any of these. What is
accepted or refused is stated in the framework files, not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.catalogue.spelling import closest, fill_template, match_template
from nhilint.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.catalogue.framework import Control, Framework, Frameworks

Found = tuple["Framework", "Control"]

_MOST_SUGGESTED = 3
_LONGEST_QUOTE = 60
_LONGEST_NAME = 12
"""Words of a framework's name, at most."""


class ControlIdError(CatalogueError):
    """No control, or no single one, is meant by what was written on a command line or in a setting."""

    def __init__(self, message: str) -> None:
        super().__init__("", 0, 0, message)

    def __str__(self) -> str:
        return self.message


def find_control(frameworks: Frameworks, text: str, within: Framework | None = None) -> Found:
    """The control that `text` means, in one framework or in all; raises ControlIdError otherwise."""
    wanted = " ".join(text.split())
    among = (within,) if within else tuple(frameworks)
    found = _look_up(frameworks, wanted, among, bare=within is None)
    if found is None and within is None:
        found = _after_a_name(frameworks, wanted)
    if found is None:
        raise _unknown(frameworks, wanted, within)
    return found


def unknown_framework(frameworks: Frameworks, name: str) -> ControlIdError:
    """The error for a framework that nothing is called."""
    meant = closest(name.strip(), (known for framework in frameworks for known in framework.names))
    framework = frameworks.named(meant[0]) if meant else None
    hint = f"did you mean {framework.id}?" if framework else f"known are {', '.join(f.id for f in frameworks)}"
    return ControlIdError(f"no framework {name.strip()!r}; {hint}")


def _look_up(frameworks: Frameworks, wanted: str, among: Iterable[Framework], *, bare: bool) -> Found | None:
    exact = [(f, control) for f in among if (control := f.control_in_any_case(wanted))]
    if exact:
        return _only(exact, wanted)
    for framework in among:
        _refuse(frameworks, framework, wanted)
    found = [(f, control) for f in among for control in _accepted(f, wanted, bare=bare)]
    return _only(found, wanted) if found else None


def _only(found: list[Found], wanted: str) -> Found:
    if len(found) == 1:
        return found[0]
    raise ControlIdError(f"{wanted!r} is ambiguous; write {_choice(found)}")


def _refuse(frameworks: Frameworks, framework: Framework, wanted: str) -> None:
    """Raise where the framework knows the id as withdrawn or ambiguous."""
    withdrawn = next((old for old in framework.withdrawn if old.casefold() == wanted.casefold()), None)
    if withdrawn is not None:
        successors = list(_existing(frameworks, framework, (withdrawn,)))
        hint = f"write {_choice(successors)}" if successors else "it has no single successor"
        raise ControlIdError(f"{withdrawn!r} was withdrawn and is not in {framework.short} {framework.edition}; {hint}")
    for refused in framework.refuses:
        parts = _parts(refused.templates, wanted)
        if parts is None:
            continue
        offers = list(_existing(frameworks, framework, (fill_template(offer, parts) for offer in refused.offers)))
        if offers or not refused.offers:
            hint = f"; write {_choice(offers)}" if offers else ""
            raise ControlIdError(f"{wanted!r} is not an id: {refused.because}{hint}")


def _accepted(framework: Framework, wanted: str, *, bare: bool) -> Iterator[Control]:
    for accepted in framework.accepts:
        parts = _parts(accepted.templates, wanted)
        control = framework.control(fill_template(accepted.becomes, parts)) if parts is not None else None
        if control is None:
            continue
        if bare and accepted.only_after_framework:
            hint = f"write {framework.id}/{control.id} ({control.title})"
            raise ControlIdError(f"{wanted!r} says too little: {accepted.only_after_framework}; {hint}")
        yield control
        return


def _parts(templates: Iterable[str], wanted: str) -> Mapping[str, str] | None:
    return next((parts for t in templates if (parts := match_template(t, wanted)) is not None), None)


def _existing(frameworks: Frameworks, framework: Framework, ids: Iterable[str]) -> Iterator[Found]:
    """The controls behind ids of `framework`, or of another where the id names one; successors for withdrawn ids."""
    for qualified in ids:
        name, slash, rest = qualified.rpartition("/")
        owner = frameworks.get(name) if slash else framework
        if owner is None:
            continue
        control = owner.control(rest)
        if control is not None:
            yield owner, control
        else:
            yield from ((owner, c) for new in owner.withdrawn.get(rest, ()) if (c := owner.control(new)))


def _after_a_name(frameworks: Frameworks, wanted: str) -> Found | None:
    """Read the longest framework name that `wanted` starts with, and what follows it as an id of that framework."""
    framework = frameworks.named(wanted)
    if framework is not None:
        example = f"{framework.id}/{framework.controls[0].id}"
        raise ControlIdError(f"{wanted!r} names a framework, not a control; write one of its ids, like {example}")
    words = wanted.split(" ")
    for count in range(min(len(words) - 1, _LONGEST_NAME), 0, -1):
        framework = frameworks.named(" ".join(words[:count]))
        if framework is not None:
            return find_control(frameworks, " ".join(words[count:]), framework)
    return None


def _unknown(frameworks: Frameworks, wanted: str, within: Framework | None) -> ControlIdError:
    shown = wanted if len(wanted) <= _LONGEST_QUOTE else wanted[:_LONGEST_QUOTE] + "…"
    where = f" in {within.id}" if within else ""
    meant = _elsewhere(frameworks, wanted) if within else []
    meant = meant or _similar((within,) if within else frameworks, wanted)
    if meant:
        return ControlIdError(f"no control {shown!r}{where}; did you mean {_choice(meant)}?")
    listed = f"'nhilint frameworks {within.id if within else 'ID'}' lists what there is"
    known = "" if within else f" (ID is one of {', '.join(framework.id for framework in frameworks)})"
    return ControlIdError(f"no control {shown!r}{where}; {listed}{known}")


def _elsewhere(frameworks: Frameworks, wanted: str) -> list[Found]:
    """What `wanted` would have meant without a framework in front of it."""
    try:
        found = _look_up(frameworks, wanted, tuple(frameworks), bare=True)
    except ControlIdError:
        return []
    return [found] if found else []


def _similar(among: Iterable[Framework], wanted: str) -> list[Found]:
    """The controls whose title is `wanted`, else those whose id (with or without its year) or title comes close."""
    known = [(framework, control) for framework in among for control in framework.controls]
    titled = [found for found in known if found[1].title.casefold() == wanted.casefold()]
    if titled:
        return titled[:_MOST_SUGGESTED]
    by_name = {
        name: found
        for found in reversed(known)
        for name in (found[1].title, found[1].id.partition(":")[0], found[1].id)
    }
    return list(dict.fromkeys(by_name[name] for name in closest(wanted, by_name, _MOST_SUGGESTED)))


def _choice(found: Iterable[Found]) -> str:
    named = [
        f"{framework.id}/{control.id}" + (f" ({control.title})" if control.title != control.id else "")
        for framework, control in found
    ]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
