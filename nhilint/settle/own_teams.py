"""What the teams of the code owners say about whose repository this is.

A code host takes a team for a code owner only where the team is of the organisation that the repository belongs to. So
where `@acme/platform` must agree to a change of a file, acme is at home in it: in a copy under the name of a person, or
under an organisation's further name. Its actions, workflows, servers and plug-ins that the file names are no third
party's.

Source: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners,
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.link.own_organization import belonging_to
from nhilint.settle.code_owners import code_owners

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.settle.code_owners import CodeOwners
    from nhilint.tree import Tree

_NAMING_PUBLISHERS = frozenset({"workflow", "tool", "agent"})
_IN_EXAMPLES = frozenset({"org", "octo-org", "your-org", "my-org", "example", "organization"})


def with_own_teams(resources: Iterable[Resource], tree: Tree, owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; what the organisations of a file's own teams publish is first party in that file.

    The repository's `owner` is left out: what that one publishes is first party everywhere.
    """
    listed = tuple(resources)
    paths = {resource.at.path for resource in listed if resource.kind in _NAMING_PUBLISHERS}
    owners = code_owners(tree)
    if not paths or owners.organizations <= {*_IN_EXAMPLES, (owner or "").lower()}:
        return listed
    organizations = {path: _organizations(path, owners) for path in paths}
    return tuple(_marked(resource, organizations.get(resource.at.path, ())) for resource in listed)


def _organizations(path: str, owners: CodeOwners) -> tuple[str, ...]:
    """The organisations whose teams own a path, in lower case."""
    teams = (owner.lower().removeprefix("@") for owner in owners.of(path) if owner.startswith("@") and "/" in owner)
    return tuple(dict.fromkeys(name for name in (team.partition("/")[0] for team in teams) if name not in _IN_EXAMPLES))


def _marked(resource: Resource, organizations: tuple[str, ...]) -> Resource:
    for organization in organizations:
        resource = belonging_to(resource, organization)
    return resource
