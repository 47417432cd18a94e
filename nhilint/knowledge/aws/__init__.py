"""What AWS is like, offline: actions and their levels, escalation paths, condition keys, ARNs, managed policies.

Policies' strings become sets of actions that can be united, cut and asked. Nothing here knows a policy's syntax or
where it was written; statements, effects and conditions are put together in `formats`. Data loads on first use, once.
"""

from __future__ import annotations

from nhilint.knowledge.aws.action_set import (
    ActionSet,
    complement,
    everything,
    matching,
    matching_any,
    supports_resource_level,
)
from nhilint.knowledge.aws.action_table import Action, Level, look_up
from nhilint.knowledge.aws.arn import Arn, account_of, arn_matches, parse_arn
from nhilint.knowledge.aws.condition_key import (
    condition_keys,
    is_known_condition_key,
    is_sent,
    nearest_key,
    type_of_key,
)
from nhilint.knowledge.aws.escalation import Escalation, EscalationKind, all_escalations, escalations, simplest
from nhilint.knowledge.aws.grave_change import GraveChange, grave_changes
from nhilint.knowledge.aws.managed_grants import WideGrant, given_on_everything, wide_grant
from nhilint.knowledge.aws.managed_policy import (
    ADMIN_MANAGED_POLICIES,
    PolicyLevel,
    is_managed_policy_name,
    managed_policy_level,
)
from nhilint.knowledge.aws.principal import is_service_principal
from nhilint.knowledge.aws.resource_fit import Form, fits, form_of_type, forms_of
from nhilint.knowledge.aws.resource_type import acting_on
from nhilint.knowledge.aws.sensitive_read import SensitiveRead, is_sensitive_read, sensitive_reads
from nhilint.knowledge.aws.spelling import (
    all_permitting,
    is_known_service,
    nearest_action,
    nearest_service,
    permitted_by,
    slip_of,
)
from nhilint.knowledge.aws.vendor_role import VendorRole, vendor_role

__all__ = [
    "ADMIN_MANAGED_POLICIES",
    "Action",
    "ActionSet",
    "Arn",
    "Escalation",
    "EscalationKind",
    "Form",
    "GraveChange",
    "Level",
    "PolicyLevel",
    "SensitiveRead",
    "VendorRole",
    "WideGrant",
    "account_of",
    "acting_on",
    "all_escalations",
    "all_permitting",
    "arn_matches",
    "complement",
    "condition_keys",
    "escalations",
    "everything",
    "fits",
    "form_of_type",
    "forms_of",
    "given_on_everything",
    "grave_changes",
    "is_known_condition_key",
    "is_known_service",
    "is_managed_policy_name",
    "is_sensitive_read",
    "is_sent",
    "is_service_principal",
    "look_up",
    "managed_policy_level",
    "matching",
    "matching_any",
    "nearest_action",
    "nearest_key",
    "nearest_service",
    "parse_arn",
    "permitted_by",
    "sensitive_reads",
    "simplest",
    "slip_of",
    "supports_resource_level",
    "type_of_key",
    "vendor_role",
    "wide_grant",
]
