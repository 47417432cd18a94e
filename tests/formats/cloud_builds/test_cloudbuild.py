"""Whose pull requests a trigger of Google Cloud Build builds, what they run and as which account."""

from __future__ import annotations

import pytest

from tests.formats.cloud_builds.reading import only, pipelines, said

REQUEST = 'pull_request {\n branch = "^main$"\n CONTROL\n}'
ADDRESS = "builder@acme-prod.iam.gserviceaccount.com"
OWNER = f"""
resource "google_project_iam_member" "owner" {{
  project = "acme-prod"
  role    = "roles/owner"
  member  = "serviceAccount:{ADDRESS}"
}}
"""


def trigger(control="", *, source="github", more='filename = "cloudbuild.yaml"'):
    request = REQUEST.replace("CONTROL", control)
    return f'resource "google_cloudbuild_trigger" "t" {{\n{more}\n{source} {{\n{request}\n}}\n}}'


@pytest.mark.parametrize(
    ("control", "open_to"),
    [
        ("", "anyone"),
        ("comment_control = null", "anyone"),
        ('comment_control = "COMMENTS_DISABLED"', "anyone"),
        ('comment_control = "COMMENTS_ENABLED"', "writers"),
        ('comment_control = "COMMENTS_ENABLED_FOR_EXTERNAL_CONTRIBUTORS_ONLY"', "writers"),
        ('comment_control = "comments"', "unknown"),
        ("comment_control = var.control", "unknown"),
    ],
)
def test_who_has_to_comment_first(control, open_to):
    assert said(only(main__tf=trigger(control)).open_to) == open_to


@pytest.mark.parametrize(
    "source",
    ["github", "repository_event_config", "developer_connect_event_config", "bitbucket_server_trigger_config"],
)
def test_every_source_of_pull_requests(source):
    assert said(only(main__tf=trigger(source=source)).open_to) == "anyone"


def test_a_block_that_a_run_makes_is_unknown():
    text = """
resource "google_cloudbuild_trigger" "t" {
  filename = "cloudbuild.yaml"
  github {
    dynamic "pull_request" {
      for_each = var.pulls
      content {
        branch = "^main$"
      }
    }
  }
}
"""
    assert said(only(main__tf=text).open_to) == "unknown"


@pytest.mark.parametrize(
    ("more", "open_to"),
    [
        ("approval_config {\n approval_required = true\n}", "writers"),
        ("approval_config {\n approval_required = false\n}", "anyone"),
        ("approval_config {\n approval_required = var.asked\n}", "unknown"),
        ("disabled = false", "anyone"),
        ("disabled = var.off", "unknown"),
    ],
)
def test_what_else_holds_a_build_back(more, open_to):
    assert said(only(main__tf=trigger(more=more)).open_to) == open_to


@pytest.mark.parametrize("text", [trigger(more="disabled = true"), trigger().replace("pull_request", "push")])
def test_what_builds_no_pull_request(text):
    assert pipelines(main__tf=text) == []


@pytest.mark.parametrize(
    ("more", "runs"),
    [
        ('filename = "cloudbuild.yaml"', True),
        ("autodetect = true", True),
        ('filename = "cloudbuild.yaml"\ngit_file_source {\n path = "x"\n}', "unknown"),
        ('build {\n step {\n name = "docker"\n}\n}', "unknown"),
    ],
)
def test_whether_the_change_brings_the_commands(more, runs):
    assert said(only(main__tf=trigger(more=more)).runs_changed_code) == runs


@pytest.mark.parametrize(
    ("account", "power"),
    [
        (f'"projects/acme-prod/serviceAccounts/{ADDRESS}"', "administers"),
        (f'"projects/acme-prod/serviceAccounts/other-{ADDRESS}"', None),
        ("google_service_account.builder.id", "administers"),
        ('"projects/acme-prod/serviceAccounts/${google_service_account.builder.email}"', "administers"),
        ("data.google_service_account.builder.id", "unknown"),
        ("var.account", "unknown"),
        ("null", "unknown"),
    ],
)
def test_the_account_and_what_it_may_do(account, power):
    text = trigger(more=f"service_account = {account}") + OWNER
    if "google_service_account.builder" in account:
        text += 'resource "google_service_account" "builder" {\n account_id = "builder"\n}'
        text += OWNER.replace('"owner"', '"own"').replace(
            f'"serviceAccount:{ADDRESS}"', "google_service_account.builder.member"
        )
    assert said(only(main__tf=text).runs_as.power) == power


def test_one_block_for_several_accounts_tells_none():
    text = trigger(more='service_account = google_service_account.builder["a"].id')
    text += 'resource "google_service_account" "builder" {\n for_each = toset(["a", "b"])\n account_id = each.key\n}'
    assert said(only(main__tf=text).runs_as.power) == "unknown"


def test_the_default_account_is_the_one_that_the_folder_gives_roles_to():
    legacy = OWNER.replace(ADDRESS, "111122223333@cloudbuild.gserviceaccount.com")
    assert said(only(main__tf=trigger() + legacy).runs_as.power) == "administers"
    another = legacy.replace('"owner"', '"b"').replace("111122223333", "444455556666")
    assert said(only(main__tf=trigger() + legacy + another).runs_as.power) == "unknown"
    apart = {"a/main.tf": trigger(), "b/main.tf": legacy}
    assert said(only(**apart).runs_as.power) == "unknown"


LINE = "gcloud beta builds triggers create github --name=tests --pull-request-pattern='^main$' {} {}\n"


@pytest.mark.parametrize(
    ("options", "open_to"),
    [
        ("", "writers"),
        ("--comment-control=COMMENTS_DISABLED", "anyone"),
        ("--comment-control COMMENTS_DISABLED --require-approval", "writers"),
        ("--comment-control=COMMENTS_ENABLED", "writers"),
        ('--comment-control="$CONTROL"', "unknown"),
    ],
)
def test_a_script_has_the_default_of_gcloud(options, open_to):
    found = only(setup__sh=LINE.format(options, "--build-config=cloudbuild.yaml"))
    assert (said(found.name), said(found.open_to), said(found.runs_changed_code)) == ("tests", open_to, True)


def test_a_script_that_builds_branches_is_none_of_this():
    assert (
        pipelines(setup__sh="gcloud builds triggers create github --branch-pattern=main --build-config=c.yaml\n") == []
    )


def test_the_account_of_a_script():
    control = f"--comment-control=COMMENTS_DISABLED --service-account=projects/acme-prod/serviceAccounts/{ADDRESS}"
    grant = f"gcloud projects add-iam-policy-binding acme-prod --role=roles/owner --member=serviceAccount:{ADDRESS}\n"
    found = only(setup__sh=LINE.format(control, "--inline-config=c.yaml") + grant)
    assert (said(found.runs_as.power), said(found.runs_changed_code)) == ("administers", "unknown")


OBJECT = """
apiVersion: cloudbuild.cnrm.cloud.google.com/v1beta1
kind: CloudBuildTrigger
metadata: {{name: tests}}
spec:
  filename: cloudbuild.yaml
  serviceAccountRef: {}
  repositoryEventConfig: {{pullRequest: {{branch: main, commentControl: {}}}}}
---
apiVersion: iam.cnrm.cloud.google.com/v1beta1
kind: IAMServiceAccount
metadata: {{name: builder}}
---
apiVersion: iam.cnrm.cloud.google.com/v1beta1
kind: IAMPolicyMember
metadata: {{name: builder}}
spec:
  memberFrom: {{serviceAccountRef: {{name: builder}}}}
  role: roles/owner
  resourceRef: {{kind: Project, external: projects/acme-prod}}
"""


@pytest.mark.parametrize(
    ("reference", "control", "open_to", "power"),
    [
        ("{name: builder}", "COMMENTS_DISABLED", "anyone", "administers"),
        ("{name: builder}", "COMMENTS_ENABLED", "writers", "administers"),
        ("{name: elsewhere}", "null", "anyone", "unknown"),
        ("{external: somebody}", "null", "anyone", "unknown"),
        ("{}", "null", "anyone", "unknown"),
    ],
)
def test_an_object_of_config_connector(reference, control, open_to, power):
    found = only(builds__yaml=OBJECT.format(reference, control))
    assert (said(found.open_to), said(found.runs_as.power)) == (open_to, power)
