"""Several providers of one pool: who enters by which, and what is said of it."""

from __future__ import annotations

import pytest

from nhilint.formats.gcp.declared import Provider
from nhilint.formats.gcp.trust import admits_nobody, trust
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.place import Place

AT = Place("main.tf")
ISSUER = Known("https://token.actions.githubusercontent.com", AT)
MAPPING = {"google.subject": "assertion.sub", "attribute.repository": "assertion.repository"}
MEMBER = (
    "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci"
    "/attribute.repository/acme/site"
)
OWN = "assertion.repository == 'acme/site'"


def provider(label, condition):
    stated = Known(condition, AT)
    return Provider(at=AT, label=label, pools=frozenset({"ci"}), issuer=ISSUER, condition=stated, mapping=MAPPING)


def entered(*conditions, member=MEMBER):
    return trust(Known(member, AT), "ci", [provider(f"p{n}", said) for n, said in enumerate(conditions)])


def test_the_widest_of_several_providers_speaks_with_its_own_condition():
    found = entered(f"{OWN} && assertion.ref == 'refs/heads/main'", f"{OWN} && assertion.event_name == 'pull_request'")
    assert value_of(found.subject_scope) == "pull_request"
    assert value_of(found.subjects)[0].startswith("attribute.repository/acme/site through p1 where ")
    assert "pull_request" in value_of(found.conditions[0].values)[0]


@pytest.mark.parametrize(
    "other", ["assertion.repository == 'acme/other'", "assertion.repository in ['acme/a', 'acme/b']"]
)
def test_a_provider_of_another_repository_lets_nobody_of_this_one_in(other):
    found = entered(other, f"{OWN} && assertion.ref == 'refs/heads/main'")
    assert value_of(found.subject_scope) == "branch_or_environment"
    assert "through" not in value_of(found.subjects)[0]


def test_a_condition_with_a_gap_contradicts_nothing():
    found = entered("assertion.repository == '${var.repository}'", f"{OWN} && assertion.ref == 'refs/heads/main'")
    assert value_of(found.subject_scope) == "repository"


def test_nobody_gets_in_where_every_provider_asks_for_another():
    assert isinstance(entered("assertion.repository == 'acme/other'").subject_scope, Unknown)


@pytest.mark.parametrize("event", ["push", "workflow_dispatch"])
def test_other_events_may_be_of_any_branch(event):
    assert value_of(entered(f"{OWN} && assertion.event_name == '{event}'").subject_scope) == "repository"


@pytest.mark.parametrize(
    ("issuer", "attribute", "claim", "enters"),
    [
        ("token.actions.githubusercontent.com", "project_path", "assertion.project_path", False),
        ("token.actions.githubusercontent.com", "repository", "assertion.repository", True),
        ("gitlab.com", "repository", "assertion.repository", False),
        ("gitlab.com", "project_path", "assertion.project_path", True),
        ("idp.acme.io", "repository", "assertion.repository", True),
        ("token.actions.githubusercontent.com", "unit", "assertion.repository_property_unit", True),
    ],
)
def test_nobody_carries_what_the_tokens_of_the_issuer_do_not_say(issuer, attribute, claim, enters):
    mapping = {"google.subject": "assertion.sub", f"attribute.{attribute}": claim}
    told = Known(f"https://{issuer}", AT)
    own = Provider(at=AT, label="p", pools=frozenset({"ci"}), issuer=told, mapping=mapping)
    member = Known(MEMBER.replace("attribute.repository", f"attribute.{attribute}"), AT)
    assert admits_nobody(member, [own], AT) is not enters
    assert isinstance(trust(member, "ci", [own]).issuer, Unknown) is not enters


def test_a_reusable_workflow_within_an_attribute_that_is_put_together_is_one_workload():
    mapping = {
        "google.subject": "assertion.sub",
        "attribute.run": "assertion.event_name + ':by:' + assertion.job_workflow_ref",
    }
    asked = Known("assertion.repository_owner_id == '1234567'", AT)
    own = Provider(at=AT, label="p", pools=frozenset({"ci"}), issuer=ISSUER, condition=asked, mapping=mapping)
    pool = MEMBER.partition("/attribute.")[0]
    member = f"{pool}/attribute.run/push:by:acme/flows/.github/workflows/build.yml@refs/heads/main"
    assert value_of(trust(Known(member, AT), "ci", [own]).subject_scope) == "workload"
