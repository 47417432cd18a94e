"""A way in: who may become an identity, by which issuer's word, and what is asked of them besides."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.statement import Condition, Principal


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
    subjects_before_review: Annotated[
        Fact[tuple[str, ...]], "On AWS: subjects that no single branch or environment has; all where each is of one."
    ] = None
    refuses_pull_requests: Annotated[
        Fact[bool],
        "On AWS: whether a negated comparison keeps out the pull requests of repositories that are accepted.",
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
