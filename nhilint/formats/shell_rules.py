"""A rule about shell commands becomes a permission with the worst that the commands can do.

Used by every family whose rules name commands by their beginning: the words are those of the rule without wildcards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.command_patterns import CommandReach, Reach
from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.place import Place

Effect = Literal["allow", "ask", "deny"]

_ORDER: tuple[Reach, ...] = (
    "any_command", "any_code", "acts_as_user", "fetches_code", "runs_project_code", "deletes", "network_out",
    "reads_files", "narrow",
)  # fmt: skip
NARROW = CommandReach("narrow", "nothing is known that would make it more")


def shell_permission(
    rule: str,
    effect: Effect,
    at: Place,
    commands: Iterable[str],
    *,
    client: str,
    tool: str = "shell",
    effective: bool = True,
    exact: bool = False,
) -> Permission:
    """The permission of a rule. An empty command stands for every command; `exact`: no further arguments may follow."""
    reach = min((reach_of_command(c, client, exact=exact) for c in commands), key=_rank, default=NARROW)
    return Permission(
        at=at,
        rule=Known(rule, at),
        effect=Known(effect, at),
        tool=Known(tool, at),
        argument=Known(rule, at) if rule else None,
        shell_reach=Known(reach.reach, at),
        reason=Known(reach.reason, at),
        by_option=Known(reach.by_option, at),
        effective=Known(effective, at),
    )


def reach_of_command(command: str, client: str, *, exact: bool = False) -> CommandReach:
    """The worst that the commands beginning with a text can do."""
    if not command.strip(" *"):
        return CommandReach("any_command", "it names the shell without a command")
    from nhilint.knowledge.tools import shell_reach

    found = shell_reach(command, client=client, any_arguments=not exact)
    return CommandReach(found.grade, f"{found.program} {found.reason}", found.by_option) if found else NARROW


def _rank(reach: CommandReach) -> tuple[int, bool]:
    return _ORDER.index(reach.reach), reach.by_option
