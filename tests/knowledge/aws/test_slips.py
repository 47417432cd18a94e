"""Slips of the pen: a suggestion that stands beyond doubt, or none."""

from __future__ import annotations

import pytest

from nhilint.knowledge.aws import permitted_by, slip_of


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
    assert permitted_by("s3:GetObject") is None
