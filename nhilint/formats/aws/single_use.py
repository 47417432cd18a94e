"""Whether all that a principal may do is one thing: to send mail, to send logs, metrics and traces, to register servers
with a service, or to take stacks down.

Source: only IAM users have the credentials of Amazon SES's SMTP interface (docs.aws.amazon.com/ses/latest/dg/
smtp-credentials.html, read 2026-11-22).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.statement import Grant

_TELEMETRY = Deferred(
    r"(?:xray:(?:Put\w{0,40}|GetSampling\w{0,40})|cloudwatch:(?:PutMetricData|ListMetrics)|aps:RemoteWrite|"
    r"logs:(?:Create|Put)Log\w{0,20}|logs:DescribeLog(?:Group|Stream)s|logs:Tag(?:LogGroup|Resource))",
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
_REGISTERING = frozenset(
    {
        "AWSApplicationMigrationAgentInstallationPolicy",
        "AWSApplicationMigrationAgentPolicy",
        "AWSApplicationMigrationAgentPolicy_v2",
        "AWSElasticDisasterRecoveryAgentInstallationPolicy",
    }
)
"""AWS's own policies by which a server that is copied registers with the service that copies it, for credentials that
its installer is given (docs.aws.amazon.com/mgn/latest/ug/credentials.html, read 2026-11-23; docs.aws.amazon.com/drs/
latest/userguide/credentials-drs.html, from a survey)."""
_ENDING = Deferred(r"([a-z0-9-]{1,60}):(?:Delete|Terminate|Deregister)\w{0,80}\*?", flags=re.IGNORECASE)
_MAKING = Deferred(r"[a-z0-9-]{1,60}:(?:Create|Run)\w{0,80}\*?", flags=re.IGNORECASE)
_MANY_SERVICES = 5
"""In so many services deletes who ends whole stacks; whoever looks after one thing names a few."""
_MAIL = Deferred(r"ses:send(?:raw)?email", flags=re.IGNORECASE)
_OF_SENDING = Deferred(
    r"ses:(?:get(?:sendquota|sendstatistics|account|accountsendingenabled|emailidentity|identity\w{1,40}attributes)|"
    r"list(?:identities|emailidentities|verifiedemailaddresses))",
    flags=re.IGNORECASE,
)
"""What those who send look up beside it: how much they may send and did, and from which addresses. Lists of recipients
are none of it (docs.aws.amazon.com/service-authorization/latest/reference/list_amazonses.html and
…/list_amazonsimpleemailservicev2.html, from a survey)."""


def only_sends_mail(grants: Sequence[Grant], unread: Sequence[Unknown], at: Place) -> Known[bool]:
    """Whether all that is allowed is to send mail through Amazon SES, and to look up how much and from where."""
    allowed = [grant for grant in grants if value_of(grant.effect) != "deny"]
    words = [word for grant in allowed for word in value_of(grant.actions) or ("",)]
    others = [word for word in words if not _MAIL.fullmatch(word)]
    return Known(len(others) < len(words) and not unread and all(map(_OF_SENDING.fullmatch, others)), at)


def only_reports(grants: Sequence[Grant], managed: Sequence[Node]) -> bool:
    """Whether all that is allowed is to send logs, metrics and traces."""
    allowed = [grant for grant in grants if value_of(grant.effect) != "deny"]
    words = [word for grant in allowed for word in value_of(grant.actions) or ("",)]
    named = [str(node.value).rpartition("/")[2] for node in managed]
    told = all(map(_TELEMETRY.fullmatch, words)) and _REPORTING.issuperset(named)
    return bool(allowed or managed) and told


def only_registers_servers(holder: Identity) -> bool:
    """Whether all that it holds are policies by which servers register with a service of AWS that copies them."""
    managed = [policy.rpartition("/")[2] for policy in value_of(holder.managed) or ()]
    return bool(managed) and not holder.grants and _REGISTERING.issuperset(managed)


def takes_stacks_down(holder: Identity) -> bool:
    """Whether it may delete, by actions that are named, what many services keep, and makes nothing by such actions."""
    allowed = [grant for grant in known_records(holder.grants) if value_of(grant.effect) != "deny"]
    words = [word for grant in allowed for word in value_of(grant.actions) or ()]
    services = {found[1].lower() for found in map(_ENDING.fullmatch, words) if found}
    return len(services) >= _MANY_SERVICES and not any(map(_MAKING.fullmatch, words))
