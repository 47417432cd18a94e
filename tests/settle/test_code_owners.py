"""Whose file it is, by the rules of code hosts."""

from __future__ import annotations

import time

import pytest

from nhilint.settle.code_owners import CodeOwners, code_owners
from nhilint.tree import MemoryTree


@pytest.mark.parametrize(
    ("rules", "path", "owners"),
    [
        ("* @a\n", "x/y.json", ("@a",)),
        ("* @a\n/.nhilint/ @b @o/t\n", ".nhilint/config.yaml", ("@b", "@o/t")),
        ("/.nhilint/ @b\n* @a\n", ".nhilint/config.yaml", ("@a",)),
        ("docs/ a@b.c\n", "x/docs/y.md", ("a@b.c",)),
        ("# * @a\n", "x", ()),
        ("/x/ @a\n/x/y\n", "x/y", ()),
        ("[ab].txt @a\n", "a.txt", ()),
        ("", "x", ()),
    ],
)
def test_the_last_rule_that_fits(rules, path, owners):
    assert CodeOwners(rules, "CODEOWNERS").of(path) == owners


def test_the_first_of_the_usual_places():
    files = {"CODEOWNERS": "* @root", ".github/CODEOWNERS": "* @github", "docs/CODEOWNERS": "* @docs"}
    found = code_owners(MemoryTree(files))
    assert (found.file, found.of("x")) == (".github/CODEOWNERS", ("@github",))
    assert code_owners(MemoryTree({"x": ""})).stated is False


def test_a_hostile_file_takes_no_time():
    rules = "\n".join(["*a" * 60 + " @a", "/".join(["**"] * 60) + " @b"] * 500)
    started = time.process_time()
    CodeOwners(rules, "CODEOWNERS").of("a" * 300 + "/" * 40 + "b")
    assert time.process_time() - started < 2
