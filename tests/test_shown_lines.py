"""Lines as reports show them: what is a credential is dots, what is not stays, and long lines cost their length once."""

from __future__ import annotations

import time

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.shown_lines import ShownLines
from nhilint.source.document import Syntax, read
from nhilint.source.span import Position, Span


def lines_of(text, *secrets):
    return ShownLines(read("x", text.encode(), Syntax.TEXT), [Span(Position(*s), Position(*e)) for s, e in secrets])


def test_a_known_credential_is_dots_but_for_its_beginning():
    shown = lines_of("key: hunter2hunter2 # note", ((1, 6), (1, 20)))
    assert shown.line(1) == "key: hunt•••••••••• # note"


def test_a_credential_over_several_lines():
    shown = lines_of("a: |\n  first\n  second\n  third end\nb: 1", ((2, 3), (4, 8)))
    assert [shown.line(number) for number in range(1, 6)] == ["a: |", "  firs•", "••••••••", "••••••• end", "b: 1"]


def test_credentials_that_overlap_or_touch():
    assert lines_of("0123456789abcdef", ((1, 1), (1, 11)), ((1, 5), (1, 13))).line(1) == "0123••••••••cdef"


def test_a_short_credential_shows_nothing_it_does_not_have():
    assert lines_of("pin: 123", ((1, 6), (1, 9))).line(1) == "pin: 123"


@pytest.mark.parametrize(
    "shape", ["anthropic-api-key", "slack-bot-token", "github-pat-fine-grained", "aws-access-key-id"]
)
def test_a_shape_that_nobody_marked(shape):
    secret = sample(shape)
    line = lines_of(f'{{"note": "use {secret} here"}}').line(1)
    assert len(line) == len(secret) + 21
    assert secret[:4] in line
    assert secret[4:12] not in line
    assert line.endswith(' here"}')


def test_the_password_of_an_address():
    text = '"url": "https://user:hunter2@host.example:8080/a@b", "x": "http://host:80/@x"'
    assert lines_of(text).line(1) == text.replace("hunter2", "•••••••")


@pytest.mark.parametrize(
    "text",
    [
        "arn:aws:iam::111122223333:policy/AdministratorAccess",
        "https://www.googleapis.com/auth/gmail.readonly",
        "a-name-of-a-policy-that-is-long-and-has-2-digits",
        "sha256-" + "0" * 64,
        "git@github.com:acme/agents.git",
        "",
    ],
)
def test_what_is_no_credential_stays(text):
    assert lines_of(text).line(1) == text


def test_a_line_is_made_once_however_often_it_is_shown():
    text = " ".join(f'"k{number}": "{"x" * 60}"' for number in range(20_000))
    secrets = [((1, start), (1, start + 20)) for start in range(1, len(text), 70)]
    shown = lines_of(text, *secrets)
    before = time.process_time()
    assert all(shown.line(1) is shown.line(1) for _ in range(20_000))
    assert time.process_time() - before < 5
