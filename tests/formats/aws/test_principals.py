"""Who is meant, also where the account is filled in later."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.federation import issuer_kind
from nhilint.formats.aws.principals import principals
from nhilint.formats.node import Node
from nhilint.model.fact import Unknown


def one(value):
    (found,) = principals(Node(value, "trust.json", ("Principal",)), None)
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("arn:aws:iam::${ACCOUNT_ID}:root", "account"),
        ("arn:aws:iam::<account_id>:role/deploy", "role"),
        ("arn:${AWS::Partition}:iam::${AWS::AccountId}:user/bot", "user"),
        ("${var.runner_role_arn}", "role"),
        ("${local.role_arns[0]}", "role"),
    ],
)
def test_an_account_that_is_filled_in_later_is_one_account(text, kind):
    found = one({"AWS": text})
    assert found.kind.value == kind
    assert isinstance(found.external, Unknown)


@pytest.mark.parametrize(
    "text", ["${principal}", "arn:aws:iam::111122223333:role/${name}", "arn:aws:iam::${a}:${rest}"]
)
def test_anything_else_that_is_filled_in_later_is_unknown(text):
    assert isinstance(one({"AWS": text}), Unknown)


def test_an_issuer_is_known_whatever_the_account():
    found = one({"Federated": "arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"})
    assert found.kind.value == "federated"
    assert isinstance(one({"Federated": "arn:aws:iam::1:oidc-provider/${ISSUER}"}), Unknown)


def test_the_issuer_of_a_cluster_that_stands_beside_it_is_filled_in_and_known():
    issuer = "${replace aws_eks_cluster.main.identity[0].oidc[0].issuer h}"
    found = one({"Federated": f"arn:aws:iam::${{AWS.AccountId}}:oidc-provider/{issuer}"})
    assert found.kind.value == "federated"
    assert issuer_kind(found.value.value) == "kubernetes"
