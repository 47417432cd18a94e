"""Which texts of a trust policy's Principal name an AWS service rather than an account, a user or an identity provider.

Judged by shape: AWS publishes no complete list of service principals, and new services appear under the same suffixes.
Source: AWS IAM User Guide, "AWS JSON policy elements: Principal", section "AWS service principals".
"""

from __future__ import annotations

_SUFFIXES = (
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazonaws.eu",
    ".amazon.com",
    ".c2s.ic.gov",
    ".sc2s.sgov.gov",
    ".csp.hci.ic.gov",
    ".cloud.adc-e.uk",
    ".aws.internal",
)
"""DNS suffixes of the partitions aws, aws-cn, aws-eusc and aws-iso*, and two older forms that some services keep."""

_LABEL_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")


def is_service_principal(text: str) -> bool:
    """Whether the text has the form of a service principal: `ec2.amazonaws.com`, `states.cn-north-1.amazonaws.com.cn`.

    False for ARNs, URLs, wildcards and templates, and for `cognito-identity.amazonaws.com`, which is a web identity
    provider and stands under Federated. `www.amazon.com`, the Login with Amazon provider, is none either.
    """
    host = text.lower()
    if host in {"cognito-identity.amazonaws.com", "www.amazon.com"}:
        return False
    suffix = next((suffix for suffix in _SUFFIXES if host.endswith(suffix)), "")
    labels = host.removesuffix(suffix).split(".") if suffix else []
    return bool(labels) and all(label and _LABEL_CHARACTERS.issuperset(label) for label in labels)
