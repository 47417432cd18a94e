"""Rules that hold for every check, so that no reviewer has to remember them."""

from __future__ import annotations

import re

import pytest

from nhilint.catalogue.load import check_files, load_examples
from nhilint.policies import builtin_folder, compile_policies

FOLDER = builtin_folder()
FILES = {path.stem: path for path in check_files(FOLDER)}
PACK = compile_policies((FOLDER,))
CORE = ("owasp-nhi-2025", "owasp-agentic-2026")
TOPICS = {"mcp", "agents", "secrets", "oauth", "aws", "gcp", "azure", "kubernetes", "ci", "policies", "governance"}


@pytest.fixture(params=PACK.checks, ids=lambda check: check.id)
def check(request):
    return request.param


def examples(check):
    return load_examples(FILES[check.id], FOLDER)


def test_there_are_checks():
    assert len(PACK.checks) >= 45


def test_topic_is_one_of_the_folders(check):
    assert check.topic in TOPICS


def test_maps_to_the_two_owasp_lists_and_no_more_than_three_controls_of_any(check):
    assert any(framework in check.frameworks for framework in CORE)
    assert all(len(controls) <= 3 for controls in check.frameworks.values())


def test_has_a_failing_and_a_near_miss_example(check):
    found = examples(check)
    fails = {example.name for example in found if example.expect == "fail"}
    assert fails
    assert all(example.at for example in found if example.expect == "fail")
    assert {example.fixes for example in found if example.expect == "pass" and example.fixes} <= fails
    assert any(example.fixes for example in found if example.expect == "pass")


def test_example_names_are_unique(check):
    names = [example.name for example in examples(check)]
    assert len(names) == len(set(names))


def test_rationale_is_not_the_title_again(check):
    title, rationale = (set(re.findall(r"[a-z]{4,}", text.lower())) for text in (check.title, check.rationale))
    assert len(rationale - title) >= 12


def test_message_names_its_subject_and_fits_a_line(check):
    assert "{{" in check.message
    assert len(re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", check.message)) <= 240


def test_words_are_plain(check):
    for text in (check.title, check.message, check.remediation, check.rationale):
        assert not re.search(r"\b(simply|just|obviously|leverage|utilize|robust|seamless)\b", text, re.IGNORECASE), text
    assert not check.title.endswith(".")


def test_no_live_looking_secret_in_the_file(check):
    text = FILES[check.id].read_text()
    assert not re.search(
        r"ghp_[A-Za-z0-9]{36}|AKIA(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}|xox[abp]-[0-9]{6,}-|sk-[A-Za-z0-9_-]{32,}", text
    )


def test_file_is_of_a_readable_size(check):
    """What is said of a check fits on a screen; its examples grow with the products that it speaks of."""
    said, _, examples = FILES[check.id].read_text().partition("\nexamples:\n")
    assert said.count("\n") <= 60
    assert examples.count("\n") <= 300
