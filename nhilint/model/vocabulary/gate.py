"""The gate's own exceptions and settings, judged like everything else."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Record

GatePart = Literal[
    "configuration",
    "waiver",
    "baseline",
    "ignore_file",
    "policy_pack",
    "workflow",
    "hook",
    "codeowners",
    "coverage",
]


class Waiver(Record, frozen=True, kw_only=True):
    """One exception that the repository asks for."""

    name: Annotated[Fact[str], "The check and what it is excepted for."] = None
    check: Annotated[Fact[str], "The check it excepts from, as written."] = None
    known_check: Annotated[Fact[bool], "Whether there is such a check."] = None
    waivable: Annotated[Fact[bool], "Whether that check allows exceptions."] = None
    written: Annotated[
        Fact[Literal["file", "inline"]], "In .nhilint/waivers.yaml, or in a comment beside the finding."
    ] = None
    reason: Annotated[Fact[str], "Why."] = None
    approver: Annotated[Fact[str], "Who answers for it."] = None
    expires: Annotated[Fact[str], "The last day on which it holds, as written."] = None
    ticket: Annotated[Fact[str], "Where it is discussed."] = None
    missing: Annotated[Fact[tuple[str, ...]], "What a complete one would also say (reason, approver, expires)."] = None
    matches_everything: Annotated[
        Fact[bool], "Whether it names no path, subject or fingerprint, or only a bare wildcard."
    ] = None
    days_left: Annotated[Fact[int], "Days until it ends; negative when it has ended."] = None
    most_days: Annotated[Fact[int], "How far ahead it may end (waivers.max_days)."] = None
    used: Annotated[Fact[bool], "Whether it fits a finding of this run."] = None
    owners: Annotated[Fact[tuple[str, ...]], "Code owners of what it excepts, where CODEOWNERS names some."] = None
    approver_owns: Annotated[Fact[bool], "Whether the approver is one of them; unknown behind a team."] = None
    self_approved: Annotated[Fact[bool], "Whether who approves it is also who wrote it, where git tells."] = None


class GateChange(Record, frozen=True, kw_only=True):
    """One thing that a change does to the gate which judges it."""

    name: Annotated[Fact[str], "The part, in words."] = None
    part: Annotated[Fact[GatePart], "Which part of the gate."] = None
    change: Annotated[Fact[str], "What it does, completing 'this change …'."] = None
    file: Annotated[Fact[str], "The file that decides it."] = None
    owners: Annotated[Fact[tuple[str, ...]], "Its code owners before the change."] = None
    first: Annotated[
        Fact[bool],
        "Whether the repository showed no gate before the change: no configuration, and nothing that runs it.",
    ] = None
    guarded: Annotated[Fact[bool], "Whether the file had a code owner before the change, who must agree to it."] = None
