"""What a comment says of a value: that nothing is behind it, or nothing at all."""

from __future__ import annotations

import pytest

from nhilint.formats.commented_secrets import told_by_comments
from nhilint.model.fact import Known, value_of
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary import Credential
from nhilint.source.document import Syntax, read


def is_sample(text, pointer=("stringData", "B"), syntax=Syntax.YAML, *, shaped=False):
    at = Place("a.yaml", pointer)
    facts = Credential(at=at, name=Known("B", at), shaped=Known(shaped, at))
    document = read("a.yaml", text.encode(), syntax)
    (found,) = told_by_comments((Resource("credential", "B", "kubernetes", facts),), document)
    return value_of(found.facts.sample) is True


MANIFEST = "{head}kind: Secret\n{above}stringData:\n  {first}\n  A: x\n  B: value{behind}\n"


def manifest(head="", above="", first="# the app's", behind=""):
    return MANIFEST.format(head=head, above=above, first=first, behind=behind)


@pytest.mark.parametrize(
    "text",
    [
        manifest(first="# Test keys"),
        manifest(behind="  # dummy"),
        manifest(above="# not a real one\n"),
        manifest(head="# For local development only\n"),
        "stringData:\n  A: x\n  # change this before production\n  B: value\n",
    ],
)
def test_a_value_that_a_comment_calls_made_up_is_a_sample(text):
    assert is_sample(text)
    assert not is_sample(text, shaped=True)


@pytest.mark.parametrize(
    "text",
    [
        manifest(),
        manifest(first="# dummy"),  # of its neighbour alone
        manifest(head="# the keys of production, tested\n"),
        manifest(behind="  # rotate every quarter"),
    ],
)
def test_a_value_of_which_no_comment_says_so_is_taken_for_real(text):
    assert not is_sample(text)


def test_a_comment_speaks_of_its_own_document():
    second = ("1", "stringData", "B")
    assert is_sample(manifest(head="kind: A\n---\n# Do not use this in production.\n"), second)
    assert not is_sample(manifest(head="# For local development only\nkind: A\n---\n"), second)


def test_comments_of_infrastructure_code():
    text = '# dummy values\nlocals {\n  other = 1\n  # placeholder\n  b = "value"\n}\n'
    assert is_sample(text, ("locals", 0, "b"), Syntax.HCL)
