"""Definitions of custom resources become the API groups that a repository makes, by which its own operator is known.

Only the group is taken, as text: the schema below it is long and says nothing of identities. What stands among foreign
code is somebody else's. Source:
https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ (`spec.group`), read
2026-11-22.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.copied import stands_among_foreign
from nhilint.formats.kubernetes.parts import Manifest, StatedDefinitions, StatedSync
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.format import Claim
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document

_KIND = Deferred(r"^kind: CustomResourceDefinition\b", flags=re.MULTILINE)
_GROUP = Deferred(r"^  group: [\"']?([\w-]{1,100}(?:\.[\w-]{1,100}){1,10})", flags=re.MULTILINE)
_OF_CHART = Deferred(r"(?:^|/)charts/[^/]{1,100}/(?:crds|templates)/")
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """The groups of a file of definitions."""
    if not _KIND.search(document.text) or stands_among_foreign(document.path):
        return Extraction(recognised=False)
    groups = frozenset(found[1] for found in islice(_GROUP.finditer(document.text), _MOST))
    at = Place(document.path, ())
    facts = Identity(at=at, name=Known("definitions", at), provider=Known("kubernetes", at))
    part = StatedDefinitions("definitions", at, groups)
    return Extraction((Manifest("identity", part.name, claim.format, facts, part=part),) if groups else ())


def own_groups(resources: Iterable[Resource]) -> frozenset[str]:
    """The groups that a repository defines.

    One that is applied to a cluster by itself only installs others' kinds, unless it keeps the chart that does so.
    """
    stated = [one for one in resources if isinstance(one, Manifest)]
    is_applied = any(isinstance(one.part, StatedSync) and one.setting == "production" for one in stated)
    parts = (one.part for one in stated if isinstance(one.part, StatedDefinitions))
    return frozenset(
        group for part in parts if not is_applied or _OF_CHART.search(part.at.path) for group in part.groups
    )
