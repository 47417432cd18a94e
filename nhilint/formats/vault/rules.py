"""The paths of a Vault policy, however it is written, become a policy with its rules.

A rule is a path with the body that stands behind it: `capabilities`, or in older policies the one word `policy`. Where
several rules of a policy hold for one path, the most specific counts and a denial there wins. Source:
developer.hashicorp.com/vault/docs/concepts/policies, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.vault.paths import (
    WRITING,
    covers,
    enters_any_role,
    gives_rights,
    is_everything,
    is_left_open,
    narrows_store,
    opens_store,
)
from nhilint.knowledge.emergencies import is_called_after_emergencies
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.policy import Policy, PolicyRule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_OLD_WORDS = {"write": ("write", "read", "list"), "sudo": ("write", "read", "list", "sudo"), "read": ("read", "list")}
_NARROWING = ("allowed_parameters", "denied_parameters", "required_parameters", "control_group")
_MOST_RULES = 2_000


class PathRule(NamedTuple):
    """One path of a policy: as written, its body, and the place of its header."""

    path: str
    body: Node
    at: Place


def policy_of(name: str, at: Place, written: Sequence[PathRule | Unknown]) -> Policy:
    """The policy that some paths make up."""
    paths = [rule for rule in written[:_MOST_RULES] if not isinstance(rule, Unknown)]
    gaps = [rule for rule in written[:_MOST_RULES] if isinstance(rule, Unknown)]
    gaps.extend(Unknown("a path that is filled in later", rule.at) for rule in paths if is_left_open(rule.path))
    denied = [rule.path for rule in paths if "deny" in _words(rule.body)]
    return Policy(
        at=at,
        name=Known(name, at),
        engine=Known("vault", at),
        default=Known("deny", at),
        rules=(*(_rule(rule, denied) for rule in paths), *gaps),
        gives_rights=_reached(paths, gaps, at, lambda rule: _gives_rights(rule) or _enters_any_role(rule, paths)),
        whole_stores=_reached(paths, gaps, at, lambda rule: _opens_store(rule, denied)),
        changed_stores=_reached(paths, [], at, lambda rule: _opens_store(rule, denied) and _changes(rule)),
        denies=Known(bool(denied), at),
        for_emergencies=Known(is_called_after_emergencies(name), at),
    )


def administers(policy: Policy) -> bool:
    """Whether a policy allows everything."""
    return any(
        isinstance(rule, PolicyRule)
        and all(isinstance(f, Known) and f.value for f in (rule.every_action, rule.every_resource))
        for rule in (policy.rules if isinstance(policy.rules, tuple) else ())
    )


def _rule(rule: PathRule, denied: list[str]) -> PolicyRule:
    words = _words(rule.body)
    stated = rule.body["capabilities"] if rule.body["capabilities"].exists else rule.body["policy"]
    at = stated.at if stated.exists else rule.at
    others = [path for path in denied if path != rule.path]
    return PolicyRule(
        at=rule.at,
        name=Known(rule.path, rule.at),
        effect=Known("deny" if "deny" in words else "allow", at),
        actions=Known(tuple(words), at),
        resources=Known((rule.path,), rule.at),
        every_action=Known(bool(WRITING & set(words)) and "read" in words, at),
        every_resource=Known(is_everything(rule.path) and not any(map(gives_rights, others)), rule.at),
        conditioned=Known(_narrowed(rule.body), at),
    )


def _gives_rights(rule: PathRule) -> bool:
    words = set(_words(rule.body))
    if is_everything(rule.path) or _narrowed(rule.body) or "deny" in words or not WRITING & words:
        return False
    makes_any_token = "sudo" in words and covers(rule.path, "auth/token/create")
    return makes_any_token or gives_rights(rule.path)


def _enters_any_role(rule: PathRule, paths: Sequence[PathRule]) -> bool:
    """Whether a rule mints the secret of every AppRole of a mount, whose ids the same policy may read: its holder signs
    in as any of them."""
    words = set(_words(rule.body))
    if not enters_any_role(rule.path, "secret-id") or _narrowed(rule.body) or "deny" in words or not WRITING & words:
        return False
    mounts = (rule.path.split("/")[1], "+")
    readable = (one.path for one in paths if "read" in _words(one.body) and enters_any_role(one.path, "role-id"))
    return any(path.split("/")[1] in mounts for path in readable)


def _opens_store(rule: PathRule, denied: list[str]) -> bool:
    words = _words(rule.body)
    if "read" not in words or "deny" in words or rule.body["control_group"].exists:
        return False
    if any(narrows_store(rule.path, path) for path in denied):
        return False
    return opens_store(rule.path) and not (is_everything(rule.path) and bool(WRITING & set(words)))


def _changes(rule: PathRule) -> bool:
    return not (WRITING | {"delete"}).isdisjoint(_words(rule.body))


def _reached(
    paths: list[PathRule], gaps: list[Unknown], at: Place, fits: Callable[[PathRule], bool]
) -> Fact[tuple[str, ...]]:
    found = [rule for rule in paths if fits(rule)]
    if found:
        return Known(tuple(dict.fromkeys(rule.path for rule in found)), found[0].at)
    return gaps[0] if gaps else Known((), at)


def _narrowed(body: Node) -> bool:
    return any(body[name].exists for name in _NARROWING)


def _words(body: Node) -> list[str]:
    old = body["policy"].value
    listed = [item.value for item in body["capabilities"].items() if isinstance(item.value, str)]
    return [*listed, *(_OLD_WORDS.get(old, (old,)) if isinstance(old, str) else ())]
