"""Odd configurations never raise: an odd value is an unknown fact or no resource at all."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import Fragment
from nhilint.formats.terraform.interpolation import filled, masked
from nhilint.link.terraform import join
from nhilint.model.place import Place
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.value import Expression

TEXTS = ["*", "role", "aws_iam_role.r.arn", "each.value", "var.v", "local.l", "data.aws_iam_policy_document.d.json"]
TEXTS += ['"${local.l}"', '"a${"', "<<EOF\n{}\nEOF", "<<EOF", "data.aws_iam_policy.p.arn", "var.v[0].x", "toset", ""]
FUNCTIONS = ["jsonencode", "concat", "merge", "join", "format", "toset", None]
scalars = st.none() | st.booleans() | st.integers() | st.sampled_from(TEXTS)
KEYS = ["Statement", "policy", "role", "assume_role_policy", "policy_arn", "for_each", "statement", "principals"]
KEYS += ["metadata", "name", "rule", "subject", "role_ref", "spec", "container", "annotations", "manifest", "type"]
KEYS += ["condition", "actions", "inline_policy", "managed_policy_arns", "dynamic", "default", "v", "l", "user"]
odd = st.recursive(
    scalars | st.builds(Expression, st.sampled_from(TEXTS)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)
        | st.builds(
            lambda f, a: Expression("f()", f, tuple(a)), st.sampled_from(FUNCTIONS), st.lists(inner, max_size=2)
        )
    ),
    max_leaves=10,
)
TYPES = ["aws_iam_role", "aws_iam_policy", "aws_iam_role_policy", "aws_iam_role_policy_attachment", "aws_iam_user"]
TYPES += ["kubernetes_role", "kubernetes_role_binding_v1", "kubernetes_pod", "kubernetes_secret", "kubernetes_manifest"]
TYPES += ["aws_iam_access_key", "aws_iam_policy_document", "aws_lambda_permission", "aws_kms_key", "aws_iam_policy"]
bodies = st.lists(st.dictionaries(st.sampled_from(KEYS), odd, max_size=4) | odd, max_size=2) | odd
blocks = st.dictionaries(st.sampled_from(TYPES), st.dictionaries(st.sampled_from(["r", "d", "p"]), bodies) | odd) | odd
content = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("resource", "data"), blocks) | {"locals": bodies, "variable": odd, "module": odd}
)


def joined(value):
    at = Place("main.tf")
    return join((Fragment("identity", "main.tf", CLAIMS[0].format, Identity(at=at), content=value),))


@given(content)
@settings(max_examples=300, deadline=None)
def test_any_configuration_is_read_or_left(value):
    for found in joined(value):
        activate(found.facts)


@given(st.text(alphabet='${}%"\\ a\n', max_size=40))
@settings(deadline=None)
def test_any_template_is_filled_or_left(text):
    said = filled(text, lambda _source: "x")
    assert said is None or isinstance(said, str)
    mask = masked(text)
    assert mask is None or len(mask.text) == len(text)


def test_locals_that_double_each_other_end_in_time():
    names = {f"l{i}": [Expression(f"local.l{i + 1}")] * 8 for i in range(40)}
    policy = {"Statement": [{"Effect": "Allow", "Action": Expression("local.l0"), "Resource": "*"}]}
    role = {"policy": Expression("jsonencode()", "jsonencode", (policy,))}
    value = {"locals": [names], "resource": {"aws_iam_policy": {"p": [role]}}}
    started = time.process_time()
    assert len(joined(value)) == 1
    assert time.process_time() - started < 10


def test_documents_that_take_over_each_other_end():
    body = {"source_policy_documents": [Expression("data.aws_iam_policy_document.d.json")] * 3}
    value = {"data": {"aws_iam_policy_document": {"d": [body]}}, "resource": {"aws_iam_role": {"r": [{}]}}}
    started = time.process_time()
    joined(value)
    assert time.process_time() - started < 10


@given(odd, odd, odd)
@settings(deadline=None)
def test_calls_between_modules_never_raise(called, given_value, variables):
    at = Place("main.tf")
    inner = Place("m/main.tf")
    caller = {"module": {"m": [{"source": "./m", "x": given_value, "y": called}], "n": called}, "locals": called}
    callee = {"variable": {"x": [{"default": variables}], "y": variables}, "module": {"up": [{"source": "../"}]}}
    role = {"aws_iam_role": {"r": [{"name": Expression("var.x"), "assume_role_policy": Expression("var.y")}]}}
    fragments = (
        Fragment("identity", at.path, CLAIMS[0].format, Identity(at=at), content=caller),
        Fragment("identity", inner.path, CLAIMS[0].format, Identity(at=inner), content={**callee, "resource": role}),
    )
    join(fragments)


@given(odd)
@settings(deadline=None)
def test_json_configurations_never_raise(value):
    at = Place("main.tf.json")
    content = {"resource": {"aws_iam_role": {"r": value}, "aws_iam_policy": value}, "data": value, "module": value}
    join((Fragment("identity", at.path, CLAIMS[0].format, Identity(at=at), content=content),))
