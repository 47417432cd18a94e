"""Every example of every check is one named test; adding a check adds them by itself."""

from __future__ import annotations

from functools import cache

import pytest

from nhilint.catalogue.load import check_files, load_examples
from nhilint.policies import builtin_folder, compile_policies
from nhilint.testing import idle_clauses, mistakes

FOLDER = builtin_folder()
FILES = check_files(FOLDER)


@cache
def pack():
    return compile_policies((FOLDER,))


@cache
def examples_of(path):
    return load_examples(path, FOLDER)


def cases():
    for path in FILES:
        for example in examples_of(path):
            yield pytest.param(path, example, id=f"{path.stem}: {example.name}")


@pytest.mark.parametrize(("path", "example"), list(cases()))
def test_example(path, example):
    assert mistakes(pack().find(path.stem), example, pack()) == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_clause_bites(path):
    assert idle_clauses(pack().find(path.stem), examples_of(path), pack()) == ()
