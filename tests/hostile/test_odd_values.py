"""Every example of every check with some of its values replaced by odd ones: nothing raises, whatever stands where.

The readers' own tests make up values around a format's keys; this one starts from files that are right and bends them,
so that it reaches the code behind the first looks, the joins and the conditions.
"""

from __future__ import annotations

import copy
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhilint.catalogue.load import check_files, load_examples
from nhilint.evaluate.engine import judge
from nhilint.formats.registry import Recogniser, claims, reader_of
from nhilint.link import link
from nhilint.policies import builtin_folder, load_policies
from nhilint.source.document import Document, read
from nhilint.source.unreadable import Unreadable
from nhilint.testing import tree_of

ODD = [None, [], {}, 3, True, "", [None], [[]], {"a": None}, {"": []}, ["x"], -1.5, "${x}", "{{ x }}", "*"]


@pytest.fixture(scope="module")
def pack():
    return load_policies(())


@cache
def examples():
    """For each example, the documents in it that a format recognises, with their claims."""
    recogniser, found = Recogniser(claims()), []
    folder = builtin_folder()
    for example in (one for path in check_files(folder) for one in load_examples(path, folder)):
        tree, documents = tree_of(tuple(sorted(example.files.items()))), []
        for path in tree.paths():
            data = tree.read(path)
            with suppress(Unreadable, StopIteration):
                claim = next(recogniser.recognise(path, data))
                documents.append((claim, read(path, data, claim.syntax)))
        if documents:
            found.append(documents)
    return found


def routes(value, route=()):
    """The routes to everything in a value."""
    yield route
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from routes(inner, (*route, key))


def bent(value, route, odd):
    """The value with something odd at the end of a route."""
    if not route:
        return odd
    value = copy.copy(value)
    value[route[0]] = bent(value[route[0]], route[1:], odd)
    return value


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False))
def test_a_bent_example_is_read_joined_and_judged(pack, chance):
    documents = chance.choice(examples())
    chosen = chance.randrange(len(documents))
    resources = []
    for index, (claim, document) in enumerate(documents):
        value = document.value
        for _ in range(chance.choice((1, 1, 2, 4)) if index == chosen else 0):
            value = bent(value, chance.choice(list(routes(value))), chance.choice(ODD))
        odd = Document(document.path, document.syntax, document.text, value)
        resources.extend(reader_of(claim).extract(odd, claim).resources)
    assert not judge(pack.checks, link(tuple(resources))).problems
