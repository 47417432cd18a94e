"""Whether a trust of GitHub that accepts a whole repository refuses its pull requests by a negated comparison.

All comparisons must hold, and a negated one holds where none of its values fits (docs.aws.amazon.com/IAM/latest/
UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html, known, not re-read). A subject ends
in `:pull_request` where a pull request starts the job and it names no environment
(docs.github.com/actions/reference/security/oidc).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.aws.wildcard import wildcard_test
from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhilint.model.vocabulary.statement import Condition

_WITH_PULL_REQUESTS = Deferred(r"^(repo:[^:]{1,300}):(?!ref:|environment:)")
_NEGATED = frozenset({"StringNotLike", "StringNotEquals", "StringNotEqualsIgnoreCase"})


def refuses_pull_requests(accepted: Iterable[str], asked_of_subject: Iterable[Condition]) -> bool:
    """Whether the subjects that let in more than one kind of run let no pull request in."""
    wide = [found[1] for found in map(_WITH_PULL_REQUESTS.match, accepted) if found is not None]
    refused = [test for condition in asked_of_subject for test in _refused(condition)]
    return bool(wide) and all(any(fits(f"{name}:pull_request") for fits in refused) for name in wide)


def _refused(condition: Condition) -> list[Callable[[str], bool]]:
    """A test for each pattern or text that a condition refuses."""
    operator = (value_of(condition.operator) or "").rpartition(":")[2].removesuffix("IfExists")
    texts = (value_of(condition.values) or ()) if operator in _NEGATED else ()
    return [wildcard_test(text) if operator == "StringNotLike" else text.__eq__ for text in texts]
