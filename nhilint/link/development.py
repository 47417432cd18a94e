"""Apps whose file, name or redirects say that they are for development know it.

Platforms have no switch for this: people keep a second registration beside the real one and say so in its name
(`slack-manifest-dev.yml`, `manifest.local.json`, `dev/manifest.json`, "Planner (dev)"). Only a word by itself counts,
as the last of the name or before one that says what the file is, so that `dev-tools-manifest.json` and "Local Weather"
stay what they are. Redirects to the machine of whoever signs in (`http://localhost:8080/callback`) say it where all of
them are known; one that is filled in later may lead anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary import App
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource

_WORDS = frozenset({"dev", "devel", "development", "local", "localdev", "localhost"})
_BETWEEN_WORDS = Deferred(r"[^a-z0-9]+")


def join(resources: Iterable[Resource], _owner: str | None) -> tuple[Resource, ...]:
    """The same resources; every app says whether it is one for development."""
    return tuple(_told(resource) for resource in resources)


def _told(resource: Resource) -> Resource:
    facts = resource.facts
    if not isinstance(facts, App):
        return resource
    said = _is_for_development(resource.at.path, value_of(facts.name) or "")
    local = Known(_stays_local(facts), facts.at)
    return replace(resource, facts=replace(facts, for_development=Known(said, facts.at), stays_local=local))


def _stays_local(app: App) -> bool:
    if isinstance(app.redirects, Unknown) or not app.redirects:
        return False
    return all(not isinstance(one, Unknown) and value_of(one.reach) == "loopback" for one in app.redirects)


def _is_for_development(path: str, name: str) -> bool:
    *folders, file = path.lower().split("/")
    stem = _words(file.rpartition(".")[0] or file)
    before_its_kind = len(stem) == 2 and stem[0] in _WORDS
    return before_its_kind or any(folder in _WORDS for folder in folders) or _ends(stem) or _ends(_words(name.lower()))


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(text) if word]


def _ends(words: list[str]) -> bool:
    return len(words) > 1 and words[-1] in _WORDS
