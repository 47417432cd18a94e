"""Tokens, key blocks and key files are parsed, within bounds."""

from __future__ import annotations

import base64
import json

import pytest

from nhilint.knowledge.credentials import Reading, judge, scan
from nhilint.knowledge.credentials.sample import sample
from nhilint.knowledge.credentials.structures import read_jwt


def encoded(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def token(signature: str = "", header: object = None, **claims: object) -> str:
    signature = signature or sample("json-web-token").rpartition(".")[2]
    return f"{encoded(header or {'alg': 'HS256'})}.{encoded(claims)}.{signature}"


def test_a_token_tells_when_it_ends():
    (match,) = scan("x " + token(iss="acme", exp=1_800_000_000))
    assert (match.shape.id, match.expires) == ("json-web-token", 1_800_000_000)
    (endless,) = scan(token(iss="acme", sub="svc"))
    assert endless.expires is None


@pytest.mark.parametrize("end", ["soon", True, -1, 10**30, None])
def test_an_end_that_is_no_time_is_none(end: object):
    (match,) = scan(token(iss="acme", exp=end))
    assert match.expires is None


@pytest.mark.parametrize(
    ("claims", "shape"),
    [
        ({"iss": "supabase", "role": "service_role"}, "supabase-service-role"),
        ({"iss": "argocd", "sub": "ci"}, "argocd-token"),
        ({"iss": "kubernetes/serviceaccount", "sub": "system:serviceaccount:a:b"}, "k8s-service-account-token"),
        ({"actid": 1, "uid": 2, "per": "me"}, "monday-token"),
        ({"iss": "kubernetes/serviceaccount", "sub": "other"}, "json-web-token"),
    ],
)
def test_claims_tell_the_issuer(claims: dict[str, object], shape: str):
    (match,) = scan(token(**claims))
    assert match.shape.id == shape


@pytest.mark.parametrize(
    "text",
    [
        token(iss="supabase", role="anon"),
        token(iss="supabase-demo", role="service_role"),
        token(sub="1234567890", name="Someone", iat=1),
        token(sub="1234567890", iat=1),
        token("aB3dE5gH7jK9mN1pQ3sT5", iss="acme"),
        token(iss="acme", header={"alg": "RS256"}),
        token("SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV" + "_adQssw5c", iss="acme"),
        "eyJ" + "a" * 40 + ".eyJ" + "b" * 40 + "." + "c" * 43,
    ],
    ids=[
        "anon role",
        "local stack",
        "jwt.io claims",
        "jwt.io subject",
        "cut off",
        "short for RSA",
        "jwt.io signature",
        "no JSON",
    ],
)
def test_tokens_that_are_public_documented_or_none(text: str):
    assert list(scan(text)) == []
    assert judge(text, name="SERVICE_TOKEN").reading is not Reading.LITERAL


def test_a_header_without_an_algorithm_makes_no_token():
    assert list(scan(token(header={"typ": "JWT"}, iss="acme"))) == []


def test_deep_and_oversized_tokens_are_refused():
    deep = base64.urlsafe_b64encode(b'{"a":' * 3000 + b"1" + b"}" * 3000).decode().rstrip("=")
    assert read_jwt(f"{encoded({'alg': 'x'})}.{deep}.{'s' * 20}") is None
    assert read_jwt(f"{encoded({'alg': 'x'})}.{encoded({'a': 'b' * 20000})}.{'s' * 20}") is None


@pytest.mark.parametrize("shape", ["pem-private-key", "pgp-private-key"])
def test_key_blocks_are_found_whole_even_on_one_line(shape: str):
    block = sample(shape, 1).strip()
    for text in (block, block.replace("\n", "\\n"), block.replace("\n", "\\r\\n"), block.replace("\n", "\n      ")):
        (match,) = scan(f'"key": "{text}"')
        assert (match.shape.id, match.end - match.start) == (shape, len(text))


@pytest.mark.parametrize(
    "body",
    ["", "...", "<key>", "MIIE...", "MOCKKEY" + "abcd1234" * 40, "A" * 400, "not a key at all " * 10],
    ids=["empty", "dots", "brackets", "cut", "wrong length", "uniform", "words"],
)
def test_key_blocks_without_a_key_are_placeholders(body: str):
    text = f"-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----"
    assert list(scan(text)) == []
    assert judge(text, name="PRIVATE_KEY").reading is Reading.PLACEHOLDER


def test_a_block_that_never_ends_is_none():
    assert list(scan(sample("pem-private-key").partition("-----END")[0])) == []


def test_a_key_block_takes_its_kind_from_the_name():
    block = sample("github-app-private-key", 1)
    named = judge(block, name="GITHUB_APP_PRIVATE_KEY").match
    assert named is not None
    assert named.shape.id == "github-app-private-key"
    other = judge(block, name="TLS_KEY").match
    assert other is not None
    assert other.shape.id == "pem-private-key"


@pytest.mark.parametrize("wrap", [lambda text: text, lambda text: base64.b64encode(text.encode()).decode()])
def test_key_files_are_read_bare_and_in_base64(wrap):
    text = wrap(json.dumps(json.loads(sample("gcp-service-account-key", 1)), indent=2))
    said = judge(text, name="GOOGLE_CREDENTIALS")
    assert said.match is not None
    assert (said.match.shape.id, said.match.end) == ("gcp-service-account-key", len(text))


def test_a_key_file_without_its_key_is_a_placeholder():
    fields = {**json.loads(sample("gcp-service-account-key", 1)), "private_key": "-----BEGIN PRIVATE KEY-----\n..."}
    assert judge(json.dumps(fields), name="GCP_SA_KEY").reading is Reading.PLACEHOLDER
