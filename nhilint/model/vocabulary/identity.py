"""What holds permissions: a principal with all that is said of it, and a resource with the policy that stands on it."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.authority import ClusterAccess, PolicySlip, ServiceInHand, WholeServices
from nhilint.model.vocabulary.cluster import CloudIdentity, ClusterBinding, ClusterWorkload
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.vocabulary.escalation import Escalation, EscalationStep, RoleChain
from nhilint.model.vocabulary.statement import Grant
from nhilint.model.vocabulary.trust import Trust


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
    group_of: Annotated[
        Fact[Literal["administrators", "people", "staff"]],
        "On AWS, of a group: whose it is by its name, where that says so; staff are developers, engineers, employees.",
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
    owns_nodes: Annotated[
        Fact[Literal["its_pods", "beside_it"]],
        "In a cluster: how whoever takes it over owns every node already: its own pods run privileged on all of them, "
        "or nothing here runs as it and those of an account that was installed with it do.",
    ] = None
    unapplied: Annotated[
        Fact[bool],
        "In a cluster: true where all files that say something of it stand beside the folders that the repository's "
        "own Argo CD applies.",
    ] = None
    cluster_access: Annotated[Many[ClusterAccess], "What it may do in clusters that let it in."] = ()
    taken_by: Annotated[
        Fact[Literal["people", "schedule", "definition", "control_plane", "deployment", "vendor", "anything"]],
        "On AWS, who becomes it: people (a group, a directory, IAM Identity Center, a user with a password or one "
        "whose keys alone do nothing, a role called after administrators that admits whole accounts), rules and "
        "schedules, which call what they name, these and pipelines or state machines, a control plane of AWS (EKS, "
        "AWS Config) and that hands its credentials to nobody, a deployment (templates, "
        "pipelines of a protected branch or environment, a name that says so and no workload), a vendor (only "
        "other accounts, which have to give an external id, or roles of a vendor that are known by name), or anything "
        "else. On Google Cloud and Azure a deployment, by the same signs (on Azure with a federated credential), or "
        "anything. In a cluster a deployment, where a controller that installs what a repository or a backup has "
        "is all that runs as it, by its image, or owns its name (Flux, Argo CD, Velero), or people, where a "
        "dashboard's guide makes it for them.",
    ] = None
    opens: Annotated[
        Fact[tuple[str, ...]],
        "For a role of Vault, after linking: what its policies open as a whole, each with the policy's name behind it.",
    ] = None
    unattached: Annotated[
        Fact[bool],
        "For a policy with slips that infrastructure code declares: whether nothing beside it names it, to attach it.",
    ] = None
    handed_out_as: Annotated[
        Fact[tuple[str, ...]],
        "For a policy that infrastructure code declares and attaches to nothing, beside others that it attaches: the "
        "outputs that name it, and its name where that is written out.",
    ] = None
    gives_default_only: Annotated[
        Fact[bool],
        "For a role of Vault: true where a sign-in by it gives the policy `default` alone, as far as its module says.",
    ] = None
    lessened_by: Annotated[
        Fact[str],
        "What makes its power less near than a check takes it to be, in words: nothing here uses the account, nobody "
        "here holds the role, only a controller takes the account, each binding to the pool names one repository or "
        "owner. Findings of it that would be high (for a pool, that it lets anybody in) are told one step lower, with "
        "these words, or hidden with them where a controller applies what the repository names.",
    ] = None
    for_tests: Annotated[Fact[bool], "On Google Cloud and Azure: whether by its name it runs tests (e2e)."] = None
    for_emergencies: Annotated[
        Fact[bool], "For a custom role of Azure: whether by its name it is for emergencies (break glass)."
    ] = None
    brings_secrets: Annotated[
        Fact[bool],
        "In a cloud: whether it is for an operator that brings secrets into a cluster (External Secrets), by its name "
        "or because accounts of a cluster that are called so are all that may become it.",
    ] = None
    starts_tasks: Annotated[
        Fact[bool],
        "On AWS: true for a role that task definitions beside it name as execution role, and nothing is given besides: "
        "Amazon ECS pulls images and fills in secrets with it, and what runs in the containers never holds it.",
    ] = None
    of_custom_resources: Annotated[
        Fact[bool],
        "In a template: true for a role that only functions run with which CloudFormation alone calls, for custom "
        "resources, as the stack changes.",
    ] = None
    only_sends_mail: Annotated[Fact[bool], "On AWS: whether all it may do is to send mail through Amazon SES."] = None
    on_one_resource: Annotated[
        Fact[bool], "In a template: whether all it is given names one store or queue that the template makes."
    ] = None
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
    administers_by: Annotated[
        Fact[str],
        "After linking, for one that pipelines of a forge may become: what makes it an administrator of its account, "
        "project or subscription, as far as the files tell; null for any other.",
    ] = None


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
        "Whether denials turn away all but certain callers from what everybody is allowed, or a block on its bucket "
        "all strangers.",
    ] = None
    checks_callers: Annotated[
        Fact[bool],
        "For a function: true where it asks its callers for a proof by itself: by a header or a secret for that, or its"
        " code in the same repository turns others away.",
    ] = None
    runs: Annotated[
        Fact[str], "For a function: folder, file and name of where its code starts, as written (src/hook/index.run)."
    ] = None
    own_keys: Annotated[Fact[str], "Keys or accounts of its own that it takes because a file says so, in words."] = None
    keys_only: Annotated[Fact[bool], "Whether it takes nothing but such keys, and no identity of a directory."] = None
    without_roles: Annotated[Fact[bool], "For a cluster: whether its roles are off, so that everybody may all."] = None
    slips: Annotated[Many[PolicySlip], "Resources and conditions by which statements do not do what they say."] = ()
    grants: Annotated[Many[Grant], "Its statements."] = ()
