"""The seventeen things a tool, scope or agent can touch, and the six ways to touch them, weakest first."""

from __future__ import annotations

from typing import Literal

Category = Literal[
    "mail",
    "files",
    "code_execution",
    "web",
    "source_code",
    "identity",
    "payments",
    "messaging",
    "calendar",
    "crm",
    "database",
    "secrets",
    "infra",
    "browser",
    "memory",
    "issue_tracking",
    "other",
]
Access = Literal["read", "write", "send", "delete", "execute", "admin"]
