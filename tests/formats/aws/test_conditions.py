"""Whether a comparison limits anything, and what iam:PassedToService leaves."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.conditions import conditions, keeps_strangers_out, narrows, only_passed_to
from nhilint.formats.node import Node
from nhilint.model.fact import Unknown, value_of


def asked(value):
    return conditions(Node(value, "policy.json", ("Statement", 0, "Condition")))


@pytest.mark.parametrize(
    ("condition", "narrowing"),
    [
        ({"StringEquals": {"aws:ResourceAccount": "111122223333"}}, False),
        ({"StringNotEquals": {"aws:ResourceAccount": "111122223333"}}, True),
        ({"StringEquals": {"aws:UserAgent": "console"}}, False),
        ({"DateGreaterThan": {"aws:TokenIssueTime": "2020-01-01T00:00:01Z"}}, False),
        ({"DateLessThan": {"aws:TokenIssueTime": "2020-01-01T00:00:01Z"}}, True),
        ({"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}}, False),
        ({"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}}, True),
        ({"StringLike": {"aws:ResourceTag/managed-by": "*"}}, True),
        ({"StringLike": {"sts:ExternalId": "*"}}, False),
        ({"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}, True),
    ],
)
def test_what_narrows(condition, narrowing):
    assert narrows(asked(condition)).value is narrowing


@pytest.mark.parametrize(
    ("condition", "for_all", "for_strangers"),
    [
        ({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, True, False),
        (
            {"StringEqualsIfExists": {"aws:SourceAccount": 111122223333}, "Null": {"aws:SourceAccount": False}},
            True,
            True,
        ),
        ({"StringLike": {"sts:RoleSessionName": "ci-?"}}, True, False),
        ({"Bool": {"aws:MultiFactorAuthPresent": "true"}, "StringEquals": {"aws:PrincipalOrgID": "o-1"}}, True, True),
        ({"StringEquals": {"aws:UserAgent": "console"}}, False, False),
        ({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}, True, False),
        ({"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}, "Null": {"aws:PrincipalOrgID": "false"}}, True, True),
        ({"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}, True, False),
        ({"Null": {"aws:PrincipalOrgID": "false"}}, True, False),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/ci-*"}}, True, False),
        ({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/ci-*"}}, True, True),
        ({"StringEquals": {"sts:ExternalId": "acme"}}, True, False),
        ({"StringEquals": {"sts:ExternalId": "${var.external_id}"}}, True, True),
        ({"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}, False, True),
        ({"StringEquals": {"aws:ResourceAccount": "$${aws:PrincipalAccount}"}}, False, True),
        ({"StringLike": {"aws:ResourceOrgPaths": "&{aws:PrincipalOrgPaths}"}}, True, True),
        ({"StringEquals": {"aws:ResourceOrgID": "o-1"}}, False, False),
        ({"StringNotEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}, False, False),
        ({"StringEquals": "${var.more}", "Bool": {"aws:SecureTransport": "true"}}, None, None),
        ({"StringEquals": "${var.more}", "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::1:role/a"}}, True, True),
    ],
)
def test_what_a_stranger_has_too_keeps_no_stranger_out(condition, for_all, for_strangers):
    assert value_of(narrows(asked(condition))) is for_all
    assert value_of(keeps_strangers_out(asked(condition))) is for_strangers


def test_what_is_filled_in_elsewhere_may_narrow():
    assert isinstance(narrows(asked({"StringEquals": "${var.more}"})), Unknown)
    assert isinstance(keeps_strangers_out(asked({"StringEquals": ["a"]})), Unknown)


def test_who_comes_from_the_resource_s_own_organisation_is_no_stranger():
    same = asked({"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}})
    assert narrows(same, names_callers=True).value is True


def test_no_condition_keeps_nobody_out():
    assert keeps_strangers_out(conditions(Node({}, "p.json")["Condition"])) is None
    assert isinstance(keeps_strangers_out(asked("${condition}")), Unknown)


def test_no_condition_and_an_odd_one():
    assert narrows(conditions(Node({}, "p.json")["Condition"])) is None
    assert isinstance(narrows(asked("${condition}")), Unknown)


@pytest.mark.parametrize(
    ("condition", "services"),
    [
        ({"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}, ("ec2.amazonaws.com",)),
        ({"StringLike": {"iam:PassedToService": ["a.amazonaws.com", "b.amazonaws.com"]}}, ("a.amazonaws.com", "b.amazonaws.com")),
        ({"StringEqualsIfExists": {"iam:PassedToService": "ec2.amazonaws.com"}}, ("ec2.amazonaws.com",)),
        ({"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com", "aws:ResourceTag/a": "b"}}, ()),
        ({"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}, ()),
        ({"StringEquals": {"iam:PassedToService": "${service}"}}, ()),
        ({}, ()),
    ],
)  # fmt: skip
def test_services_that_a_role_may_be_passed_to(condition, services):
    assert only_passed_to(asked(condition)) == services
