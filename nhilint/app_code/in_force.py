"""What nothing puts in force, by the other files of its tree, is set aside before anything is joined.

A policy that nothing sends, the copy of a file that counts, a module that nothing calls, a realm for those who develop,
a folder out of use, what a rule is tried on, a policy that only goes out with one that allows everything. Each question
is asked only where its formats stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.app_code.folders_out_of_use import with_folders_out_of_use
from nhilint.app_code.rule_corpus import with_rule_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_TERRAFORM = "terraform-"
_COPIED_BESIDE = ("aws-cloudformation", _TERRAFORM)
"""Formats whose files stand twice in a tree where one was built from the other, or took its place."""


def with_what_is_in_force(
    resources: Iterable[Resource], tree: Tree, earlier: Tree | None, scopes: Sequence[str]
) -> tuple[Resource, ...]:
    """The resources, each with the setting that the other files of its tree give it.

    `earlier` is the tree before a change, which has to have set the same aside; `scopes` are the paths that the user
    named, which are looked at whatever names them.
    """
    before = tree if earlier is None else earlier
    known = with_rule_corpus(with_folders_out_of_use(resources, before, scopes, tree), before)
    if any(resource.format == "aws-iam-policy" for resource in known):
        from nhilint.app_code.named_policies import with_unnamed_policies

        known = with_unnamed_policies(known, tree, scopes)
    if any(resource.format == "vault-policy" for resource in known):
        from nhilint.app_code.scripted_policies import with_scripted_policies

        known = with_scripted_policies(known, before)
    if any(resource.kind == "app" or resource.format.startswith(_COPIED_BESIDE) for resource in known):
        from nhilint.app_code.stale_copies import with_stale_copies

        known = with_stale_copies(known, tree, earlier)
    if any(resource.format.startswith(_TERRAFORM) for resource in known):
        known = _with_modules_in_force(known, tree, earlier)
    if any(resource.format.startswith(("aws-cloudformation", "nomad-job")) for resource in known):
        from nhilint.app_code.named_to_deploy import with_what_nothing_deploys
        from nhilint.app_code.records_of_a_day import with_records_of_days

        known = with_records_of_days(with_what_nothing_deploys(known, tree, earlier), tree, earlier)
    if any(resource.format == "keycloak-realm" for resource in known):
        from nhilint.app_code.development_realms import with_development_realms

        known = with_development_realms(known, before)
    return known


def _with_modules_in_force(resources: tuple[Resource, ...], tree: Tree, earlier: Tree | None) -> tuple[Resource, ...]:
    """What no call of Terraform puts in force; the files that may call are read once for all who ask."""
    from nhilint.app_code.called_for_real import with_what_is_called_for_real
    from nhilint.app_code.modules_out_of_use import with_modules_out_of_use
    from nhilint.app_code.modules_taken_out import with_modules_taken_out
    from nhilint.app_code.scripts_of_modules import with_scripts_of_modules
    from nhilint.app_code.terraform_sources import TerraformSources
    from nhilint.app_code.uncalled_modules import with_uncalled_modules
    from nhilint.app_code.unfilled_modules import with_unfilled_modules

    files, before = TerraformSources(tree), TerraformSources(earlier) if earlier is not None else None
    real = with_what_is_called_for_real(resources, files)
    called = with_scripts_of_modules(with_uncalled_modules(real, files, before), files, before)
    called = with_modules_taken_out(called, files, before)
    return with_modules_out_of_use(with_unfilled_modules(called, files, before), files, before)
