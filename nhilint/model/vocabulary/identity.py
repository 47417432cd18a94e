"""A principal that holds permissions, what it holds, and who may become it."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.credential import Credential

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
            Literal["anyone", "account", "role", "user", "service", "federated", "organization", "session", "canonical"]
        ],
        "What sort.",
    ] = None
    value: Annotated[Fact[str], "As written."] = None
    account: Annotated[Fact[str], "The account it belongs to."] = None
    external: Annotated[
        Fact[bool], "Whether it belongs to another account than the resource, where both are known."
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
        "Matched actions that end a record, a detector or a guardrail, which no resource narrows.",
    ] = None
    permission_actions: Annotated[Fact[tuple[str, ...]], "Matched actions that change who may do what."] = None
    passes_any_role: Annotated[Fact[bool], "Whether it lets its holder hand any role to a service."] = None
    unknown_actions: Annotated[Many[Misspelling], "Actions that match nothing."] = ()
    misspelt_actions: Annotated[Many[Misspelling], "Of those, the ones whose right spelling is beyond doubt."] = ()


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
    services: Annotated[Fact[tuple[str, ...]], "Service principals that are admitted."] = None
    deputy_guarded: Annotated[
        Fact[bool], "Whether a source account, source ARN or organisation condition guards a service principal."
    ] = None


class Escalation(Record, frozen=True, kw_only=True):
    """A known way from these permissions to more."""

    id: Annotated[Fact[str], "Its public id."] = None
    name: Annotated[Fact[str], "Its name."] = None
    kind: Annotated[
        Fact[Literal["self-escalation", "principal-access", "new-passrole", "existing-passrole", "resource-access"]],
        "How it gains: on itself, over another principal, by handing a role to something new or old, over data.",
    ] = None
    actions: Annotated[Fact[tuple[str, ...]], "The permissions it needs, all of which are granted."] = None
    url: Annotated[Fact[str], "Where it is described."] = None


class Identity(Record, frozen=True, kw_only=True):
    """A role, user, service account, or a policy document that waits to be attached to one."""

    name: Annotated[Fact[str], "Its name."] = None
    provider: Annotated[Fact[Literal["aws", "gcp", "azure", "kubernetes", "github"]], "Where it lives."] = None
    kind: Annotated[
        Fact[Literal["role", "user", "group", "policy", "service_account", "app", "control_policy"]], "What sort."
    ] = None
    arn: Annotated[Fact[str], "Its full id."] = None
    grants: Annotated[Many[Grant], "What it is given and denied."] = ()
    managed: Annotated[Fact[tuple[str, ...]], "Policies attached by name."] = None
    managed_admin: Annotated[Fact[tuple[str, ...]], "Those of them that administer everything or identities."] = None
    trusts: Annotated[Many[Trust], "Who may become it."] = ()
    boundary: Annotated[Fact[str], "The permissions boundary."] = None
    session_hours: Annotated[Fact[float], "How long a session of it may last."] = None
    escalations: Annotated[Many[Escalation], "Ways from its permissions to more, taken together."] = ()
    admin: Annotated[Fact[bool], "Whether it may do everything."] = None
    changes_something: Annotated[
        Fact[bool], "Whether it is allowed anything that writes; false for a policy that only looks."
    ] = None
    credentials: Annotated[Many[Credential], "Long-lived keys made for it."] = ()
    agent_principal: Annotated[Fact[bool], "Whether it is made for an AI agent service."] = None
    admits_ci: Annotated[Fact[tuple[str, ...]], "After linking: workflows of this repository that become it."] = None


class ResourcePolicy(Record, frozen=True, kw_only=True):
    """A policy that stands on a resource: who may use it."""

    name: Annotated[Fact[str], "The resource or the document."] = None
    provider: Annotated[Fact[Literal["aws", "gcp", "azure"]], "Where it lives."] = None
    service: Annotated[Fact[str], "The service whose resource it protects."] = None
    network_endpoint: Annotated[
        Fact[bool], "Whether it stands on a network endpoint, where it only limits what passes."
    ] = None
    keeps_strangers_out: Annotated[
        Fact[bool], "Whether a denial turns away everybody who does not meet a condition."
    ] = None
    grants: Annotated[Many[Grant], "Its statements."] = ()
