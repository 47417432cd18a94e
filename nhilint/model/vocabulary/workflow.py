"""A CI pipeline: who can start it, what its jobs may do, and what they run."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.agent import TokenPermission, Trigger
from nhilint.model.vocabulary.capability import RunsAs
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.vocabulary.tool import IneffectiveSetting, Package


class Injection(Record, frozen=True, kw_only=True):
    """A value chosen by outsiders that is pasted into code before it runs."""

    expression: Annotated[Fact[str], "The expression (github.event.issue.title)."] = None
    into: Annotated[Fact[Literal["shell", "script", "prompt", "environment_file"]], "What it is pasted into."] = None
    chosen_by: Annotated[
        Fact[Literal["outsiders", "committers", "callers"]],
        "Who chooses it: anyone who opens an issue, a comment or a pull request; those whose commits and branches "
        "reach the repository; whoever calls this workflow or action.",
    ] = None


class Passed(Record, frozen=True, kw_only=True):
    """An input that is handed to a called workflow or action although outsiders choose its value."""

    name: Annotated[Fact[str], "The input."] = None
    expression: Annotated[Fact[str], "The expression that fills it (github.event.issue.title)."] = None
    chosen_by: Annotated[Fact[Literal["outsiders", "committers", "callers"]], "Who chooses the value."] = None


class InputCondition(Record, frozen=True, kw_only=True):
    """What a condition asks of an input, whatever else it asks."""

    name: Annotated[Fact[str], "The input."] = None
    values: Annotated[Fact[tuple[str, ...]], "Values in lower case of which it must be one, or none."] = None
    excluded: Annotated[Fact[bool], "Whether it must be none of them."] = None


class GivenInput(Record, frozen=True, kw_only=True):
    """An input with the value that a caller writes, or that it has by default."""

    name: Annotated[Fact[str], "The input, in lower case."] = None
    value: Annotated[
        Fact[str], "Its value as written; unknown where it is an expression, none where callers must give it."
    ] = None
    secret: Annotated[Fact[str], "The first secret that the value names, if any."] = None
    tells_to_read: Annotated[
        Fact[str], "For a text that brings in what others wrote, or tells its reader to look there: the words."
    ] = None


class CloudLogin(Record, frozen=True, kw_only=True):
    """A step that becomes a cloud identity."""

    provider: Annotated[
        Fact[Literal["aws", "gcp", "azure", "vault", "pypi", "npm", "rubygems", "crates-io", "nuget", "other"]],
        "Whose login.",
    ] = None
    identity: Annotated[Fact[str], "The role, service account or client it becomes."] = None
    may_be: Annotated[
        Fact[tuple[str, ...]],
        "Where a matrix, a caller or a variable completes the identity: what it may be, as far as it is written out; "
        "the rest stands there as an expression.",
    ] = None
    by: Annotated[Fact[Literal["oidc", "static"]], "With the job's own short-lived identity, or a stored key."] = None
    key_from: Annotated[
        Fact[tuple[str, ...]],
        "Of a step of an action that is handed a key: the inputs that fill it, in lower case. The key is a stored one, "
        "after linking, where a caller fills them with secrets.",
    ] = None
    power: Annotated[
        Fact[Literal["administers", "escalates", "limited"]],
        "After linking, where the repository declares the role: whether it may do all, can gain more, or neither.",
    ] = None
    power_through: Annotated[Fact[str], "After linking: what gives it that power."] = None
    asks_environment: Annotated[
        Fact[bool], "After linking: whether it lets in nobody but jobs of environments that its trust names."
    ] = None
    repeated: Annotated[
        Fact[bool], "After linking: whether an earlier step of the same workflow becomes the same identity."
    ] = None


class Step(Record, frozen=True, kw_only=True):
    """One step of a job, with what the job gives it."""

    name: Annotated[Fact[str], "Its name or id, else what it runs."] = None
    job: Annotated[Fact[str], "The id of its job."] = None
    action: Annotated[Package | None, "The action it uses."] = None
    privileged: Annotated[Fact[bool], "Whether its job has a writing token, a secret or a cloud identity."] = None
    checkout_of: Annotated[Fact[Literal["outsider", "trusted"]], "For a checkout: whose code it brings."] = None
    persists_credentials: Annotated[Fact[bool], "For a checkout: whether the token stays in the work tree."] = None
    runs_checked_out_code: Annotated[
        Fact[bool], "Whether it is the first of its job to run code of the tree after an outsider's checkout."
    ] = None
    injections: Annotated[Many[Injection], "Values by outsiders pasted into code."] = ()
    injection: Annotated[Fact[str], "The first of them, for messages."] = None
    prints_secret: Annotated[Fact[str], "The secret that it writes to the log or a file, if any."] = None
    approves_with: Annotated[
        Fact[str], "The secret, by its name, with which it approves the deployment of its own run."
    ] = None
    sent_unverified: Annotated[
        Fact[str], "The credential, by its name, that it sends to a server whose certificate it is told not to check."
    ] = None
    takes_all_secrets: Annotated[Fact[bool], "Whether it turns the whole collection of secrets into one value."] = None
    login: Annotated[CloudLogin | None, "The cloud identity that it becomes."] = None
    app_token: Annotated[
        Fact[Literal["narrowed", "whole"]],
        "Of a step that makes an app's token: narrowed by named permissions or listed repositories, or whole.",
    ] = None
    app_token_gives: Annotated[Fact[str], "Of a whole one: what it gives, and on which repositories, in words."] = None
    app: Annotated[Fact[str], "Of a step that makes an app's token: the app, by its id as it is written there."] = None
    app_token_to: Annotated[
        Fact[str], "Of a step that makes an app's token: the one action that the job hands it to, if just one."
    ] = None
    app_of_one_workflow: Annotated[
        Fact[bool], "Of a whole one for this repository: whether no other workflow here seems to need more of its app."
    ] = None
    takes: Annotated[
        Fact[tuple[str, ...]], "Of a step of an action: the inputs of the action that fill its own inputs or variables."
    ] = None
    runs_agent: Annotated[Fact[str], "The agent product that it runs, if any."] = None
    admits: Annotated[Many[Trigger], "Events that outsiders may cause and that start it, widest first."] = ()
    open_to: Annotated[
        Fact[Literal["anyone", "contributors", "labelled", "writers", "nobody"]],
        "Who can start it in a run that has the repository's own rights, after triggers, conditions and needed jobs.",
    ] = None
    started_by: Annotated[Fact[str], "The event through which the widest of them start it."] = None
    rights: Annotated[
        Fact[Literal["strong", "weak", "default", "none"]],
        "What its job holds. strong: a secret, a cloud identity or a token that changes code or packages; weak: a "
        "token that writes comments, labels or statuses; default: the repository's setting decides; none.",
    ] = None
    held: Annotated[Fact[tuple[str, ...]], "What makes up those rights, in words."] = None
    secrets: Annotated[Fact[tuple[str, ...]], "Secrets that the step itself is given."] = None
    foreign_secrets: Annotated[
        Fact[tuple[str, ...]],
        "For a step that uses an action or runs a fetched program: the secrets that do not open its own service.",
    ] = None
    secrets_around: Annotated[
        Fact[tuple[str, ...]],
        "For a step that uses a local action: the secrets in the variables that it sees, as the action's steps do.",
    ] = None
    downloads: Annotated[
        Fact[str],
        "The address of a program that it fetches and runs in one go, unless a commit fixes it, or such a package.",
    ] = None
    runs_package: Annotated[
        Package | None, "A package that it fetches from a public registry and runs at once, at a version that moves."
    ] = None
    beside: Annotated[
        Fact[tuple[str, ...]], "For a step that uses an action: the strong rights of its job that are not its own."
    ] = None
    checkout_ref: Annotated[Fact[str], "The outsiders' reference whose code stands in the work tree when it runs."] = (
        None
    )
    passes: Annotated[Many[Passed], "Inputs of a called action that outsiders choose."] = ()
    uploads_token: Annotated[
        Fact[str], "The artifact that it uploads with the token that a checkout left in the work tree, if any."
    ] = None
    plan_secrets: Annotated[
        Fact[tuple[str, ...]], "Of an upload of a saved plan of Terraform: the secrets whose values lie in it."
    ] = None
    asks_inputs: Annotated[Many[InputCondition], "What its condition asks of the inputs of its file."] = ()
    gives: Annotated[Many[GivenInput], "What it writes into the inputs of a local workflow or action."] = ()
    only_in: Annotated[
        Fact[tuple[str, ...]],
        "Repositories or owners, in lower case, of which its condition names one that must be the own for it to run.",
    ] = None


class Job(Record, frozen=True, kw_only=True):
    """One job of a workflow."""

    name: Annotated[Fact[str], "Its id."] = None
    permissions: Annotated[Many[TokenPermission], "What its token may do, after the workflow's default."] = ()
    permissions_stated: Annotated[Fact[bool], "Whether it or the workflow states permissions at all."] = None
    writes: Annotated[Fact[tuple[str, ...]], "Scopes that its token may write."] = None
    environment: Annotated[Fact[str], "The deployment environment, whose reviewers gate it."] = None
    self_hosted: Annotated[Fact[bool], "Whether it runs on the organisation's own machines."] = None
    withdrawn: Annotated[Fact[bool], "Whether every hosted machine it may run on has been withdrawn since."] = None
    self_hosted_if: Annotated[
        Many[InputCondition], "What the inputs of its file must be for it to run there, where they decide."
    ] = ()
    runner: Annotated[Fact[str], "A label of its machine that is none of the code host's own, where it bears one."] = (
        None
    )
    runner_account: Annotated[
        Fact[str],
        "After linking: the service account of a cluster that its machine, a pod of this repository, runs as.",
    ] = None
    runner_power: Annotated[
        Fact[str], "After linking: the gravest that this account may do to the whole cluster, in words."
    ] = None
    open_to: Annotated[
        Fact[Literal["anyone", "contributors", "labelled", "writers", "nobody"]],
        "Who can start it, after triggers and conditions.",
    ] = None
    inherits_secrets: Annotated[Fact[bool], "Whether it passes every secret to a called workflow."] = None
    called: Annotated[Package | None, "The reusable workflow that it calls."] = None
    secrets: Annotated[Many[Credential], "Secrets that it names."] = ()
    admits: Annotated[Many[Trigger], "Events that outsiders may cause and that start it, widest first."] = ()
    rights: Annotated[
        Fact[Literal["strong", "weak", "default", "none"]], "What it holds, by the same words as for a step."
    ] = None
    held: Annotated[Fact[tuple[str, ...]], "What makes up those rights, in words."] = None
    passes: Annotated[Many[Passed], "Inputs of a called workflow that outsiders choose."] = ()
    asks_inputs: Annotated[Many[InputCondition], "What its condition asks of the inputs of its file."] = ()
    gives: Annotated[Many[GivenInput], "What it writes into the inputs of a local workflow or action."] = ()
    only_in: Annotated[
        Fact[tuple[str, ...]],
        "Repositories or owners, in lower case, of which its condition names one that must be the own for it to run.",
    ] = None
    extends_elsewhere: Annotated[
        Fact[tuple[str, ...]], "For GitLab: names of jobs that it extends and that its own file does not have."
    ] = None
    token_as: Annotated[
        Fact[tuple[str, ...]], "Secrets of a called workflow, in upper case, that it fills with its own token alone."
    ] = None
    unmasked_part: Annotated[
        Fact[str], "A credential that it takes out of a structured secret, which hides it from no log, in words."
    ] = None


class HiddenJob(Record, frozen=True, kw_only=True):
    """A job that never runs by itself and only serves to be extended, by jobs of other files too."""

    name: Annotated[Fact[str], "Its name, with the dot that it begins with."] = None
    extends: Annotated[Fact[tuple[str, ...]], "Names that it extends and that its file does not have."] = None
    secrets: Annotated[Many[Credential], "Secrets that it names."] = ()
    rights: Annotated[
        Fact[Literal["strong", "weak", "default", "none"]], "What it gives, by the same words as for a step."
    ] = None
    held: Annotated[Fact[tuple[str, ...]], "What makes up those rights, in words."] = None
    login: Annotated[CloudLogin | None, "The cloud identity that it becomes."] = None


class PrintedCommands(Record, frozen=True, kw_only=True):
    """A switch by which commands that a step prints set variables and PATH of the steps after it."""

    where: Annotated[Fact[str], "What it holds for: every job, a job by its name, or a step of one."] = None
    rights: Annotated[
        Fact[Literal["strong", "weak", "default", "none"]], "The most that a job concerned holds, as for a step."
    ] = None
    held: Annotated[Fact[tuple[str, ...]], "What makes up those rights, in words."] = None


class FetchedVariables(Record, frozen=True, kw_only=True):
    """A text from an address whose lines become variables of the steps to come."""

    address: Annotated[Fact[str], "Where it is fetched: a branch, a newest release, nothing that stays."] = None
    own: Annotated[Fact[bool], "Whether the owner of the repository publishes it."] = None
    job: Annotated[Fact[str], "The job that fetches it."] = None
    rights: Annotated[Fact[Literal["strong", "weak", "default", "none"]], "What that job holds, as for a step."] = None
    held: Annotated[Fact[tuple[str, ...]], "What makes up those rights, in words."] = None


class AccountFilter(Record, frozen=True, kw_only=True):
    """A filter for the accounts whose pull requests start a build of AWS CodeBuild."""

    pattern: Annotated[Fact[str], "The pattern as written."] = None
    bound: Annotated[
        Fact[bool], "Whether the pattern, where it is a list of numbers, has to match the whole number of an account."
    ] = None
    instead: Annotated[Fact[str], "Where it is not: the same list, bound to the whole number."] = None
    alone: Annotated[Fact[bool], "Whether no approval of pull requests is stated beside it."] = None


class Workflow(Record, frozen=True, kw_only=True):
    """One pipeline: a file of a code host, or a trigger by which a cloud's build service starts."""

    name: Annotated[Fact[str], "Its name, else its file."] = None
    platform: Annotated[Fact[Literal["github", "gitlab", "codebuild", "cloudbuild"]], "The CI system."] = None
    triggers: Annotated[Many[Trigger], "What starts it."] = ()
    open_to: Annotated[
        Fact[Literal["anyone", "contributors", "labelled", "writers", "nobody"]], "The widest of its triggers."
    ] = None
    runs_outsider_code_with_rights: Annotated[
        Fact[bool], "Whether a trigger runs with secrets while outsiders choose the code."
    ] = None
    permissions: Annotated[Many[TokenPermission], "The token's rights stated for the whole file."] = ()
    permissions_stated: Annotated[Fact[bool], "Whether the file states them at its top."] = None
    write_all: Annotated[Fact[bool], "Whether the token may write everything."] = None
    oidc: Annotated[Fact[bool], "Whether a job can prove its identity to a cloud."] = None
    runs_agent: Annotated[Fact[bool], "Whether a step runs an AI agent."] = None
    jobs: Annotated[Many[Job], "Its jobs."] = ()
    steps: Annotated[Many[Step], "Its steps that use an action or do something to be judged, in order."] = ()
    credentials: Annotated[Many[Credential], "Credentials written into it or named by it."] = ()
    follows: Annotated[Fact[tuple[str, ...]], "Names of the workflows whose end starts it."] = None
    includes: Annotated[
        Many[Package], "Configuration of other places that becomes part of the pipeline, with its variables and tokens."
    ] = ()
    local_includes: Annotated[Fact[tuple[str, ...]], "Files of the same repository that become part of it."] = None
    hidden_jobs: Annotated[Many[HiddenJob], "Jobs that only serve to be extended."] = ()
    variables: Annotated[Fact[tuple[str, ...]], "Variables that it gives a value for all of its jobs."] = None
    made_from: Annotated[
        Fact[str], "For a workflow that a compiler made: the digest of the source that it was made from."
    ] = None
    compares_source: Annotated[
        Fact[bool], "For the same: whether its first job ends the run where that source is no longer the one beside it."
    ] = None
    stops: Annotated[
        Fact[str],
        "The moment after which a compiled workflow refuses to start its agent, as `2026-11-22 09:30:00` in UTC.",
    ] = None
    inputs: Annotated[Fact[tuple[str, ...]], "For an action or a called workflow: the inputs it declares."] = None
    defaults: Annotated[Many[GivenInput], "The inputs that it declares with what they are when nothing is given."] = ()
    ineffective: Annotated[
        Many[IneffectiveSetting], "Conditions that let everybody through although they look protective."
    ] = ()
    printed_commands: Annotated[
        Many[PrintedCommands], "Places that let commands on the output of steps set variables and PATH."
    ] = ()
    fetched_variables: Annotated[
        Many[FetchedVariables], "Texts of others that scripts write among the variables of their job as they are."
    ] = ()
    runs_as: Annotated[
        RunsAs | None, "For a build service of a cloud: the role or account whose rights its builds have."
    ] = None
    runs_changed_code: Annotated[
        Fact[bool],
        "For a build service of a cloud: whether a build runs what the change itself brings: its own build file, or "
        "commands that start its scripts.",
    ] = None
    account_filters: Annotated[
        Many[AccountFilter], "For AWS CodeBuild: filters for the accounts whose pull requests start a build."
    ] = ()
