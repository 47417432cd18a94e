"""Nothing a file may hold makes recognition slow or fail: expressions are flat, searches bounded."""

from __future__ import annotations

import importlib
import pkgutil
from re import _parser as parser

import pytest

import nhilint.knowledge.credentials as package
from nhilint.knowledge.credentials import find_in_url, judge, scan
from nhilint.knowledge.credentials.patterns import expression
from nhilint.knowledge.credentials.recognition import patterns
from nhilint.source.deferred import Deferred

REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}


def deepest_repeat(items, depth: int = 0) -> int:
    """How many repetitions that may run twice or more stand inside one another."""
    deepest = depth
    for operation, argument in items:
        name = str(operation)
        if name in REPEATS:
            _, most, body = argument
            deepest = max(deepest, deepest_repeat(body, depth + (most > 1)))
        elif name == "SUBPATTERN":
            deepest = max(deepest, deepest_repeat(argument[-1], depth))
        elif name == "BRANCH":
            deepest = max(deepest, *(deepest_repeat(branch, depth) for branch in argument[1]))
    return deepest


def test_the_measure_itself_sees_a_nested_repetition():
    assert deepest_repeat(parser.parse(r"(?:a+b)*")) == 2
    assert deepest_repeat(parser.parse(r"(?:a+b)?c{2,9}")) == 1


def test_no_expression_nests_repetitions():
    modules = [
        importlib.import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)
    ]
    texts = [value._text for module in modules for value in vars(module).values() if isinstance(value, Deferred)]
    assert len(texts) > 20
    for text in texts + [expression(pattern.record.parts) for pattern in patterns()]:
        assert deepest_repeat(parser.parse(text)) <= 1, text


def test_every_pattern_is_bounded():
    for pattern in patterns():
        _, most = parser.parse(expression(pattern.record.parts)).getwidth()
        assert most < 5000, pattern.record.shape.id


@pytest.mark.parametrize(
    "piece",
    [
        "eyJ-", "eyJ.", "eyJaaaaaaaaa.", "LS0tLS1CRUdJTi", "LS0tLS1CRUdJTi/ ", "-----BEGIN RSA PRIVATE KEY-----", "${", "{{",
        "${" * 100 + "}", "://", "://a:b@", "glpat---", "ABSK/", "pat", "AKIA" + "B" * 15, "jdbc:", "force://a:", "Server=",
        "sig=", "https://a.webhook.office.com/webhookb2/", "T3BlbkFJ", "machine login password ", "<", "\u4e00\u4e01\u4e02",
        "\ud800", "\x00", "=", '{"a":', "password=", "Basic ", "Bearer ", "a=", "A_", "x:", "%41", "\\n",
    ],
)  # fmt: skip
def test_repeated_beginnings_of_everything_end_quietly(piece: str):
    text = piece * (20_000 // len(piece))
    assert list(scan(text)) == []
    judge(text, name="API_KEY", sensitive=True)
    judge(text, name="password", host=text[:300])
    find_in_url("https://" + text[:8000])
    find_in_url(f"https://u:{text[:2000]}@h/?token={text[:2000]}")


def test_a_value_longer_than_the_bound_is_judged_by_its_beginning():
    assert judge("a" * 200_000 + " ", name="x").reason


def test_an_address_longer_than_the_bound_is_left_alone():
    assert find_in_url("https://u:p@h/" + "a" * 9000) == ()
