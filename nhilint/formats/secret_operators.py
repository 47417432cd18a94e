"""Whether a principal is for an operator that brings secrets from a store into a cluster, which is there to read them.

Source: external-secrets.io/latest/introduction/getting-started, known, not re-read: the chart calls its namespace and
its account `external-secrets`, and its resources are `eso` for short.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.ways_in import has_only
from nhilint.model.fact import Known, known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.trust import Trust

_ACCOUNT = "system:serviceaccount:"
_OPERATOR = Deferred(
    r"external[-_ ]?secrets|(?:^|[^a-z])ext[-_ ]?secrets|(?:^|[-_/: ])eso(?:$|[-_/@: ])", flags=re.IGNORECASE
)
"""External Secrets Operator, spelled out or by its short names."""


def brings_secrets(name: str, trusts: Many[Trust], at: Place) -> Known[bool]:
    """Whether it is called so, or nobody but accounts of a cluster that are called so may become it."""
    ways = known_records(trusts)
    entered = has_only(trusts, ways) and all(map(_of_the_operator, ways))
    return Known(bool(_OPERATOR.search(name[:300])) or entered, at)


def _of_the_operator(way: Trust) -> bool:
    subjects = value_of(way.subjects) or ()
    return bool(subjects) and all(one.startswith(_ACCOUNT) and _OPERATOR.search(one[:300]) for one in subjects)
