"""An expression over the claims of a token tells how wide it admits, or nobody can tell: it is never taken for wide."""

from __future__ import annotations

import pytest

from nhilint.formats.azure.federation import federated_trust
from nhilint.formats.node import Node
from nhilint.model.fact import value_of

ISSUER = "https://token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("expression", "scope"),
    [
        ("claims['sub'] matches 'repo:acme/*'", "organization"),
        ("claims['sub'] matches 'repo:acme/site:*' and claims['job_workflow_ref'] eq 'acme/w/d.yml@refs/heads/main'",
         "workload"),
        ("claims['sub'] matches '*'", "any"),
        ("claims['repository_owner_id'] eq '42'", None),
    ],
)  # fmt: skip
def test_how_wide_an_expression_admits(expression, scope):
    told = Node({"issuer": ISSUER, "audience": "api://AzureADTokenExchange", "expression": expression}, "main.tf")
    trust = federated_trust("ci", told.at, told["issuer"], told["audience"], told["subject"], told["expression"])
    assert value_of(trust.subject_scope) == scope
