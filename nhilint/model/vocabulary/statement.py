"""A statement of a policy: what it gives or takes, on what, to whom, and under which conditions."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record

Level = Literal["list", "read", "tagging", "write", "permissions"]


class Condition(Record, frozen=True, kw_only=True):
    """One condition of a statement."""

    operator: Annotated[Fact[str], "How it compares (StringEquals, ForAllValues:StringLike …)."] = None
    key: Annotated[Fact[str], "What it compares, in lower case."] = None
    values: Annotated[Fact[tuple[str, ...]], "What it compares with."] = None


class Principal(Record, frozen=True, kw_only=True):
    """Somebody a statement names."""

    kind: Annotated[
        Fact[
            Literal[
                "anyone",
                "account",
                "role",
                "user",
                "service",
                "federated",
                "organization",
                "session",
                "canonical",
                "group",
                "domain",
                "service_account",
            ]
        ],
        "What sort.",
    ] = None
    value: Annotated[Fact[str], "As written."] = None
    account: Annotated[Fact[str], "The account it belongs to."] = None
    external: Annotated[
        Fact[bool], "Whether it belongs to another account than the resource, where both are known."
    ] = None
    default_account: Annotated[
        Fact[bool], "Whether it is the account that every workload of a project runs as unless told otherwise."
    ] = None
    service_agent: Annotated[Fact[bool], "Whether the platform itself made it, for one of its services."] = None
    consumer: Annotated[Fact[bool], "Whether it is a personal account at a public mail provider."] = None
    deleted: Annotated[Fact[bool], "Whether it is named as one that has been deleted."] = None
    called: Annotated[Fact[str], "What a message calls it; parts that only a run can fill in in angle brackets."] = None
    stronger_role: Annotated[
        Fact[str],
        "On Google Cloud: the role over a project or wider by which it holds or gives out everything, whatever else it "
        "is given; null where no file of the same folder gives it one.",
    ] = None
    starts_nothing: Annotated[
        Fact[bool],
        "On Google Cloud, for people: whether files of the same folder give them other roles than to act as service "
        "accounts, and none by which they make, change or set off what runs as one.",
    ] = None


class Misspelling(Record, frozen=True, kw_only=True):
    """A word of a policy that its service does not know, so that the statement is a no-op or wider than meant."""

    word: Annotated[Fact[str], "As written."] = None
    effect: Annotated[Fact[Literal["allow", "deny"]], "What its statement decides."] = None
    nearest: Annotated[Fact[str], "The word that was probably meant."] = None
    managed_policy: Annotated[
        Fact[str], "The managed policy of AWS whose name stands behind the colon, where no action has that name."
    ] = None


class Grant(Record, frozen=True, kw_only=True):
    """One statement that gives or takes permissions."""

    name: Annotated[Fact[str], "Its id or position."] = None
    effect: Annotated[Fact[Literal["allow", "deny"]], "What it decides."] = None
    actions: Annotated[Fact[tuple[str, ...]], "Actions as written."] = None
    not_actions: Annotated[Fact[tuple[str, ...]], "Actions it leaves out, when it names those instead."] = None
    resources: Annotated[Fact[tuple[str, ...]], "Resources as written."] = None
    not_resources: Annotated[Fact[tuple[str, ...]], "Resources it leaves out."] = None
    principals: Annotated[Many[Principal], "For a policy on a resource: who is meant."] = ()
    not_principals: Annotated[Fact[tuple[str, ...]], "Principals it leaves out."] = None
    role_power: Annotated[
        Fact[Literal["owner", "editor", "viewer", "policies", "impersonation", "act_as", "other"]],
        "What that role is for: everything, everything but policies, reading everything; giving roles away; becoming "
        "service accounts; attaching them to workloads; or one service.",
    ] = None
    role_meant: Annotated[Fact[str], "The role that was meant by a name that no role has."] = None
    conditions: Annotated[Many[Condition], "What must hold besides."] = ()
    conditioned: Annotated[Fact[bool], "Whether a condition really narrows who or what is meant."] = None
    levels: Annotated[Fact[tuple[Level, ...]], "Access levels of the actions it matches."] = None
    action_count: Annotated[Fact[int], "How many actions it matches."] = None
    services: Annotated[Fact[tuple[str, ...]], "Services of those actions."] = None
    all_actions: Annotated[Fact[bool], "Whether it matches every action of every service."] = None
    whole_services: Annotated[Fact[tuple[str, ...]], "Services it matches as a whole (s3:*), written so."] = None
    all_resources: Annotated[Fact[bool], "Whether it covers every resource."] = None
    resource_level_possible: Annotated[
        Fact[bool], "Whether at least one matched action that matters could be limited to a resource."
    ] = None
    sensitive_reads: Annotated[Fact[tuple[str, ...]], "Matched actions that hand out secrets or credentials."] = None
    store_reads: Annotated[
        Fact[tuple[str, ...]], "Matched actions that hand out what secret stores keep for other identities."
    ] = None
    unlimited_writes: Annotated[
        Fact[tuple[str, ...]], "Matched writing actions that could be limited to a resource and are not."
    ] = None
    unlimited_permissions: Annotated[
        Fact[tuple[str, ...]], "Matched actions that give access away, could be limited to a resource and are not."
    ] = None
    unlimited_services: Annotated[
        Fact[tuple[str, ...]],
        "Of the whole services, those whose every resource is open, less what the same document denies.",
    ] = None
    unlimited_store_reads: Annotated[
        Fact[tuple[str, ...]],
        "Of the store reads, those that no resource narrows. Overviews that read in passing (ssm:Get*) are left out.",
    ] = None
    unlimited_data_reads: Annotated[
        Fact[tuple[str, ...]],
        "Matched actions that hand out stored objects, rows, code or memories and that no resource narrows.",
    ] = None
    unlimited_silencing: Annotated[
        Fact[tuple[str, ...]],
        "Matched actions that end a record, a detector or a guardrail, which no resource narrows; without log groups "
        "and flow logs for who makes them as well.",
    ] = None
    permission_actions: Annotated[Fact[tuple[str, ...]], "Matched actions that change who may do what."] = None
    passes_any_role: Annotated[Fact[bool], "Whether it lets its holder hand any role to a service."] = None
    cluster_wide: Annotated[
        Fact[bool], "In a cluster: whether it holds in every namespace; false for one namespace."
    ] = None
    wildcards: Annotated[
        Fact[tuple[str, ...]], "In a cluster: which of `apiGroups`, `resources` and `verbs` of the rule hold a star."
    ] = None
    out_of_reach: Annotated[
        Fact[tuple[str, ...]],
        "In a cluster: resources the rule names in vain: of another API group, or of no namespace in a role of one.",
    ] = None
    meant_resources: Annotated[
        Fact[tuple[str, ...]], "In a cluster: what those of them that are misspelt mean, as Kubernetes spells it."
    ] = None
    changes: Annotated[Fact[bool], "In a cluster: whether the rule lets its holder change something."] = None
    unknown_actions: Annotated[Many[Misspelling], "Actions that match nothing."] = ()
    misspelt_actions: Annotated[
        Many[Misspelling], "Of those, the ones of which it is beyond doubt what was meant."
    ] = ()
    role: Annotated[Fact[str], "The role that gives it, where permissions come by roles."] = None
    role_id: Annotated[Fact[str], "That role's id, for a role that exists everywhere."] = None
    scope_name: Annotated[Fact[str], "What the file calls that project or folder by, where one is stated."] = None
    scope_level: Annotated[
        Fact[
            Literal[
                "tenant",
                "management_group",
                "subscription",
                "resource_group",
                "organization",
                "folder",
                "project",
                "service_account",
                "resource",
            ]
        ],
        "For a role in Azure or Google Cloud: the widest sort of thing below which it holds.",
    ] = None
    data_actions: Annotated[Fact[tuple[str, ...]], "Actions on data as written, where they are listed apart."] = None
    excluded_actions: Annotated[
        Fact[tuple[str, ...]], "Actions taken off the list again, which another role may give back (Azure: NotActions)."
    ] = None
    idle_exclusions: Annotated[Fact[tuple[str, ...]], "Of those, the ones that take nothing off."] = None
    hands_out_roles: Annotated[
        Fact[bool], "Whether its holder may give roles, without a condition that says which or to whom."
    ] = None
    purges: Annotated[
        Fact[bool], "Whether its holder may delete what a key vault keeps and then wipe it, which nothing brings back."
    ] = None
    controls_directory: Annotated[
        Fact[bool], "Whether it is a role of the directory that leads to control of the tenant or of its apps."
    ] = None
