"""The policies of Nomad's access control that a module writes; those in files of their own are judged there.

Source: github.com/hashicorp/terraform-provider-nomad, website/docs/r/acl_policy.html.markdown, read 2026-11-22.
Binding rules and sign-in methods are read in `nomad_bindings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.embedded_hcl import embedded_hcl
from nhilint.formats.nomad.policy import policy_of
from nhilint.formats.terraform.policy_text import is_file, policy_text
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver


def nomad_policies(resolver: Resolver, by_path: Mapping[str, Fragment]) -> Iterator[Resource]:
    """The policies of a module."""
    for block in resolver.module.of_kind("nomad_acl_policy"):
        if is_file(block.body.get("rules_hcl")):
            continue
        stated = resolver.text(block.body.get("name"), block.spot.to("name"))
        name = stated if stated and "${" not in stated else block.label
        home = by_path[block.at.path]
        yield Resource("policy", name, home.format, _policy(block, name, resolver), home.setting)


def _policy(block: Block, name: str, resolver: Resolver) -> Policy:
    place = block.spot.to("rules_hcl").place
    found = policy_text(block.body.get("rules_hcl"), resolver)
    root = embedded_hcl(found.text, place, found.offset) if found is not None else None
    if found is None or root is None:
        gap = Unknown("a text from elsewhere", place)
        return Policy(at=block.at, name=Known(name, block.at), engine=Known("nomad", block.at), rules=(gap,))
    return policy_of(name, root, found.fill)
