"""The reviewed list of actions that hand access away or end a record."""

from __future__ import annotations

from pathlib import Path

import pytest

import nhilint.knowledge
from nhilint.knowledge.aws import GraveChange, Level, grave_changes, look_up

DATA = Path(nhilint.knowledge.__file__).parent / "data" / "aws-grave-changes.txt"
LISTED = [line for line in DATA.read_text("ascii").split("\n") if ":" in line and not line.startswith("#")]


@pytest.mark.parametrize("action", LISTED)
def test_every_entry_is_an_action_that_changes_something(action):
    known = look_up(action)
    assert known is not None
    assert known.level in {Level.WRITE, Level.PERMISSIONS}


def test_entries_are_sorted_within_their_class_and_stand_once():
    blocks = DATA.read_text("ascii").rstrip("\n").split("\n\n")[1:]
    for block in blocks:
        names = block.split("\n")[1:]
        assert names == sorted(names)
    assert len(LISTED) == len(set(LISTED))


def test_the_classes_hold_what_their_names_say():
    assert "s3:PutBucketPolicy" in grave_changes(GraveChange.OPENS_ACCESS)
    assert "cloudtrail:StopLogging" in grave_changes(GraveChange.SILENCES)
    assert not grave_changes(GraveChange.OPENS_ACCESS) & grave_changes(GraveChange.SILENCES)


@pytest.mark.parametrize(
    "action", ["quicksight:DescribeTopicPermissions", "rds:AuthorizeDBSecurityGroupIngress", "iam:PassRole"]
)
def test_reads_network_rules_and_handing_over_are_no_opening_of_access(action):
    assert action not in grave_changes(GraveChange.OPENS_ACCESS)
