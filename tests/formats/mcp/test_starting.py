"""What a command line starts, with the place of every word that says so."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.mcp.reading import tool


def test_a_container_with_mounts():
    found = tool(
        ".mcp.json",
        {
            "command": "docker",
            "args": [
                "run",
                "-i",
                "--privileged",
                "--network",
                "host",
                "-v",
                "~/.aws:/aws:ro",
                "-v",
                "vol:/d",
                "acme/mcp",
            ],
        },
    )
    assert value_of(found.package.ecosystem) == "oci"
    assert value_of(found.elevated) is True
    assert found.elevated.at.pointer[-1] == 2
    assert value_of(found.host_network) is True
    (mount,) = known_records(found.mounts)
    assert value_of(mount.reach) == "credentials"
    assert value_of(mount.read_only) is True
    assert mount.at.pointer[-1] == 6
    (credential,) = known_records(found.credentials)
    assert value_of(credential.principal) == "human"


def test_a_file_server_opens_its_folders():
    found = tool(
        "claude_desktop_config.json",
        {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/home/ada", "/srv/shop"]},
    )
    assert [value_of(mount.reach) for mount in known_records(found.mounts)] == ["home", "outside"]
    assert [mount.at.pointer[-1] for mount in known_records(found.mounts)] == [2, 3]


def test_a_whole_command_line_in_one_text():
    found = tool(".cursor/mcp.json", {"command": "npx -y notes-mcp@1.2.3 --stdio"})
    assert value_of(found.package.version) == "1.2.3"
    assert found.package.at.pointer[-1] == "command"


def test_a_bridge_has_the_address_behind_it():
    found = tool(".mcp.json", {"command": "npx", "args": ["-y", "mcp-remote", "https://mcp.acme.com/sse"]})
    assert value_of(found.transport) == "stdio"
    assert value_of(found.endpoint.host) == "mcp.acme.com"
    assert found.endpoint.at.pointer[-1] == 2


def test_an_address_with_a_variable_for_a_host():
    endpoint = tool(".mcp.json", {"type": "http", "url": "https://${NOTES_HOST}:8080/mcp"}).endpoint
    assert value_of(endpoint.scheme) == "https"
    assert isinstance(endpoint.host, Unknown)
    assert isinstance(endpoint.reach, Unknown)


def test_an_address_that_is_a_variable():
    endpoint = tool(".mcp.json", {"type": "http", "url": "${NOTES_URL}"}).endpoint
    assert isinstance(endpoint.scheme, Unknown)
    assert isinstance(endpoint.url, Unknown)


def test_a_command_that_is_a_variable_has_an_unknown_package():
    found = tool(".mcp.json", {"command": "${RUNNER}", "args": ["notes-mcp"]})
    assert isinstance(found.package.pin, Unknown)


def test_packages_that_run_with_it():
    found = tool(".mcp.json", {"command": "uv", "args": ["run", "--with", "fastmcp==2.1", "server.py"]})
    assert value_of(found.package.pin) == "local"
    (extra,) = found.extra_packages
    assert (value_of(extra.name), value_of(extra.pin)) == ("fastmcp", "exact")


def test_a_known_server_has_capabilities_and_an_unknown_one_has_none_that_could_be_told():
    known = tool(".roo/mcp.json", {"type": "streamable-http", "url": "https://api.githubcopilot.com/mcp/"})
    assert value_of(known.official) is True
    assert value_of(known.auth.oauth_offered) is False, "GitHub registers no client by itself"
    held = {(value_of(c.category), value_of(c.access)) for c in known_records(known.capabilities)}
    assert ("source_code", "write") in held
    assert {value_of(c.gate) for c in known_records(known.capabilities)} == {"prompt"}
    unknown = tool(".mcp.json", {"command": "acme-internal-tool"})
    assert isinstance(unknown.capabilities, Unknown)
    assert unknown.official is None


def test_a_switch_that_makes_it_read_only_is_seen():
    found = tool(".mcp.json", {"type": "http", "url": "https://api.githubcopilot.com/mcp/readonly"})
    assert {value_of(c.access) for c in known_records(found.capabilities)} == {"read"}


def test_a_name_alone_says_nothing_about_its_publisher():
    found = tool(".mcp.json", {"command": "./scripts/github.sh"})
    assert found.official is None
    assert found.package.first_party is None


@pytest.mark.parametrize(
    ("entry", "first_party", "archived"),
    [
        ({"command": "npx", "args": ["-y", "@stripe/mcp"]}, True, False),
        ({"command": "npx", "args": ["-y", "@modelcontextprotocol/server-github"]}, False, True),
        ({"command": "npx", "args": ["-y", "@microsoft/workiq"]}, True, None),
        ({"command": "npx", "args": ["-y", "notes-mcp"]}, None, None),
        ({"command": "npx", "args": ["-y", "mcp-remote", "https://mcp.linear.app/sse"]}, None, None),
    ],
)
def test_who_publishes_a_package_and_whether_it_is_given_up(entry, first_party, archived):
    package = tool(".mcp.json", entry).package
    assert (value_of(package.first_party), value_of(package.archived)) == (first_party, archived)
