"""Rules of opencode become permissions, and rules that later ones overrule become settings without effect.

A narrow rule before a wide one never decides anything: `{"rm *": "deny", "*": "allow"}` allows everything.
Sources: https://opencode.ai/v1/docs/permissions/ and https://opencode.ai/docs/permissions; the newer form knows shell,
edit and subagent instead of bash, write and task (https://opencode.ai/docs/migrate-v1), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.claude.ineffective import Fault, first_of, ineffective_setting
from nhilint.formats.mcp.paths import path_reach
from nhilint.formats.opencode.rules import EDITORS, READERS, SHELLS, Rule, covers, decide
from nhilint.formats.shell_rules import shell_permission
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.agent import Autonomy, Permission
from nhilint.model.vocabulary.tool import Mount
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.vocabulary.tool import IneffectiveSetting

PathReach = Literal["root", "home", "credentials", "guard_rails", "outside", "project", "narrow"]

_DOCS = "https://opencode.ai/docs/permissions"
_RENAMED = {"bash": "shell", "task": "subagent", "write": "edit", "patch": "edit"}
_MOST_LATER = 300
_ENVIRONMENT = Deferred(r"(?:[^ ]*/)?\*?\.env(?:\.\*|\.(?!example|sample|template|dist|defaults?\b)[\w*-]+)?")
"""Files that opencode asks about by itself (*.env and *.env.*, but not *.env.example): the rules of a file come after
its own (anomalyco/opencode, packages/opencode/src/agent/agent.ts, read 2026-11-22)."""
_EXTERNAL = "external_directory"


def read_permissions(rules: tuple[Rule, ...], *, before: tuple[Rule, ...] = ()) -> Iterator[Permission]:
    """Each rule with what it reaches, whether a later one overrules it, and whether the product's own default allows
    all of it already; `before` are the session's rules."""
    is_open = _is_open_by_default((*before, *rules))
    for index, rule in enumerate(rules):
        effective = not _is_renamed(rule) and _overruling(rule, rules[index + 1 :]) is None
        found = _permission(rule, effective=effective, decides_shell=_decides_shell(rule, rules[index + 1 :]))
        is_covered = is_open and rule.tool in SHELLS and rule.effect == "allow"
        yield replace(found, covered=Known(value=True, at=rule.at)) if is_covered else found


def _is_open_by_default(rules: tuple[Rule, ...]) -> bool:
    """Whether no rule decides on a shell command that none of them names, which the older form then allows."""
    return not any(rule.is_new for rule in rules) and decide(rules, SHELLS) is None and not _is_about_every_tool(rules)


def _is_about_every_tool(rules: tuple[Rule, ...]) -> bool:
    return any(rule.tool == "*" for rule in rules)


def _idle_list(rules: tuple[Rule, ...], before: tuple[Rule, ...]) -> Iterator[IneffectiveSetting]:
    """A list of allowed commands, and nothing but, in the older form: what it leaves out is allowed as well."""
    listed = [rule for rule in rules if rule.tool in SHELLS]
    is_told = any(rule.tool in SHELLS for rule in before) or not _is_open_by_default((*before, *rules))
    if not listed or is_told or any(rule.effect != "allow" for rule in listed):
        return
    reason = "in this form, that of version 1, every command that no rule is about is allowed as well"
    fault = Fault(reason, 'put "*": "ask" in front of it', _DOCS)
    yield ineffective_setting(first_of([f"allow: {listed[0].text}"]), fault, listed[0].at)


def ineffective_rules(rules: tuple[Rule, ...], *, before: tuple[Rule, ...] = ()) -> Iterator[IneffectiveSetting]:
    """Rules that deny or ask and never decide anything, a later rule being milder or the name an old one; and a list of
    allowed commands beside a default that allows all."""
    yield from _idle_list(rules, before)
    for index, rule in enumerate(rules):
        if rule.effect == "allow":
            continue
        if _is_renamed(rule):
            right = _RENAMED[rule.tool]
            fault = Fault(
                f"in this form the action is called {right}, and {rule.tool} matches nothing", f"write {right}", _DOCS
            )
            yield ineffective_setting(first_of([f"{rule.effect}: {rule.text}"]), fault, rule.at)
            continue
        later = _overruling(rule, rules[index + 1 :])
        if later is not None and _is_milder(later, rule):
            reason = f"the last matching rule decides, and {later.text} = {later.effect} comes after it"
            fault = Fault(reason[:200], "put it after the wider rule", _DOCS)
            yield ineffective_setting(first_of([f"{rule.effect}: {rule.text}"]), fault, rule.at)


def _is_milder(later: Rule, rule: Rule) -> bool:
    order = ("deny", "ask", "allow")
    return order.index(later.effect) > order.index(rule.effect)


def _overruling(rule: Rule, later: tuple[Rule, ...]) -> Rule | None:
    """The last later rule that covers everything this one is about, when it decides otherwise."""
    covering = [one for one in later[:_MOST_LATER] if not _is_renamed(one) and covers(one, rule)]
    return covering[-1] if covering and covering[-1].effect != rule.effect else None


def _is_renamed(rule: Rule) -> bool:
    return rule.is_new and rule.tool in _RENAMED


def _decides_shell(rule: Rule, later: tuple[Rule, ...]) -> bool:
    """Whether a rule decides on shell commands: of one about every tool, a later one about the shell leaves none of
    them where it decides otherwise on each."""
    if rule.tool != "*":
        return rule.tool in SHELLS
    of_shell = rule._replace(tool="shell" if rule.is_new else "bash")
    return _overruling(of_shell, later) is None


def _permission(rule: Rule, *, effective: bool, decides_shell: bool) -> Permission:
    at = rule.at
    if decides_shell:
        command = "" if rule.pattern == "*" else rule.pattern
        exact = "*" not in rule.pattern
        found = shell_permission(
            rule.text, rule.effect, at, [command], client="opencode", tool=rule.tool, effective=effective, exact=exact
        )
        return replace(found, argument=Known(rule.pattern, at) if command else None)
    server, _, rest = rule.tool.partition("_")
    is_server = bool(rest) and rule.tool not in (_EXTERNAL, "doom_loop") and not rule.tool.startswith("todo")
    return Permission(
        at=at,
        rule=Known(rule.text, at),
        effect=Known(rule.effect, at),
        tool=Known(rule.tool, at),
        argument=Known(rule.pattern, at) if rule.pattern != "*" else None,
        server=Known(server, at) if is_server and "*" not in server else None,
        effective=Known(effective, at),
        path_reach=Known(_reach(rule), at) if rule.tool in EDITORS | READERS else None,
        host=Known("*", at) if rule.tool == "webfetch" and rule.pattern == "*" else None,
    )


def _reach(rule: Rule) -> PathReach:
    """What the pattern of a file rule opens; folders beyond the project stay behind external_directory."""
    if rule.pattern in ("*", "**", "**/*"):
        return "project"
    if rule.tool == "read" and _ENVIRONMENT.fullmatch(rule.pattern):
        return "credentials"
    from nhilint.formats.claude.path_patterns import reach_of_path

    found = reach_of_path(rule.pattern)
    return found if found in ("guard_rails", "credentials", "home") else "narrow"


def read_directories(rules: tuple[Rule, ...]) -> Iterator[Mount]:
    """Folders beyond the project that are allowed without a question."""
    for index, rule in enumerate(rules):
        if rule.effect != "allow" or rule.tool != _EXTERNAL or _overruling(rule, rules[index + 1 :]) is not None:
            continue
        path = rule.pattern.removesuffix("**").removesuffix("*").rstrip("/") or "/"
        reach = path_reach(path)
        known = Known(reach, rule.at) if reach else Unknown("a path that a variable decides", rule.at)
        source = Known(path if path == "/" else rule.pattern, rule.at)
        yield Mount(at=rule.at, source=source, read_only=Known(value=False, at=rule.at), reach=known)


def read_autonomy(rules: tuple[Rule, ...]) -> Fact[Autonomy]:
    """How much is done unasked by the rules; None when there are none.

    Edits that no rule is about are allowed by the older form and asked about by the newer. Only rules without a single
    question or refusal are called ungated: what an open shell rule means beside others, the rule itself says.
    """
    if not rules:
        return None
    at = rules[-1].at
    everything = next((r for r in reversed(rules) if r.tool == "*" and r.pattern == "*"), None)
    if everything is not None and everything.effect == "allow" and all(r.effect == "allow" for r in rules):
        return Known("ungated", everything.at)
    shell = decide(rules, SHELLS)
    edit = decide(rules, frozenset({"edit"})) or ("ask" if rules[-1].is_new else "allow")
    if shell == "deny" and edit == "deny":
        return Known("suggest", at)
    if shell in ("ask", "deny"):
        return Known("asks_for_writes" if edit == "allow" else "asks", at)
    return None
