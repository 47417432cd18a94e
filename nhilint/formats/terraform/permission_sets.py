"""JSON policies that a folder reads from files and hands to nobody but permission sets: people take those.

A folder that makes permission sets of IAM Identity Center, declares nothing else that carries a policy and calls no
module has no other use for them. Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/
ssoadmin_permission_set_inline_policy, from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.conditionals import expression
from nhilint.formats.terraform.files import path_named
from nhilint.formats.terraform.module import NOWHERE, module_of
from nhilint.formats.terraform.policies_of_people import taken_by_people
from nhilint.formats.terraform.resolver import Resolver
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.model.resource import Resource

_GIVES = "aws_ssoadmin_permission_set_inline_policy"
_FILE = Deferred(r'\bfile\(\s*("[^"\n]{1,200}"|var\.[\w-]{1,100})\s*\)')
_MOST_FILES = 50


def with_people(resources: Iterable[Resource], folders: Iterable[Collection[Fragment]]) -> Iterator[Resource]:
    """The resources, of which policies in such files are people's."""
    theirs = {path for fragments in folders for path in _read_for_people(fragments)}
    return taken_by_people(resources, lambda resource: resource.at.path in theirs)


def _read_for_people(fragments: Collection[Fragment]) -> Iterator[str]:
    """The paths of the files that a folder reads, where only permission sets can get what stands in them."""
    texts = [(one.at.path, one.content) for one in fragments if isinstance(one.content, str)]
    if len(texts) < len(fragments) or not any(_GIVES in text for _, text in texts):
        return
    module = module_of(fragments)
    resolver = Resolver(module)
    if module.calls or module.elsewhere:
        return
    for path, text in texts:
        for found in list(_FILE.finditer(text))[:_MOST_FILES]:
            named = path_named(resolver.text(expression(found[1]), NOWHERE), path)
            if named is not None:
                yield named
