"""Accounts that run tests are known by their names, on Google Cloud and Azure."""

from __future__ import annotations

import pytest

from nhilint.link.accounts_of_tests import join
from nhilint.model.fact import Known, value_of
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import Identity

AT = Place("main.tf", ())


def is_for_tests(name, provider):
    facts = Identity(at=AT, name=Known(name, AT), provider=Known(provider, AT))
    (told,) = join((Resource("identity", name, "terraform-google", facts),))
    return value_of(told.facts.for_tests) is True


@pytest.mark.parametrize(
    "name", ["shop-e2e", "e2e@acme.iam.gserviceaccount.com", "integration-tests", "ci_test", "smoketest"]
)
def test_such_names(name):
    assert is_for_tests(name, "gcp")
    assert is_for_tests(name, "azure")
    assert not is_for_tests(name, "aws")


@pytest.mark.parametrize("name", ["shop", "tests", "protest", "cite2ex", "integration", "ci-tester"])
def test_other_names(name):
    assert not is_for_tests(name, "gcp")
