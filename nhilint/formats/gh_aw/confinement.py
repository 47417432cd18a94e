"""What holds an agentic workflow's agent: its firewall, the list of hosts, the shell commands, what is switched off.

The agent always runs behind a firewall with a list of hosts, unless `sandbox` says otherwise; what it asks for is
looked at by a second model before it is done, unless `threat-detection` is off. `bash` without a list means a few
reading commands.
Sources: https://github.github.com/gh-aw/reference/sandbox/, /network/, /tools/ and /threat-detection/, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from nhilint.formats.shell_rules import shell_permission
from nhilint.model.fact import Fact, Known, value_of
from nhilint.model.vocabulary.agent import Opening, Safeguard, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.gh_aw.outputs import SafeOutputs
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Permission

CommandReach = Literal["any", "sandboxed", "listed", "none"]

_ANYTHING = frozenset({"any_command", "any_code", "fetches_code"})
_EVERY = frozenset({"*", ":*"})
_MOST = 300


class Commands(NamedTuple):
    """The shell commands that run without a question, as rules, and how far they reach together."""

    permissions: tuple[Permission, ...]
    reach: Fact[CommandReach]


def read_sandbox(fields: Node) -> Sandbox:
    """The firewall around the agent."""
    off, network = _switch(fields["sandbox"]), fields["network"]
    openings = tuple(_openings(network))
    reached: Literal["none", "list", "all"] = "list"
    if off is not None or openings:
        reached = "all"
    elif network.is_mapping and not network.value:
        reached = "none"
    at = off.at if off is not None else fields["sandbox"].at
    place = openings[0].at if openings else network.at
    return Sandbox(
        at=at,
        enabled=Known(off is None, at),
        network=Known(reached, place),
        filesystem=Known("all", at),
        openings=openings,
    )


def _switch(sandbox: Node) -> Node | None:
    """The key that takes the firewall away."""
    for node in (sandbox, sandbox["agent"]):
        if node.value is False:
            return node
    return None


def _openings(network: Node) -> Iterator[Opening]:
    for item in network["allowed"].items():
        if item.value in ("*", "**"):
            at = item.at
            reason = Known("the agent's commands reach every host", at)
            yield Opening(at=at, setting=Known("network.allowed: *", at), lets=Known("any_host", at), reason=reason)
            return


def read_commands(bash: Node, sandbox: Sandbox) -> Commands:
    """What `tools.bash` allows: true or a star everything, nothing a few reading commands."""
    items = [item for item in bash.items() if item.is_text][:_MOST] if bash.is_list else []
    rules = tuple(_rule(item) for item in items)
    widest = next(
        (rule for rule in rules if value_of(rule.shell_reach) in _ANYTHING and not value_of(rule.by_option)), None
    )
    if bash.value is True or widest is not None:
        at = widest.at if widest is not None else bash.at
        is_free = value_of(sandbox.enabled) is not True or value_of(sandbox.network) == "all"
        return Commands(rules, Known("any" if is_free else "sandboxed", at))
    if bash.value is False or (bash.is_list and not items):
        return Commands(rules, Known("none", bash.at))
    return Commands(rules, Known("listed", bash.at))


def _rule(item: Node) -> Permission:
    command = "" if item.value.strip() in _EVERY else item.value.strip().removesuffix(":*").removesuffix(" *")
    exact = not item.value.rstrip().endswith("*")
    return shell_permission(item.value, "allow", item.at, [command], client="claude-code", tool="bash", exact=exact)


def safeguards_off(fields: Node, outputs: SafeOutputs, *, reads_outside: bool) -> tuple[Safeguard, ...]:
    """What the product does by itself and the file takes away.

    A second look at what is asked for is no loss where that is words and labels, or where nothing but the repository's
    own tree is read.
    """
    found: list[Safeguard] = []
    off = _switch(fields["sandbox"])
    if off is not None:
        setting = "sandbox: false" if off.key == "sandbox" else "sandbox.agent: false"
        found.append(_off(setting, "keeps the agent's commands in a container with a list of hosts", off.at))
    detection = fields["safe-outputs"]["threat-detection"]
    is_off = detection.value is False or detection["enabled"].value is False
    if is_off and reads_outside and outputs.changes_code:
        is_short = detection.value is False
        clause = "has a second model look at what the agent asks for before it is done"
        setting = "safe-outputs.threat-detection: false" if is_short else "safe-outputs.threat-detection.enabled: false"
        found.append(_off(setting, clause, (detection if is_short else detection["enabled"]).at))
    return tuple(found)


def _off(setting: str, guards: str, at: Place) -> Safeguard:
    return Safeguard(at=at, setting=Known(setting, at), guards=Known(guards, at))
