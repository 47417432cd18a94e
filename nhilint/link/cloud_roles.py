"""A workflow that becomes a cloud role meets the role's own declaration: what the pipeline may really do.

Joined by the full id where the declaration states one (an ARN, an address). Templates and modules give a role of AWS a
name instead: it is the one that a workflow's ARN means when no other role of the repository has that name, no test or
example alone declares it, and nothing that it states belongs to another account. A label or a logical id is no name.
A role of Vault has nothing but its name, which has to be the only one of the repository. Where a run fills in the
account of an ARN or the project of an address, the one declaration of that name is meant; a role of AWS must let
pipelines in then.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.aws import account_of
from nhilint.link.agent_roles import power_of
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import Identity, Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import CloudLogin, Step


_ACCOUNT_OF_SOME_PROJECT = Deferred(r"^([a-z][a-z0-9-]+)@\$\{\{[^{}]*\}\}\.iam\.gserviceaccount\.com$")
_ROLE_OF_SOME_ACCOUNT = Deferred(r"^arn:aws[\w-]*:iam::\$\{\{[^{}]*\}\}:role/([\w+=,.@/-]+)$")
_ENVIRONMENT = Deferred(r":environment:[^*?]{1,300}$")
_PIPELINES = frozenset({"github", "gitlab"})
_STRENGTH = ("administers", "escalates", "limited")


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with logins that know their role, and roles that know their workflows."""
    roles = Roles(resources)
    entered: dict[Place, dict[str, None]] = defaultdict(dict)
    linked = tuple(_with_roles(resource, roles, entered) for resource in resources)
    return tuple(_with_workflows(resource, entered) for resource in linked) if entered else linked


class Roles:
    """The identities of a repository, by id and by name."""

    def __init__(self, resources: tuple[Resource, ...]) -> None:
        self._by_id: dict[str, Identity] = {}
        self._by_name: dict[str, dict[Place, Resource]] = defaultdict(dict)
        self._of_vault: dict[str, list[Identity]] = defaultdict(list)
        for resource in resources:
            if not isinstance(resource.facts, Identity):
                continue
            if value_of(resource.facts.provider) == "vault" and resource.setting != "test":
                self._of_vault[value_of(resource.facts.name) or ""].append(resource.facts)
            arn = value_of(resource.facts.arn)
            if arn:
                self._by_id.setdefault(arn, resource.facts)
            elif _is_named_role(resource.facts):
                self._by_name[value_of(resource.facts.name) or ""].setdefault(resource.at, resource)

    def of_login(self, login: CloudLogin, setting: str) -> tuple[Identity, CloudLogin] | None:
        """The one declaration of the role that a login names, if there is just one; of several that it may be, the one
        with the most power, and the login with that."""
        name = value_of(login.identity)
        if value_of(login.provider) == "vault":
            named = self._of_vault.get(name or "", [])
            return (named[0], login) if name and len(named) == 1 else None
        if not isinstance(login.may_be, Known):
            role = self.meant_by(name, setting)
            return (role, login) if role is not None else None
        texts = login.may_be.value
        found = [(role, text) for text in texts if (role := self._completed(text, setting)) is not None]
        if not found:
            return None
        role, text = min(found, key=lambda one: _STRENGTH.index(power_of(one[0])[0]))
        return role, replace(login, identity=Known(text, login.may_be.at))

    def _completed(self, text: str, setting: str) -> Identity | None:
        """The declaration that an id means of which a run fills in the account or the project."""
        if "${{" not in text:
            return self.meant_by(text, setting)
        address = _ACCOUNT_OF_SOME_PROJECT.match(text)
        if address is not None:
            found = [one for arn, one in self._by_id.items() if arn.startswith(f"{address[1]}@")]
            return found[0] if len(found) == 1 else None
        arn = _ROLE_OF_SOME_ACCOUNT.match(text)
        if arn is None:
            return None
        named = [one for known, one in self._by_id.items() if self._is_of_that_name(known, arn[1])]
        by_name = self._by_name.get(arn[1].rpartition("/")[2], {}).values()
        named += [r.facts for r in by_name if r.setting in ("production", setting) and isinstance(r.facts, Identity)]
        return named[0] if len(named) == 1 and _admits_pipelines(named[0]) else None

    def meant_by(self, identity: str | None, setting: str) -> Identity | None:
        """The one declaration that an id in a file of this setting means, if there is just one."""
        if not identity or identity in self._by_id:
            return self._by_id.get(identity or "")
        account, (kind, _, path) = account_of(identity), identity.rpartition(":")[2].partition("/")
        if account is None or kind != "role" or any(self._is_of_that_name(arn, path) for arn in self._by_id):
            return None
        named = self._by_name.get(path.rpartition("/")[2], {})
        meant = [found for found in named.values() if found.setting in ("production", setting)]
        role = meant[0].facts if len(meant) == 1 else None
        return role if isinstance(role, Identity) and set(_accounts(role)) <= {account} else None

    @staticmethod
    def _is_of_that_name(arn: str, path: str) -> bool:
        """Whether another account's role of the same name is declared by its id: then the name tells nothing."""
        return ":role/" in arn and arn.rpartition("/")[2] == path.rpartition("/")[2]


def _admits_pipelines(role: Identity) -> bool:
    return any(value_of(trust.issuer_kind) in _PIPELINES for trust in known_records(role.trusts))


def _is_named_role(facts: Identity) -> bool:
    """Whether it is a role of AWS whose file states the name itself."""
    states_name = isinstance(facts.name, Known) and facts.name.at != facts.at
    return states_name and value_of(facts.kind) == "role" and value_of(facts.provider) == "aws"


def _accounts(role: Identity) -> Iterator[str]:
    """The accounts that a role must belong to: an identity provider admits to roles of its own account only."""
    admitted = (one for trust in known_records(role.trusts) for one in known_records(trust.principals))
    for principal in admitted:
        is_provider = value_of(principal.kind) == "federated"
        account = account_of(value_of(principal.value) or "") if is_provider else None
        if account is not None:
            yield account


def _with_roles(resource: Resource, roles: Roles, entered: dict[Place, dict[str, None]]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow) or isinstance(facts.steps, Unknown):
        return resource
    steps: list[Step | Unknown] = []
    before: set[Place] = set()
    for step in facts.steps:
        if isinstance(step, Unknown) or step.login is None:
            steps.append(step)
            continue
        meant = roles.of_login(step.login, resource.setting)
        if meant is not None:
            role, login = meant
            entered[role.at][resource.name] = None
            told = _with_power(login, role, repeated=role.at in before)
            step = replace(step, login=told)  # noqa: PLW2901 - the same step, told more
            before.add(role.at)
        steps.append(step)
    return replace(resource, facts=replace(facts, steps=tuple(steps)))


def _with_power(login: CloudLogin, role: Identity, *, repeated: bool) -> CloudLogin:
    power, through, at = power_of(role)
    return replace(
        login,
        power=Known(power, at),
        power_through=Known(through, at),
        repeated=Known(value=repeated, at=login.at),
        asks_environment=Known(_asks_environment(role), role.at),
    )


def _asks_environment(role: Identity) -> bool:
    """Whether each way into a role is a pipeline's and asks for an environment by name, where reviewers may stand."""
    ways = known_records(role.trusts)
    named = [value_of(way.subjects) or () for way in ways if value_of(way.issuer_kind) in _PIPELINES]
    every = isinstance(role.trusts, tuple) and len(named) == len(role.trusts) > 0
    return every and all(found and all(map(_ENVIRONMENT.search, found)) for found in named)


def _with_workflows(resource: Resource, entered: dict[Place, dict[str, None]]) -> Resource:
    facts = resource.facts
    if isinstance(facts, Identity) and facts.at in entered:
        return replace(resource, facts=replace(facts, admits_ci=Known(tuple(entered[facts.at]), facts.at)))
    return resource
