"""A principal that holds permissions, what it holds, and who may become it."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.authority import ClusterAccess, PolicySlip, ServiceInHand, WholeServices
from nhilint.model.vocabulary.cluster import CloudIdentity, ClusterBinding, ClusterWorkload
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.vocabulary.escalation import Escalation, EscalationStep, RoleChain

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
    changes: Annotated[Fact[bool], "In a cluster: whether the rule lets its holder change something."] = None
    unknown_actions: Annotated[Many[Misspelling], "Actions that match nothing."] = ()
    misspelt_actions: Annotated[Many[Misspelling], "Of those, the ones whose right spelling is beyond doubt."] = ()
    role: Annotated[Fact[str], "The role that gives it, where permissions come by roles."] = None
    role_id: Annotated[Fact[str], "That role's id, for a role that exists everywhere."] = None
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


class Misspelling(Record, frozen=True, kw_only=True):
    """A word of a policy that its service does not know, so that the statement is a no-op or wider than meant."""

    word: Annotated[Fact[str], "As written."] = None
    effect: Annotated[Fact[Literal["allow", "deny"]], "What its statement decides."] = None
    nearest: Annotated[Fact[str], "The word that was probably meant."] = None


class Trust(Record, frozen=True, kw_only=True):
    """One way in: who may become the identity."""

    name: Annotated[Fact[str], "The statement's id or position."] = None
    principals: Annotated[Many[Principal], "Who is admitted."] = ()
    anyone: Annotated[Fact[bool], "Whether everybody is admitted, conditions apart."] = None
    external: Annotated[Fact[bool], "Whether somebody of another account is admitted."] = None
    not_principals: Annotated[Fact[tuple[str, ...]], "Those left out, where everybody else is admitted."] = None
    vendor: Annotated[
        Fact[bool], "Whether an account of a third party, not one of the organisation's own, is admitted as a whole."
    ] = None
    placeholder: Annotated[
        Fact[bool], "On AWS: whether only accounts are admitted that are still to be filled in, such as 111111111111."
    ] = None
    conditions: Annotated[Many[Condition], "What must hold besides."] = ()
    conditioned: Annotated[Fact[bool], "Whether a condition really narrows who is admitted."] = None
    external_id: Annotated[Fact[bool], "Whether an external id is asked for."] = None
    issuer: Annotated[Fact[str], "For a federated way in: the issuer's host."] = None
    issuer_kind: Annotated[
        Fact[
            Literal[
                "github",
                "gitlab",
                "kubernetes",
                "terraform_cloud",
                "circleci",
                "buildkite",
                "bitbucket",
                "vercel",
                "azure_devops",
                "cognito",
                "google",
                "saml",
                "other",
            ]
        ],
        "Which issuer.",
    ] = None
    audience: Annotated[Fact[tuple[str, ...]], "Audiences that are accepted; null when none is asked for."] = None
    subjects: Annotated[Fact[tuple[str, ...]], "Subject patterns that are accepted; null when none is asked for."] = (
        None
    )
    subject_scope: Annotated[
        Fact[Literal["any", "organization", "repository", "branch_or_environment", "pull_request", "workload"]],
        "The widest of them.",
    ] = None
    subject_operator: Annotated[Fact[str], "How subjects are compared."] = None
    impossible_subjects: Annotated[
        Fact[tuple[str, ...]], "Accepted subjects that no token of the issuer has, as they are compared."
    ] = None
    subject_claim: Annotated[
        Fact[str], "The claim of the token that becomes the name of who enters, where the trust chooses it."
    ] = None
    pool_scope: Annotated[
        Fact[Literal["any", "organization", "repository", "branch_or_environment", "pull_request", "workload"]],
        "For a pool of outside identities: how wide it admits, before any of them is given something.",
    ] = None
    chosen_by_workload: Annotated[
        Fact[tuple[str, ...]],
        "For a workload's identity: what alone decides who gets it although any workload writes it of itself, such as "
        "its labels. Empty where something of the platform decides as well.",
    ] = None
    services: Annotated[Fact[tuple[str, ...]], "Service principals that are admitted."] = None
    deputy_guarded: Annotated[
        Fact[bool], "Whether a source account, source ARN or organisation condition guards a service principal."
    ] = None


class AttachedPolicy(Record, frozen=True, kw_only=True):
    """One policy that is attached by name."""

    policy: Annotated[Fact[str], "Its full id, as written."] = None


class Identity(Record, frozen=True, kw_only=True):
    """A role, user, service account, or a policy document that waits to be attached to one."""

    name: Annotated[Fact[str], "Its name."] = None
    provider: Annotated[
        Fact[Literal["aws", "gcp", "azure", "kubernetes", "github", "vault", "spiffe", "databricks", "nomad"]],
        "Where it lives.",
    ] = None
    kind: Annotated[
        Fact[
            Literal[
                "role", "user", "group", "policy", "service_account", "app", "control_policy", "federated", "federation"
            ]
        ],
        "What sort; federated is an outside identity that holds roles itself, federation the pool that admits it.",
    ] = None
    arn: Annotated[Fact[str], "Its full id."] = None
    grants: Annotated[Many[Grant], "What it is given and denied."] = ()
    managed: Annotated[Fact[tuple[str, ...]], "Policies attached by name."] = None
    managed_admin: Annotated[Fact[tuple[str, ...]], "Those of them that administer everything or identities."] = None
    admin_over: Annotated[Fact[tuple[str, ...]], "On Google Cloud: on what those hold, the widest first."] = None
    admin_attachments: Annotated[Many[AttachedPolicy], "The same, each where it is attached."] = ()
    whole_services: Annotated[
        Many[WholeServices],
        "Statements that open such services as a whole, on every resource and without a condition; the gravest first.",
    ] = ()
    services_in_hand: Annotated[Many[ServiceInHand], "On Google Cloud: services it holds, the gravest first."] = ()
    slips: Annotated[
        Many[PolicySlip], "Resources and conditions by which statements do not do what they say; for now on AWS."
    ] = ()
    trusts: Annotated[Many[Trust], "Who may become it."] = ()
    assignable_to: Annotated[Fact[tuple[str, ...]], "For a custom role: the scopes at which it may be given."] = None
    reconciles: Annotated[
        Fact[bool],
        "In a cluster: whether it keeps custom resources, as an operator does: it writes their status or finalizers.",
    ] = None
    reconciles_own: Annotated[
        Fact[bool],
        "In a cluster: whether this repository defines such a kind, so that it is part of the project's own operator.",
    ] = None
    provisions_volumes: Annotated[
        Fact[bool],
        "In a cluster: whether it makes volumes and tells that they are attached, as a driver of storage does.",
    ] = None
    answers_admission: Annotated[
        Fact[bool], "In a cluster: whether it answers a validating webhook that stands beside what runs as it."
    ] = None
    cluster_access: Annotated[Many[ClusterAccess], "What it may do in clusters that let it in."] = ()
    taken_by: Annotated[
        Fact[Literal["people", "schedule", "definition", "deployment", "vendor", "anything"]],
        "On AWS, who becomes it: people (a group, a directory, IAM Identity Center, a user with a password or one "
        "whose keys alone do nothing, a role called after administrators that admits whole accounts), rules and "
        "schedules, which call what they name, these and pipelines or state machines, a deployment (templates, "
        "pipelines of a protected branch or environment, a name that says so and no workload), a vendor (only "
        "other accounts, which have to give an external id), or anything else. On Google Cloud "
        "and Azure a deployment, by the same signs (on Azure with a federated credential), or anything.",
    ] = None
    unattached: Annotated[
        Fact[bool],
        "For a policy with slips that infrastructure code declares: whether nothing beside it names it, to attach it.",
    ] = None
    starts_tasks: Annotated[
        Fact[bool],
        "On AWS: true for a role that task definitions beside it name as execution role, and nothing is given besides: "
        "Amazon ECS pulls images and fills in secrets with it, and what runs in the containers never holds it.",
    ] = None
    only_sends_mail: Annotated[Fact[bool], "On AWS: whether all it may do is to send mail through Amazon SES."] = None
    only_reports: Annotated[
        Fact[bool], "On AWS: whether it holds something, all of it known and only sending logs, metrics and traces."
    ] = None
    boundary: Annotated[Fact[str], "The permissions boundary."] = None
    session_hours: Annotated[Fact[float], "How long a session of it may last."] = None
    escalations: Annotated[Many[Escalation], "Ways from its permissions to more, taken together."] = ()
    escalation_steps: Annotated[
        Many[EscalationStep], "The links of the first of those ways, each where the file grants it."
    ] = ()
    role_chains: Annotated[
        Many[RoleChain], "After linking: more powerful roles of the repository that it may become, one way to each."
    ] = ()
    admin: Annotated[Fact[bool], "Whether it may do everything."] = None
    lifts_denials: Annotated[
        Fact[bool], "Of one that may do everything: true where it is denied something, and may end that itself."
    ] = None
    carried_default: Annotated[
        Fact[bool], "For a machine: whether it is the account that everything in the project runs as by default."
    ] = None
    carried_full_scope: Annotated[
        Fact[bool], "For a machine: whether its tokens may be used for all that the account may do."
    ] = None
    changes_something: Annotated[
        Fact[bool], "Whether it is allowed anything that writes; false for a policy that only looks."
    ] = None
    only_reads: Annotated[
        Fact[bool],
        "Whether it holds something, all of it known and only looking, secret stores left out; for now on AWS and GCP.",
    ] = None
    credentials: Annotated[Many[Credential], "Long-lived keys made for it."] = ()
    of_policy: Annotated[
        Fact[bool], "Whether only the cloud's own policy engine uses it, to put resources right as its policies say."
    ] = None
    lent_to: Annotated[Fact[str], "For the account of a person: the unattended work that runs as it."] = None
    lasting_secret: Annotated[
        Fact[bool], "Whether the secret that opens it never ends and may be used any number of times, from anywhere."
    ] = None
    bootstraps_blindly: Annotated[
        Fact[bool], "For an issuer of workloads' identities: whether its agent takes the first server that answers."
    ] = None
    agent_principal: Annotated[Fact[bool], "Whether it is made for an AI agent service."] = None
    namespace: Annotated[Fact[str], "In a cluster: its namespace, where a file states one."] = None
    workloads: Annotated[Many[ClusterWorkload], "In a cluster: what runs as it."] = ()
    cloud: Annotated[Many[CloudIdentity], "In a cluster: cloud identities that it may become."] = ()
    loose_bindings: Annotated[
        Many[ClusterBinding], "In a cluster: bindings to it, where its namespace is declared here and it is not."
    ] = ()
    aggregated_into: Annotated[
        Fact[tuple[str, ...]], "In a cluster: roles for people that this role is added to, built-in ones by their name."
    ] = None
    admits_ci: Annotated[Fact[tuple[str, ...]], "After linking: workflows of this repository that become it."] = None


class ResourcePolicy(Record, frozen=True, kw_only=True):
    """A policy that stands on a resource: who may use it."""

    name: Annotated[Fact[str], "The resource or the document."] = None
    provider: Annotated[Fact[Literal["aws", "gcp", "azure", "databricks"]], "Where it lives."] = None
    service: Annotated[Fact[str], "The service whose resource it protects."] = None
    network_endpoint: Annotated[
        Fact[bool], "Whether it stands on a network endpoint, where it only limits what passes."
    ] = None
    serves_web: Annotated[
        Fact[bool], "Whether its resource is set up to show what it holds to browsers (a web site, a backend)."
    ] = None
    called_as: Annotated[
        Fact[str], "For a service that is called: its name, the calls of its module and its folder, as far as told."
    ] = None
    inside_only: Annotated[Fact[bool], "For such a service: whether only its own networks reach it."] = None
    keeps_strangers_out: Annotated[
        Fact[bool],
        "Whether a denial turns away everybody who does not meet a condition, or a block on its bucket all strangers.",
    ] = None
    checks_callers: Annotated[
        Fact[bool],
        "For a function: true where it asks its callers for a proof by itself, by a header or a secret for that.",
    ] = None
    own_keys: Annotated[Fact[str], "Keys or accounts of its own that it takes because a file says so, in words."] = None
    keys_only: Annotated[Fact[bool], "Whether it takes nothing but such keys, and no identity of a directory."] = None
    without_roles: Annotated[Fact[bool], "For a cluster: whether its roles are off, so that everybody may all."] = None
    slips: Annotated[Many[PolicySlip], "Resources and conditions by which statements do not do what they say."] = ()
    grants: Annotated[Many[Grant], "Its statements."] = ()
