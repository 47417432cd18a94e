"""Odd JSON never raises: an odd value is an unknown fact or no resource at all."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.aws.claims import CLAIMS
from nhilint.formats.aws.policy import extract
from nhilint.source.document import Syntax, read

scalars = (
    st.none() | st.booleans() | st.integers() | st.sampled_from(["*", "s3:*", "${x}", "Allow", "iam:PassRole", ""])
)
odd = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
KEYS = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"]
statement = st.dictionaries(st.sampled_from(KEYS), odd, max_size=9)
OWNER_KEYS = ["RoleName", "AssumeRolePolicyDocument", "RolePolicyList", "AttachedManagedPolicies", "Arn", "Statement"]
document = st.fixed_dictionaries({"Statement": st.lists(statement, max_size=3) | odd}) | st.dictionaries(
    st.sampled_from(OWNER_KEYS), odd, max_size=6
)

policy = st.fixed_dictionaries(
    {"PolicyName": odd, "PolicyVersionList": st.lists(st.fixed_dictionaries({"Document": document}), max_size=2) | odd},
    optional={"Arn": odd, "PolicyDocument": document},
)
owner = st.fixed_dictionaries(
    {
        "UserName": st.just("u") | odd,
        "UserPolicyList": st.lists(st.fixed_dictionaries({"PolicyDocument": document})) | odd,
    },
    optional={"AttachedManagedPolicies": st.just([{"PolicyArn": "a"}]) | odd, "GroupList": st.just(["g"]) | odd},
)
details = st.fixed_dictionaries(
    {"Policies": st.lists(policy, max_size=2) | odd, "UserDetailList": st.lists(owner, max_size=2) | odd},
    optional={"GroupDetailList": st.just([{"GroupName": "g", "GroupPolicyList": []}]) | odd},
)


@given(details)
@settings(max_examples=150, deadline=None)
def test_odd_account_details_are_read_or_left(value):
    for resource in extract(read("p.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources:
        activate(resource.facts)


@given(document)
@settings(max_examples=300, deadline=None)
def test_any_json_is_read_or_left(value):
    found = extract(read("p.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[0])
    for resource in found.resources:
        activate(resource.facts)


def test_a_hundred_thousand_entries_are_read_in_time():
    actions = [f"s3:Get{index}" for index in range(100_000)]
    value = {"Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
    found = extract(read("p.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[0])
    assert len(found.resources) == 1


def test_thousands_of_misspelt_actions_cost_no_thousand_guesses():
    actions = [f"s3:GetObjekt{index}" for index in range(1_900)]
    value = {"Statement": [{"Effect": "Deny", "Action": actions, "Resource": "*"}]}
    (found,) = extract(read("p.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources
    unknown = found.facts.grants[0].unknown_actions
    assert len(unknown) == len(actions)
    assert all(word.nearest is None for word in unknown[100:])
