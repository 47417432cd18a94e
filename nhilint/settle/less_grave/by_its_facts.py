"""What a principal may do whose facts say that this is less near than it looks is told one step less gravely, and so is
a credential in clear that opens little; one that has ended in hours, or opens nothing by itself, at the lowest level.

An account that nothing uses, or a role that nobody holds, does nothing until somebody takes it: worth mending, and no
reason to stop a change. The words are those of the fact. Down to medium: what a check calls so has something else go
wrong first already; only a pool of identities that lets strangers in is low, where no binding here opens anything to
them. An account of a cluster that a controller takes to apply what this repository names is no more than the
controllers are that stay quiet: what it may do has low confidence. A text of the repository that names the account
where it is to be impersonated, or by its address, takes it; and a role that another file names is held, as far as one
can see. Where no file assigns roles of Azure at all, that is done elsewhere for every role: then nothing is said. In
these cases the finding stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.azure.identities import UNHELD
from nhilint.formats.cloudformation.unheld_roles import HANDED_TO_NOTHING
from nhilint.formats.kubernetes.applied_as import APPLIED_FROM_HERE
from nhilint.formats.mesh.linkerd import WITHIN_CLUSTER
from nhilint.link.amazon_sessions import ENDS, NAMES_A_KEY
from nhilint.link.google_idle import UNUSED
from nhilint.link.google_pools import EXACT
from nhilint.link.tokens_of_hours import ENDS_SOON
from nhilint.model.finding import Confidence, Severity
from nhilint.settle.lowered import a_step_lower, without_consequence
from nhilint.settle.own_words import first_texts
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_WRITTEN_IN = (".tf", ".tfvars", ".hcl", ".bicep", ".bicepparam", ".sh", ".ps1", ".yml", ".yaml", ".json", ".env")
_ASSIGNS = Deferred(
    r"azurerm_role_assignment|Microsoft\.Authorization/roleAssignments@|New-AzRoleAssignment|role assignment create"
)
_IMPORTED = Deferred(r"ImportValue[\"']?[: \t]*(?:\n[ \t]*)?(?:(?!ImportValue)[^\n]){0,300}")
"""What a template takes from the outputs of another one, which hands out no role that stands in no output."""
_LOOKED_FOR = (UNUSED, UNHELD, HANDED_TO_NOTHING)
"""Words that a text of the repository may belie."""
_OF_LITTLE_USE = (ENDS, ENDS_SOON, NAMES_A_KEY, WITHIN_CLUSTER)
"""What has ended in hours, opens nothing by itself, or opens one port to its neighbours."""
_MOST = 2_000
_OF_POOLS = "federation-pool-open-to-anyone"


def retold(findings: tuple[Finding, ...], _: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those above medium of such a principal, and those of such a pool, lowered."""
    asked = [one for one in findings if _is_asked(one)]
    if not asked:
        return findings
    kept = _kept(asked, tree)
    return tuple(_lessened(one) if one in asked and one.fingerprint not in kept else one for one in findings)


def _is_asked(finding: Finding) -> bool:
    """Whether the fact lessens what the finding tells; that nothing is open through a pool only that the pool is."""
    if finding.lessened_by == EXACT:
        return finding.check == _OF_POOLS and finding.severity > Severity.LOW
    if finding.lessened_by == APPLIED_FROM_HERE:
        return finding.severity > Severity.LOW and finding.confidence > Confidence.LOW
    return bool(finding.lessened_by) and finding.severity > Severity.MEDIUM


def _lessened(finding: Finding) -> Finding:
    if finding.lessened_by == APPLIED_FROM_HERE:
        return without_consequence(finding, APPLIED_FROM_HERE)
    return a_step_lower(finding, finding.lessened_by, steps=2 if finding.lessened_by in _OF_LITTLE_USE else 1)


def _kept(asked: list[Finding], tree: Tree) -> set[str]:
    """The fingerprints of those whose principal a text of the repository takes after all."""
    forms = {one.fingerprint: (one, _form(one)) for one in asked if one.lessened_by in _LOOKED_FOR}
    found: set[str] = set()
    assigns = False
    for path, stated in first_texts(tree, lambda path: path.endswith(_WRITTEN_IN), _MOST) if forms else ():
        text = _IMPORTED.sub("", stated) if "ImportValue" in stated else stated
        assigns = assigns or _ASSIGNS.search(text) is not None
        for mark, (one, form) in forms.items():
            elsewhere = one.lessened_by == UNUSED or path != one.place.path
            if elsewhere and one.subject.name.strip() in text and form.search(text) and not _has_its_own(one, text):
                found.add(mark)
    return found if assigns else found | {mark for mark, (one, _) in forms.items() if one.lessened_by == UNHELD}


def _form(finding: Finding) -> re.Pattern[str]:
    """How a text names an account that it takes, or a role, which is then a whole value."""
    name = re.escape(finding.subject.name.strip())
    if finding.lessened_by == UNHELD:
        return re.compile(rf"(?:[\"']|[:=][ \t]*)[ \t]*{name}[ \t]*(?:[\"']|$)", flags=re.MULTILINE)
    if finding.lessened_by == HANDED_TO_NOTHING:
        return re.compile(
            rf"(?:role/|[-_}}]){name}(?!\w)|[\[,][ \t\n]*\"?{name}\"?[ \t\n]*[\],]|GetAtt[^\n]{{0,20}}{name}(?!\w)"
        )
    return re.compile(rf"(?<![\w-]){name}@|(?i:impersonate)[^\n]{{0,200}}?{name}(?![\w-])")


def _has_its_own(finding: Finding, text: str) -> bool:
    """Whether a text declares a role of the same logical id, which it then means."""
    name = re.escape(finding.subject.name.strip())
    declares = finding.lessened_by == HANDED_TO_NOTHING
    return declares and re.search(rf"(?m)^[ \t]*\"?{name}\"?[ \t]*:[ \t]*(?:\{{|$)", text) is not None
