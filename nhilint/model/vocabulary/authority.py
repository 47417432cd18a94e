"""What an identity's statements come to besides the single grant: whole services, slips, and access to clusters."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record


class OpenService(Record, frozen=True, kw_only=True):
    """A service that a statement opens as a whole, at the word that does."""

    service: Annotated[Fact[str], "Its prefix."] = None


class WholeServices(Record, frozen=True, kw_only=True):
    """A statement that allows everything in services which hold identities, keys, secrets, data or agents."""

    statement: Annotated[Fact[str], "The statement's id or position."] = None
    services: Annotated[Fact[tuple[str, ...]], "Those services, the gravest first."] = None
    words: Annotated[Many[OpenService], "The same, each where the statement names it."] = ()
    besides: Annotated[
        Fact[tuple[str, ...]],
        "Those of them that lead to no more privilege; none of one who can attach policies, and only those that hold "
        "identities, keys or secrets where the same list of actions leads to more privilege as well.",
    ] = None


class ServiceInHand(Record, frozen=True, kw_only=True):
    """A role over a project or wider by which its holder reads, changes, destroys and gives away what a service keeps.

    One for each service; without Owner and Editor, roles made for Google's products and what the default account holds.
    """

    role: Annotated[Fact[str], "The role that gives it."] = None
    may: Annotated[Fact[str], "What it lets its holder do, in words."] = None
    scope: Annotated[Fact[str], "The widest place where it is given: organization, folder or project."] = None


class PolicySlip(Record, frozen=True, kw_only=True):
    """Something in a statement of a policy by which it does not do what it says."""

    statement: Annotated[Fact[str], "The statement's id or position."] = None
    effect: Annotated[Fact[Literal["allow", "deny"]], "What its statement decides."] = None
    leads_to: Annotated[
        Fact[Literal["never", "always"]],
        "`never`: the statement does not apply, to the actions named or at all; `always`: its condition limits "
        "nothing.",
    ] = None
    word: Annotated[Fact[str], "As written: actions, a condition key, a value."] = None
    why: Annotated[Fact[str], "What is wrong with it, in words."] = None
    meant: Annotated[Fact[str], "What to write instead."] = None


class ClusterAccess(Record, frozen=True, kw_only=True):
    """What a role of a cloud may do in a cluster of Kubernetes."""

    cluster: Annotated[Fact[str], "The cluster's name, where it is stated."] = None
    power: Annotated[Fact[Literal["administers", "limited"]], "Whether it may do everything there."] = None
    through: Annotated[Fact[str], "What gives it: an access policy, or a group."] = None
