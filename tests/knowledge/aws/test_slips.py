"""Slips of the pen: a suggestion that stands beyond doubt, or none."""

from __future__ import annotations

import pytest

from nhilint.knowledge.aws import all_permitting, nearest_action, permitted_by, slip_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cloudtrail:StopLoging", "cloudtrail:StopLogging"),
        ("s3:GetObjct", "s3:GetObject"),
        ("macie:DisableMacie", "macie2:DisableMacie"),
        ("s3:GetObject", None),
        ("sso:DeletePermissionsPolicy", None),
        ("sso:UpdateDirectoryAssociation", None),
        ("workmail:ResetUserPassword", None),
        ("aws-marketplace:CreatePrivateMarketplace", None),
        ("s3:Get*Objct", None),
        ("s3:Get", None),
        ("quantumledgerforge:Open", None),
        ("s3:", None),
    ],
)
def test_only_a_slip_is_corrected(written, meant):
    assert slip_of(written) == meant


def test_operations_without_an_action_name_what_permits_them():
    assert permitted_by("S3:headobject") == "s3:GetObject"
    assert permitted_by("s3:DeleteBucketEncryption") == "s3:PutEncryptionConfiguration"
    assert permitted_by("s3:GetBucketLifecycle") == "s3:GetLifecycleConfiguration"
    assert permitted_by("s3:DeleteAccountPublicAccessBlock") == "s3:PutAccountPublicAccessBlock"
    assert permitted_by("s3:DeleteBucketPublicAccessBlock") == "s3:PutBucketPublicAccessBlock"
    assert permitted_by("s3:GetObject") is None


def test_an_operation_that_takes_two_actions_names_both():
    assert all_permitting("s3:copyObject") == ("s3:GetObject", "s3:PutObject")
    assert permitted_by("s3:CopyObject") is None
    assert nearest_action("s3:CopyObject") == "s3:PutObject"
