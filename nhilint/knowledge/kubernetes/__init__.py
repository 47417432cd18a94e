"""What Kubernetes is like, offline: how an access rule matches, and which rules open a known way to more privilege.

Nothing here knows a manifest's syntax or who is bound to what; roles and bindings are joined in `formats`. Data loads
on first use, once.
"""

from __future__ import annotations

from nhilint.knowledge.kubernetes.escalation import Escalation, all_escalations, by_id, opened
from nhilint.knowledge.kubernetes.metadata import shows_metadata
from nhilint.knowledge.kubernetes.resource import is_kubernetes_own, out_of_reach, spelled_right
from nhilint.knowledge.kubernetes.rule import Rule, Shape, allows

__all__ = [
    "Escalation",
    "Rule",
    "Shape",
    "all_escalations",
    "allows",
    "by_id",
    "is_kubernetes_own",
    "opened",
    "out_of_reach",
    "shows_metadata",
    "spelled_right",
]
