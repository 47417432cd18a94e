"""Tests of regular expressions that are compiled when first used."""

from __future__ import annotations

import re

import pytest

from nhilint.source.deferred import Deferred


@pytest.fixture
def compiled(monkeypatch):
    """The texts that were compiled."""
    texts = []
    compile_ = re.compile

    def noting(text, flags=0):
        texts.append(text)
        return compile_(text, flags)

    monkeypatch.setattr("nhilint.source.deferred.re.compile", noting)
    return texts


def test_it_is_compiled_at_first_use_and_once(compiled):
    pattern = Deferred("a", "+")
    assert compiled == []
    assert pattern.search("xaax")[0] == "aa"
    assert pattern.fullmatch("xaax") is None
    assert pattern.search("b") is None
    assert compiled == ["a+"]


def test_it_does_what_the_compiled_one_does():
    pattern, same = Deferred(r"(A)(b)?", flags=re.IGNORECASE), re.compile(r"(A)(b)?", re.IGNORECASE)
    text = "xab A"
    assert pattern.pattern == same.pattern
    assert pattern.findall(text) == same.findall(text)
    assert pattern.split(text) == same.split(text)
    assert pattern.sub("-", text) == same.sub("-", text)
    assert [match.span() for match in pattern.finditer(text, 2)] == [(4, 5)]
    assert pattern.match(text, 1).span() == same.match(text, 1).span()
