"""Declarations about Google Cloud become identities and policies: all roles of one member, whatever file gives them.

A member is the same one where two files write out the same text; what a module names by reference stays within its
folder. Files of tests and examples are put together with their own folder only: they share made-up names. An account
whose project the module leaves open is joined with the address that a workflow of the repository signs in with, where
just one account has that name.
"""

from __future__ import annotations

from collections import ChainMap, Counter, defaultdict
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.gcp.declared import Declared
from nhilint.formats.gcp.members import Standing, member_kind, shown
from nhilint.formats.gcp.roles import WIDE, meaning, of_any_project
from nhilint.formats.gcp.subjects import (
    Held,
    Repository,
    control_policies,
    custom_role,
    federations,
    machine_accounts,
    policies,
    workloads,
)
from nhilint.knowledge.gcp import starts_nothing
from nhilint.link.google_idle import lessened_by, lets_become_any
from nhilint.link.google_pools import PoolBindings
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Resource
from nhilint.model.vocabulary import Identity, Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.formats.gcp.declared import Account, Binding, CustomRole, Denial, Key, Provider, Scope
    from nhilint.model.vocabulary import Kind
    from nhilint.model.vocabulary.identity import ResourcePolicy

_OWN = ("@own.", "@data.", "/own/")
_FLEETING = Deferred(r"\$\{(?:each|count|value|self|expression|[^}]*[ *])")
"""Gaps that another block fills with something else, so that equal texts need not be one member."""
_ACT_AS = "roles/iam.serviceAccountUser"
_ADDRESS = ".iam.gserviceaccount.com"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with all declarations replaced by the subjects that they make up."""
    found = [resource for resource in resources if isinstance(resource, Declared)]
    if not found:
        return resources
    signed_in = _addresses(resources, found)
    others = tuple(resource for resource in resources if not isinstance(resource, Declared))
    realms: dict[str, list[Declared]] = defaultdict(list)
    for each in found:
        realms[_realm(each)].append(each)
    return (*others, *(subject for realm in realms.values() for subject in _Realm(realm, signed_in).subjects()))


def _realm(resource: Declared) -> str:
    return "" if resource.setting == "production" else f"{resource.setting} {_folder(resource)}"


def _folder(resource: Resource) -> str:
    return resource.at.path.rpartition("/")[0]


def _addresses(resources: Iterable[Resource], found: Iterable[Declared]) -> dict[str, str]:
    """The addresses that workflows sign in with, by account name, where one account alone has the name."""
    named = Counter(account.account_id for each in found for account in each.content.accounts if account.account_id)
    addresses: dict[str, set[str]] = defaultdict(set)
    for resource in resources:
        if isinstance(resource.facts, Workflow):
            for address in _signs_in(resource.facts):
                addresses[address.partition("@")[0]].add(address)
    return {name: min(given) for name, given in addresses.items() if len(given) == 1 and named[name] == 1}


def _signs_in(workflow: Workflow) -> Iterator[str]:
    for step in workflow.steps if isinstance(workflow.steps, tuple) else ():
        login = getattr(step, "login", None)
        identity = value_of(login.identity) if login is not None else None
        if identity and identity.endswith(_ADDRESS):
            yield identity


class _Home(Struct):
    """A workload and the file that it is shown in."""

    member: str
    held: Held
    resource: Declared


def _keep(key: Key, held: Held) -> None:
    """A key joins the account that it is for; one that no block here makes stands by its key in the same file, sooner
    than by the first role that it is given."""
    if held.account is None and not held.keys and held.at.path == key.at.path:
        held.at = key.at
    held.keys.append(key)


class _Realm:
    """The declarations that share one reach of names."""

    def __init__(self, declarations: list[Declared], signed_in: dict[str, str]) -> None:
        self._declarations = declarations
        self._homes: dict[str, _Home] = {}
        self._aliases: dict[str, str] = {}
        self._strengths: dict[tuple[str, str, Scope], str | None] = {}
        self._signed_in = signed_in
        self._customs: dict[str, Mapping[str, CustomRole]] = {}
        self._given_in: dict[str, dict[str, list[Binding]]] = {}
        self._in_folder: dict[str, list[Declared]] = defaultdict(list)
        for each in declarations:
            self._in_folder[_folder(each)].append(each)
            for account in each.content.accounts:
                self._declare(account, each)
        for each in declarations:
            self._hold(each)

    def subjects(self) -> Iterator[Resource]:
        """Identities and policies, each with the format and setting of its file."""
        named = {b.role.value for e in self._declarations for b in e.content.bindings if isinstance(b.role, Known)}
        given = named.union(map(of_any_project, named))
        judges = {
            folder: self._repository(folder) for folder in {_folder(home.resource) for home in self._homes.values()}
        }
        strong = {
            key: strength
            for key, home in self._homes.items()
            if (strength := judges[_folder(home.resource)].strength(home.held)) is not None
        }
        pooled = PoolBindings(binding for each in self._declarations for binding in each.content.bindings)
        for each in self._declarations:
            custom = self._custom(_folder(each))
            for policy in policies(each.content, custom, partial(self._standing, judges, each)):
                yield _resource(policy, each)
            loose = (custom_role(role) for role in each.content.roles if not role.names & given and not role.disabled)
            for identity in (*self._apart(each, pooled), *loose):
                yield _resource(identity, each)
        yield from self._workloads(judges, strong)

    def _standing(self, judges: dict[str, Repository], each: Declared, member: str, binding: Binding) -> Standing:
        """The strongest role that the files of one folder give a member, as other folders are told by themselves, and
        the name of its account where that is declared."""
        key, folder = self._key_at(member, each, binding), _folder(each)
        home = self._homes.get(key)
        if home is None:
            stronger = self._of_people(judges, folder, member, binding)
            return Standing(stronger, starts_nothing=stronger is None and self._starts_nothing(folder, member))
        over: Scope = binding.target.scope if binding.target.scope in WIDE else "project"
        if (key, folder, over) not in self._strengths:
            near = [b for b in home.held.bindings if b.at.path.rpartition("/")[0] == folder]
            judge = judges[_folder(home.resource)]
            self._strengths[key, folder, over] = judge.strength(replace(home.held, bindings=near), over)
        name = home.held.account.label if home.held.account is not None else None
        return Standing(self._strengths[key, folder, over], name)

    def _of_people(self, judges: dict[str, Repository], folder: str, member: str, binding: Binding) -> str | None:
        """The strongest role that the files of a folder give people where a binding stands, or on the organization."""
        if member_kind(member) not in ("user", "group", "domain") or _FLEETING.search(member):
            return None
        place = (binding.target.scope, binding.target.named)
        beside = [
            other
            for other in self._given(folder).get(member, ())
            if other.target.scope == "organization" or (other.target.scope, other.target.named) == place
        ]
        judge = judges.get(folder) or self._repository(folder)
        return judge.strength(Held(member, binding.at, beside, [], []))

    def _starts_nothing(self, folder: str, member: str) -> bool:
        """Whether the files of a folder give people roles beside acting as accounts, and none that starts a thing."""
        if member_kind(member) not in ("user", "group", "domain") or _FLEETING.search(member):
            return False
        roles = [meaning(binding.role, self._custom(folder)) for binding in self._given(folder).get(member, ())]
        others = [role for role in roles if role.name != _ACT_AS]
        return bool(others) and all(one.held is not None and starts_nothing(one.name, one.held) for one in others)

    def _given(self, folder: str) -> dict[str, list[Binding]]:
        """What the files of a folder give, by member."""
        if folder not in self._given_in:
            here = (each.content.bindings for each in self._in_folder.get(folder, ()))
            found: dict[str, list[Binding]] = defaultdict(list)
            for binding in chain.from_iterable(here):
                for member in filter(None, map(value_of, binding.members)):
                    found[member].append(binding)
            self._given_in[folder] = found
        return self._given_in[folder]

    @staticmethod
    def _apart(each: Declared, pooled: PoolBindings) -> tuple[Identity, ...]:
        """What a file tells completely by itself, but for what is given to those whom a provider lets in."""
        content = each.content
        entrances = [
            replace(identity, lessened_by=pooled.names_only_one(provider))
            for identity, provider in zip(federations(content), content.providers, strict=True)
        ]
        return (*control_policies(content), *entrances, *machine_accounts(content))

    def _workloads(self, judges: dict[str, Repository], strong: dict[str, str]) -> Iterator[Resource]:
        giving = (each for each in self._declarations if each.content.bindings)
        opened = any(lets_become_any(each.content.bindings, self._custom(_folder(each))) for each in giving)
        everywhere, in_folder = self._near(strong)
        for key, home in self._homes.items():
            folder = _folder(home.resource)
            own = {home.member: strong[key]} if key in strong else {}
            near = ChainMap(own, in_folder[folder], everywhere)
            facts = judges[folder].identity(home.member, home.held, near)
            less = lessened_by(home.member, home.held, self._custom(folder), self._providers, open_to_some=opened)
            yield _resource(replace(facts, lessened_by=less) if less is not None else facts, home.resource)

    def _near(self, strong: dict[str, str]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """The strong roles of members whose text means the same everywhere, and by folder those that it means there."""
        everywhere: dict[str, str] = {}
        in_folder: dict[str, dict[str, str]] = defaultdict(dict)
        for key, role in strong.items():
            home = self._homes[key]
            told = in_folder[_folder(home.resource)] if _is_own(home.member) else everywhere
            told[home.member] = role
        return everywhere, in_folder

    def _declare(self, account: Account, home: Declared) -> None:
        key = self._key(account.member, home)
        address = self._signed_in.get(account.account_id or "")
        if address and not isinstance(account.email, Known):
            account = replace(account, email=Known(address, account.at))
        self._homes[key] = _Home(account.member, Held(account.label, account.at, [], [], [], account), home)
        email = value_of(account.email)
        if email:
            self._aliases.setdefault(f"serviceAccount:{email}", key)

    def _hold(self, each: Declared) -> None:
        for member, binding in workloads(each.content):
            if binding.target.account is not None and member_kind(member) == "federated":
                continue  # told as a way into that account
            self._home(member, each, binding).held.bindings.append(binding)
        for binding in each.content.bindings:
            account = binding.target.account
            if account is not None and not _FLEETING.search(account):
                self._home(account, each, binding).held.entrances.append(binding)
        for key in each.content.keys:
            found = self._homes.get(self._key(key.member, each)) if key.member else None
            if found is not None:
                _keep(key, found.held)
            else:
                name = key.label if key.in_file else f"the account behind {key.label}"
                alone = Held(name, key.at, [], [], [key])
                self._homes[f"{each.at.path} {key.at.pointer}"] = _Home(key.member or "serviceAccount:${}", alone, each)

    def _home(self, member: str, each: Declared, binding: Binding) -> _Home:
        key = self._key_at(member, each, binding)
        if key not in self._homes:
            name = shown(member).removeprefix("serviceAccount:")
            self._homes[key] = _Home(member, Held(name, binding.at, [], [], []), each)
        return self._homes[key]

    def _key_at(self, member: str, each: Declared, binding: Binding) -> str:
        key = self._key(member, each)
        return f"{key} {binding.at.path} {binding.at.pointer}" if _FLEETING.search(member) else key

    def _key(self, member: str, each: Declared) -> str:
        plain = member.removeprefix("deleted:")
        if plain in self._aliases:
            return self._aliases[plain]
        return f"{_folder(each)} {plain}" if _is_own(plain) or "${" in plain else plain

    def _repository(self, folder: str) -> Repository:
        return Repository(self._custom(folder), self._providers, self._denials)

    @cached_property
    def _providers(self) -> list[Provider]:
        return [provider for each in self._declarations for provider in each.content.providers]

    @cached_property
    def _denials(self) -> list[Denial]:
        return [denial for each in self._declarations for denial in each.content.denials]

    @cached_property
    def _customs_everywhere(self) -> dict[str, CustomRole]:
        """The custom roles by the names that mean them in every folder."""
        roles = (role for each in self._declarations for role in each.content.roles)
        return {name: role for role in roles for name in role.names if not _is_own(name)}

    def _custom(self, folder: str) -> Mapping[str, CustomRole]:
        """The custom roles by every name that means them in a folder; of two that both may be meant, the one there."""
        if folder not in self._customs:
            roles = (role for each in self._in_folder.get(folder, ()) for role in each.content.roles)
            self._customs[folder] = ChainMap({n: role for role in roles for n in role.names}, self._customs_everywhere)
        return self._customs[folder]


def _is_own(text: str) -> bool:
    return any(mark in text for mark in _OWN)


def _resource(facts: Identity | ResourcePolicy, home: Declared) -> Resource:
    kind: Kind = "identity" if isinstance(facts, Identity) else "resource_policy"
    return Resource(kind, value_of(facts.name) or home.name, home.format, facts, home.setting)
