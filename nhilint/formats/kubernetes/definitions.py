"""Definitions of custom resources become the API groups that a repository makes, by which its own operator is known,
and validating webhooks the namespaces in which they are answered.

Only the group is taken, as text: the schema below it is long and says nothing of identities. What stands among foreign
code is somebody else's. Source:
https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ (`spec.group`) and
https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ (`clientConfig.service`), read
2026-11-22.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.copied import stands_among_foreign
from nhilint.formats.kubernetes.parts import Manifest, StatedAdmission, StatedDefinitions, StatedSync
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
_WEBHOOK = Deferred(r"^kind: ValidatingWebhookConfiguration\b", flags=re.MULTILINE)
_SERVED = Deferred(r"^ {4,12}namespace: [\"']?([a-z0-9-]{1,63})[\"']?\s*$", flags=re.MULTILINE)
_OF_CHART = Deferred(r"(?:^|/)charts/[^/]{1,100}/(?:crds|templates)/")
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """The groups of a file of definitions, or the namespaces of a file of webhooks."""
    at = Place(document.path, ())
    part: StatedDefinitions | StatedAdmission
    if _KIND.search(document.text) and not stands_among_foreign(document.path):
        part = StatedDefinitions("definitions", at, _named_by(_GROUP, document.text))
        says = bool(part.groups)
    elif _WEBHOOK.search(document.text):
        part = StatedAdmission("webhooks", at, _named_by(_SERVED, document.text))
        says = bool(part.namespaces)
    else:
        return Extraction(recognised=False)
    facts = Identity(at=at, name=Known(part.name, at), provider=Known("kubernetes", at))
    return Extraction((Manifest("identity", part.name, claim.format, facts, part=part),) if says else ())


def _named_by(expression: Deferred, text: str) -> frozenset[str]:
    return frozenset(found[1] for found in islice(expression.finditer(text), _MOST))


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
