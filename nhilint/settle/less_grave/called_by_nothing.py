"""What a template of Bicep makes is doubtful where no template, script or pipeline of the repository calls it.

Which those are `nhilint.app_code.uncalled_templates` says. A secret that stands in the file in clear is open, whoever
calls it; one that its outputs would show is shown by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.app_code.uncalled_templates import uncalled_templates
from nhilint.model.finding import Confidence
from nhilint.settle.lowered import without_consequence

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

UNCALLED = "no template, script or pipeline of this repository calls it, as they call others beside it"
_SHOWN = "secret-in-deployment-outputs"


def retold(findings: tuple[Finding, ...], _: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those about such a file with low confidence."""
    asked = {one.place.path for one in findings if _is_asked(one)}
    left = uncalled_templates(asked, tree) if asked else asked
    return tuple(
        without_consequence(one, UNCALLED) if one.place.path in left and _is_asked(one) else one for one in findings
    )


def _is_asked(finding: Finding) -> bool:
    if not finding.place.path.endswith(".bicep") or finding.confidence <= Confidence.LOW:
        return False
    return finding.subject.kind != "credential" or finding.check == _SHOWN
