"""Secrets that end in a log or an artifact, and credentials that stand in the file."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, value_of
from tests.formats.github.reading import SHA, resources_of, steps_of, workflow_of

TOKEN = sample("github-pat-classic", 0)


@pytest.mark.parametrize(
    ("script", "secret"),
    [
        ('echo "$T" | base64', "API_TOKEN"),
        ("printf %s ${T} | rev", "API_TOKEN"),
        ("echo ${{ secrets.OTHER }} | xxd", "OTHER"),
        ('echo "$T" | base64 -d', None),
        ('echo "$T" | base64 > key', None),
        ('X=$(echo "$T" | base64)', None),
        ('echo "$T" | base64 | docker login', None),
        ('echo "$PLAIN" | base64', None),
        ('echo "$T"', None),
    ],
)
def test_which_spellings_pass_the_mask(script, secret):
    text = f"""
on: push
jobs:
  j:
    runs-on: x
    env: {{T: "${{{{ secrets.API_TOKEN }}}}", PLAIN: x}}
    steps:
      - run: {script!r}
"""
    assert [value_of(step.prints_secret) for step in steps_of(text)] == ([secret] if secret else [])


@pytest.mark.parametrize(
    ("checkout", "upload", "inputs", "answer"),
    [
        ("v4", "v4", "{path: ., include-hidden-files: true}", "artifact"),
        ("v4", "v3", "{path: ., name: tree}", "tree"),
        ("v4", "v4", "{path: .}", None),
        ("v4", "v4.3.1", "{path: ./}", "artifact"),
        ("v6", "v3", "{path: .}", None),
        ("v4", "v3", "{path: dist}", None),
        ("v4", "v3", '{path: "!.git\\n."}', None),
        (SHA, "v3", "{path: .}", "unknown"),
        ("v4", SHA, "{path: .}", "unknown"),
    ],
)
def test_when_an_artifact_carries_the_token(checkout, upload, inputs, answer):
    text = f"""
on: push
jobs:
  j:
    runs-on: x
    steps:
      - uses: actions/checkout@{checkout}
      - uses: actions/upload-artifact@{upload}
        with: {inputs}
"""
    fact = steps_of(text)[1].uploads_token
    assert ("unknown" if isinstance(fact, Unknown) else value_of(fact)) == answer


def test_a_checkout_that_keeps_nothing_leaves_nothing():
    text = f"""
on: push
jobs:
  j:
    runs-on: x
    steps:
      - uses: actions/checkout@v4
        with: {{persist-credentials: "false"}}
      - uses: actions/upload-artifact@v3
        with: {{path: .}}
      - uses: actions/checkout@{SHA}
        with: {{persist-credentials: "${{{{ inputs.keep }}}}"}}
"""
    first, upload, last = steps_of(text)
    assert first.persists_credentials.value is False
    assert upload.uploads_token is None
    assert isinstance(last.persists_credentials, Unknown)


def test_the_whole_collection_of_secrets_is_seen_where_it_is_made():
    text = """
on: push
jobs:
  j:
    runs-on: x
    steps:
      - uses: acme/x@v1
        with: {all: "${{ toJSON(secrets) }}"}
      - uses: acme/y@v1
"""
    one, two = steps_of(text)
    assert one.takes_all_secrets.at.pointer == ("jobs", "j", "steps", 0, "with", "all")
    assert two.takes_all_secrets is None


def test_a_token_in_a_script_is_a_credential_and_stays_out_of_every_fact():
    text = f"""
on: push
jobs:
  j:
    runs-on: x
    env: {{GH: {TOKEN}}}
    steps:
      - run: 'curl -H "Authorization: Bearer {TOKEN}" x ${{{{ github.event.head_commit.message }}}}'
      - run: 'claude -p "{TOKEN}"'
"""
    resources = resources_of(text)
    credentials = resources[0].facts.credentials
    assert [(c.name.value, c.type.value, c.location.value) for c in credentials] == [
        ("GH", "github-pat-classic", "env"),
        ("run", "github-pat-classic", "text"),
        ("run", "github-pat-classic", "text"),
    ]
    assert TOKEN not in repr(resources)


def test_a_registry_password_counts_without_a_shape():
    text = """
on: push
jobs:
  j:
    runs-on: x
    container: {image: a, credentials: {username: u, password: "%s"}}
    services: {db: {image: b, credentials: {password: "${{ secrets.P }}"}, env: {POSTGRES_PASSWORD: "%s"}}}
    steps: []
""" % ((sample("github-pat-classic", 1)[4:24],) * 2)
    (credential,) = workflow_of(text).credentials
    assert credential.at.pointer[-3:] == ("container", "credentials", "password")
