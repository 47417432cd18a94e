"""How the command lines of a pipeline say that it becomes a cloud identity, whatever platform runs them.

Sources, read 2026-11-22: https://docs.gitlab.com/ci/cloud_services/aws/, /google_cloud/ and /azure/; for
`gcloud auth activate-service-account`, which takes nothing but the stored key of an account:
https://docs.cloud.google.com/sdk/gcloud/reference/auth/activate-service-account (from a survey, page not re-read).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from nhilint.source.deferred import Deferred

Provider = Literal["aws", "gcp", "azure", "vault", "pypi", "other"]


class Sign(NamedTuple):
    """What in a script says that a job logs in. The first group is the identity that it becomes, if it is told."""

    provider: Provider
    by: Literal["oidc", "static"]
    pattern: Deferred


GOOGLES_KEY = Sign("gcp", "static", Deferred(r"\bgcloud auth activate-service-account\b[^\n]{0,200}--key-file\b"))
AZURES_SECRET = Sign(
    "azure",
    "static",
    Deferred(r"\baz login\b[^\n]{0,200}--service-principal\b[^\n]{0,200}\s(?:-p|--password)[ =]"),
)
SIGNS = (
    Sign(
        "aws",
        "oidc",
        Deferred(r"assume-role-with-web-identity\b(?:[^;&|]{0,400}?--role-arn[= ]+[\"']?([^\s\"';]+))?"),
    ),
    Sign("gcp", "oidc", Deferred(r"workload-identity-pools/[^\n]{0,300}?--service-account[= ]+[\"']?([^\s\"';]+)")),
    Sign("azure", "oidc", Deferred(r"\baz login\b[^\n]{0,200}--federated-token\b")),
    Sign("vault", "oidc", Deferred(r"\bvault write\b[^\n]{0,80}\bauth/\S{1,80}/login\b[^\n]{0,200}\bjwt=")),
    Sign(
        "aws",
        "static",
        Deferred(r"\baws configure set aws_secret_access_key\b|\bAWS_SECRET_ACCESS_KEY=[\"']?\$(?!\()"),
    ),
    GOOGLES_KEY,
    AZURES_SECRET,
)
