"""Members of bindings."""

from __future__ import annotations

import pytest

from nhilint.formats.gcp.members import is_default, is_service_agent, is_workload, member_kind, principal, shown
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.place import Place

AT = Place("p.json")


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("allUsers", "anyone"),
        ("allAuthenticatedUsers", "anyone"),
        ("user:a@example.com", "user"),
        ("group:a@example.com", "group"),
        ("domain:example.com", "domain"),
        ("serviceAccount:a@acme-prod.iam.gserviceaccount.com", "service_account"),
        ("user:a@acme-prod.iam.gserviceaccount.com", "service_account"),
        ("serviceAccount:acme-prod.svc.id.goog[agents/bot]", "federated"),
        ("principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*", "federated"),
        ("deleted:serviceAccount:a@acme-prod.iam.gserviceaccount.com?uid=1", "service_account"),
        ("nobody", None),
    ],
)
def test_kinds(member, kind):
    assert member_kind(member) == kind


def test_a_gap_leaves_the_kind():
    told = principal(Known("serviceAccount:${var.account}", AT))
    assert value_of(told.kind) == "service_account"
    assert isinstance(told.value, Unknown)
    assert isinstance(principal(Known("${var.account}", AT)), Unknown)


def test_what_is_told_of_a_member():
    told = principal(Known("deleted:serviceAccount:a@acme-prod.iam.gserviceaccount.com?uid=1", AT))
    assert value_of(told.deleted) is True
    assert value_of(principal(Known("serviceAccount:a@acme-prod.iam.gserviceaccount.com", AT)).account) == "acme-prod"
    assert value_of(principal(Known("user:r.kestrel@gmail.com", AT)).consumer) is True
    assert value_of(principal(Known("user:your-name@gmail.com", AT)).consumer) is False
    assert value_of(principal(Known("group:r.kestrel@gmail.com", AT)).consumer) is False


def test_default_accounts_and_accounts_of_google():
    assert is_default("serviceAccount:1-compute@developer.gserviceaccount.com")
    assert is_default("serviceAccount:${project}-compute@developer.gserviceaccount.com")
    assert is_default("serviceAccount:acme-prod@appspot.gserviceaccount.com")
    assert not is_default("serviceAccount:compute@acme-prod.iam.gserviceaccount.com")
    assert is_service_agent("serviceAccount:service-1@gcp-sa-pubsub.iam.gserviceaccount.com")
    assert is_service_agent("serviceAccount:1@cloudservices.gserviceaccount.com")
    assert not is_service_agent("serviceAccount:1@cloudbuild.gserviceaccount.com")
    assert is_workload("serviceAccount:1@cloudbuild.gserviceaccount.com")
    assert not is_workload("deleted:serviceAccount:ci@acme-prod.iam.gserviceaccount.com?uid=123")
    assert not is_workload("principalSet://iam.googleapis.com/locations/global/workforcePools/staff/*")


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("serviceAccount:bot@own.iam.gserviceaccount.com", "serviceAccount:bot"),
        ("${var.name}-vault@acme.iam.gserviceaccount.com", "<var.name>-vault@acme.iam.gserviceaccount.com"),
        ("${ length(x) > 0 }", "<length(x) > 0>"),
    ],
)
def test_what_only_a_run_fills_in_stands_between_angle_brackets(member, said):
    assert shown(member) == said
