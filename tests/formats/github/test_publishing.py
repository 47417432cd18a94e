"""Packages that a workflow publishes with a stored token."""

from __future__ import annotations

import pytest

from nhilint.formats.github.publishing import published_with
from nhilint.formats.node import Node
from nhilint.model.fact import value_of

TOKEN = "${{ secrets.A_TOKEN }}"


def published(script, variables=None, **job):
    environment = Node(variables or {}, "a.yml", ("env",))
    return published_with(Node(script, "a.yml", ("run",)), (environment,), Node(job, "a.yml", ("job",)))


@pytest.mark.parametrize(
    ("script", "variable", "registry"),
    [
        ("npm publish --access public", "NODE_AUTH_TOKEN", "npm"),
        ("cd a && pnpm -r --filter ./x publish", "NPM_TOKEN", "npm"),
        ("yarn npm publish", "YARN_NPM_AUTH_TOKEN", "npm"),
        ("uvx twine upload dist/*", "TWINE_PASSWORD", "pypi"),
        ("python -m build\npython -m twine upload dist/*", "TWINE_PASSWORD", "pypi"),
        ("pipx run twine==6.1.0 upload dist/*", "TWINE_PASSWORD", "pypi"),
        ("cargo +nightly \\\n  publish \\\n  --no-verify", "CARGO_REGISTRY_TOKEN", "crates-io"),
        ("cargo `\r\n  publish", "CARGO_REGISTRY_TOKEN", "crates-io"),
        ("uv publish", "UV_PUBLISH_TOKEN", "pypi"),
        ("if ok; then cargo publish -p a; fi", "CARGO_REGISTRY_TOKEN", "crates-io"),
        ("gem push a.gem", "GEM_HOST_API_KEY", "rubygems"),
        ("dotnet nuget push a.nupkg --api-key $KEY --source https://api.nuget.org/v3/index.json", "KEY", "nuget"),
    ],
)
def test_a_token_in_a_variable_of_the_tool(script, variable, registry):
    login = published(script, {variable: TOKEN})
    assert value_of(login.provider) == registry
    assert value_of(login.by) == "static"
    assert login.at.pointer == ("env", variable)


def test_a_token_in_the_command_is_told_where_it_stands():
    script = f"cargo publish --token {TOKEN} -p a"
    login = published(script)
    assert script[slice(*login.at.within)] == f"--token {TOKEN}"


@pytest.mark.parametrize(
    "script",
    [
        "npm publish --dry-run",
        "cargo publish -p a -n",
        "npm run publish",
        'echo "npm publish"',
        "bun publish",
        "yarn publish",
        "npm publish --registry https://npm.acme.example",
        "npm publish --registry=https://npm.pkg.github.com",
        "npm publisher",
    ],
)
def test_commands_that_publish_nothing_or_elsewhere(script):
    assert published(script, {"NODE_AUTH_TOKEN": TOKEN, "CARGO_REGISTRY_TOKEN": TOKEN}) is None


@pytest.mark.parametrize(
    ("script", "variables"),
    [
        ("twine upload --repository-url https://acme.example dist/*", {"TWINE_PASSWORD": TOKEN}),
        ("twine upload dist/*", {"TWINE_PASSWORD": TOKEN, "TWINE_REPOSITORY_URL": "https://acme.example"}),
        ("cargo publish --registry own", {"CARGO_REGISTRY_TOKEN": TOKEN}),
        ("nuget push a.nupkg --source https://acme.example --api-key $KEY", {"KEY": TOKEN}),
    ],
)
def test_registries_of_ones_own(script, variables):
    assert published(script, variables) is None


@pytest.mark.parametrize(
    "value", ["${{ steps.auth.outputs.token }}", "${{ secrets.GITHUB_TOKEN }}", "", None, 3, "${{ github.token }}"]
)
def test_what_is_no_stored_token(value):
    assert published("cargo publish", {"CARGO_REGISTRY_TOKEN": value}) is None


@pytest.mark.parametrize(
    "job",
    [
        {"runs-on": ["self-hosted", "linux"]},
        {"runs-on": "self-hosted"},
        {"steps": [{"uses": "actions/setup-node@v4", "with": {"registry-url": "https://npm.acme.example"}}]},
    ],
)
def test_npm_trusts_no_runner_and_no_registry_of_ones_own(job):
    given = {"NODE_AUTH_TOKEN": TOKEN}
    assert published("npm publish", given, **job) is None
    assert published("npm publish", given, **{"runs-on": "ubuntu-latest"}) is not None


@pytest.mark.parametrize("odd", [None, 3, [], {}, ["publish"], {"publish": "npm publish"}])
def test_odd_values_publish_nothing(odd):
    assert published(odd, {"NODE_AUTH_TOKEN": odd}, steps=odd) is None
    assert published("npm publish", {"NODE_AUTH_TOKEN": odd}, steps=odd, **{"runs-on": odd}) is None


def test_a_script_of_many_options_is_read_in_time():
    assert published("npm " + "-a b " * 50_000 + "publish", {"NODE_AUTH_TOKEN": TOKEN}) is None
