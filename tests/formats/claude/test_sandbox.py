"""What lets something through the sandbox, and what does not although it looks so."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from tests.formats.claude.reading import settings


def openings(sandbox, **lists):
    agent = settings({"permissions": lists, "sandbox": {"enabled": True, "allowUnsandboxedCommands": False, **sandbox}})
    return {value_of(o.setting): value_of(o.lets) for o in known_records(agent.sandbox.openings)}


@pytest.mark.parametrize(
    ("sandbox", "lets"),
    [
        ({"network": {"allowedDomains": ["*"]}}, "any_host"),
        ({"network": {"allowAllUnixSockets": True}}, "any_socket"),
        ({"network": {"allowUnixSockets": ["/var/run/docker.sock"]}}, "container_engine"),
        ({"filesystem": {"allowWrite": ["/"]}}, "any_file"),
        ({"filesystem": {"allowWrite": ["~/"]}}, "any_file"),
        ({"enableWeakerNestedSandbox": True}, "weaker_isolation"),
    ],
)
def test_openings(sandbox, lets):
    assert list(openings(sandbox).values()) == [lets]


@pytest.mark.parametrize(
    "sandbox",
    [
        {"network": {"allowedDomains": ["*.npmjs.org"]}},
        {"network": {"allowUnixSockets": ["/tmp/pg.sock"]}},
        {"filesystem": {"allowWrite": ["/tmp/build", "~/.kube", "./out"]}},
        {"excludedCommands": ["docker *"]},
        {"network": "all"},
    ],
)
def test_narrow_exceptions(sandbox):
    assert openings(sandbox) == {}


def test_an_excluded_command_counts_when_a_rule_approves_it():
    excluded = {"excludedCommands": ["docker *", "git push *", "node *"]}
    found = openings(excluded, allow=["Bash(docker:*)", "Bash(git *)", "Bash(node *)"])
    assert found == {"excludedCommands: docker *": "container_engine", "excludedCommands: node *": "any_command"}
    assert openings(excluded, allow=["Bash(docker:*)"], ask=["Bash(docker *)"]) == {}


def test_a_retry_outside_that_a_rule_approves():
    agent = settings({"permissions": {"allow": ["Bash"]}, "sandbox": {"enabled": True}})
    assert [o.at.pointer for o in known_records(agent.sandbox.openings)] == [("permissions", "allow", 0)]
    assert openings({}, allow=["Bash"]) == {}


def test_no_sandbox():
    assert settings({"permissions": {}}).sandbox is None
    assert settings({"sandbox": {}}).sandbox.enabled is None
