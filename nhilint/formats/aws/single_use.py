"""Whether all that a principal may do is one harmless thing: to send mail, or to send logs, metrics and traces.

Source: only IAM users have the credentials of Amazon SES's SMTP interface (docs.aws.amazon.com/ses/latest/dg/
smtp-credentials.html, read 2026-11-22).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.statement import Grant

_TELEMETRY = Deferred(
    r"(?:xray:(?:Put\w{0,40}|GetSampling\w{0,40})|cloudwatch:PutMetricData|aps:RemoteWrite|"
    r"logs:(?:Create|Put)Log\w{0,20}|logs:DescribeLog(?:Group|Stream)s)",
    flags=re.IGNORECASE,
)
_REPORTING = frozenset(
    {
        "AWSLambdaBasicExecutionRole",
        "AWSXRayDaemonWriteAccess",
        "AWSXrayWriteOnlyAccess",
        "AmazonAPIGatewayPushToCloudWatchLogs",
        "AmazonPrometheusRemoteWriteAccess",
    }
)
"""AWS's own policies that do no more (docs.aws.amazon.com/aws-managed-policy/latest/reference)."""
_MAIL = Deferred(r"ses:send(?:raw)?email", flags=re.IGNORECASE)


def only_sends_mail(grants: Sequence[Grant], unread: Sequence[Unknown], at: Place) -> Known[bool]:
    """Whether all that is allowed is to send mail through Amazon SES."""
    allowed = [grant for grant in grants if value_of(grant.effect) != "deny"]
    words = [value_of(grant.actions) or ("",) for grant in allowed]
    mail = all(_MAIL.fullmatch(word) for named in words for word in named)
    return Known(bool(allowed) and not unread and mail, at)


def only_reports(grants: Sequence[Grant], managed: Sequence[Node]) -> bool:
    """Whether all that is allowed is to send logs, metrics and traces."""
    allowed = [grant for grant in grants if value_of(grant.effect) != "deny"]
    words = [word for grant in allowed for word in value_of(grant.actions) or ("",)]
    named = [str(node.value).rpartition("/")[2] for node in managed]
    told = all(map(_TELEMETRY.fullmatch, words)) and _REPORTING.issuperset(named)
    return bool(allowed or managed) and told
