"""A secret that is the default of a variable which no file of its Terraform module reads is told one step less gravely.

A variable belongs to one module, whose files refer to it as `var.NAME`; other modules get its value by such a reference
only (developer.hashicorp.com/terraform/language/values/variables, from a survey, page not re-read). What stands there
may be in use elsewhere all the same, so that it stays worth a change.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.finding import Severity
from nhilint.settle.lowered import a_step_lower
from nhilint.settle.own_words import first_texts

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

OF_SECRETS = frozenset({"literal-credential", "literal-secret-value"})
_FILES = (".tf", ".tofu", ".tf.json", ".tftpl", ".tpl")
_MOST = 1_000


def retold(findings: tuple[Finding, ...], _: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those above low of such a default lowered."""
    return tuple(_told(one, tree) if _is_asked(one) else one for one in findings)


def _is_asked(finding: Finding) -> bool:
    pointer = finding.place.pointer
    is_default = pointer[:1] == ("variable",) and "default" in pointer[2:4] and finding.place.path.endswith(".tf")
    return finding.check in OF_SECRETS and is_default and finding.severity > Severity.LOW


def _told(finding: Finding, tree: Tree) -> Finding:
    folder = finding.place.path.rpartition("/")[0]
    reads = re.compile(rf"\bvar\.{re.escape(str(finding.place.pointer[1]))}(?![\w-])")
    beside = [path for path in tree.paths() if path.rpartition("/")[0] == folder and path.endswith(_FILES)]
    if len(beside) > _MOST or any(reads.search(text) for _, text in first_texts(tree, beside.__contains__, _MOST)):
        return finding
    return a_step_lower(finding, "no file of its module reads the variable")
