"""Logins without a look at the certificate, and switches that let printed commands through."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.github.reading import steps_of, workflow_of

LOGIN = "redhat-actions/oc-login@v1"
URL = "openshift_server_url: 'https://api.a.io:6443'"
TOKEN = "openshift_token: '${{ secrets.TOKEN }}'"


def with_step(step: str) -> str:
    return f"on: push\njobs:\n  j:\n    runs-on: x\n    steps:\n      - {step}\n"


@pytest.mark.parametrize(
    ("step", "sent"),
    [
        (f"{{uses: {LOGIN}, with: {{{URL}, {TOKEN}, insecure_skip_tls_verify: true}}}}", "TOKEN"),
        (f"{{uses: {LOGIN}, with: {{{URL}, {TOKEN}, insecure_skip_tls_verify: 'True'}}}}", "TOKEN"),
        (f"{{uses: {LOGIN}, with: {{{URL}, {TOKEN}, insecure_skip_tls_verify: false}}}}", None),
        (f"{{uses: {LOGIN}, with: {{{URL}, {TOKEN}}}}}", None),
        (f"{{uses: {LOGIN}, with: {{{URL}, openshift_token: x, insecure_skip_tls_verify: true}}}}", None),
        (f"{{uses: {LOGIN}, with: {{openshift_server_url: 'https://localhost:1', {TOKEN}, insecure_skip_tls_verify: true}}}}", None),
        ("{uses: hashicorp/vault-action@v3, with: {url: 'https://v.io', token: '${{ secrets.V }}', tlsSkipVerify: true}}", "V"),
        ("run: oc login $HOST --token=${{ secrets.TOKEN }} --insecure-skip-tls-verify", "TOKEN"),
        ('run: oc login --insecure-skip-tls-verify=true --token "$TOKEN" https://a.io', "TOKEN"),
        ("run: oc login --insecure-skip-tls-verify=false --token $TOKEN https://a.io", None),
        ("run: oc login --insecure-skip-tls-verify --token $TOKEN https://127.0.0.1:6443", None),
        ("run: oc login --token $TOKEN https://a.io; oc get pods --insecure-skip-tls-verify", None),
        ("run: oc login --insecure-skip-tls-verify https://a.io", None),
    ],
)  # fmt: skip
def test_what_is_sent_to_a_server_that_is_not_checked(step, sent):
    assert [value_of(one.sent_unverified) for one in steps_of(with_step(step)) if one.sent_unverified] == (
        [sent] if sent else []
    )


@pytest.mark.parametrize(
    ("top", "job", "step", "found"),
    [
        ("{}", "{}", "{}", []),
        ("{ACTIONS_ALLOW_UNSECURE_COMMANDS: true}", "{}", "{}", ["every job"]),
        ("{}", "{ACTIONS_ALLOW_UNSECURE_COMMANDS: 'True'}", "{}", ["j"]),
        ("{}", "{}", "{ACTIONS_ALLOW_UNSECURE_COMMANDS: true}", ["a step of j"]),
        ("{ACTIONS_ALLOW_UNSECURE_COMMANDS: 'yes'}", "{ACTIONS_ALLOW_UNSECURE_COMMANDS: 1}", "{}", []),
        ("[ACTIONS_ALLOW_UNSECURE_COMMANDS]", "x", "{ACTIONS_ALLOW_UNSECURE_COMMANDS: [true]}", []),
    ],
)
def test_where_printed_commands_count(top, job, step, found):
    text = (
        f"on: push\nenv: {top}\njobs:\n  j:\n    runs-on: x\n    env: {job}\n    steps: [{{run: make, env: {step}}}]\n"
    )
    assert [value_of(one.where) for one in workflow_of(text).printed_commands] == found


def test_the_strongest_job_speaks_for_all():
    jobs = (
        "{a: {runs-on: x, steps: [{run: make}]}, b: {runs-on: x, env: {K: '${{ secrets.K }}'}, steps: [{run: make}]}}"
    )
    text = f"on: push\npermissions: {{}}\nenv: {{ACTIONS_ALLOW_UNSECURE_COMMANDS: true}}\njobs: {jobs}\n"
    (switch,) = workflow_of(text).printed_commands
    assert (value_of(switch.rights), value_of(switch.held)) == ("strong", ("the secret K",))
