"""That an agent has every kubelet run commands is told one step less gravely where the chart that it comes with says
that it monitors: as gravely as of one that is called after what it collects (monitoring-reaches-every-kubelet).

The chart says so in a keyword that is nothing else, in its name or in its one line of description. A name that a
template prints tells nothing by itself. A chart that lists others of the repository below it speaks for itself alone.
Source, known, page not re-read: https://helm.sh/docs/topics/charts/#the-chartyaml-file (keywords, description).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.finding import Severity
from nhilint.settle.lowered import a_step_lower
from nhilint.settle.own_words import text_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

CHECK = "kubelet-open-through-proxy"
BY_ITS_CHART = "its chart says that it monitors"
_TEMPLATES = "/templates/"
_KEYWORD = Deferred(
    r"""^[ \t]*-[ \t]+["']?(?:monitoring|observability|telemetry|logging|metrics)["']?[ \t]*$""",
    flags=re.MULTILINE | re.IGNORECASE,
)
_SAID = Deferred(
    r"^(?:name|description):[^\n]*\b(?:monitoring|observability|telemetry|metrics|(?:stats|metrics)-exporter)\b",
    flags=re.MULTILINE | re.IGNORECASE,
)


def retold(findings: tuple[Finding, ...], _: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those on agents of such charts lowered."""
    return tuple(_told(one, tree) if one.check == CHECK else one for one in findings)


def _told(finding: Finding, tree: Tree) -> Finding:
    folder, found, _ = f"/{finding.place.path}".rpartition(_TEMPLATES)
    if not found or finding.severity <= Severity.MEDIUM:
        return finding
    chart = text_of(tree, f"{folder}/Chart.yaml".lstrip("/"))
    return a_step_lower(finding, BY_ITS_CHART) if _KEYWORD.search(chart) or _SAID.search(chart) else finding
