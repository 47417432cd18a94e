"""Who a provider of an identity pool admits."""

from __future__ import annotations

import pytest
from msgspec import structs

from nhilint.formats.gcp.declared import Provider
from nhilint.formats.gcp.federation import admitted, claim_behind, impossible_values, kind_of_issuer
from nhilint.formats.gcp.trust import trust
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.place import Place

MAPPING = {
    "google.subject": "assertion.sub",
    "attribute.repository": "assertion.repository",
    "attribute.owner": "assertion['repository_owner']",
}


@pytest.mark.parametrize(
    ("condition", "scope"),
    [
        (None, "any"),
        ("true", "any"),
        ("assertion.ref == 'refs/heads/main'", "any"),
        ("assertion.repository != 'acme/old'", "any"),
        ("assertion.repository.startsWith('acme')", "any"),
        ("assertion.repository_owner.startsWith('acme')", "any"),
        ("assertion.repository_owner == 'acme' || assertion.event_name == 'push'", "any"),
        ("assertion.repository_owner_id == '1234567'", "organization"),
        ("attribute.owner == 'acme'", "organization"),
        ("google.subject.startsWith('repo:acme/')", "organization"),
        ("assertion.repository.startsWith('acme/')", "organization"),
        ("'acme/site' == assertion.repository", "repository"),
        ("attribute.repository in ['acme/site', 'acme/api']", "repository"),
        ("assertion.sub.matches('^repo:acme/site:.*$')", "repository"),
        ("assertion.repository == '${var.repository}'", "repository"),
        ("has(assertion.repository) && assertion.repository == 'acme/site'", "repository"),
        (
            "(assertion.repository == 'acme/a' || assertion.repository == 'acme/b') && assertion.ref == 'x'",
            "repository",
        ),
        ("assertion.job_workflow_ref == 'acme/ci/.github/workflows/deploy.yml@refs/heads/main'", "workload"),
        ("assertion.workflow_ref == 'acme/ci/.github/workflows/deploy.yml@${var.ref}'", "repository"),
        ("assertion.repository_id == '1' && assertion.ref == 'refs/heads/main'", "branch_or_environment"),
        ("assertion.sub == 'repo:acme/site:ref:refs/heads/main'", "branch_or_environment"),
        ("${var.condition}", None),
        ("assertion.team == 'blue'", None),
        ("assertion.sub == '${var.subject}'", None),
        ("assertion.sub.matches('^repo:(acme|other)/.*')", None),
    ],
)
def test_how_wide_a_condition_admits(condition, scope):
    assert admitted("github", condition, MAPPING) == scope


def test_other_issuers():
    assert admitted("gitlab", "assertion.namespace_id == '7'", {}) == "organization"
    assert admitted("gitlab", "assertion.project_id == '7' && assertion.ref == 'main'", {}) == "branch_or_environment"
    assert (
        admitted("terraform_cloud", "assertion.sub.startsWith('organization:acme:project:p:workspace:w')", {})
        == "workload"
    )
    assert admitted("terraform_cloud", "assertion.sub.startsWith('organization:acme')", {}) == "any"
    assert admitted("terraform_cloud", "assertion.terraform_organization_id == 'org-1'", {}) == "organization"
    assert admitted("terraform_cloud", "assertion.terraform_workspace_name == 'w'", {}) == "any"
    both = "assertion.terraform_organization_name == 'acme' && assertion.terraform_workspace_name == 'w'"
    assert admitted("terraform_cloud", both, {}) == "workload"
    full = "assertion.terraform_full_workspace == 'organization:acme:project:p:workspace:w'"
    assert admitted("terraform_cloud", full, {}) == "workload"


def test_issuers():
    assert kind_of_issuer("https://token.actions.githubusercontent.com") == "github"
    assert kind_of_issuer("https://gitlab.com/") == "gitlab"
    assert kind_of_issuer("https://login.example.com") == "other"


def test_claims_behind_attributes():
    assert claim_behind("attribute.owner", MAPPING) == "repository_owner"
    assert claim_behind("attribute.none", MAPPING) == ""
    assert claim_behind("attribute.x", {"attribute.x": "assertion.a + assertion.b"}) == ""


def test_values_that_no_token_has():
    assert impossible_values("github", "assertion.sub == 'repo:acme/site:*'", MAPPING) == ("repo:acme/site:*",)
    assert impossible_values("github", "assertion.repository == 'acme/*'", MAPPING) == ("acme/*",)
    assert impossible_values("github", "assertion.sub.startsWith('repo:acme/')", MAPPING) == ()
    assert impossible_values("github", None, MAPPING) == ()


PLACE = Place("main.tf")
MEMBER = (
    "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.repository/a/b"
)


@pytest.mark.parametrize(
    ("condition", "scope"),
    [
        (None, "repository"),
        (Known('attribute.ref == "refs/heads/main"', PLACE), "branch_or_environment"),
        (Known("request.time < timestamp('2027-01-01T00:00:00Z')", PLACE), "repository"),
        (Known("resource.name == 'x'", PLACE), None),
        (Unknown("a template", PLACE), None),
    ],
)
def test_the_condition_of_a_binding_holds_besides(condition, scope):
    provider = Provider(
        at=PLACE,
        label="github",
        pools=frozenset({"ci"}),
        issuer=Known("https://token.actions.githubusercontent.com", PLACE),
        mapping={"google.subject": "assertion.sub", "attribute.repository": "assertion.repository"},
    )
    assert value_of(trust(Known(MEMBER, PLACE), "ci", [provider], condition).subject_scope) == scope


def provider(mapping, condition="assertion.repository_owner_id == '7'", unread=None):
    return Provider(
        at=PLACE,
        label="p",
        pools=frozenset({"ci"}),
        issuer=Known("https://token.actions.githubusercontent.com", PLACE),
        condition=Known(condition, PLACE),
        mapping={"google.subject": "assertion.sub", **mapping} if mapping is not None else {},
        unread_mapping=unread,
    )


@pytest.mark.parametrize(
    ("beside", "scope"),
    [
        (provider({"attribute.ref": "assertion.ref"}), "repository"),
        (provider({"attribute.repository": "assertion.repository_owner"}), "organization"),
        (provider({"${var.key}": "assertion.ref"}), "organization"),
        (provider(None), "organization"),
        (provider({}, unread=Unknown("an expression", PLACE)), None),
    ],
)
def test_only_providers_that_map_the_attribute_of_a_member_lead_to_it(beside, scope):
    own = provider({"attribute.repository": "assertion.repository"})
    assert value_of(trust(Known(MEMBER, PLACE), "ci", [own, beside]).subject_scope) == scope


def test_a_member_of_an_attribute_that_no_provider_maps():
    found = trust(Known(MEMBER, PLACE), "ci", [provider({"attribute.ref": "assertion.ref"})])
    assert isinstance(found.subject_scope, Unknown)
    everybody = MEMBER.replace("attribute.repository/a/b", "*")
    assert value_of(trust(Known(everybody, PLACE), "ci", [provider({})]).subject_scope) == "organization"


@pytest.mark.parametrize(
    ("condition", "scope"),
    [
        (Unknown("an expression", PLACE), None),
        (Known("assertion.repository == 'a/b' && known(assertion)", PLACE), None),
        (Known("assertion.repository_owner == '${var.owner}' && assertion.ref == 'refs/heads/main'", PLACE),
         "branch_or_environment"),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_be_read_leaves_it_unknown_rather_than_wide(condition, scope):
    own = structs.replace(provider({"attribute.repository": "assertion.repository"}), condition=condition)
    assert value_of(trust(Known(MEMBER, PLACE), "ci", [own]).subject_scope) == scope
