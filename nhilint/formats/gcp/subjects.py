"""Declarations of a whole repository become identities and policies on resources.

An identity is a service account, or an outside identity that holds roles itself; people and groups are named in the
policies that admit them. Accounts of Google's own services are left out: nobody else's code runs as them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.aws.holders import taken_by
from nhilint.formats.gcp.denials import denial_grants, denied_to
from nhilint.formats.gcp.effective import escalations, reached, services_in_hand, steps, strong_roles
from nhilint.formats.gcp.granted import grant
from nhilint.formats.gcp.members import OWN, has_gap, is_default, is_workload, member_kind, shown
from nhilint.formats.gcp.roles import WIDE, meaning, permissions_of_custom
from nhilint.formats.gcp.trust import provider_trust, trust
from nhilint.formats.secret_operators import brings_secrets
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.vocabulary.identity import Identity, ResourcePolicy
from nhilint.model.vocabulary.statement import Grant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nhilint.formats.aws.holders import Taker
    from nhilint.formats.gcp.declared import (
        Account,
        Binding,
        CustomRole,
        Declarations,
        Denial,
        Key,
        Member,
        Provider,
        Scope,
    )
    from nhilint.formats.gcp.effective import Reached
    from nhilint.formats.gcp.granted import Standings
    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.escalation import Escalation
    from nhilint.model.vocabulary.trust import Trust

_LETTING_IN = frozenset({"owner", "editor", "policies", "impersonation", "act_as"})
"""Powers that on a service account let somebody become it, or attach it to something of their own."""
_HANDS_OUT = tuple(f"resourcemanager.{place}.setIamPolicy" for place in ("projects", "folders", "organizations"))
_KEY_TITLES = {"service-account-key": "a Google Cloud service account key", "hmac-key": "a Google Cloud HMAC key"}


class Held(Struct):
    """What the repository says about one workload."""

    name: str
    at: Place
    bindings: list[Binding]
    entrances: list[Binding]
    keys: list[Key]
    account: Account | None = None


def policies(content: Declarations, custom: Mapping[str, CustomRole], standings: Standings) -> Iterator[ResourcePolicy]:
    """The policies of a file, one for each declaration that holds bindings or denials."""
    by_policy: dict[Place, list[Binding]] = {}
    for binding in content.bindings:
        by_policy.setdefault(binding.policy_at, []).append(binding)
    for at, bindings in by_policy.items():
        yield ResourcePolicy(
            at=at,
            name=Known(bindings[0].policy, at),
            provider=Known("gcp", at),
            service=Known(bindings[0].target.service, at),
            serves_web=Known(bindings[0].target.serves_web, at),
            called_as=Known(bindings[0].target.called_as, at),
            inside_only=Known(bindings[0].target.inside, at),
            checks_callers=Known(value=True, at=at) if bindings[0].target.asks else None,
            grants=tuple(grant(binding, custom, standings) for binding in bindings),
        )


def control_policies(content: Declarations) -> Iterator[Identity]:
    """The deny policies of a file."""
    by_policy: dict[str, list[Denial]] = {}
    for denial in content.denials:
        by_policy.setdefault(denial.policy, []).append(denial)
    for name, denials in by_policy.items():
        at = denials[0].at
        yield Identity(
            at=at,
            name=Known(name, at),
            provider=Known("gcp", at),
            kind=Known("control_policy", at),
            grants=tuple(denial_grants(denials)),
        )


def federations(content: Declarations) -> Iterator[Identity]:
    """The providers of identity pools, which say who may enter before anything is given to anybody."""
    for provider in content.providers:
        at = provider.at
        yield Identity(
            at=at,
            name=Known(provider.label, at),
            provider=Known("gcp", at),
            kind=Known("federation", at),
            trusts=(provider_trust(provider),),
        )


def machine_accounts(content: Declarations) -> Iterator[Identity]:
    """The default account, as each machine or pool of nodes carries it."""
    for machine in content.machines:
        if value_of(machine.default) is False:
            continue
        at = machine.at
        yield Identity(
            at=at,
            name=Known(machine.label, at),
            provider=Known("gcp", at),
            kind=Known("service_account", at),
            carried_default=machine.default,
            carried_full_scope=machine.full_scope,
        )


def custom_role(role: CustomRole) -> Identity:
    """A custom role that waits to be given to somebody."""
    from nhilint.formats.gcp.effective import Reached
    from nhilint.formats.gcp.roles import Meaning

    held = permissions_of_custom(role)
    told = Meaning(role.label, held, None, predefined=False)
    ways: Many[Escalation] = ()
    if held is not None:
        everything = [Reached(place=Known(role.label, role.at), told=told, held=held, scope="organization")]
        ways = tuple(map(_on_its_face, escalations(everything, gcp.PermissionSet(), (), role.at)))
    elif isinstance(role.permissions, Unknown):
        ways = role.permissions
    return Identity(
        at=role.at,
        name=Known(role.label, role.at),
        provider=Known("gcp", role.at),
        kind=Known("policy", role.at),
        grants=(_of_role(role, held),),
        escalations=ways,
    )


def _on_its_face(way: Escalation) -> Escalation:
    """A way that one permission opens is what its author wrote down; one that several make up may be news to them."""
    alone = isinstance(way.actions, Known) and len(way.actions.value) == 1
    return replace(way, inherent=Known(value=True, at=way.at)) if alone else way


def _of_role(role: CustomRole, held: gcp.PermissionSet | None) -> Grant:
    gap = role.permissions if isinstance(role.permissions, Unknown) else Unknown("a template", role.at)
    stated: Fact[tuple[str, ...]] = gap
    if not isinstance(role.permissions, Unknown):
        stated = Known(tuple(p.value for p in role.permissions if isinstance(p, Known)), role.at)
    return Grant(
        at=role.at,
        name=Known(role.label, role.at),
        effect=Known("allow", role.at),
        actions=stated,
        role_power=Known(gcp.power_of_set(held), role.at) if held is not None else gap,
    )


def _look_only(found: Sequence[Reached], grants: Sequence[Grant]) -> bool:
    """Whether all of the roles look, and none lets its holder read what a store of secrets keeps."""
    looks = all(each.told.name == "roles/viewer" or gcp.access_of(each.held) == ("read",) for each in found)
    return looks and all(value_of(given.store_reads) == () for given in grants)


class Repository:
    """Declarations that belong together: one reach of names."""

    def __init__(
        self, custom: Mapping[str, CustomRole], providers: Sequence[Provider], denials: Sequence[Denial]
    ) -> None:
        self._custom = custom
        self._providers = providers
        self._denials = denials

    def strength(self, held: Held, over: Scope = "project") -> str | None:
        """The role that makes a workload strong: everything, or the giving of roles; None for the others. `over` is
        what it must at least hold for, where that is an organization or folder."""
        found, _ = reached(held.bindings, self._custom)
        strong = strong_roles(found, ("owner", "editor", "policies"))
        if over in WIDE:
            strong = [each for each in strong if each.scope in WIDE]
        return strong[0].told.name if strong else None

    def identity(self, member: str, held: Held, strong: Mapping[str, str]) -> Identity:
        """The facts of a workload. `strong` names the stronger workloads by member."""
        found, unread = reached(held.bindings, self._custom)
        denied = denied_to(member, self._denials)
        owner = strong_roles(found, ("owner",))
        ways = self._escalations(member, held, strong, (found, unread, denied))
        first = next(iter(known_records(ways)), None)
        grants = tuple(grant(binding, self._custom, None) for binding in held.bindings)
        trusts = tuple(self._trusts(member, held))
        return Identity(
            at=held.at,
            name=Known(held.name, held.at),
            provider=Known("gcp", held.at),
            kind=Known("federated" if member_kind(member) == "federated" else "service_account", held.at),
            arn=held.account.email if held.account is not None else _address(member, held.at),
            grants=grants,
            managed=_role_names(held, self._custom),
            managed_admin=_administering(found, held.at),
            admin_over=_administered(found, held.at),
            services_in_hand=() if is_default(member) else services_in_hand(found, unread, denied),
            trusts=trusts,
            taken_by=_taken_by(member, held, trusts),
            brings_secrets=brings_secrets(f"{held.name} {shown(member)}", trusts, held.at),
            escalations=ways,
            escalation_steps=tuple(steps(first, found)) if first is not None else (),
            admin=Known(bool(owner), owner[0].place.at if owner else held.at),
            credentials=tuple(_credential(key) for key in held.keys),
            changes_something=_changes(found, unread, held.at),
            only_reads=Known(bool(grants) and not unread and _look_only(found, grants), held.at),
        )

    def _escalations(
        self,
        member: str,
        held: Held,
        strong: Mapping[str, str],
        reach: tuple[list[Reached], list[Unknown], gcp.PermissionSet],
    ) -> Many[Escalation]:
        found, unread, denied = reach
        others = [] if member in strong else list(self._stronger(member, held, strong))
        ways = escalations(found, denied, others, held.at)
        grave = any(way.kind != Known("resource-access", way.at) for way in ways)
        return ways if grave or not unread else (*ways, unread[0])

    def _stronger(self, member: str, held: Held, strong: Mapping[str, str]) -> Iterator[tuple[Binding, str]]:
        for binding in held.bindings:
            account = binding.target.account
            told = meaning(binding.role, self._custom)
            if (
                account in strong
                and account != member
                and told.power in ("impersonation", "policies", "owner", "editor")
            ):
                yield binding, f"{shown(str(account)).removeprefix('serviceAccount:')} with {strong[str(account)]}"

    def _trusts(self, member: str, held: Held) -> Iterator[Trust]:
        """One way in for each member, however many roles open it."""
        entering: dict[str, tuple[Member, list[str], list[Fact[str]]]] = {}
        for binding in held.entrances:
            told = meaning(binding.role, self._custom)
            if told.power in _LETTING_IN:
                name = told.name.rpartition("/")[2] or binding.policy
                for each in binding.members:
                    text = each.value if isinstance(each, Known) else str(each.at)
                    _, names, conditions = entering.setdefault(text, (each, [], []))
                    names.append(name)
                    conditions.append(binding.condition)
        for each, names, conditions in entering.values():
            condition = None if None in conditions else conditions[0]
            yield trust(each, ", ".join(dict.fromkeys(names)), self._providers, condition)
        if member_kind(member) == "federated":
            yield trust(Known(member, held.at), held.name, self._providers)


def workloads(content: Declarations) -> Iterator[tuple[str, Binding]]:
    """The machine identities that a file gives roles to."""
    for binding in content.bindings:
        for member in binding.members:
            if isinstance(member, Known) and is_workload(member.value):
                yield member.value, binding


def _taken_by(member: str, held: Held, trusts: tuple[Trust, ...]) -> Known[Taker]:
    """Whether it builds infrastructure: only this much of who takes it is told of the accounts of Google Cloud.

    One for which a script saves a lasting key is whoever comes by that file, whatever it is called.
    """
    if any(key.in_file and not key.rotated for key in held.keys):
        return Known("anything", held.at)
    taker = taken_by("role", f"{held.name} {shown(member).partition('@')[0]}", trusts, held.at)
    return taker if taker.value == "deployment" else Known("anything", held.at)


def _role_names(held: Held, custom: Mapping[str, CustomRole]) -> Fact[tuple[str, ...]]:
    names = [meaning(binding.role, custom).name for binding in held.bindings if isinstance(binding.role, Known)]
    return Known(tuple(dict.fromkeys(names)), held.bindings[0].role.at) if names else None


def _administering(found: Sequence[Reached], at: Place) -> Fact[tuple[str, ...]]:
    """The predefined roles that give out rights, first the one that says it most plainly: it hands out any role."""
    strong = _giving(found)
    strong.sort(key=lambda each: not any(permission in each.held for permission in _HANDS_OUT))
    names = tuple(dict.fromkeys(each.told.name for each in strong))
    return Known(names, strong[0].place.at if strong else at)


def _administered(found: Sequence[Reached], at: Place) -> Fact[tuple[str, ...]]:
    """On what such roles are given, the widest first."""
    strong = _giving(found)
    levels = {each.scope for each in strong}
    named = tuple(level for level in ("organization", "folder", "project") if level in levels)
    return Known(named or tuple(sorted(levels)), strong[0].place.at if strong else at)


def _giving(found: Sequence[Reached]) -> list[Reached]:
    return [each for each in strong_roles(found, ("policies",)) if each.told.predefined]


def _changes(found: Sequence[Reached], unread: Sequence[Unknown], at: Place) -> Fact[bool]:
    if any("write" in gcp.access_of(each.held) or "permissions" in gcp.access_of(each.held) for each in found):
        return Known(value=True, at=at)
    return unread[0] if unread else Known(value=False, at=at)


def _address(member: str, at: Place) -> Fact[str]:
    _, found, email = member.partition("serviceAccount:")
    return Known(email, at) if found and not has_gap(email) and not member.endswith(OWN) else None


def _credential(key: Key) -> Credential:
    return Credential(
        at=key.at,
        name=Known(key.label, key.at),
        type=Known("gcp-service-account-key", key.at),
        type_title=Known(_KEY_TITLES[key.kind], key.at),
        provider=Known("Google Cloud", key.at),
        principal=Known("workload", key.at),
        location=Known("file", key.at) if key.in_file else None,
        never_expires=Known(not key.rotated, key.at),
        better=Known("workload identity federation, or the account that the workload is attached to", key.at),
    )
