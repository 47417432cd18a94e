"""Credentials that a pipeline's variables and scripts set: told where name and value fit a known shape together."""

from __future__ import annotations

import random
import string

import pytest

from nhilint.formats.written_secrets.in_pipelines import may_set_credentials, set_in_clear
from nhilint.model.fact import value_of
from nhilint.model.place import Place

MADE = "".join(random.Random(5).choices(string.ascii_letters + string.digits, k=40))


def found(text, *pointer):
    return [value_of(one.type) for one in set_in_clear(text, Place("ci.yml", pointer), ("env",))]


@pytest.mark.parametrize(
    "script",
    [
        f"export AWS_SECRET_ACCESS_KEY={MADE}",
        f'set -e\n  AWS_SECRET_ACCESS_KEY="{MADE}" \n',
        f'echo "aws_secret_access_key = {MADE}" >> ~/.aws/credentials',
        f'mkdir x && echo -e "[site]\\naws_secret_access_key = {MADE}\\nregion = x" >> x/credentials',
        f"printf 'aws_secret_access_key={MADE}'".replace("'", '"'),
    ],
)
def test_a_script_that_sets_a_key(script):
    assert found(script, "jobs", "a", "steps", 0, "run") == ["aws-secret-access-key"]
    assert may_set_credentials(script)


def test_the_place_is_that_of_the_value():
    script = f'mkdir x && echo -e "[site]\\naws_secret_access_key = {MADE}\\nregion = x" >> y'
    (one,) = set_in_clear(script, Place("ci.yml", ("run",)), ("env",))
    start, end = one.at.within
    assert script[start:end] == MADE


def test_a_variable_of_the_pipeline():
    assert found(MADE, "env", "AWS_SECRET_ACCESS_KEY") == ["aws-secret-access-key"]
    assert found(MADE, "with", "note") == []


@pytest.mark.parametrize(
    "script",
    [
        "export DB_PASSWORD=not-for-production-5tgb",
        f"export SECRET_OF_TEST={MADE}",
        "export AWS_SECRET_ACCESS_KEY=${{ secrets.KEY }}",
        "export AWS_SECRET_ACCESS_KEY=$KEY",
        "export AWS_SECRET_ACCESS_KEY=minioadmin",
        f"git show {MADE}",
    ],
)
def test_what_only_looks_random_or_comes_from_elsewhere(script):
    assert found(script, "run") == []


def test_a_file_without_such_a_line_is_passed_over():
    assert not may_set_credentials("steps:\n  - uses: actions/checkout@v4\n    with: {token: '${{ secrets.T }}'}\n")
