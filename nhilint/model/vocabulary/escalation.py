"""The known ways from what an identity may do to more, and the roles that it may enter one after the other."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record

Holder = Literal[
    "controller",
    "provisioner",
    "keeper_of_secrets",
    "signs_in_for_others",
    "keeper_of_roles",
    "issuer_of_identities",
    "admission",
    "proxy_of_people",
    "monitor",
    "inspector",
    "backup",
    "router",
]


class LesserWay(Record, frozen=True, kw_only=True):
    """A way of the same identity that a graver one outweighs: who mends the graver one looks at it as well."""

    id: Annotated[Fact[str], "Its public id, where it has one."] = None
    name: Annotated[Fact[str], "What the holder does."] = None


class Escalation(Record, frozen=True, kw_only=True):
    """A known way from these permissions to more."""

    id: Annotated[Fact[str], "Its public id."] = None
    name: Annotated[Fact[str], "Its name."] = None
    kind: Annotated[
        Fact[
            Literal[
                "self-escalation",
                "principal-access",
                "new-passrole",
                "existing-passrole",
                "resource-access",
                "node-access",
            ]
        ],
        "How it gains: on itself, over another principal, by handing a role to something new or old, over data, "
        "over the machine it runs on.",
    ] = None
    actions: Annotated[Fact[tuple[str, ...]], "The permissions it needs, all of which are granted."] = None
    url: Annotated[Fact[str], "Where it is described."] = None
    ordinary: Annotated[
        Fact[bool],
        "Whether its permissions are also what such work takes in the ordinary way: to start a build or a job.",
    ] = None
    inherent: Annotated[
        Fact[bool], "Whether one role gives it whole, whose very purpose it is, so that the role is what to talk about."
    ] = None
    cluster_wide: Annotated[
        Fact[bool], "In a cluster: whether it reaches every namespace; false for one namespace."
    ] = None
    through: Annotated[
        Fact[str],
        "In a cluster: the role, binding or workload that opens it; on AWS the managed policy, where one does.",
    ] = None
    held_by: Annotated[
        Fact[tuple[Holder, ...]],
        "In a cluster: what the holder is by its name and that of the role: a controller, a provisioner of volumes, "
        "what brings, copies or issues secrets, signs in as the accounts that it serves, hands out roles or "
        "identities, answers for admission, speaks for people who signed in, watches, looks over a cluster, saves it, "
        "routes.",
    ] = None
    only_shows: Annotated[
        Fact[bool],
        "In a cluster, of a binding: whether its role only lets one look, and opens no secrets or other way to more.",
    ] = None
    lesser: Annotated[
        Many[LesserWay], "In a cluster: further ways into every namespace that the same identity has, told with it."
    ] = ()


class EscalationStep(Record, frozen=True, kw_only=True):
    """One link of the chain that the first of the ways takes."""

    does: Annotated[Fact[str], "What this link allows: an action, or a role that is entered."] = None


class RoleChain(Record, frozen=True, kw_only=True):
    """A more powerful role of the repository that the identity may become, over none or some roles between."""

    end: Annotated[Fact[str], "The role at the end of the chain."] = None
    power: Annotated[Fact[Literal["administers", "escalates"]], "What that role may do, or gain by itself."] = None
    links: Annotated[Many[EscalationStep], "Every role that is entered, where the file lets it be entered."] = ()
    end_admits_others: Annotated[
        Fact[bool], "Whether the role at the end lets in anybody but this identity, or stands in another file."
    ] = None
