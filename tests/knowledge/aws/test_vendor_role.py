"""The roles of vendors that customers let in by name."""

from __future__ import annotations

import pytest

from nhilint.knowledge.aws import look_up, vendor_role

ACCOUNT = "710019948333"


@pytest.mark.parametrize(
    ("arn", "vendor"),
    [
        (f"arn:aws:iam::{ACCOUNT}:role/RH-Managed-OpenShift-Installer", "Red Hat"),
        (f"arn:aws:iam::{ACCOUNT}:role/RH-Technical-Support-12345678", "Red Hat"),
        (f"arn:aws:iam::{ACCOUNT}:role/RH-Managed-OpenShift-Installer-2", None),
        (f"arn:aws:iam::{ACCOUNT}:user/RH-Managed-OpenShift-Installer", None),
        (f"arn:aws:iam::{ACCOUNT}:root", None),
        ("arn:aws:iam::111122223333:role/RH-Managed-OpenShift-Installer", None),
        (ACCOUNT, None),
    ],
)
def test_a_role_is_known_by_account_and_name(arn, vendor):
    found = vendor_role(arn)
    assert (found.vendor if found is not None else None) == vendor


def test_what_is_asked_for_are_actions():
    found = vendor_role(f"arn:aws:iam::{ACCOUNT}:role/RH-Technical-Support-Access")
    assert found is not None
    assert found.prescribed
    assert all(look_up(action) is not None for action in found.prescribed)
