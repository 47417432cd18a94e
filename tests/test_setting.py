"""Paths tell what runs from what is a test of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.setting import setting_of, starters
from nhilint.settings import Settings
from nhilint.tree import MemoryTree


@pytest.mark.parametrize(
    "path",
    [
        "client/.snapshots/create.json",
        "chart/zz_fixture_rendered.yaml",
        "chart/rendered.golden.yaml",
        "release/test_release.yaml",
        "keycloak/realm.e2e.json",
        "best-practices/no-latest-tag/.chainsaw-test/pod-bad.yaml",
        "best-practices/no-latest-tag/.kyverno-test/resource.yaml",
        "deploy/posture-fixtures.yaml",
        "roles/.test/common/deploy.test.bicep",
        "test_success/role.json",
        "clusters/shop-ephemeral-test/rbac.yaml",
        "loadtests/kube/job.yaml",
        "deploy/performance-tests/rbac.yaml",
        "stress_tests/main.tf",
        "deploy/test-environments/modules/vm/main.tf",
        "infra/e2e-subscription-rbac.bicep",
        "infra/aks_e2e.tf",
    ],
)
def test_data_of_tests_beside_the_code(path):
    assert setting_of(path) == "test"


@pytest.mark.parametrize(
    "path",
    [
        "modules/snapshots/main.tf",
        "modules/golden_image.tf",
        "images/golden-ami.json",
        ".github/workflows/test_deploy.yml",
        ".github/workflows/app.e2e.yml",
        "site/.github/workflows/test_deploy.yml",
        "latest_release.yaml",
        "deploy/load-test/main.tf",
        "agent-sandbox/rbac.yaml",
        "sandbox-controller/rbac.yaml",
        "data/fixtures.yaml",
        "alerts/backup-failed.yaml",
        "infra/e2e-encryption.tf",
        "infra/pipe2e.tf",
    ],
)
def test_names_that_only_sound_like_it(path):
    assert setting_of(path) == "production"


@pytest.mark.parametrize(
    ("path", "role"),
    [
        (".harness-disabled/repo/.cursor/cli.json", "example"),
        ("apps/disabled/drone/rbac.yaml", "example"),
        ("apps/disabled-users/main.tf", "production"),
        (".config/editor/mcp.backup.json", "example"),
        (".mcp.json.bak", "example"),
        (".claude/mcp.json", "example"),
        ("web/.claude/.mcp.json", "example"),
        (".cline/cline_mcp_settings.json", "example"),
        ("cline_mcp_settings.json", "example"),
        ("e2e-tests/conf/secrets.yml", "test"),
        (".cursor/mcp.json", "production"),
        (".mcp.json", "production"),
        ("archive/v2/.mcp.json", "example"),
        ("cluster/.archive/apps/blog/rbac.yaml", "example"),
        (".archived-notes/rbac.yaml", "production"),
        ("terraform/prod/_legacy/lambda.tf", "example"),
        ("legacy/main.tf", "production"),
        ("infra/legacy_NOT_IN_USE/main.tf", "example"),
        ("terraform/unused/vm.tf", "example"),
        ("shared/us-east-1/tools-vault --/main.tf", "example"),
        ("data/us-east-1/rag-full--/main.tf", "example"),
        ("shared/us-east-1/tools-vault--eu/main.tf", "production"),
        ("zones/example.com.tf", "production"),
        ("demo-manifests/agent.yaml", "example"),
        ("hack/init.sql", "example"),
        ("deploy/k8s-samples/agent.yaml", "example"),
        ("demography/main.tf", "production"),
        ("infrastructure/backup/main.tf", "production"),
        ("jobs/nightly-backup.yaml", "production"),
        (".claude/agents/testing/reviewer.md", "production"),
        ("web/.claude/commands/docs/write.md", "production"),
        ("examples/shop/.claude/commands/docs/write.md", "example"),
        ("tests/fixtures/.claude/agents/reviewer.md", "test"),
        ("components/cli/pkg/testfiles/site.auto.tfvars", "test"),
        ("modules/service/.validate/main.tf", "test"),
        ("aws-crc/main.tf", "production"),
        ("classes/kind-words/rbac.yaml", "production"),
        ("clusters/local-cluster/rbac.yaml", "production"),
    ],
)
def test_what_is_kept_and_what_is_loaded_from_any_folder(path, role):
    assert setting_of(path) == role


@pytest.mark.parametrize(
    "path",
    [
        "deploy/minikube/rbac.yaml",
        "k3d/cluster.yaml",
        "crc/cluster.yaml",
        "chart/local_test_minikube/rbac.yaml",
        "infrastructure/localstack/main.tf",
        "docker/init-localstack/queues.yaml",
        "deploy/k3d-cluster/rbac.yaml",
        "clusters/shop-k3d/rbac.yaml",
        "clusters/kind/rbac.yaml",
        "dev/clusters/kind-hub/apps/secret.yaml",
        "local-clusters/one/secret.yaml",
        "config/samples/rbac.yaml",
        "overlays/local-dev/rbac.yaml",
        "dev-env/rbac.yaml",
        "lakehouse-demo--/main.tf",
        "clusters/shop-sandbox-eu/rbac.yaml",
    ],
)
def test_a_cluster_on_ones_own_machine_is_an_example(path):
    assert setting_of(path) == "example"


def test_what_a_project_template_copies():
    paths = ["src/Starter/.template.config/template.json", "src/Starter/realm.json", ".template.config/template.json"]
    assert starters(paths) == ("src/Starter/",)


@pytest.mark.parametrize(
    ("path", "begun"),
    [
        ("dev/Tiltfile", ("dev/",)),
        ("apps/local/Tiltfile", ("apps/local/",)),
        ("Tiltfile", ()),
        ("web-dev/Tiltfile", ()),
    ],
)
def test_what_a_folder_for_development_starts_with_tilt(path, begun):
    assert starters([path, "dev/k8s/rbac.yaml"]) == begun


def test_a_file_of_a_project_template_is_an_example():
    realm = b'{"realm": "acme", "clients": [{"clientId": "portal", "redirectUris": ["*"]}]}'
    files = {"src/Starter/.template.config/template.json": b"{}", "src/Starter/acme-realm.json": realm}
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    assert {one.setting for one in gather(MemoryTree(files), settings).resources} == {"example"}
    assert {one.setting for one in gather(MemoryTree({"acme-realm.json": realm}), settings).resources} == {"production"}


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("vendor/github.com/acme/sdk/roles.bicep", "copied"),
        ("web/node_modules/sdk/roles.json", "copied"),
        ("vendor/roles/main.tf", "production"),
        ("modules/vendor/Acme/terraform-azurerm-aks/main.tf", "copied"),
        ("vendor/terraform-aws-vpc/main.tf", "copied"),
        ("vendor/acme/own/terraform-aws-vpc/main.tf", "production"),
        ("docs/vendor/github.com/acme/roles.tf", "example"),
        ("notes/cka/rbac.yaml", "example"),
        ("cks-notes/rbac.yaml", "example"),
        ("lesson-1/main.tf", "production"),
        ("lessons/1/main.tf", "example"),
    ],
)
def test_what_was_fetched_and_what_was_learned_is_not_in_force(path, role):
    assert setting_of(path) == role


def test_kinds_of_something_are_no_clusters():
    assert setting_of("schemas/kinds/rbac.yaml") == "production"
