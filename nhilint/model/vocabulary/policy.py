"""What a runtime policy engine is told: who may do what, and what happens when no rule fits."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record

Engine = Literal[
    "vault",
    "cedar",
    "rego",
    "sql",
    "tailscale",
    "casbin",
    "teleport",
    "consul",
    "firebase",
    "istio",
    "linkerd",
    "openfga",
    "spicedb",
    "cerbos",
    "nomad",
]


class PolicyRule(Record, frozen=True, kw_only=True):
    """One rule of a policy."""

    name: Annotated[Fact[str], "Its id, its path, or its position."] = None
    effect: Annotated[Fact[Literal["allow", "deny"]], "What it decides."] = None
    callers: Annotated[Fact[tuple[str, ...]], "Who is meant, as written."] = None
    actions: Annotated[Fact[tuple[str, ...]], "What is meant to be done, as written."] = None
    resources: Annotated[Fact[tuple[str, ...]], "What it is done to, as written."] = None
    everyone: Annotated[
        Fact[bool], "Whether it holds for every caller; null where a policy says only what its holder may do."
    ] = None
    every_action: Annotated[Fact[bool], "Whether it holds for every action, or for all that change something."] = None
    every_resource: Annotated[Fact[bool], "Whether it holds for everything that the engine guards."] = None
    conditioned: Annotated[Fact[bool], "Whether a condition narrows it."] = None
    opened_by_data: Annotated[
        Fact[bool],
        "For access by relation: whether one line of data may give what it lets people change to every caller at once.",
    ] = None
    needs_the_id: Annotated[
        Fact[bool],
        "For rules of Firestore and Storage: whether no open rule of the file lets its caller list anything, so that a "
        "record opens to who knows its id.",
    ] = None
    exempt_from_rules: Annotated[
        Fact[bool], "For a database: whether the engine stops asking its rules for this role (superuser, BYPASSRLS)."
    ] = None


class Policy(Record, frozen=True, kw_only=True):
    """One policy, or one document of rules that are weighed together."""

    name: Annotated[Fact[str], "Its name."] = None
    engine: Annotated[Fact[Engine], "The engine that reads it."] = None
    default: Annotated[Fact[Literal["allow", "deny"]], "What holds when no rule fits, where the policy says so."] = None
    rules: Annotated[Many[PolicyRule], "Its rules, as far as they are read."] = ()
    gives_rights: Annotated[
        Fact[tuple[str, ...]],
        "What its holder may write that decides over rights: policies, roles, members of groups. Rules for everything "
        "are left out.",
    ] = None
    whole_stores: Annotated[
        Fact[tuple[str, ...]], "Stores of secrets that it opens as a whole. Rules for everything are left out."
    ] = None
    changed_stores: Annotated[
        Fact[tuple[str, ...]], "Of these stores, those whose secrets it may also write or delete, each of them."
    ] = None
    holders: Annotated[
        Fact[tuple[str, ...]], "For a policy of Vault, after linking: the roles of the repository that name it."
    ] = None
    entered_by: Annotated[
        Fact[tuple[str, ...]], "For a policy of Vault, after linking: who signs in as one of these roles, where known."
    ] = None
    held_by_guarded: Annotated[
        Fact[bool],
        "For a policy of Vault that roles name: whether only pipelines of one branch or environment enter each.",
    ] = None
    held_by_people: Annotated[
        Fact[bool],
        "For a policy of Vault that settings of Bank-Vaults make: whether they hand it to people, and to no machine.",
    ] = None
    held_with_all: Annotated[
        Fact[bool], "Whether everyone who is told to get it also gets a policy that allows everything."
    ] = None
    for_emergencies: Annotated[
        Fact[bool], "For a policy of Vault: whether by its name it is for emergencies (break glass)."
    ] = None
    removes: Annotated[
        Fact[tuple[str, ...]],
        "For a script of a database: rules about rows that it takes away, as `table: rule`; a star is all.",
    ] = None
    lessened_by: Annotated[
        Fact[str],
        "What makes it less open than most that allow by default, in words. It is told as low, with these words.",
    ] = None
    denies: Annotated[Fact[bool], "Whether any of its rules forbids something."] = None
    open_by_nature: Annotated[
        Fact[bool],
        "Whether a rule for everybody and everything is what such a policy begins with: Cedar that forbids some things "
        "under conditions, as a list for the tools of an agent does; a tailnet that names no group and no tag.",
    ] = None
    unproven_callers: Annotated[
        Fact[Literal["none", "some", "all"]],
        "In a mesh: which callers need not prove who they are; all where nobody can, since connections are in clear.",
    ] = None
    reach: Annotated[Fact[Literal["mesh", "namespace", "workload"]], "In a mesh: for what it holds."] = None
    asks_for_token: Annotated[
        Fact[bool], "In a mesh: whether it lets calls in by what their token says, or has another service decide."
    ] = None
    token_optional: Annotated[
        Fact[bool],
        "In a mesh, after linking: for what checks tokens, whether no policy asks for one, so that calls without one "
        "are let through.",
    ] = None
