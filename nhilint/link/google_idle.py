"""Why the power of a service account is less near than it looks: nothing here uses it, or it builds its own project.

Nothing uses an account to which its module refers only where it gives it roles, without a key and without a way in that
admits anybody, in a repository that lets nobody become, or attach, every account of a project. One that is called after
building, whose key the script leaves that makes it, and that owns no project but its own is the operator's: its key is
told by itself.
Source: cloud.google.com/iam/docs/service-account-permissions, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.holders import taken_by
from nhilint.formats.gcp.members import is_workload, member_kind, shown
from nhilint.formats.gcp.roles import BROAD, meaning
from nhilint.formats.gcp.trust import admits_nobody
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nhilint.formats.gcp.declared import Binding, CustomRole, Provider
    from nhilint.formats.gcp.subjects import Held
    from nhilint.model.fact import Fact

UNUSED = "nothing here uses the account"
BUILDS = "by its name it builds its own project, and its key is told by itself"
_LETTING_BECOME = frozenset({"impersonation", "act_as", None})
"""Powers over every account of a project, and what cannot be read, which may be one."""
_OWNING = frozenset({"owner", "editor"})


def lets_become_any(bindings: Iterable[Binding], custom: Mapping[str, CustomRole]) -> bool:
    """Whether one of the bindings lets somebody become, or attach, each account of a project, or may do so."""
    broad = (binding for binding in bindings if binding.target.scope in BROAD)
    return any(meaning(binding.role, custom).power in _LETTING_BECOME for binding in broad)


def lessened_by(
    member: str,
    held: Held,
    custom: Mapping[str, CustomRole],
    providers: Sequence[Provider],
    *,
    open_to_some: bool,
) -> Fact[str]:
    """The words for it; None where its power is as near as it looks. `open_to_some` tells that somebody may become
    every account."""
    if member_kind(member) != "service_account" or not is_workload(member):
        return None
    if any(not _admits_nobody(one, providers) for one in held.entrances):
        return None
    if _is_idle(held) and not open_to_some:
        return Known(UNUSED, held.at)
    if held.keys and all(key.in_file for key in held.keys) and _builds_its_own(member, held, custom):
        return Known(BUILDS, held.at)
    return None


def _is_idle(held: Held) -> bool:
    """Whether its module does nothing with it but give it roles; each block on it is one of its ways in."""
    account = held.account
    return account is not None and account.unused and not held.keys and account.bindings_on_it <= len(held.entrances)


def _admits_nobody(entrance: Binding, providers: Sequence[Provider]) -> bool:
    return bool(entrance.members) and all(admits_nobody(one, providers, one.at) for one in entrance.members)


def _builds_its_own(member: str, held: Held, custom: Mapping[str, CustomRole]) -> bool:
    """Whether it is called after building, and owns the project that it is an account of and no other."""
    name, _, home = shown(member).removeprefix("serviceAccount:").partition("@")
    project = home.partition(".iam.")[0]
    strong = [binding for binding in held.bindings if meaning(binding.role, custom).power in _OWNING]
    at_home = all(binding.target.scope == "project" and binding.policy == project for binding in strong)
    return bool(strong) and at_home and taken_by("role", f"{held.name} {name}", (), held.at).value == "deployment"
