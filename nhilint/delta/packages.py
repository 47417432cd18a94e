"""Code by others that an actor takes in: which it is, and whether somebody else can change it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Measure, Power, short, stated
from nhilint.model.fact import value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary.tool import Package

_PINS = {"digest": 0, "exact": 0, "local": 0, "range": 1, "tag": 1, "none": 2}
_DIGEST = 12


def pinned(package: Package | None, verb: str, weight: Severity = Severity.MEDIUM) -> Iterator[Held]:
    """Which package it is, said together with how firmly it is fixed. The repository's own code is of little weight."""
    if package is None:
        return
    name = value_of(package.name)
    if name is None:
        return
    here = value_of(package.pin) == "local" or name.startswith("./")
    weight = min(weight, Severity.LOW) if here or value_of(package.first_party) is True else weight
    said, fixed = short(name), stated(package.pin)
    taken = "" if here or fixed is None else _taken(fixed[0], value_of(package.version))
    lost = f"no longer {verb} {said}"
    gained = f"{verb} {said}{taken}"
    yield Power(key=("package", name), gained=gained, lost=lost, weight=weight, place=package.at, about=said)
    if fixed is not None:
        pin, at = fixed
        rank = _PINS.get(pin, 2)
        words = f"takes {said}{_taken(pin, value_of(package.version))}"
        yield Measure(key=("pin", name), rank=rank, words=words, weight=weight, place=at, usual=rank)
    if registry := stated(package.registry):
        where, at = short(registry[0]), registry[1]
        gained, lost = f"takes {said} from {where}", f"no longer takes {said} from {where}"
        yield Power(key=("registry", name, where), gained=gained, lost=lost, weight=Severity.HIGH, place=at)


def _taken(pin: str, version: str | None) -> str:
    rank = _PINS.get(pin, 2)
    if rank == 0:
        return f" at {_version(pin, version)}" if version else " as it is here"
    return f" by a name that moves ({short(version or 'a range')})" if rank == 1 else " in whatever version is newest"


def _version(pin: str, version: str) -> str:
    return f"{version.removeprefix('sha256:')[:_DIGEST]}…" if pin == "digest" else short(version)
