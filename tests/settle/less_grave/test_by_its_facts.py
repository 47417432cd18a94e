"""What nobody holds or uses here is told one step less gravely, unless a text of the repository takes it after all."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

OWNER = """
resource "google_service_account" "builder" {
  account_id = "builder"
  project    = "acme-prod"
}
resource "google_project_iam_member" "builder" {
  project = "acme-prod"
  role    = "roles/owner"
  member  = "serviceAccount:${google_service_account.builder.email}"
}
"""
KEY = 'resource "google_service_account_key" "k" {\n  service_account_id = google_service_account.builder.name\n}\n'
MACHINE = """
resource "google_cloud_run_v2_service" "web" {
  name = "web"
  template {
    service_account = google_service_account.builder.email
  }
}
"""
ENTRANCE = """
resource "google_service_account_iam_member" "people" {
  service_account_id = google_service_account.builder.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = "group:builders@acme.io"
}
"""
EVERY = """
resource "google_project_iam_member" "people" {
  project = "acme-prod"
  role    = "roles/iam.serviceAccountTokenCreator"
  member  = "group:builders@acme.io"
}
"""
OUTPUT = 'output "builder" {\n  value = google_service_account.builder.email\n}\n'
RUN = "steps:\n- run: gcloud config set auth/impersonate_service_account builder@acme-prod.iam.gserviceaccount.com\n"
SCRIPT = """gcloud iam service-accounts create %s
gcloud projects add-iam-policy-binding ${P} --member=serviceAccount:%s@${P}.iam.gserviceaccount.com --role=roles/owner
gcloud iam service-accounts keys create key.json --iam-account %s@${P}.iam.gserviceaccount.com
"""
ROLE = """{"Name": "%s", "IsCustom": true, "Description": "%s", "Actions": ["Microsoft.Authorization/roleAssignments/*"],
 "AssignableScopes": ["/subscriptions/00000000-0000-0000-0000-000000000001"]}"""
ASSIGNS = 'resource "azurerm_role_assignment" "a" {\n  role_definition_name = "%s"\n}\n'


@pytest.fixture
def severity(tmp_path):
    def told(check, files):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        (found,) = scan(tmp_path, select=[check]).findings
        return found.severity

    return told


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("", Severity.MEDIUM),
        (KEY, Severity.HIGH),
        (MACHINE, Severity.HIGH),
        (ENTRANCE, Severity.HIGH),
        (EVERY, Severity.HIGH),
        (OUTPUT, Severity.HIGH),
    ],
)
def test_an_account_is_idle_until_something_uses_it(severity, rest, told):
    assert severity("basic-role-on-workload", {"main.tf": OWNER + rest}) == told


def test_an_account_that_a_text_impersonates_is_used(severity):
    assert severity("basic-role-on-workload", {"main.tf": OWNER, "ci/build.yml": RUN}) == Severity.HIGH


@pytest.mark.parametrize(("name", "told"), [("terraform", Severity.MEDIUM), ("bot", Severity.HIGH)])
def test_the_builder_of_its_own_project_whose_key_is_told_by_itself(severity, name, told):
    assert severity("basic-role-on-workload", {"setup.sh": SCRIPT % (name, name, name)}) == told


@pytest.mark.parametrize(
    ("description", "other", "told"),
    [
        ("Moves things", ASSIGNS % "Reader", Severity.MEDIUM),
        ("Moves things", ASSIGNS % "Mover", Severity.HIGH),
        ("For service principals that move things", ASSIGNS % "Reader", Severity.HIGH),
        ("Moves things", "", Severity.HIGH),
    ],
)
def test_a_role_of_azure_is_held_by_nobody_until_a_text_names_it(severity, description, other, told):
    files = {"roles/mover.json": ROLE % ("Mover", description), "main.tf": other}
    assert severity("identity-can-escalate", files) == told


CALLED = 'module "builder" {\n  source = "./builder"\n}\n'


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("", Severity.MEDIUM),
        ('output "them" {\n  value = module.builder\n}\n', Severity.HIGH),
        ('module "ci" {\n  source = "./ci"\n  account = module.builder.builder\n}\n', Severity.HIGH),
    ],
)
def test_an_output_that_no_caller_of_its_module_reads_uses_no_account(severity, rest, told):
    files = {"main.tf": CALLED + rest, "builder/main.tf": OWNER + OUTPUT, "ci/main.tf": 'variable "account" {}\n'}
    assert severity("basic-role-on-workload", files) == told


POOL = """
resource "google_iam_workload_identity_pool" "ci" {
  workload_identity_pool_id = "ci"
}
resource "google_iam_workload_identity_pool_provider" "ci" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.ci.workload_identity_pool_id
  workload_identity_pool_provider_id = "ci"
  attribute_mapping = {
    "google.subject"         = "assertion.sub"
    "attribute.repository"   = "assertion.repository"
    "attribute.project_path" = "assertion.project_path"
  }
  oidc {
    issuer_uri = "https://%s"
  }
}
resource "google_service_account_iam_member" "ci" {
  service_account_id = google_service_account.builder.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.ci.name}/attribute.%s/acme/infra"
}
"""


@pytest.mark.parametrize(
    ("issuer", "attribute", "told"),
    [
        ("token.actions.githubusercontent.com", "project_path", Severity.MEDIUM),
        ("gitlab.com", "repository", Severity.MEDIUM),
        ("token.actions.githubusercontent.com", "repository", Severity.HIGH),
        ("gitlab.com", "project_path", Severity.HIGH),
    ],
)
def test_an_account_is_idle_where_its_pool_lets_nobody_in(severity, issuer, attribute, told):
    assert severity("basic-role-on-workload", {"main.tf": OWNER + OUTPUT + POOL % (issuer, attribute)}) == told


def test_an_account_that_another_way_lets_somebody_take_is_not_idle(severity):
    closed = POOL % ("gitlab.com", "repository")
    assert severity("basic-role-on-workload", {"main.tf": OWNER + closed + ENTRANCE}) == Severity.HIGH


OPEN_POOL = """
resource "google_iam_workload_identity_pool" "ci" {
  workload_identity_pool_id = "ci"
}
resource "google_iam_workload_identity_pool_provider" "ci" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.ci.workload_identity_pool_id
  workload_identity_pool_provider_id = "forge"
  attribute_mapping = {
    "google.subject"       = "assertion.sub"
    "attribute.repository" = "assertion.repository"
    "attribute.actor"      = "assertion.actor"
    "attribute.owner"      = "assertion.repository_owner"
    "attribute.half"       = "assertion.repository_owner.extract('{it}-')"
  }
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}
"""
GIVEN = """
resource "google_service_account_iam_member" "LABEL" {
  service_account_id = "projects/acme-prod/serviceAccounts/build@acme-prod.iam.gserviceaccount.com"
  role               = "roles/iam.workloadIdentityUser"
  member             = "WHO"
}
"""
OF_POOL = "iam.googleapis.com/${google_iam_workload_identity_pool.ci.name}"


def given(who, label="one"):
    return GIVEN.replace("WHO", who).replace("LABEL", label)


EXACT = given(f"principalSet://{OF_POOL}/attribute.repository/acme/site")


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (EXACT, Severity.LOW),
        (given(f"principal://{OF_POOL}/subject/repo:acme/site:ref:refs/heads/main"), Severity.LOW),
        (given(f"principalSet://{OF_POOL}/attribute.repository/${{var.repository}}"), Severity.LOW),
        (given(f"principalSet://{OF_POOL}/attribute.owner/acme"), Severity.LOW),
        (given(f"principalSet://{OF_POOL}/attribute.half/acme"), Severity.MEDIUM),
        (EXACT + given("group:builders@acme.io", "people"), Severity.LOW),
        ("", Severity.MEDIUM),
        (given("group:builders@acme.io"), Severity.MEDIUM),
        (EXACT + given(f"principalSet://{OF_POOL}/*", "two"), Severity.MEDIUM),
        (EXACT + given(f"principalSet://{OF_POOL}/attribute.actor/jo", "two"), Severity.MEDIUM),
        (EXACT + given(f"principalSet://{OF_POOL}/${{each.value}}", "two"), Severity.MEDIUM),
        (EXACT + given("principalSet://iam.googleapis.com/${var.pool}/attribute.x/y", "two"), Severity.MEDIUM),
        (EXACT + given("${var.member}", "two"), Severity.MEDIUM),
    ],
)
def test_a_pool_through_which_nothing_is_open_to_strangers(severity, rest, told):
    assert severity("federation-pool-open-to-anyone", {"main.tf": OPEN_POOL + rest}) == told


def test_a_binding_to_the_pool_in_another_folder_counts(severity):
    wide = given("principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*", "two")
    files = {"a/main.tf": OPEN_POOL + EXACT, "b/main.tf": wide}
    assert severity("federation-pool-open-to-anyone", files) == Severity.MEDIUM


COMMANDS = """POOL_ID=$(gcloud iam workload-identity-pools describe "${POOL}" --location=global --format='value(name)')
gcloud iam workload-identity-pools providers create-oidc forge --location=global --workload-identity-pool="${POOL}" \\
  --attribute-mapping="google.subject=assertion.sub,attribute.repository=assertion.repository,attribute.ref=assertion.ref" \\
  --issuer-uri="https://token.actions.githubusercontent.com"
gcloud iam service-accounts add-iam-policy-binding builder@${P}.iam.gserviceaccount.com \\
  --role=roles/iam.workloadIdentityUser --member="%s"
"""


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("principalSet://iam.googleapis.com/${POOL_ID}/attribute.repository/${REPOSITORY}", Severity.LOW),
        ("principalSet://iam.googleapis.com/${POOL_ID}/attribute.ref/refs/heads/main", Severity.MEDIUM),
        ("principalSet://iam.googleapis.com/${POOL_ID}/*", Severity.MEDIUM),
        ("${MEMBER}", Severity.MEDIUM),
    ],
)
def test_a_pool_that_commands_make_and_bind(severity, member, told):
    assert severity("federation-pool-open-to-anyone", {"setup.sh": COMMANDS % member}) == told
