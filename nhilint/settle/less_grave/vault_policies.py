"""A policy of Vault that only people hold is told less; one for emergencies, or of administrators, that nothing here
holds is doubtful.

That a policy is for emergencies is what it is called, or what the comment says with which its file begins; a role, a
token or a way to sign in that names it takes that back. People hold what a line gives to a user who signs in with a
password or through a directory, as long as nothing else here names it: that one reads every secret is told one step
lower then. What a group holds whose members a directory tells (an external group with an alias of LDAP, Okta, OIDC or
SAML), and nothing else here, is for those who manage people: it is doubtful whether that is a finding. Sources, read
2026-11-23: https://developer.hashicorp.com/vault/docs/auth/userpass (auth/userpass/users/NAME policies=…) and
https://developer.hashicorp.com/vault/docs/commands/token/create (-policy); of groups, known, page not re-read:
https://developer.hashicorp.com/vault/docs/concepts/identity#external-vs-internal-groups.
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
from nhilint.settle.less_grave.vault_administrators import OF_ADMINISTRATORS, is_of_administrators, is_referred_to
from nhilint.settle.lowered import a_step_lower, without_consequence
from nhilint.settle.own_words import first_texts, text_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

CHECK = "policy-opens-whole-secret-store"
OF_RIGHTS = "policy-decides-over-rights"
CHECKS = frozenset({CHECK, OF_RIGHTS})
SPARE = "by its name or its first lines it is for emergencies, and nothing here holds it"
OF_PEOPLE = "only people hold it here, by a group of a directory"
PEOPLE_SIGN_IN = "only people who sign in hold it here"
_FILES = (".hcl", ".policy")
_TERRAFORM = (".tf", ".tofu")
_WRITTEN_AS = Deferred(r"(?:vault|bao) policy write ([\w-]{1,100})")
_NAMES = r"""(?:-policy[ =]|polic(?:y|ies)["']?[ \t]*[:=][^\n#]{0,200}?|^[ \t]*-[ \t]+)["']?(?<![\w-])%s(?![\w./-])"""
"""What hands a policy out: an option, a list or one value behind such a word, or a line of a list."""
_TO_PEOPLE = Deferred(r"auth/(?:userpass|ldap|okta|radius)/(?:users|groups)/")
_BLOCK = Deferred(r'^resource "(\w+)" "([\w-]+)" \{$', flags=re.MULTILINE)
_OF_GROUP = "vault_identity_group"
_EXTERNAL = Deferred(r'^[ \t]*type[ \t]*=[ \t]*"external"', flags=re.MULTILINE)
_ALIAS = (
    r'^resource "vault_identity_group_alias" "[\w-]+" \{$(?=[^}]{0,600}\b%s\.id\b)'
    r"[^}]{0,600}^[ \t]*mount_accessor[ \t]*=[^\n]*(?i:ldap|okta|oidc|saml)"
)
_READ = (".hcl", ".tf", ".tfvars", ".yaml", ".yml", ".json", ".sh", ".py", ".md", ".toml", ".env", ".tpl", "Makefile")
_MOST = 3_000


class _Handed(NamedTuple):
    """Whether lines of a repository hand a policy to people who sign in, to groups of them, and to anything else."""

    to_people: bool
    to_groups: bool
    to_others: bool


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those of such policies lowered."""
    told: list[Finding] = []
    for finding in findings:
        policy = _policy_behind(finding, resources) if finding.check in CHECKS else None
        if policy is not None and not value_of(policy.holders) and _is_meant(finding):
            told.append(_told(finding, policy, tree))
        else:
            told.append(_told_of_people(finding, policy) if policy is not None else finding)
    return tuple(told)


def _told_of_people(finding: Finding, policy: Policy) -> Finding:
    """The finding on stores that a policy opens which settings of Bank-Vaults hand to people alone."""
    is_read = finding.check == CHECK and not value_of(policy.changed_stores)
    is_theirs = value_of(policy.held_by_people) and not value_of(policy.holders)
    return a_step_lower(finding, PEOPLE_SIGN_IN) if is_read and is_theirs else finding


def _is_meant(finding: Finding) -> bool:
    is_grave = finding.check == OF_RIGHTS or finding.severity > Severity.MEDIUM
    in_terraform = finding.check == OF_RIGHTS and finding.place.path.endswith(_TERRAFORM)
    return finding.check in CHECKS and is_grave and (in_terraform or finding.place.path.endswith(_FILES))


def _policy_behind(finding: Finding, resources: tuple[Resource, ...]) -> Policy | None:
    """The policy that a finding tells of: it points to the stores that this one opens, or to where it gives rights."""
    named = facts_behind(finding, resources, Policy)
    stated = ((one, one.whole_stores if finding.check == CHECK else one.gives_rights) for one in named)
    return next((one for one, fact in stated if isinstance(fact, Known) and fact.at == finding.place), None)


def _told(finding: Finding, policy: Policy, tree: Tree) -> Finding:
    if finding.place.path.endswith(_TERRAFORM):
        handed = _handed({finding.subject.name}, "", tree)
        return finding if any(handed) else _told_of_administrators(finding, policy, tree)
    name, head = finding.subject.name, _head(text_of(tree, finding.place.path))
    handed = _handed({name, *_WRITTEN_AS.findall(head)}, finding.place.path, tree)
    is_spare = is_said_to_be_for_emergencies(f"{name}\n{head}")
    if is_spare and not any(handed):
        return without_consequence(finding, SPARE)
    if handed.to_groups and not handed.to_others and not handed.to_people:
        return without_consequence(finding, OF_PEOPLE)
    if finding.check != CHECK:
        return finding if any(handed) else _told_of_administrators(finding, policy, tree)
    if (handed.to_people or handed.to_groups) and not handed.to_others and not value_of(policy.changed_stores):
        return a_step_lower(finding, PEOPLE_SIGN_IN)
    return finding


def _told_of_administrators(finding: Finding, policy: Policy, tree: Tree) -> Finding:
    """The finding on the rights that a policy gives which nothing hands out; of an administrators' one with doubt."""
    name = finding.subject.name
    is_meant = is_of_administrators(name, policy) and not is_referred_to(name, finding.place.path, tree)
    return without_consequence(finding, OF_ADMINISTRATORS) if is_meant else finding


def _head(text: str) -> str:
    """The comment with which a file begins."""
    lines = takewhile(lambda line: not line.strip() or line.lstrip().startswith(("#", "//")), text.split("\n"))
    return "\n".join(lines)


def _handed(names: set[str], own: str, tree: Tree) -> _Handed:
    """Who gets a policy of one of these names, as far as lines of the other files say."""
    pattern = re.compile(_NAMES % f"(?:{'|'.join(map(re.escape, sorted(names)))})", flags=re.MULTILINE)
    people = groups = others = False
    for path, text in first_texts(tree, lambda path: path.endswith(_READ), _MOST):
        for match in pattern.finditer(text) if path != own and any(name in text for name in names) else ():
            start = text.rfind("\n", 0, match.end()) + 1
            to_people = _TO_PEOPLE.search(text[start : match.end()]) is not None
            to_group = not to_people and _is_of_directory(text, match.end())
            people, groups = people or to_people, groups or to_group
            others = others or not (to_people or to_group)
    return _Handed(people, groups, others)


def _is_of_directory(text: str, at: int) -> bool:
    """Whether a place stands in a group whose members a directory tells, by an alias in the same file of Terraform."""
    begins = [match for match in _BLOCK.finditer(text) if match.start() < at]
    if not begins or begins[-1][1] != _OF_GROUP:
        return False
    block = text[begins[-1].start() :].partition("\n}")[0]
    alias = re.compile(_ALIAS % f"{_OF_GROUP}.{re.escape(begins[-1][2])}", flags=re.MULTILINE)
    return _EXTERNAL.search(block) is not None and alias.search(text) is not None
