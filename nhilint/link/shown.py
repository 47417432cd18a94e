"""What stands in a file that only shows something is judged as it would be in a test, and what has ended says so.

Whoever copies a sample registers an app of their own and writes values of their own into it. An app of an example and a
value without a provider's shape in one are therefore as unsure as those of a test. That also holds for a repository
that shows things as a whole (`nhilint.purpose`). A provider's token is real wherever it stands. A private key says
nothing of whose it is: among examples it belongs to the example, as does a value without a shape beside others that are
evidently made up, and one that stands in a sample of the same tree too: who keeps a value secret does not put it there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary import App, Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from nhilint.model.resource import Resource

_EXAMPLES = Deferred(
    r"(?:^|/)(?:[\w-]{0,40}(?:examples?|samples?|snippets?|fixtures?)|demos?|docs?|tutorials?|quick-?starts?|workshops?|"
    r"__tests__|tests?|testdata|e2e|e2e-tests)/",
    flags=re.IGNORECASE,
)
_OF_A_SKILL = Deferred(r"(?:^|/)skills/[^/]+/(?:assets|references)/")
"""Templates and documents that a skill hands to an agent (learn.microsoft.com/agent-framework/agents/skills, read
2026-11-22)."""
_SHOWING = frozenset({"production", "example"})
_KEYS = frozenset({"pem-private-key", "putty-private-key"})


def told(resources: tuple[Resource, ...], now: datetime | None, *, of_samples: bool) -> tuple[Resource, ...]:
    """The same resources; `now` is what ends are compared with, `of_samples` whether the whole repository shows."""
    samples = frozenset(_values_of_samples(resources))
    return tuple(_told(_known_sample(resource, samples), now, of_samples=of_samples) for resource in resources)


def _values_of_samples(resources: tuple[Resource, ...]) -> Iterator[str]:
    """The keyed hashes of values without a shape that stand in a sample."""
    for resource in resources:
        facts = resource.facts
        if isinstance(facts, Credential) and value_of(facts.shaped) is False and resource.setting == "example":
            fingerprint = value_of(facts.fingerprint)
            if fingerprint is not None:
                yield fingerprint


def _known_sample(resource: Resource, samples: frozenset[str]) -> Resource:
    facts = resource.facts
    if isinstance(facts, Credential) and value_of(facts.fingerprint) in samples and value_of(facts.shaped) is False:
        return _as_in_a_test(resource)
    return resource


def _told(resource: Resource, now: datetime | None, *, of_samples: bool) -> Resource:
    facts = resource.facts
    if isinstance(facts, App):
        of_samples = of_samples or _OF_A_SKILL.search(resource.at.path) is not None
        return _as_in_a_test(resource) if _shows(resource, of_samples=of_samples) else resource
    if not isinstance(facts, Credential):
        return resource
    ends_at = value_of(facts.ends_at)
    if now is not None and ends_at is not None:
        facts = replace(facts, expired=Known(ends_at < now.timestamp(), facts.at))
    if of_samples or _EXAMPLES.search(facts.at.path):
        nobodys = value_of(facts.type) in _KEYS
        if nobodys or (value_of(facts.beside_made_up) is True and value_of(facts.shaped) is False):
            facts = replace(facts, sample=Known(value=True, at=facts.at))
    resource = replace(resource, facts=facts)
    unsure = value_of(facts.shaped) is False and _shows(resource, of_samples=of_samples)
    return _as_in_a_test(resource) if unsure else resource


def _shows(resource: Resource, *, of_samples: bool) -> bool:
    return resource.setting == "example" or (of_samples and resource.setting in _SHOWING)


def _as_in_a_test(resource: Resource) -> Resource:
    return replace(resource, setting="test")
