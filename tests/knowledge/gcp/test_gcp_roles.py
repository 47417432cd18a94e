"""The table of predefined roles, what a role is for, and names that nobody has."""

from __future__ import annotations

import pytest

from nhilint.knowledge import gcp
from nhilint.knowledge.gcp.role_table import permission_names, role_names


def test_the_table_holds_what_the_source_has():
    assert len(role_names()) == 2461
    assert len(permission_names()) == 13790
    assert gcp.permissions_of("roles/run.invoker").names() == (
        "run.instances.invoke",
        "run.jobs.run",
        "run.routes.invoke",
    )
    assert len(gcp.permissions_of("roles/iam.serviceAccountTokenCreator")) == 9
    assert len(gcp.permissions_of("roles/editor")) == 11979


def test_a_role_that_is_none_has_no_permissions():
    assert gcp.permissions_of("roles/run.nobody") is None
    assert gcp.power_of("roles/run.nobody") is None
    assert gcp.stage_of("roles/run.nobody") is None
    assert not gcp.is_known_role("run.invoker")


@pytest.mark.parametrize(
    ("role", "power"),
    [
        ("roles/owner", "owner"),
        ("roles/editor", "editor"),
        ("roles/viewer", "viewer"),
        ("roles/resourcemanager.projectIamAdmin", "policies"),
        ("roles/iam.securityAdmin", "policies"),
        ("roles/iam.serviceAccountTokenCreator", "impersonation"),
        ("roles/iam.serviceAccountKeyAdmin", "impersonation"),
        ("roles/iam.serviceAccountUser", "act_as"),
        ("roles/run.admin", "other"),
    ],
)
def test_what_a_role_is_for(role, power):
    assert gcp.power_of(role) == power


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("roles/secretmanager.secretaccessor", "roles/secretmanager.secretAccessor"),
        ("roles/logging.logsWriter", "roles/logging.logWriter"),
        ("roles/run.invoker", None),
        ("roles/brandnew.productAdmin", None),
        ("roles/compute.instanceAdmin.v2", None),
        ("roles/cloudkms.editor", None),
        ("roles/resourcemanager.projectEditor", None),
        ("projects/p/roles/mine", None),
    ],
)
def test_slips_of_roles(written, meant):
    assert gcp.slip_of_role(written) == meant


def test_slips_of_permissions():
    assert gcp.slip_of_permission("iam.serviceAccountKey.create") == "iam.serviceAccountKeys.create"
    assert gcp.slip_of_permission("iam.serviceAccountKeys.create") is None
    assert gcp.slip_of_permission("never.heard.of") is None


def test_sets_unite_and_cut_strangers_too():
    held = gcp.permissions(["run.routes.invoke", "newthing.things.do"])
    assert len(held) == 2
    assert "newthing.things.do" in held
    assert not held - held
    assert (held - gcp.permissions(["run.routes.invoke"])).names() == ("newthing.things.do",)
    assert held.of_services(frozenset({"run"})).names() == ("run.routes.invoke",)


def test_kinds_of_access():
    assert gcp.access_of(gcp.permissions_of("roles/storage.objectViewer")) == ("read",)
    assert gcp.access_of(gcp.permissions(["storage.buckets.setIamPolicy"])) == ("permissions",)
    assert "write" in gcp.access_of(gcp.permissions(["iam.serviceAccounts.getAccessToken"]))
