"""Which secrets belong to the service whose action, or whose program, they are given to."""

from __future__ import annotations

import pytest

from nhilint.formats.github.actions import read_uses, serves_vendor_of
from nhilint.formats.github.downloads import downloaded
from nhilint.formats.github.secrets import opens_something, opens_tests_alone
from nhilint.formats.node import Node
from nhilint.model.fact import value_of
from tests.formats.github.reading import steps_of


@pytest.mark.parametrize(
    ("uses", "secret", "serves"),
    [
        ("superfly/flyctl-actions/setup-flyctl@v1", "FLY_API_TOKEN", True),
        ("JS-DevTools/npm-publish@v3", "NPM_TOKEN", False),
        ("peaceiris/actions-gh-pages@v4", "GH_PAT", False),
        ("apple-actions/import-codesign-certs@v3", "APP_KEY", False),
        ("codecov/codecov-action@v5", "CODECOV_TOKEN", True),
        ("acme/upload@v1", "DEPLOY_KEY", False),
        ("sst/opencode/github@v1", "SST_TOKEN", True),
        ("1password/load-secrets-action@v3", "OP_SERVICE_ACCOUNT_TOKEN", True),
        ("expo/expo-github-action@v8", "EAS_BUILD_TOKEN", True),
        ("acme/deploy-op@v1", "OP_GITHUB_TOKEN", False),
        # made by somebody else for the service
        ("nwtgck/actions-netlify@v3", "NETLIFY_AUTH_TOKEN", False),
        ("voxmedia/github-action-slack-notify-build@v1", "SLACK_BOT_TOKEN", False),
        ("rtcamp/action-slack-notify@v2", "SLACK_WEBHOOK", True),
        ("slackapi/slack-github-action@v2", "SLACK_BOT_TOKEN", True),
        ("sonarsource/sonarqube-scan-action@v6", "SONAR_TOKEN", True),
        ("highbyte/sonarscan-dotnet@2.0", "SONAR_TOKEN_SHOP", True),
        ("madrapps/jacoco-report@v1", "SONAR_TOKEN", False),
        ("sonarsource/sonarqube-scan-action@v6", "SONARQUBE_TOKEN", True),
        ("cloudflare/wrangler-action@v3", "CLOUDFLARE_API_TOKEN", True),
        ("redhat-actions/oc-login@v1", "OPENSHIFT_TOKEN", True),
        ("atlassian/gajira-login@v3", "JIRA_TOKEN", True),
        ("someone/jira-login@v3", "JIRA_TOKEN", False),
        ("cloud-gov/cg-cli-tools@main", "CLOUDGOV_PASSWORD", True),
        ("cloud-gov/cg-cli-tools@main", "SECRET_KEY", False),
        ("redhat-actions/oc-login@v1", "LEDGER_TOKEN", False),
        ("repo-sync/github-sync@v2", "SYNC_TOKEN", False),
        ("GoogleCloudPlatform/github-actions/setup-gcloud@master", "GCP_SA_KEY", True),
        ("GoogleCloudPlatform/github-actions/setup-gcloud@master", "NPM_TOKEN", False),
        ("jetbrains/qodana-action@v2025.2", "QODANA_TOKEN", True),
        # a key that signs is the project's own, not the toolmaker's
        ("apple-actions/import-codesign-certs@v3", "APPLE_CERTIFICATE", False),
        ("tauri-apps/tauri-action@v0", "TAURI_SIGNING_PRIVATE_KEY", False),
        ("sigstore/cosign-installer@v3", "COSIGN_PASSWORD", False),
    ],
)
def test_a_secret_is_the_services_own_by_its_name(uses, secret, serves):
    assert serves_vendor_of(read_uses(uses), secret) is serves


@pytest.mark.parametrize(
    ("uses", "secret", "given_as", "serves"),
    [
        ("databricks/setup-cli@main", "DEV_DEPLOY_TOKEN", "DATABRICKS_TOKEN", True),
        ("databricks/setup-cli@main", "DEV_DEPLOY_TOKEN", "token", False),
        ("someone/databricks-cli@main", "DEV_DEPLOY_TOKEN", "DATABRICKS_TOKEN", False),
        ("tauri-apps/tauri-action@v0", "SIGNING_KEY", "TAURI_KEY", False),
        ("tauri-apps/tauri-action@v0", "TAURI_PRIVATE_KEY", "TAURI_SIGNING_PRIVATE_KEY", False),
        ("sst/opencode/github@latest", "OPENCODE_API_KEY", "OPENCODE_API_KEY", True),
        # a token for GitHub, whatever its name begins with
        ("changesets/action@v1", "CHANGESETS_GITHUB_TOKEN", "", False),
        ("changesets/action@v1", "CHANGESETS_TOKEN", "GITHUB_TOKEN", False),
        ("renovatebot/github-action@v40", "RENOVATE_PAT", "token", False),
        ("docker/login-action@v3", "DOCKER_PAT", "password", True),
        ("gitlab-org/setup@v1", "GITLAB_PAT", "token", True),
        ("sst/opencode/github@latest", "DEPLOY_TOKEN", "", False),
        ("chromaui/action@v1", "projectToken", "projectToken", True),
        ("chromaui/action@v1", "CHROMATIC_KEY", "", True),
        ("google-labs-code/jules-action@main", "JULES_API_KEY", "jules_api_key", True),
        ("google-labs-code/jules-action@main", "DEPLOY_KEY", "", False),
        ("someone/action@v1", "projectToken", "projectToken", False),
        # a general tool is told of another service in variables of its own
        (
            "docker://docker.io/rclone/rclone:latest",
            "S3_SECRET_ACCESS_KEY",
            "RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY",
            False,
        ),
        ("docker://docker.io/rclone/rclone:latest", "RCLONE_TOKEN", "", True),
        # an image is its account's, whatever service its own name has
        ("docker://ghcr.io/someone/rclone:v1", "RCLONE_TOKEN", "", False),
        # a company's action for a matter of its own, and one that only has the matter in its name
        ("shopify/shopify-cla-action@v1", "CLA_TOKEN", "", True),
        ("someone/shopify-cla-action@v1", "CLA_TOKEN", "", False),
        ("shopify/shopify-cla-action@v1", "DEPLOY_TOKEN", "", False),
    ],
)
def test_what_it_fills_tells_whose_a_secret_is(uses, secret, given_as, serves):
    assert serves_vendor_of(read_uses(uses), secret, given_as) is serves


def test_the_place_is_that_of_the_secret_that_is_named():
    text = """
on: push
jobs:
  j:
    runs-on: x
    env: {OTHER: "${{ secrets.OTHER_TOKEN }}"}
    steps:
      - {uses: expo/expo-github-action@v8, with: {token: "${{ secrets.EXPO_TOKEN }}"}}
"""
    (step,) = steps_of(text)
    assert value_of(step.foreign_secrets) == ("OTHER_TOKEN",)
    assert step.foreign_secrets.at.pointer == ("jobs", "j", "env", "OTHER")


@pytest.mark.parametrize(
    ("registry", "handed"),
    [
        ("registry.redhat.io", ()),
        ("brew.registry.redhat.io", ()),
        ("https://registry.redhat.io/ubi9", ()),
        ("quay.io", ()),
        ("ghcr.io", ("REGISTRY_PASSWORD",)),
        ("quay.io.example.com", ("REGISTRY_PASSWORD",)),
        ("notquay.io", ("REGISTRY_PASSWORD",)),
    ],
)
def test_a_vendors_action_signs_in_to_the_vendors_own_registries(registry, handed):
    given = f"{{registry: {registry}, password: '${{{{ secrets.REGISTRY_PASSWORD }}}}'}}"
    uses = f"{{uses: redhat-actions/podman-login@v1, with: {given}}}"
    (step,) = steps_of(f"on: push\njobs: {{j: {{runs-on: x, steps: [{uses}]}}}}")
    assert value_of(step.foreign_secrets) == handed


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("APP_SCHEMA", False),
        ("OTEL_PROTOCOL", False),
        ("SCHEMA_TOKEN", True),
        ("AWS_QA_ROLE_TO_ASSUME", False),
        ("RENDER_SERVICE_ID_SHOP", False),
        ("CLIENT_ID_TOKEN", True),
        ("STAGING_SUPABASE_SERVICE_ROLE", True),
        ("DEPLOY_ROLE", False),
        ("GITLEAKS_LICENSE", False),
        ("CLAUDE_EXPIRES_AT", False),
        ("clientId", False),
        ("clientSecret", True),
        ("projectToken", True),
        ("ANDROID_KEY_ALIAS", False),
        ("DB_HOST", False),
        ("DB_USERNAME", False),
        ("DB_PASSWORD", True),
        ("STAGING_DB_URL", True),
        ("DATABASE_URL_PROD", True),
        ("APP_URL_PROD", False),
        ("APP_URL_KEY", True),
        ("SSH_KNOWN_HOSTS", False),
        ("EMAIL_RECIPIENTS", False),
        ("GORELEASER_KEY", False),
        ("CHROMATIC_PROJECT_TOKEN", False),
        ("CODECOV_API_TOKEN", True),
        ("VITE_STRIPE_TOKEN", False),
        ("DOCKERHUB_PUBLIC_READ_TOKEN", False),
        ("PUBLIC_REPO_ACCESS_TOKEN", True),
        ("INFRACOST_API_KEY", False),
        ("BENCHER_API_TOKEN", False),
        ("OTEL_CI_VISIBILITY_TOKEN", False),
        ("GRAFANA_CLOUD_OTLP_API_KEY", False),
        ("HOTEL_TOKEN", True),
        ("TF_VAR_DOCKER_IMAGE", False),
        ("TF_VAR_KEYCLOAK_AUTHORITY", False),
        ("SESSION_DURATION", False),
        ("POLL_INTERVAL", False),
        ("HTTP_TIMEOUT", False),
        ("LOOP_TOOL_CALL_THRESHOLD", False),
        ("DURATION_TOKEN", True),
        ("USER_MAP_JSON", False),
        ("CREDENTIAL_JSON", True),
        ("ALSO_REPOS", False),
        ("GCP_BUCKET_PRIMARY", False),
        ("GCP_BUCKET_KEY", True),
        ("PLATFORM_ACCOUNT_NUMBER", False),
        ("AZURE_TENANT_ID_LAB", False),
        ("OCI_FINGERPRINT", False),
        ("SHOP_HOST_NONPROD", False),
        ("KUBE_CONFIG", True),
        ("KUBE_CONTEXT", False),
        ("TOKEN_PREFIX", True),
        ("AGENT_MODEL_MAX_OUTPUT_TOKENS", False),
        ("DAILY_TOKEN_LIMIT", False),
        ("MAX_TOKEN", True),
        ("CI_PUBLIC_HELM_S3_KEY_CONTENT", True),
        ("SA_KEYS_FOR_PRIVATE_DOCKER_HELM_AND_PUBLIC_DOCKER", True),
        ("PUBLIC_SEARCH_KEY", False),
        ("STAGING_NEXT_PUBLIC_MAPS_API_KEY", False),
        ("STRIPE_PUBLIC_API_KEY", False),
        ("SITE_PUBLIC_ANALYTICS", False),
        # the id of a key, where a state or an image lies, what a cache or a user is called
        ("PROD_KMS_KEY", False),
        ("TF_BACKEND_KEY", False),
        ("BACKEND_KEY", True),
        ("AWS_ECR_REPOSITORY_API", False),
        ("ECR_REPOSITORY_PASSWORD", True),
        ("CACHE_SEED", False),
        ("SFTP_USERID", False),
        ("SFTP_USERID_PASSWORD", True),
        # where a state or machines lie, where errors are sent to, what is shared
        ("TERRAFORM_CONTAINER", False),
        ("TERRAFORM_CONTAINER_KEY", True),
        ("EKS_VPC_PRIVATE_SUBNET_STRING", False),
        ("VPC_SUBNET_A_STAGING", False),
        ("SUBNET_TOKEN", True),
        ("SENTRY_DSN_CLOUD_FUNCTION", False),
        ("SENTRY_DSN_TOKEN", True),
        ("STAGE_MY_SHARE_LINK", False),
        ("WIN_CSC_LINK", True),
        ("CSC_LINK", True),
        ("TF_VAR_PGHOST", False),
        ("TF_VAR_PGPASSWORD", True),
    ],
)
def test_a_name_that_only_says_where_opens_nothing(name, opens):
    assert opens_something(name) is opens


@pytest.mark.parametrize(
    ("script", "address"),
    [
        ("curl -sSf https://get.acme.dev/i.sh | sh", "get.acme.dev/i.sh"),
        ('sh -c "$(curl -fsSL https://get.acme.dev/i.sh)"', "get.acme.dev/i.sh"),
        ("make\ncurl https://get.acme.dev | sudo bash -s -- -b", "get.acme.dev"),
        ("curl -sSfO https://get.acme.dev/i.sh", None),
        ("curl https://x.dev/" + "a1" * 20 + "/i.sh | sh", None),
        ("curl https://get.acme.dev/data | jq .", None),
        ("echo https://get.acme.dev | sh", None),
        ("make\ncurl https://get.acme.dev/i.sh | \\\n  sudo sh -s -- -b /opt\nmake", "get.acme.dev/i.sh"),
        ("curl https://get.acme.dev/i.sh |\n  sh", "get.acme.dev/i.sh"),
        ("# curl https://get.acme.dev/i.sh |\nsh run", None),
        ("curl https://get.acme.dev/i.sh -o i.txt\nsh run", None),
    ],
)
def test_a_script_that_is_fetched_and_run_at_once(script, address):
    found = downloaded(Node({"run": script}, "w.yml"), Node({}, "w.yml"))
    assert (found.address if found is not None else None) == address


def test_a_line_that_goes_on_is_told_where_its_address_stands():
    script = "make\ncurl \\\n  https://get.acme.dev/i.sh | \\\n  sh\n"
    found = downloaded(Node({"run": script}, "w.yml"), Node({}, "w.yml"))
    start = script.index("https")
    assert found is not None
    assert found.at == Node(script, "w.yml", ("run",)).at.within_text(start, script.index(" |"))


@pytest.mark.parametrize(
    ("script", "is_told"),
    [
        ("if ! command -v az &> /dev/null; then\n  curl https://a.dev | sudo bash\nfi", False),
        ("if command -v az; then\n  az version\nelse\n  curl https://a.dev | sudo bash\nfi", False),
        ("if ! which helm; then curl https://a.dev | bash; fi", False),
        ("command -v jq >/dev/null 2>&1 || curl https://a.dev | sh", False),
        ("which gh || {\n  curl https://a.dev | sh\n}", False),
        # another program, the other branch, another question, afterwards
        ("if ! command -v trivy; then\n  curl https://a.dev | sh\nfi", True),
        ("if ! command -v az; then\n  exit 1\nelse\n  curl https://a.dev | sh\nfi", True),
        ("if command -v az; then\n  curl https://a.dev | sh\nfi", True),
        ("if ! command -v az || old; then\n  curl https://a.dev | sh\nfi", True),
        ("if ! command -v az; then\n  exit 1\nfi\ncurl https://a.dev | sh", True),
        ("which gh || {\n  exit 1\n}\ncurl https://a.dev | sh", True),
    ],
)
def test_what_is_fetched_where_a_program_is_missing_that_the_machine_has(script, is_told):
    step = Node({"run": script}, "w.yml")
    assert (downloaded(step, Node({"runs-on": "ubuntu-latest"}, "w.yml")) is not None) is is_told
    for other in (
        {"runs-on": "self-hosted"},
        {"runs-on": "ubuntu-slim"},
        {"runs-on": "ubuntu-latest", "container": "a"},
    ):
        assert downloaded(step, Node(other, "w.yml")) is not None


def test_keys_and_passwords_are_told_before_what_only_may_be_one():
    text = "on: push\njobs: {j: {runs-on: x, steps: [{uses: acme/x@v1, env: {A: '${{ secrets.STORE }}', B: '${{ secrets.DB_PASSWORD }}'}}]}}"
    assert value_of(steps_of(text)[0].foreign_secrets) == ("DB_PASSWORD", "STORE")


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        ("APP_E2E_TEST_PASSWORD", True),
        ("E2E_SESSION_SECRET", True),
        ("TEST_USER_PASSWORD", True),
        ("CYPRESS_LOGIN_PWD", True),
        ("E2E_DEV_CI_TOKEN", False),
        ("TEST_DB_PASSWORD", False),
        ("TEST_AZURE_CLIENT_SECRET", False),
        ("E2E_DOCKERHUB_PASSWORD", False),
        ("LATEST_PASSWORD", False),
        ("CONTEST_PASSWORD", False),
    ],
)
def test_a_user_who_is_made_for_tests_opens_little(name, alone):
    assert opens_tests_alone(name) is alone


@pytest.mark.parametrize(
    ("secrets", "told"), [("E2E_PASSWORD", ()), ("E2E_PASSWORD DEPLOY_KEY", ("DEPLOY_KEY", "E2E_PASSWORD"))]
)
def test_a_tests_user_is_told_beside_something_graver_only(secrets, told):
    inputs = "".join(f"          {name}: '${{{{ secrets.{name} }}}}'\n" for name in secrets.split())
    (step,) = steps_of(f"on: push\njobs:\n  j:\n    steps:\n      - uses: someone/browse@v3\n        env:\n{inputs}")
    assert value_of(step.foreign_secrets) == told


@pytest.mark.parametrize(
    ("uses", "registry", "handed", "beside"),
    [
        ("redhat-actions/podman-login@v1", "quay.io", (), ()),
        ("redhat-actions/podman-login@v1", "docker.io", ("STORE_PASSWORD",), ("the secret STORE_PASSWORD",)),
        ("someone/podman-login@v1", "quay.io", ("STORE_PASSWORD",), ("the secret STORE_PASSWORD",)),
    ],
)
def test_a_login_to_the_publishers_own_registry_hands_out_nothing(uses, registry, handed, beside):
    (step,) = steps_of(
        "on: push\npermissions: {}\njobs:\n  j:\n    steps:\n"
        f"      - uses: {uses}\n        with: {{registry: {registry}, password: '${{{{ secrets.STORE_PASSWORD }}}}'}}\n"
    )
    assert (value_of(step.foreign_secrets), value_of(step.beside)) == (handed, beside)


@pytest.mark.parametrize(
    ("further", "beside"),
    [
        ("echo done", ()),
        ("npm publish --provenance", ("a token that may write id-token",)),
    ],
)
def test_an_identity_that_the_actions_own_service_takes_opens_nothing_else(further, beside):
    (step, *_) = steps_of(
        "on: push\npermissions: {id-token: write}\njobs:\n  j:\n    steps:\n"
        f"      - uses: tailscale/github-action@v4\n      - run: {further}\n"
    )
    assert value_of(step.beside) == beside


@pytest.mark.parametrize(("token", "told"), [("steps.app.outputs.token", True), ("github.token", False)])
def test_a_narrowed_token_is_named_beside_the_key_that_made_it(token, told):
    *_, step = steps_of(
        "on: push\npermissions: {}\njobs:\n  j:\n    steps:\n"
        "      - {id: app, uses: actions/create-github-app-token@v3, with: {app-id: 1, owner: acme,"
        " repositories: site, private-key: '${{ secrets.SYNC_KEY }}'}}\n"
        f"      - {{uses: someone/open-pull@v7, with: {{token: '${{{{ {token} }}}}'}}}}\n"
    )
    handed = ("the token of a GitHub App (app), which it is handed",) if told else ()
    assert (value_of(step.foreign_secrets), value_of(step.beside)) == ((), ("the secret SYNC_KEY", *handed))


def test_what_a_job_holds_begins_with_what_is_called_a_key():
    given = "{A: '${{ secrets.SLACK_WEBHOOK_URL }}', B: '${{ secrets.STORE }}', C: '${{ secrets.DB_PASSWORD }}'}"
    text = f"on: push\njobs: {{j: {{runs-on: x, steps: [{{uses: acme/x@v1, env: {given}}}]}}}}"
    held = value_of(steps_of(text)[0].held) or ()
    assert [words.rpartition(" ")[2] for words in held][:1] == ["DB_PASSWORD"]
    assert held[0].startswith("the secret ")


def test_what_only_names_a_key_leaves_the_right_to_prove_an_identity():
    text = """
on: push
permissions: {id-token: write, contents: read}
jobs:
  j:
    runs-on: x
    env: {KEY: "${{ secrets.PROD_KMS_KEY }}"}
    steps: [{uses: acme/x@v1}]
"""
    assert value_of(steps_of(text)[0].held) == ("a token that may write id-token",)


def test_a_secret_that_has_been_loaded_stands_in_the_environment_of_every_later_step():
    text = """
on: push
jobs:
  j:
    runs-on: x
    steps:
      - uses: acme/before@v2
      - uses: aws-actions/aws-secretsmanager-get-secrets@v2
      - uses: acme/between@v2
      - run: make deploy
        env: {DATABASE_LOGIN: "${{ env.SHOP_DATABASE_PASSWORD }}"}
"""
    handed = {value_of(s.action.name): value_of(s.foreign_secrets) for s in steps_of(text) if s.action is not None}
    assert handed["acme/between"] == ("SHOP_DATABASE_PASSWORD",)
    assert handed["acme/before"] == ()


@pytest.mark.parametrize(
    ("uses", "variable", "further", "handed"),
    [
        ("aws-actions/aws-secretsmanager-get-secrets@v2", "BOT_TOKEN", "", ("BOT_TOKEN",)),
        ("hashicorp/vault-action@v3", "BOT_TOKEN", "", ("BOT_TOKEN",)),
        # a name of no key, one that the workflow sets itself, and a step that loads nothing
        ("hashicorp/vault-action@v3", "BOT_CHANNEL", "", ()),
        ("hashicorp/vault-action@v3", "BOT_TOKEN", "env: {BOT_TOKEN: none}", ()),
        ("hashicorp/vault-action@v3", "BOT_TOKEN", "name: echo BOT_TOKEN=none >> $GITHUB_ENV", ()),
        ("acme/setup@v3", "BOT_TOKEN", "", ()),
    ],
)
def test_a_secret_that_an_earlier_step_has_loaded_is_handed_over(uses, variable, further, handed):
    text = f"""
on: push
jobs:
  j:
    runs-on: x
    {further}
    steps:
      - uses: {uses}
      - uses: acme/dispatch@v2
        with: {{token: "${{{{ env.{variable} }}}}"}}
"""
    assert value_of(steps_of(text)[-1].foreign_secrets) == handed
