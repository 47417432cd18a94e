"""The same words in copies of one file: workflows that sign in alike, jobs that share a step, folders made alike."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.settle.said_twice import HANDFUL, each_place

FETCH = """on: push
permissions: {}
jobs:
  play:
    runs-on: x
    steps:
      - {name: Set up, run: "curl -LsSf https://a.io/%s.sh | sh", env: {KEY: "${{ secrets.KEY }}"}}
"""
SIGN_IN = """on: push
permissions: {}
jobs:
  %s:
    runs-on: x
    steps: [{uses: google-github-actions/auth@v3, with: {credentials_json: "${{ secrets.%s }}"}}]
"""
BESIDE = """on: push
permissions: {}
jobs:
  %s:
    runs-on: x
    steps: [{uses: acme/%s@v1}, {run: make, env: {KEY: "${{ secrets.KEY }}"}}]
"""
UNCHECKED = """on: push
permissions: {}
jobs:
  out:
    runs-on: x
    steps:
      - uses: redhat-actions/oc-login@v1
        with:
          openshift_server_url: https://a.io
          openshift_token: ${{ secrets.%s }}
          insecure_skip_tls_verify: true
"""


def written(root, texts):
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def told(root, check, texts):
    written(root, texts)
    return [one for one in scan(root, select=[check]).findings if one.check == check]


@pytest.mark.parametrize(
    ("check", "text", "one", "alike", "other"),
    [
        ("fetched-script-beside-secrets", FETCH, "uv", "uv", "nvm"),
        ("stored-cloud-key-in-workflow", SIGN_IN, ("load", "KEY"), ("bench", "KEY"), ("load", "OTHER")),
        ("credential-sent-to-unchecked-server", UNCHECKED, "KEY", "KEY", "OTHER"),
        ("unpinned-action-with-write-token", BESIDE, ("build", "note"), ("clean", "note"), ("build", "sum")),
    ],
)
def test_two_workflows_that_do_the_same_with_the_same_secret(tmp_path, check, text, one, alike, other):
    (found,) = told(
        tmp_path, check, {f".github/workflows/{at}.yml": text % what for at, what in enumerate((one, alike))}
    )
    assert len({place.fingerprint for place in each_place([found])}) == 2
    assert ".github/workflows/1.yml" in {note.place.path for note in found.related}
    assert len(told(tmp_path, check, {".github/workflows/1.yml": text % other})) == 2


def test_jobs_that_share_a_line_by_an_alias(tmp_path):
    shared = '.in: &in\n  - gcloud auth activate-service-account --key-file "$KEY"\n'
    jobs = "build:\n  script:\n    - *in\n    - make\ndeploy:\n  before_script: *in\n  script: [make deploy]\n"
    own = 'check:\n  script: [gcloud auth activate-service-account --key-file "$KEY"]\n'
    found = told(tmp_path, "stored-cloud-key-in-workflow", {".gitlab-ci.yml": shared + jobs + own})
    assert [len(each_place([one])) for one in found] == [2, 1]


@pytest.mark.parametrize(("folders", "number"), [(HANDFUL, HANDFUL), (HANDFUL + 1, 1)])
def test_one_role_in_folders_that_are_copies_of_a_template(tmp_path, folders, number):
    role = (
        'resource "vault_kubernetes_auth_backend_role" "app" {\n  role_name = "app"\n'
        '  bound_service_account_names = ["app"]\n  bound_service_account_namespaces = ["*"]\n'
        '  token_policies = ["default"]\n}\n'
    )
    files = {f"cloud-{at}/vault/auth.tf": role for at in range(folders)}
    found = told(tmp_path, "cluster-trust-open-to-every-workload", files)
    assert len(found) == number
    assert len({one.fingerprint for one in each_place(found)}) == folders


def test_a_file_of_another_name_is_no_copy(tmp_path):
    text = 'resource "vault_kubernetes_auth_backend_role" "app" {\n  bound_service_account_namespaces = ["*"]\n'
    text += '  role_name = "app"\n  bound_service_account_names = ["app"]\n  token_policies = ["default"]\n}\n'
    files = {f"cloud-{at}/vault/auth-{at}.tf": text for at in range(HANDFUL + 1)}
    assert len(told(tmp_path, "cluster-trust-open-to-every-workload", files)) == HANDFUL + 1


@pytest.mark.parametrize(("name", "number"), [("PRICES_API_KEY", 1), ("MAPS_TOKEN_KEY", 2)])
def test_a_value_in_a_template_and_in_what_was_rendered_from_it(tmp_path, name, number):
    key = "SyD3k9Qwx7RtYp2LmNb5" + "VcZ8aHfJ6gKsE1uW4oT0"
    head = "apiVersion: v1\nkind: Secret\nmetadata: {name: api}\nstringData:\n"
    files = {
        "chart/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
        "chart/templates/api.yaml": f'{head}  PRICES_API_KEY: "{key}" # asked for by prices\n',
        "api.yaml": f'{head}  {name}: "{key}" # of the chart\n',
    }
    assert len(told(tmp_path, "literal-secret-value", files)) == number
