"""The fragments of one folder become the identities and resource policies of its module."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.terraform.attachments import INLINE, PRINCIPALS, Attachments
from nhilint.formats.terraform.module import Module, module_of
from nhilint.formats.terraform.principals import loose_documents, loose_policies, principals
from nhilint.formats.terraform.resolver import Resolver
from nhilint.formats.terraform.resource_policies import DOCUMENTS, resource_policies
from nhilint.model.resource import Resource
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.source.value import Value

_DOCUMENT = re.compile(r"\bdata\.aws_iam_policy_document\.([\w-]+)")
_READ = frozenset({*PRINCIPALS, *INLINE, *DOCUMENTS, "aws_iam_policy"})


def read_folder(fragments: Iterable[Fragment], files: PolicyFiles) -> Iterator[Resource]:
    """The subjects of a module, each with the format and setting of the file that declares it."""
    by_path = {fragment.at.path: fragment for fragment in fragments}
    resolver = Resolver(module_of(by_path.values()))
    attachments = Attachments(resolver)
    found = [
        *principals(resolver, attachments, files),
        *loose_policies(resolver, attachments, files),
    ]
    policies = list(resource_policies(resolver, files))
    found.extend(loose_documents(resolver, _used_elsewhere(resolver.module)))
    for name, facts in found:
        home = by_path[facts.at.path]
        yield Resource("identity", name, home.format, facts, home.setting)
    for name, policy in policies:
        home = by_path[policy.at.path]
        yield Resource("resource_policy", name, home.format, policy, home.setting)


def _used_elsewhere(module: Module) -> frozenset[str]:
    """Policy documents that resources of other types use, whose meaning is not read here."""
    found: set[str] = set()
    for (kind, _), block in module.resources.items():
        if kind not in _READ:
            found.update(_documents_in(block.body))
    return frozenset(found)


def _documents_in(value: Value) -> Iterator[str]:
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Expression):
            yield from _DOCUMENT.findall(current.text)
        elif isinstance(current, dict):
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
