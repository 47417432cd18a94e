"""What stands in a part of a GitLab pipeline that no file of the repository includes is doubtful: nothing here runs it.

GitLab runs `.gitlab-ci.yml` and what that includes; files below `.gitlab/ci/` are parts for it by custom alone. Where
the repository has no such file at all, they run only if the project's settings, or a pipeline elsewhere, name them.
Nothing is said of a part that includes others: by that it may be the file which the settings name. Source, read
2026-11-22: docs.gitlab.com/ci/yaml/includes (and docs.gitlab.com/ci/pipelines/settings, not re-read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gitlab.includes import PIPELINE, included_by
from nhilint.model.fact import value_of
from nhilint.model.vocabulary import Workflow
from nhilint.settle.lowered import without_consequence

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_STARTS = (".gitlab-ci.yml", ".gitlab-ci.yaml")
_PARTS = (".gitlab/ci/", ".gitlab-ci/")
_DOUBT = "no pipeline of this repository includes this file, and it has no .gitlab-ci.yml"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those in parts that nothing includes with low confidence."""
    files = {one.at.path: one.facts for one in resources if one.format == PIPELINE and isinstance(one.facts, Workflow)}
    if any(path.endswith(_STARTS) for path in files):
        return findings
    left = {path for path, facts in files.items() if path.startswith(_PARTS) and not value_of(facts.local_includes)}
    for facts in files.values():
        left.difference_update(*(included_by(name, files) for name in value_of(facts.local_includes) or ()))
    return tuple(without_consequence(one, _DOUBT) if one.place.path in left else one for one in findings)
