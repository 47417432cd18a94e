"""How much an account of a cluster may do is told one step less gravely where no pod carries its token, but people make
one for the hour: a text or script of the repository says `kubectl create token NAME`.

So people sign in to a dashboard. Whoever makes such a token may do so for every account of that namespace already, and
nothing that runs here holds it. An account stays as grave as it is that a pod runs as, or may by the values of a chart,
for which a Secret keeps a token, that only a pipeline's file asks a token for, or whose tokens are asked to last.
Source: https://kubernetes.io/docs/reference/kubectl/generated/kubectl_create/kubectl_create_token/, read 2026-11-23.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.lowered import a_step_lower
from nhilint.settle.own_words import first_texts

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

OF_POWER = frozenset({"administrator-policy-attached", "full-admin-policy"})
"""The checks that tell how much an account of a cluster may do."""
_READABLE = (".md", ".sh", ".txt", ".adoc", ".rst", "Makefile", "justfile", "Taskfile.yml", "Taskfile.yaml")
_VALUES = (".yaml", ".yml", ".tf", ".hcl", ".tpl", ".json")
_MOST = 2_000
KEPT_TOKENS = "k8s-pod-legacy-token"
_FOR_LONGER = "--duration"
_OPTIONS = r"(?:[ \t]+-{1,2}[\w-]+(?:[= \t]+[^\s|;&`-][^\s|;&`]*)?)*"
_NAMED = (
    r"serviceAccountName[\"']?[:=][ \t]*NAME",
    r"serviceAccount[\"']?:(?:[^\n]*\n){0,5}?[^\n]*\bname[\"']?:[ \t]*NAME",
    r"serviceAccount\.name\b[^\n]*\n?[^\n]*?NAME",
)
"""How a pod, the values of a chart and a single value that is set name the account to run as."""
_OF_NAMESPACE = r"(?:-n|--namespace)[ =\t]*[\"']?"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those on the power of such an account lowered, down to medium."""
    asked = {one.fingerprint for one in findings if _is_asked(one, resources)}
    written = _where_tokens_are_made({one.subject.name for one in findings if one.fingerprint in asked}, tree)
    return tuple(
        _told(one, written[one.subject.name]) if one.fingerprint in asked and one.subject.name in written else one
        for one in findings
    )


def _told(finding: Finding, text: str) -> Finding:
    return a_step_lower(finding, f"no pod here runs as it, its tokens are made by hand for the hour ({text})")


def _is_asked(finding: Finding, resources: tuple[Resource, ...]) -> bool:
    if finding.check not in OF_POWER or finding.severity <= Severity.MEDIUM or "/" not in finding.subject.name:
        return False
    held = tuple(facts_behind(finding, resources, Identity))
    return bool(held) and all(map(_waits_for_people, held))


def _waits_for_people(account: Identity) -> bool:
    """Whether it is an account of a cluster that nothing here runs as and no Secret is made for."""
    kept = any(value_of(way.id) == KEPT_TOKENS for way in known_records(account.escalations))
    is_account = value_of(account.provider) == "kubernetes" and value_of(account.kind) == "service_account"
    return is_account and account.workloads == () and not kept


def _where_tokens_are_made(accounts: set[str], tree: Tree) -> dict[str, str]:
    """The file that says how a token is made of each of some accounts, called NAMESPACE/NAME; the first of several."""
    forms = {account: _forms(*account.split("/", 1)) for account in accounts}
    found: dict[str, str] = {}
    for path, text in first_texts(tree, lambda path: path.endswith(_READABLE), _MOST) if forms else ():
        made = (line for line in text.splitlines() if "create token" in line and "kubectl" in line)
        lines = [line for line in made if _FOR_LONGER not in line]
        for account, (command, namespace) in forms.items():
            if any(command.search(line) and namespace.search(line) for line in lines):
                found.setdefault(account, path)
    return {account: path for account, path in found.items() if not may_run(account.partition("/")[2], tree)}


def may_run(name: str, tree: Tree, besides: frozenset[str] = frozenset()) -> bool:
    """Whether the values of a chart, or a pod that is read as no object, name an account to run as, in other files than
    those `besides`; too many files to look through may."""
    paths = {path for path in tree.paths() if path.endswith(_VALUES)} - besides
    named = re.compile("|".join(_NAMED).replace("NAME", rf"[\"']?{re.escape(name)}(?![\w.-])"))
    return len(paths) > _MOST or any(named.search(text) for _, text in first_texts(tree, paths.__contains__, _MOST))


def _forms(namespace: str, name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a line makes a token of an account, and how it names the account's namespace."""
    command = rf"\bcreate token{_OPTIONS}[ \t]+[\"']?{re.escape(name)}(?![\w.-])"
    return re.compile(command), re.compile(rf"{_OF_NAMESPACE}{re.escape(namespace)}(?![\w.-])")
