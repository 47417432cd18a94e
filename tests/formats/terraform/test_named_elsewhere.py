"""Statements about another queue or topic let nobody into the one they stand on."""

from __future__ import annotations

import pytest

from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import extract
from nhilint.link.terraform import join
from nhilint.model.fact import known_records
from nhilint.source.document import read

CLAIM = next(claim for claim in CLAIMS if claim.format == "terraform-aws")


def grants(text):
    document = read("main.tf", text.encode(), CLAIM.syntax)
    found = join(extract(document, CLAIM).resources)
    return [len(known_records(one.facts.grants)) for one in found if one.kind == "resource_policy"]


def policy(*arns, effect="Allow"):
    named = ", ".join(f'"{arn}"' for arn in arns)
    return (
        f'jsonencode({{ Statement = [{{ Effect = "{effect}", Principal = "*", Action = "sqs:SendMessage", '
        f"Resource = [{named}] }}] }})"
    )


HERE = "arn:aws:sqs:*:*:"


@pytest.mark.parametrize(
    ("name", "arns", "kept"),
    [
        ("${var.jobs}.fifo", [HERE + "${var.jobs}"], 0),
        ("${var.jobs}.fifo", [HERE + "${var.jobs}.fifo"], 1),
        ("${var.jobs}.fifo", [HERE + "${var.jobs}", HERE + "${var.jobs}.fifo"], 1),
        ("${var.jobs}.fifo", [HERE + "${var.other}"], 1),
        ("${var.jobs}.fifo", [HERE + "${var.jobs}*"], 1),
        ("jobs", [HERE + "work"], 0),
        ("a-${var.jobs}-b", [HERE + "a-${var.jobs}-c"], 0),
        ("${var.jobs}", [HERE + "x${var.jobs}"], 0),
        ("jobs-${count.index}", [HERE + "work-${count.index}"], 1),
        ("jobs", ["*"], 1),
        ("jobs", ["arn:aws:sns:*:*:work"], 1),
    ],
)
def test_only_what_surely_names_another_is_left_out(name, arns, kept):
    text = f'resource "aws_sqs_queue" "q" {{\n  name   = "{name}"\n  policy = {policy(*arns)}\n}}\n'
    assert grants('variable "jobs" {}\nvariable "other" {}\n' + text) == [kept]


def test_a_policy_beside_its_queue():
    queue = 'resource "aws_sqs_queue" "q" {\n  name = "jobs"\n}\n'
    beside = f'resource "aws_sqs_queue_policy" "q" {{\n  queue_url = aws_sqs_queue.q.id\n  policy = {policy(HERE + "x")}\n}}\n'
    assert grants(queue + beside) == [0]
    assert grants(beside.replace("aws_sqs_queue.q.id", "var.url")) == [1]


def test_a_denial_stays():
    text = (
        f'resource "aws_sqs_queue" "q" {{\n  name   = "jobs"\n  policy = {policy(HERE + "work", effect="Deny")}\n}}\n'
    )
    assert grants(text) == [1]


def test_one_named_by_reference_is_a_slip_of_copying():
    copied = f'resource "aws_sqs_queue" "q" {{\n  name = "jobs"\n  policy = {policy("x")}\n}}\n'
    other = 'resource "aws_sqs_queue" "other" {\n  name = "work"\n}\n'
    assert grants(other + copied.replace('["x"]', "aws_sqs_queue.other.arn")) == [1]
