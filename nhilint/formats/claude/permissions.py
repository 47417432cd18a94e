"""The three rule lists of `permissions` become facts: what each rule covers and whether it has any effect.

Deny comes before ask and ask before allow, however exact a rule is: an allow rule that a stronger rule of the same file
covers as a whole has no effect. Files are read one by one, so a rule of another level may still be stronger.
Source: https://code.claude.com/docs/en/permissions (manage permissions), read 2026-11-22.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.claude.command_patterns import covers, reach_of, read_pattern
from nhilint.formats.claude.covered_rules import tell_once
from nhilint.formats.claude.ineffective import ineffective_setting
from nhilint.formats.claude.path_patterns import reach_of_path
from nhilint.formats.claude.rule_faults import Effect, fault_of
from nhilint.formats.claude.rule_twins import is_said_again
from nhilint.formats.claude.rules import EDITORS, READERS, SHELLS, Rule, names_tool, parse_rule
from nhilint.model.fact import Fact, Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.claude.ineffective import Fault
    from nhilint.formats.claude.levels import Level
    from nhilint.formats.node import Node
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.tool import IneffectiveSetting

MOST_RULES = 2_000
MOST_STRONGER = 300
"""Longer lists are read up to here, and no more stronger rules than this are compared with each allow rule."""


class StatedRule(NamedTuple):
    """A rule, what it decides and where it stands."""

    rule: Rule
    effect: Effect
    at: Place


class ReadRules(NamedTuple):
    """The rules of one file as records, and those of them that do nothing."""

    permissions: Many[Permission]
    ineffective: tuple[IneffectiveSetting, ...]

    @property
    def free_shell(self) -> Permission | None:
        """The first rule by which every shell command runs without a question."""
        allowing = (rule for rule in known_records(self.permissions) if value_of(rule.shell_reach) == "any_command")
        return next((r for r in allowing if value_of(r.effect) == "allow" and value_of(r.effective) is True), None)


def read_permissions(node: Node, level: Level) -> ReadRules:
    """The rules below `permissions`, in the order allow, ask, deny."""
    stated: list[StatedRule] = []
    unread: list[Unknown] = []
    for effect in ("allow", "ask", "deny"):
        rules = node[effect]
        for count, item in enumerate(rules.items()):
            text = item.text()
            if count >= MOST_RULES:
                unread.append(rules.unknown(f"the list has more than {MOST_RULES:,} rules"))
                break
            if isinstance(text, Known):
                stated.append(StatedRule(parse_rule(text.value), effect, item.at))
            elif text is not None:
                unread.append(text)
    return judge_rules(stated, level, unread)


def judge_rules(stated: Iterable[StatedRule], level: Level, unread: Iterable[Unknown] = ()) -> ReadRules:
    """Rules as records, each knowing whether it has an effect beside the others."""
    rules = list(stated)
    texts = {effect: frozenset(s.rule.text for s in rules if s.effect == effect) for effect in ("allow", "ask", "deny")}
    stronger = [s.rule for s in rules if s.effect != "allow"][:MOST_STRONGER]
    permissions: list[Permission | Unknown] = []
    ineffective: list[IneffectiveSetting] = []
    faults = [fault_of(one.rule, one.effect, level, texts[one.effect]) for one in rules]
    for one, fault in zip(rules, faults, strict=True):
        if fault is not None:
            weighed = _weighed(one, fault, rules, faults)
            ineffective.append(ineffective_setting(f"{one.effect}: {one.rule.text}", weighed, one.at))
        overridden = one.effect == "allow" and any(_overrides(strong, one.rule) for strong in stronger)
        permissions.append(_permission(one, fault, overridden=overridden))
    return ReadRules((*tell_once(permissions), *unread), tuple(ineffective))


def _weighed(one: StatedRule, fault: Fault, rules: list[StatedRule], faults: list[Fault | None]) -> Fault:
    """The fault; nothing is lost by it where a rule as strict or stricter says the same and is in force."""
    if not fault.protects:
        return fault
    stricter = ("deny",) if one.effect == "deny" else ("deny", "ask")
    live = (s.rule for s, broken in zip(rules, faults, strict=True) if broken is None and s.effect in stricter)
    return fault._replace(protects=not is_said_again(one.rule, islice(live, MOST_STRONGER)))


def _permission(one: StatedRule, fault: Fault | None, *, overridden: bool) -> Permission:
    rule, at = one.rule, one.at
    server = rule.server
    is_file_rule = rule.tool in READERS | EDITORS
    reach = reach_of(read_pattern(rule.argument)) if rule.tool in SHELLS and not rule.is_broken else None
    return Permission(
        at=at,
        rule=Known(rule.text, at),
        effect=Known(one.effect, at),
        tool=Known(rule.tool, at),
        argument=Known(rule.argument, at) if rule.argument is not None else None,
        server=Known(server, at) if server and "*" not in server else None,
        shell_reach=Known(reach.reach, at) if reach else None,
        reason=Known(reach.reason, at) if reach else None,
        by_option=Known(reach.by_option, at) if reach else None,
        effective=Known(fault is None and not overridden, at),
        path_reach=Known(reach_of_path(rule.argument), at) if is_file_rule else None,
        host=_host(rule, at),
    )


def _host(rule: Rule, at: Place) -> Fact[str]:
    """The domain of a WebFetch rule; `*` for every one."""
    if rule.tool != "WebFetch":
        return None
    argument = rule.argument or "*"
    return Known("*" if rule.is_for_every_use else argument.removeprefix("domain:").lower(), at)


def _overrides(strong: Rule, weak: Rule) -> bool:
    """Whether a deny or ask rule covers everything that an allow rule does."""
    if strong.is_broken or not names_tool(strong.tool, weak.tool):
        return _is_server_of(strong, weak)
    if strong.is_for_every_use:
        return True
    if strong.tool in SHELLS and weak.tool in SHELLS:
        return covers(read_pattern(strong.argument), read_pattern(weak.argument))
    return strong.argument == weak.argument


def _is_server_of(strong: Rule, weak: Rule) -> bool:
    """`mcp__x` covers every tool of the server x."""
    return strong.server is not None and strong.server == weak.server and strong.server_tool is None
