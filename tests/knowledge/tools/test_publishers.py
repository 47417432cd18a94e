"""Vendors are known by their scope of the npm registry; names that anybody may take say nothing."""

from __future__ import annotations

import pytest

from nhilint.knowledge.tools import Package
from nhilint.knowledge.tools.publishers import is_vendors_own


def _package(name: str, ecosystem: str = "npm") -> Package:
    return Package(ecosystem=ecosystem, name=name, version=None, pin="none", words=(0,))


@pytest.mark.parametrize(
    ("name", "server", "is_vendors"),
    [
        ("@microsoft/workiq", "anything", True),
        ("@octopusdeploy/mcp-server", "octopus", True),
        ("@octopusdeploy/mcp-server", "releases", False),
        ("@canva/cli", "canva dev", True),
        ("@razroo/gmail-mcp", "gmail", False),
        ("@upstreamapi/context7", "context7", False),
        ("@mcp-tools/shell", "mcp", False),
        ("@abc/notes", "abc", False),
        ("octopus-mcp", "octopus", False),
        ("@octopusdeploy", "octopus", False),
        ("@hashicorp/terraform-mcp-server", "terraform", True),
    ],
)
def test_scopes_of_npm(name, server, is_vendors):
    assert is_vendors_own(_package(name), server) is is_vendors


@pytest.mark.parametrize(
    ("path", "server", "is_vendors"),
    [
        ("github.com/grafana/mcp-grafana/cmd/mcp-grafana", "Grafana", True),
        ("github.com/hashicorp/terraform-mcp-server", "tf", True),
        ("github.com/leval/mcp-grafana", "grafana", False),
        ("github.com/grafana", "grafana", False),
        ("go.example.com/grafana/mcp", "grafana", False),
    ],
)
def test_go_modules_lie_in_an_account(path, server, is_vendors):
    assert is_vendors_own(_package(path, "go"), server) is is_vendors


def test_another_registry_has_no_scopes():
    assert is_vendors_own(_package("@microsoft/workiq", "pypi"), "workiq") is False


@pytest.mark.parametrize(
    ("name", "is_vendors"),
    [
        ("node", True),
        ("docker.io/library/python", True),
        ("mcp/filesystem", True),
        ("ghcr.io/github/github-mcp-server", True),
        ("mcr.microsoft.com/playwright/mcp", True),
        ("example/node", False),
        ("ghcr.io/acme/github", False),
        ("docker.io/acme/mcp", False),
    ],
)
def test_images_of_vendors(name, is_vendors):
    assert is_vendors_own(_package(name, "oci"), "anything") is is_vendors
