"""An account of Talos that no machine configuration of the repository admits is doubtful, and told as such.

Talos gives a credential only to accounts of the namespaces that `allowedKubernetesNamespaces` lists; lists of several
patches are put together, so that all that are written anywhere in the repository count. Nothing is said where there is
none, where one cannot be read, or where something in it is filled in later. Sources, read 2026-11-23:
https://docs.siderolabs.com/kubernetes-guides/advanced-guides/talos-api-access-from-k8s and
https://docs.siderolabs.com/talos/v1.14/reference/configuration/kubernetes/kubetalosapiaccessconfig.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Confidence
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.own_words import first_texts
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

CHECK = "administrators-identity-handed-to-workload"
_BY_TALOS = "k8s-pod-talos-admin"
_READ = (".yaml", ".yml", ".json", ".j2", ".tf", ".tftpl", ".tpl", ".tmpl", ".nix", ".sh")
_MOST = 3_000
_KEY = Deferred(r"^(?!\s*(?:#|//)).*?allowedKubernetesNamespaces", flags=re.MULTILINE)
_LIST = Deferred(
    r"""allowedKubernetesNamespaces["']?[ \t]*[:=][ \t]*(?:\[(?P<flow>[^\][{}$]*)\]|""",
    r"""(?P<block>(?:#[^\n]*)?(?:\n[ \t]*(?:-[ \t]|#)[^\n]*)+))""",
)
_NAME = Deferred(r"""^["']?([a-z0-9][a-z0-9-]{0,62})["']?(?:\s+#.*)?$""")


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those of accounts that Talos refuses with low confidence."""
    asked = {one.fingerprint for one in findings if _is_by_talos(one, resources)}
    admitted = _admitted(tree) if asked else frozenset()
    return (
        tuple(_told(one, admitted) if one.fingerprint in asked else one for one in findings) if admitted else findings
    )


def _is_by_talos(finding: Finding, resources: tuple[Resource, ...]) -> bool:
    """Whether a finding tells of the way to more that an account of Talos is."""
    if finding.check != CHECK:
        return False
    accounts = facts_behind(finding, resources, Identity)
    ways = (way for account in accounts for way in known_records(account.escalations))
    return any(way.at == finding.place and value_of(way.id) == _BY_TALOS for way in ways)


def _told(finding: Finding, admitted: frozenset[str]) -> Finding:
    namespace, slash, _ = finding.subject.name.partition("/")
    if not slash or namespace in admitted or not _NAME.search(namespace):
        return finding
    doubt = f"the machine configuration here admits only the namespaces {', '.join(sorted(admitted))} to Talos"
    return replace(finding, confidence=Confidence.LOW, doubt=doubt)


def _admitted(tree: Tree) -> frozenset[str]:
    """The namespaces that any list of the repository names; none where not all of them can be read."""
    found: set[str] = set()
    for _, text in first_texts(tree, lambda path: path.endswith(_READ), _MOST):
        if "allowedKubernetesNamespaces" not in text:
            continue
        lists = [match for match in _LIST.finditer(text) if not _is_comment(text, match.start())]
        names = [name for match in lists for name in _names(match["flow"], match["block"])]
        if len(lists) < len(_KEY.findall(text)) or None in names:
            return frozenset()
        found.update(name for name in names if name is not None)
    return frozenset(found)


def _is_comment(text: str, at: int) -> bool:
    return text[text.rfind("\n", 0, at) + 1 : at].lstrip().startswith(("#", "//"))


def _names(flow: str | None, block: str | None) -> Iterator[str | None]:
    """The names of a list; None for one that is filled in later."""
    items = (flow or "").split(",") if block is None else [line.strip().removeprefix("-") for line in block.split("\n")]
    for item in map(str.strip, items):
        match = _NAME.search(item)
        if item and not item.startswith("#"):
            yield match[1] if match else None
