"""Whether the agent runs any command of its host without a question.

Source: docs.openclaw.ai/tools/permission-modes and /tools/exec, read 2026-11-22. `tools.exec.mode: full`, or in older
files `security: full` with `ask: off`, skips every approval. A denied tool wins, and so does a profile without any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_COMMANDS = frozenset({"exec", "group:runtime", "*"})
_WITHOUT = frozenset({"minimal", "messaging"})


def free_shell(tools: Node) -> Fact[bool]:
    """Known where the file decides; None where it leaves the decision to the version."""
    denied = tools["deny"].texts()
    if isinstance(denied, Known) and not _COMMANDS.isdisjoint(denied.value):
        return Known(value=False, at=denied.at)
    if tools["profile"].is_one_of(_WITHOUT) and not tools["allow"].exists:
        return Known(value=False, at=tools["profile"].at)
    mode = tools["exec"]["mode"].text()
    if isinstance(mode, Known):
        return Known(mode.value == "full", mode.at)
    return mode if mode is not None else _in_older_files(tools["exec"])


def _in_older_files(execution: Node) -> Fact[bool]:
    """Two keys: what may run, and what is asked."""
    security, ask = execution["security"].text(), execution["ask"].text()
    if isinstance(security, Known) and security.value != "full":
        return Known(value=False, at=security.at)
    unknown = next((fact for fact in (security, ask) if isinstance(fact, Unknown)), None)
    if unknown is not None or not isinstance(security, Known) or not isinstance(ask, Known):
        return unknown
    return Known(ask.value == "off", security.at)
