"""Roles of Vault meet the policies that they name: a role learns what they open, a policy who holds it.

A policy is known by its file's name, or by the name that its file states; of two with one name that of the role's own
file is taken, then that of its folder, else neither. That only guarded roles hold a policy is said where a role names
it, and each that does is entered by pipelines of one branch or environment alone; who else is given it by hand no file
tells. One that every role which names it has beside a policy that allows everything is told so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.vault.rules import administers
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary.identity import AttachedPolicy, Identity
from nhilint.model.vocabulary.policy import Policy
from nhilint.model.vocabulary.trust import Trust

if TYPE_CHECKING:
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource

_ACCOUNT = "system:serviceaccount:"
_EVERYBODY = "any account of the cluster"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every role told what its policies open, and which of them allow everything."""
    named: dict[str, list[Policy]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource.facts, Policy) and value_of(resource.facts.engine) == "vault":
            named[value_of(resource.facts.name) or ""].append(resource.facts)
    roles = [one.facts for one in resources if isinstance(one.facts, Identity) and _is_vault(one.facts)]
    if not named or not roles:
        return resources
    holding: dict[Place, list[Identity]] = defaultdict(list)
    for role in roles:
        for policy in _policies(role, named):
            holding[policy.at].append(role)
    strong = {name for name, policies in named.items() if len(policies) == 1 and administers(policies[0])}
    resources = tuple(_held(_with_all(resource, roles, strong), holding) for resource in resources)
    return tuple(_told(resource, named) for resource in resources)


def _policies(role: Identity, named: dict[str, list[Policy]]) -> list[Policy]:
    """The policies that a role names and that are known: of several with one name that of its file, else its folder."""
    found = (_nearest(role.at.path, named.get(name, [])) for name in value_of(role.managed) or ())
    return [policy for policy in found if policy is not None]


def _nearest(path: str, policies: list[Policy]) -> Policy | None:
    folder = path.rpartition("/")[0]
    beside = [one for one in policies if one.at.path.rpartition("/")[0] == folder]
    here = [one for one in beside if one.at.path == path]
    candidates = here or beside or policies
    return candidates[0] if len(candidates) == 1 else None


def _is_vault(identity: Identity) -> bool:
    return value_of(identity.provider) == "vault"


def _held(resource: Resource, held: dict[Place, list[Identity]]) -> Resource:
    """A policy that knows the roles which name it, and who signs in as one of them."""
    facts = resource.facts
    holding = held.get(facts.at, []) if isinstance(facts, Policy) and value_of(facts.engine) == "vault" else []
    if not holding or not isinstance(facts, Policy):
        return resource
    at = holding[0].at
    names = tuple(dict.fromkeys(value_of(role.name) or "" for role in holding))
    guarded = all(_is_guarded(role) for role in holding)
    ways = (way for role in holding for way in known_records(role.trusts))
    subjects = dict.fromkeys(_in_words(one) for way in ways for one in value_of(way.subjects) or ())
    entered = Known(tuple(sorted(subjects, key=_EVERYBODY.__ne__)), at) if subjects else None
    told = replace(facts, holders=Known(names, at), held_by_guarded=Known(guarded, at), entered_by=entered)
    return replace(resource, facts=told)


def _in_words(subject: str) -> str:
    """Who signs in: an account of a cluster by its namespace and name, anybody else as the role states it."""
    if not subject.startswith(_ACCOUNT):
        return subject
    namespace, _, name = subject.removeprefix(_ACCOUNT).partition(":")
    if name != "*":
        return f"{name} of any namespace" if namespace == "*" else f"{namespace}/{name}"
    return _EVERYBODY if namespace == "*" else f"any account of {namespace}"


def _with_all(resource: Resource, roles: list[Identity], strong: set[str]) -> Resource:
    """A policy as the roles that name it have it; what scripts say of it holds where none does."""
    facts = resource.facts
    name = value_of(facts.name) if isinstance(facts, Policy) and value_of(facts.engine) == "vault" else None
    lists = [value_of(role.managed) or () for role in roles] if name and name not in strong else []
    naming = [names for names in lists if name in names]
    if not naming or not isinstance(facts, Policy):
        return resource
    told = Known(value=True, at=facts.at) if all(strong.intersection(names) for names in naming) else None
    return replace(resource, facts=replace(facts, held_with_all=told))


def _is_guarded(role: Identity) -> bool:
    """Whether all ways into a role are for pipelines of one branch or environment."""
    ways = role.trusts if isinstance(role.trusts, tuple) else ()
    scopes = [value_of(way.subject_scope) if isinstance(way, Trust) else None for way in ways]
    return bool(scopes) and all(scope == "branch_or_environment" for scope in scopes)


def _told(resource: Resource, named: dict[str, list[Policy]]) -> Resource:
    """A role that knows what its policies open, and which of them allow everything."""
    facts = resource.facts
    if not isinstance(facts, Identity) or not _is_vault(facts) or not isinstance(facts.managed, Known):
        return resource
    policies, at = _policies(facts, named), facts.managed.at
    opened = tuple(f"{one} ({value_of(policy.name)})" for policy in policies for one in _opened(policy))
    if opened:
        facts = replace(facts, opens=Known(opened, at))
    before = value_of(facts.managed_admin) or ()
    found = tuple(name for one in policies if administers(one) and (name := value_of(one.name)) and name not in before)
    if found:
        attached = tuple(AttachedPolicy(at=at, policy=Known(name, at)) for name in found)
        kept = facts.admin_attachments if isinstance(facts.admin_attachments, tuple) else ()
        admin = Known((*before, *found), at)
        facts = replace(facts, managed_admin=admin, admin_attachments=(*kept, *attached))
    return replace(resource, facts=facts)


def _opened(policy: Policy) -> tuple[str, ...]:
    """What a policy opens as a whole: everything, stores of secrets, rights."""
    if administers(policy):
        return ("everything",)
    return (*(value_of(policy.whole_stores) or ()), *(value_of(policy.gives_rights) or ()))
