"""Made-up credentials of every shape are found; the numbers are new on every run."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from nhilint.knowledge.credentials import Reading, judge, scan
from nhilint.knowledge.credentials.records import Record, Structure, catalogue
from nhilint.knowledge.credentials.sample import sample

SAMPLES = 12
SELF = [
    record
    for record in catalogue().records
    if record.anchor == "self" and record.shape.verified and not record.shape.publishable
]
NAMED = [
    record
    for record in catalogue().records
    if not isinstance(record.parts[0], Structure)
    and (record.anchor == "context" or (record.anchor == "self" and not record.shape.verified))
    and record.shape.provider != "Generic"
]
# Told by what stands around them, not by a name: a manifest's kind, a header's words, a file's place.
ELSEWHERE = {"k8s-secret-manifest", "docker-config-auth", "npmrc-basic", "maven-server-password", "aws-apigateway-key"}


def numbers(count: int = SAMPLES) -> list[int]:
    return [random.randrange(2**40) for _ in range(count)]


def test_free_text_gives_up_nearly_every_credential_that_has_a_fixed_text():
    missed: Counter[str] = Counter()
    for record in SELF:
        for number in numbers():
            text = f'{{"before": 1, "value": "{sample(record.shape.id, number)}", "after": 2}}'
            missed[record.shape.id] += not any(scan(text))
    assert len(SELF) > 190
    assert sum(missed.values()) <= 0.01 * SAMPLES * len(SELF), missed.most_common(5)
    assert max(missed.values()) <= SAMPLES // 4, missed.most_common(5)


def test_what_is_found_is_the_shape_it_was_made_from():
    mistaken = Counter(
        (record.shape.id, found[0].shape.id)
        for record in SELF
        for number in numbers()[:4]
        if (found := list(scan(sample(record.shape.id, number)))) and found[0].shape.id != record.shape.id
    )
    as_address = {("aws-codecommit-url", "basic-auth-url"), ("git-credentials-file", "basic-auth-url")}
    assert set(mistaken) <= as_address


@pytest.mark.parametrize(
    "record", [one for one in NAMED if one.shape.id not in ELSEWHERE], ids=lambda one: one.shape.id
)
def test_a_name_of_the_provider_makes_a_shape_without_fixed_text_a_credential(record: Record):
    name = next(name for name in record.shape.names if "*" not in name)
    drawn = numbers(4 * SAMPLES)  # few enough to be quick, and enough that chance does not decide
    readings = Counter(judge(sample(record.shape.id, number), name=name).reading for number in drawn)
    assert readings[Reading.LITERAL] >= 0.8 * len(drawn)


@pytest.mark.parametrize(
    "record",
    [one for one in NAMED if one.anchor == "context" and "://" not in str(one.parts) and one.shape.id not in ELSEWHERE],
    ids=lambda one: one.shape.id,
)
def test_the_same_value_in_free_text_or_under_another_name_is_nothing(record: Record):
    value = sample(record.shape.id, random.randrange(2**40))
    own = {record.shape.id}
    assert not own & {match.shape.id for match in scan(f"value {value} end")}
    said = judge(value, name="revision")
    assert said.match is None or said.match.shape.id not in own


def test_unverified_shapes_need_a_name():
    record = catalogue().by_id["trello-token"]
    assert not record.shape.verified
    value = sample("trello-token")
    assert not any(scan(value))
    assert judge(value).reading is Reading.PLAIN
    assert judge(value, name="TRELLO_TOKEN").match is not None
    assert judge(value, sensitive=True).match is not None
