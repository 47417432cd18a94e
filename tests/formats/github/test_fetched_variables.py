"""Texts of others that a script writes among the variables of its job."""

from __future__ import annotations

import json

import pytest

from nhilint.link.own_organization import belonging_to
from nhilint.model.fact import value_of
from tests.formats.github.reading import PATH, resources_of

NOTES = "https://raw.githubusercontent.com/acme/app/main/NOTES.md"
COMMIT = f"https://raw.githubusercontent.com/acme/app/{'1' * 40}/NOTES.md"


def resource_of(script: str):
    jobs = {"j": {"runs-on": "x", "steps": [{"run": script}]}}
    (resource,) = resources_of(json.dumps({"on": "push", "permissions": {}, "jobs": jobs}), PATH)
    return resource


def addresses(script: str) -> list[str]:
    return [value_of(one.address) for one in resource_of(script).facts.fetched_variables]


@pytest.mark.parametrize(
    "script",
    [
        f'curl -s {NOTES} >> "$GITHUB_ENV"',
        f'N=$(curl -s {NOTES})\necho "N<<EOF" >> $GITHUB_ENV\necho "$N" >> $GITHUB_ENV\necho EOF >> $GITHUB_ENV',
        f'N="$(wget -qO- {NOTES})"\n{{\n  echo "N<<EOF"\n  echo "$N"\n  echo EOF\n}} >> $GITHUB_ENV',
        f"{{\n  echo 'N<<EOF'\n  curl {NOTES}\n  echo EOF\n}} >> $GITHUB_ENV",
        f"N=$(curl {NOTES} | jq -r '\"\\(.tag_name) \\(.body)\"')\nprintf '%s\\n' \"$N\" >> $GITHUB_ENV",
    ],
)
def test_it_sets_variables(script):
    assert addresses(script) == [NOTES]


@pytest.mark.parametrize(
    "script",
    [
        f"curl -s {NOTES} > notes.md",
        f"curl -s {COMMIT} >> $GITHUB_ENV",
        f"curl -s {NOTES} | base64 >> $GITHUB_ENV",
        f'V=$(curl -s {NOTES} | jq -r .tag_name)\necho "$V" >> $GITHUB_ENV',
        f'V=$(curl -s {NOTES})\necho "V=$V" >> notes.txt; echo "A=b" >> $GITHUB_ENV',
        f'N=$(curl {NOTES})\nE=$(uuidgen)\necho "N<<$E" >> $GITHUB_ENV\necho "$N" >> $GITHUB_ENV\necho "$E" >> $GITHUB_ENV',
        'curl -s "https://$HOST/notes" >> $GITHUB_ENV',
        "curl -s http://localhost:4040/env >> $GITHUB_ENV",
    ],
)
def test_it_stays_a_value(script):
    assert addresses(script) == []


@pytest.mark.parametrize(("owner", "own"), [("acme", True), ("other", False)])
def test_what_the_owner_publishes_is_own(owner, own):
    marked = belonging_to(resource_of(f"curl -s {NOTES} >> $GITHUB_ENV"), owner)
    assert [value_of(one.own) for one in marked.facts.fetched_variables] == [own]
