"""Free text: what is found, where it begins and ends, and all that must stay quiet."""

from __future__ import annotations

import base64
import random
from itertools import pairwise
from string import ascii_letters, digits

import pytest

from nhilint.knowledge.credentials import scan
from nhilint.knowledge.credentials.records import DATA
from nhilint.knowledge.credentials.sample import sample


def drawn(length: int, alphabet: str = ascii_letters + digits) -> str:
    return "".join(random.choices(alphabet, k=length))


def ids(text: str) -> list[str]:
    return [match.shape.id for match in scan(text)]


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        '"{}"',
        "KEY={}",
        "KEY: {}\n",
        "({})",
        "`{}`,",
        "a\\n{}\\n",
        "x%3D{}&y",
        "Bearer {}.",
        "<{}>",
        "key={};",
        "- {}",
    ],
)
def test_a_credential_is_found_exactly_in_any_frame(frame: str):
    token = sample("openai-project-key", 7)
    text = frame.format(token)
    (match,) = scan(text)
    assert text[match.start : match.end] == token


@pytest.mark.parametrize("before", ["x", "9", "_", "task-", "AB"])
def test_a_credential_does_not_begin_inside_a_word(before: str):
    assert ids(before + sample("groq-api-key")) == []


def test_nor_end_inside_one():
    assert ids(sample("groq-api-key") + "a") == []
    assert ids(sample("anthropic-api-key") + "-x") == []


def test_the_password_of_a_registry_may_hold_every_sign_of_base64():
    assert ids(f"-p {drawn(20)}/{drawn(20)}+{'+AC' + 'R'}D{drawn(5)} ") == ["azure-acr-password"]


def test_a_label_is_not_part_of_the_credential():
    text = f"DefaultEndpointsProtocol=https;{sample('azure-storage-account-key', 2)};EndpointSuffix=x"
    (match,) = scan(text)
    assert text[match.start : match.end].endswith("==")
    assert match.end - match.start == 88


def test_matches_are_in_order_and_apart():
    first, second = sample("npm-token", 1), sample("gitlab-pat", 1)
    text = f"{second} and {first} and postgres://app:{sample('github-pat-classic')}@db.acme.io/x"
    found = list(scan(text))
    assert [match.shape.id for match in found] == ["gitlab-pat", "npm-token", "github-pat-classic"]
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize(
    ("what", "make"),
    [
        ("a commit", lambda: "commit " + drawn(40, "0123456789abcdef")),
        ("an integrity hash", lambda: '"integrity": "sha512-' + base64.b64encode(random.randbytes(64)).decode() + '"'),
        ("a digest", lambda: "image@sha256:" + drawn(64, "0123456789abcdef")),
        ("a UUID", lambda: "id: 3f2c8a1e-7b4d-49a1-9c3e-" + drawn(12, "0123456789abcdef")),
        ("an image", lambda: "data:image/png;base64," + base64.b64encode(random.randbytes(3000)).decode()),
        ("a public key", lambda: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + drawn(43)),
        ("a public block", lambda: "-----BEGIN PUBLIC KEY-----\n" + drawn(64) + "\n-----END PUBLIC KEY-----"),
        ("a certificate", lambda: "-----BEGIN CERTIFICATE-----\nMII" + drawn(200) + "\n-----END CERTIFICATE-----"),
        ("a resolved package", lambda: "https://registry.npmjs.org/a/-/a-1.0.0.tgz#" + drawn(40, "0123456789abcdef")),
        ("a model", lambda: "claude-3-5-sonnet-20241022 gpt-4o-mini-2024-07-18"),
        ("an identifier", lambda: "STS.AssumeRoleWithWebIdentityRequest"),
        ("minified code", lambda: 'var e=t.api-n,r="sk-"+i;function pat(a){return a.sl.x}' * 50),
        ("a signature alone", lambda: "https://cdn.acme.io/a?sig=" + drawn(44)),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_things_that_look_random_stay_quiet(what: str, make):
    assert ids(make()) == [], what


@pytest.mark.parametrize(
    "text",
    [
        "sk-...",
        "sk-ant-api03-...",
        "ghp_" + "x" * 36,
        "sk-proj-" + "x" * 58 + "T3BlbkFJ" + "x" * 58,
        "AIzaSy" + "YourApiKeyHere" + "1234567890abcde" + "fghij"[:4],
        "xoxb-your-token-here",
        "AKIA" + "IOSFODNN7" + "EXAMPLE",
        "AKIA" + "IOSFODNN7" + "EXAMPL3",
        "gsk_" + "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
        "glpat-" + "xxxxxxxxxxxxxxxxxxxx",
        "https://hooks.slack.com/services/T" + "0" * 9 + "/B" + "0" * 9 + "/" + "X" * 24,
        "postgres://user:password@localhost:5432/db",
        "postgresql://USER:PASSWORD@HOST:5432/DB",
        "https://<user>:<password>@host",
        "mongodb://${USER}:${PASSWORD}@cluster0.acme.io",
        "Server=localhost;User Id=sa;Password=Your_password123;",
        "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\\nMIIEowIBAAKCAQEA...\\n-----END RSA PRIVATE KEY-----",
    ],
)
def test_placeholders_and_documented_examples_stay_quiet(text: str):
    assert ids(f'key = "{text}"') == []


@pytest.mark.parametrize("shape", ["stripe-publishable-key", "supabase-publishable-key", "posthog-project-key"])
def test_publishable_keys_stay_quiet(shape: str):
    assert ids(sample(shape, 4)) == []


def test_a_match_inside_a_large_base64_block_stays_quiet():
    inside = "/" + "AKIA" + drawn(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") + "/"
    block = base64.b64encode(random.randbytes(300)).decode()
    assert ids(f"img: {block}{inside}{block}") == []


def test_a_key_block_in_base64_is_found_as_one():
    block = base64.b64encode(sample("pem-private-key", 1).encode()).decode()
    text = f"  tls.key: {block}\n"
    (match,) = scan(text)
    assert (match.shape.id, text[match.start : match.end]) == ("pem-private-key", block)


def test_a_google_key_file_is_told_from_a_bare_key():
    assert ids(sample("gcp-service-account-key", 1)) == ["gcp-service-account-key"]


def test_a_presigned_request_states_its_end():
    query = sample("aws-s3-presigned-url", 1) + "&X-Amz-Expires=3600"
    (match,) = scan("https://b.s3.amazonaws.com/k?" + query)
    assert (match.shape.id, match.expires) == ("aws-s3-presigned-url", 4102358400 + 3600)


def test_our_own_data_is_quiet():
    assert ids(DATA.read_text(encoding="utf-8")) == []
