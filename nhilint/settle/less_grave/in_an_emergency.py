"""How much an account may do that is called after emergencies is told one step less gravely, and that it is one.

Such an account is kept so that somebody gets in when nothing else does, with the power that takes: what counts is who
may become it, which other checks judge, and those stay as they are. Roles of AWS that people take so are quiet already
(`nhilint.formats.aws.holders`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.finding import Severity
from nhilint.settle.lowered import a_step_lower
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding

OF_POWER = frozenset(
    {
        "administrator-policy-attached",
        "administrator-role-on-subscription",
        "basic-role-on-organization-or-folder",
        "basic-role-on-workload",
        "custom-role-allows-everything",
        "impersonation-of-every-service-account",
    }
)
"""The checks that tell how much somebody may do, each with the name of who it is first in its message."""
_CALLED = Deferred(
    r"^(?:Role )?\S{0,60}?(?<![a-z])(?:break[-_ ]?glass|emergency[-_ ](?:access|admin))(?![a-z])", flags=re.IGNORECASE
)


def told_in_an_emergency(finding: Finding) -> Finding:
    """The finding; lowered where it is the power of such an account, down to medium."""
    if finding.check not in OF_POWER or finding.severity <= Severity.MEDIUM or not _CALLED.search(finding.message):
        return finding
    return a_step_lower(finding, "by its name it is for emergencies")
