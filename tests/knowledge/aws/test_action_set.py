"""Patterns against the shipped table: what they hold, in which order, and how the sets combine."""

from __future__ import annotations

import fnmatch

import pytest

from nhilint.knowledge.aws import (
    Action,
    ActionSet,
    Level,
    complement,
    everything,
    look_up,
    matching,
    matching_any,
    supports_resource_level,
)
from nhilint.knowledge.aws.action_table import names_of, services


def test_a_plain_name_is_one_action_in_official_case():
    assert list(matching("S3:getobject")) == ["s3:GetObject"]


def test_star_at_the_end_stays_within_its_service_and_stem():
    found = list(matching("sts:assumerole*"))
    assert found == ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]


@pytest.mark.parametrize("pattern", ["iam:*Role*", "iam:?et*Policy", "iam:*", "iam:Get?ser*", "iam:*n", "iam:P*s*R*e"])
def test_wildcards_agree_with_the_standard_library(pattern):
    name = pattern.partition(":")[2].lower()
    expected = [f"iam:{known}" for known in names_of("iam") if fnmatch.fnmatchcase(known.lower(), name)]
    assert list(matching(pattern)) == expected
    assert expected


def test_brackets_are_no_wildcards():
    assert not matching("iam:[A-Z]*")


@pytest.mark.parametrize("pattern", ["*", "**", "*:*"])
def test_everything(pattern):
    assert matching(pattern) == everything()
    assert len(everything()) > 22_000


@pytest.mark.parametrize("pattern", ["", "s3", "s3:", ":GetObject", "nosuch:*", "s3:NoSuchAction", "s3 :GetObject"])
def test_what_names_nothing_is_the_empty_set(pattern):
    assert matching(pattern) == ActionSet()
    assert not matching(pattern)


def test_a_wildcard_in_the_service_reaches_every_service_that_fits():
    assert matching("s?s:CreateQueue") == matching("sqs:CreateQueue")
    assert matching("*:TagResource").services() > {"lambda", "sns", "iotevents"}


def test_algebra():
    s3, reads, one = matching("s3:*"), matching("s3:Get*"), matching("iam:PassRole")
    assert reads <= s3
    assert not s3 <= reads
    assert (reads | one) & s3 == reads
    assert (s3 - reads) & reads == ActionSet()
    assert len(s3 - reads) == len(s3) - len(reads)
    assert matching_any(["s3:Get*", "iam:PassRole"]) == reads | one
    assert hash(matching("S3:get*")) == hash(reads)


def test_not_action_is_everything_else():
    rest = complement(["iam:*", "organizations:*"])
    assert "iam:PassRole" not in rest
    assert "s3:GetObject" in rest
    assert rest | matching("iam:*") | matching("organizations:*") == everything()


def test_a_wildcard_is_never_a_member():
    assert "s3:*" not in everything()


def test_levels_and_services():
    mixed = matching_any(["s3:ListBucket", "iam:AttachRolePolicy"])
    assert mixed.levels() == {Level.LIST, Level.PERMISSIONS}
    assert mixed.services() == {"s3", "iam"}
    assert list(mixed.at_level(Level.PERMISSIONS)) == ["iam:AttachRolePolicy"]


def test_every_action_has_exactly_one_level():
    parts = [everything().at_level(level) for level in Level]
    assert sum(map(len, parts)) == len(everything())
    assert all(parts)


def test_levels_are_ordered_by_what_they_change_not_by_spelling():
    assert sorted(Level) == [Level.LIST, Level.READ, Level.TAGGING, Level.WRITE, Level.PERMISSIONS]
    assert max(Level.WRITE, Level.PERMISSIONS) is Level.PERMISSIONS
    assert Level.WRITE >= Level.WRITE > Level.TAGGING
    assert Level.READ <= Level.READ < Level.WRITE


def test_look_up_gives_the_record_in_official_case():
    assert look_up("S3:putobject") == Action("s3", "PutObject", Level.WRITE, ("accesspointobject", "object"))
    assert look_up("lambda:Invoke") is None
    assert look_up("lambda") is None


def test_resource_level():
    assert supports_resource_level("s3:GetObject")
    assert not supports_resource_level("s3:ListAllMyBuckets")
    assert not supports_resource_level("s3:NoSuchAction")
    both = matching_any(["s3:GetObject", "s3:ListAllMyBuckets"])
    assert list(both.with_resource_types()) == ["s3:GetObject"]


def test_iteration_is_the_whole_table_in_order_and_back():
    names = list(everything())
    assert len(names) == len(set(names)) == len(everything())
    assert names == [f"{prefix}:{name}" for prefix in services() for name in names_of(prefix)]
    assert all(matching(names[number]).bits == 1 << number for number in range(0, len(names), 997))


def test_the_data_file_is_sorted_so_that_its_diffs_are_small():
    assert list(services()) == sorted(services())
    assert all(list(names_of(prefix)) == sorted(names_of(prefix)) for prefix in services())
