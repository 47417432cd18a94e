"""A policy of Vault for emergencies that nothing here holds, or one with which people read, is told one step lower.

That a policy is for emergencies is what it is called, or what the comment says with which its file begins; a role, a
token or a way to sign in that names it takes that back. People hold what a line gives to a user who signs in with a
password or through a directory, as long as nothing else here names it; then it has to read only. Sources, read
2026-11-23: https://developer.hashicorp.com/vault/docs/auth/userpass (auth/userpass/users/NAME policies=…) and
https://developer.hashicorp.com/vault/docs/commands/token/create (-policy).
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from nhilint.knowledge.emergencies import is_said_to_be_for_emergencies
from nhilint.model.fact import Known, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.policy import Policy
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.lowered import a_step_lower
from nhilint.settle.own_words import first_texts, text_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

CHECK = "policy-opens-whole-secret-store"
_FILES = (".hcl", ".policy")
_WRITTEN_AS = Deferred(r"(?:vault|bao) policy write ([\w-]{1,100})")
_NAMES = r"""(?:-policy[ =]|polic(?:y|ies)["']?[ \t]*[:=][^\n#]{0,200}?|^[ \t]*-[ \t]+)["']?(?<![\w-])%s(?![\w./-])"""
"""What hands a policy out: an option, a list or one value behind such a word, or a line of a list."""
_TO_PEOPLE = Deferred(r"auth/(?:userpass|ldap|okta|radius)/(?:users|groups)/")
_READ = (".hcl", ".tf", ".tfvars", ".yaml", ".yml", ".json", ".sh", ".py", ".md", ".toml", ".env", ".tpl", "Makefile")
_MOST = 3_000


class _Handed(NamedTuple):
    """Whether lines of a repository hand a policy to people, and to anything else."""

    to_people: bool
    to_others: bool


def told_of_vault(findings: Iterable[Finding], resources: Iterable[Resource], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those of such policies lowered."""
    held = tuple(resources)
    told: list[Finding] = []
    for finding in findings:
        policy = _policy_behind(finding, held) if _is_meant(finding) else None
        told.append(_told(finding, policy, tree) if policy is not None and not value_of(policy.holders) else finding)
    return tuple(told)


def _is_meant(finding: Finding) -> bool:
    return finding.check == CHECK and finding.severity > Severity.MEDIUM and finding.place.path.endswith(_FILES)


def _policy_behind(finding: Finding, resources: tuple[Resource, ...]) -> Policy | None:
    """The policy that a finding tells of: it points to the stores that this one opens."""
    named = facts_behind(finding, resources, Policy)
    stated = ((one, one.whole_stores) for one in named)
    return next((one for one, stores in stated if isinstance(stores, Known) and stores.at == finding.place), None)


def _told(finding: Finding, policy: Policy, tree: Tree) -> Finding:
    name, head = finding.subject.name, _head(text_of(tree, finding.place.path))
    handed = _handed({name, *_WRITTEN_AS.findall(head)}, finding.place.path, tree)
    is_spare = is_said_to_be_for_emergencies(f"{name}\n{head}")
    if is_spare and not handed.to_others and not handed.to_people:
        return a_step_lower(finding, "by its name or its first lines it is for emergencies, and nothing here holds it")
    if handed.to_people and not handed.to_others and not value_of(policy.changed_stores):
        return a_step_lower(finding, "only people who sign in hold it here")
    return finding


def _head(text: str) -> str:
    """The comment with which a file begins."""
    lines = takewhile(lambda line: not line.strip() or line.lstrip().startswith(("#", "//")), text.split("\n"))
    return "\n".join(lines)


def _handed(names: set[str], own: str, tree: Tree) -> _Handed:
    """Who gets a policy of one of these names, as far as lines of the other files say."""
    pattern = re.compile(_NAMES % f"(?:{'|'.join(map(re.escape, sorted(names)))})", flags=re.MULTILINE)
    people = others = False
    for path, text in first_texts(tree, lambda path: path.endswith(_READ), _MOST):
        for match in pattern.finditer(text) if path != own and any(name in text for name in names) else ():
            start = text.rfind("\n", 0, match.end()) + 1
            to_people = _TO_PEOPLE.search(text[start : match.end()]) is not None
            people, others = people or to_people, others or not to_people
    return _Handed(people, others)
