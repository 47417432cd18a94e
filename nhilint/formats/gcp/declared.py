"""What one file or module says about Google Cloud identities, before files are put together.

A service account is declared in one place, given roles in another and impersonated by a third. So readers hand on
declarations, and `nhilint.link.gcp` turns all of them into identities and policies. Members and names are Google's own
texts; what a module declares itself has a stand-in instead of a project (see `members.OWN`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import Identity

Scope = Literal["organization", "folder", "project", "service_account", "resource"]
Member = Known[str] | Unknown


class Target(NamedTuple):
    """Where a binding stands. `account` is the member text of the service account, for a binding on one; `serves_web`
    tells of a bucket that is set up to show its objects to browsers. For a service that is called: `called_as` is what
    says what it is, `inside` whether only the project's own networks reach it, `asks` whether its code asks callers
    for a proof; for a folder or project, `named` is what the file calls it by: an id, or the expression that leads to
    it."""

    scope: Scope
    service: str
    account: str | None = None
    serves_web: bool = False
    called_as: str = ""
    inside: bool = False
    asks: bool = False
    named: str = ""


class Binding(Struct, frozen=True, kw_only=True):
    """A role given to members on something. `policy` names the declaration that it is a part of."""

    at: Place
    policy: str
    policy_at: Place
    role: Member
    members: tuple[Member, ...]
    condition: Fact[str] = None
    target: Target


class CustomRole(Struct, frozen=True, kw_only=True):
    """A role of the customer's own; `names` are all texts that a binding may call it by."""

    at: Place
    label: str
    names: frozenset[str]
    permissions: tuple[Member, ...] | Unknown
    disabled: bool = False


class Account(Struct, frozen=True, kw_only=True):
    """A service account; `member` is the text by which its own module names it, `email` its full address.

    `account_id` is the part before the at sign, where the file writes it out; `unused` tells that its module refers to
    it only where it gives it roles, or lets somebody become it by one of `bindings_on_it` blocks.
    """

    at: Place
    label: str
    member: str
    account_id: str | None = None
    email: Fact[str] = None
    unused: bool = False
    bindings_on_it: int = 0


class Key(Struct, frozen=True, kw_only=True):
    """A key that is made for an account and lives until somebody deletes it; `in_file` where a script saves it so,
    `rotated` where a clock has it made anew."""

    at: Place
    label: str
    member: str | None
    kind: Literal["service-account-key", "hmac-key"]
    in_file: bool = False
    rotated: bool = False


class Provider(Struct, frozen=True, kw_only=True):
    """Who may enter a workload identity pool. `pools` are the ids by which members name the pool."""

    at: Place
    label: str
    pools: frozenset[str]
    issuer: Fact[str] = None
    condition: Fact[str] = None
    mapping: dict[str, str] = {}
    mapping_at: Place | None = None
    unread_mapping: Unknown | None = None
    audiences: Fact[tuple[str, ...]] = None


class Denial(Struct, frozen=True, kw_only=True):
    """A rule of a deny policy; permissions in the allow policy's spelling where the two differ only in form."""

    at: Place
    policy: str
    principals: tuple[Member, ...]
    exceptions: tuple[Member, ...]
    permissions: tuple[Member, ...]
    condition: Fact[str] = None


class Machine(Struct, frozen=True, kw_only=True):
    """Something that runs, whether as the project's default account, and whether with every scope."""

    at: Place
    label: str
    default: Fact[bool]
    full_scope: Fact[bool]


class Declarations(Struct, frozen=True, kw_only=True):
    """All that one file says."""

    bindings: tuple[Binding, ...] = ()
    roles: tuple[CustomRole, ...] = ()
    accounts: tuple[Account, ...] = ()
    keys: tuple[Key, ...] = ()
    providers: tuple[Provider, ...] = ()
    denials: tuple[Denial, ...] = ()
    machines: tuple[Machine, ...] = ()

    def __bool__(self) -> bool:
        told = (self.bindings, self.roles, self.accounts, self.keys, self.providers, self.denials, self.machines)
        return any(told)


class Declared(Resource, frozen=True):
    """The declarations of a file, on their way to the join."""

    content: Declarations = Declarations()


def declared(content: Declarations, path: str, format_id: str, setting: str = "production") -> Declared:
    """Declarations as a resource."""
    at = Place(path)
    return Declared("identity", path, format_id, Identity(at=at, name=Known(path, at)), setting, content=content)
