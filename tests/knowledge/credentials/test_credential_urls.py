"""Credentials in an address are found where they stand."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials import Reading, UrlCredential, find_in_url
from nhilint.knowledge.credentials.sample import sample


def only(url: str) -> UrlCredential:
    (found,) = find_in_url(url)
    return found


@pytest.fixture
def password() -> str:
    return sample("vultr-api-key", 1)[:18]


@pytest.mark.parametrize(
    ("scheme", "shape"),
    [
        ("postgres", "postgres-url"),
        ("postgresql+asyncpg", "postgres-url"),
        ("mysql+pymysql", "mysql-url"),
        ("mongodb+srv", "mongodb-url"),
        ("rediss", "redis-url"),
        ("amqps", "amqp-url"),
        ("sqlserver", "mssql-url"),
        ("https", "basic-auth-url"),
    ],
)
def test_a_password_before_the_host(scheme: str, shape: str, password: str):
    url = f"{scheme}://app:{password}@db.prod.acme.io:5432/main"
    found = only(url)
    assert url[found.value_start : found.value_end] == password
    assert (found.where, found.name, found.judgement.reading) == ("userinfo", "app", Reading.LITERAL)
    assert found.judgement.match is not None
    assert (found.judgement.match.shape.id, found.judgement.match.start) == (shape, found.value_start)


def test_a_password_without_user_and_one_with_marks_of_its_own(password: str):
    assert only(f"redis://:{password}@cache.acme.io").name is None
    odd = password[:8] + ":" + password[8:]
    found = only(f"postgres://app:{odd}@db.acme.io/x")
    assert found.value_end - found.value_start == len(odd)


@pytest.mark.parametrize("user", ["", "x-access-token:", "oauth2:"])
def test_a_token_before_the_host_is_told_by_its_own_shape(user: str):
    token = sample("github-pat-classic", 2)
    url = f"https://{user}{token}@github.com/o/r.git"
    found = only(url)
    assert url[found.value_start : found.value_end] == token
    assert found.judgement.match is not None
    assert found.judgement.match.shape.id == "github-pat-classic"


@pytest.mark.parametrize("name", ["api_key", "apiKey", "token", "access_token", "tavilyApiKey", "key"])
def test_a_query_parameter_is_told_by_its_name(name: str):
    value = sample("tavily-api-key", 5)
    url = f"https://mcp.tavily.com/mcp/?a=1&{name}={value}&b=2#top"
    found = only(url)
    assert (found.where, found.name) == ("query", name)
    assert url[found.value_start : found.value_end] == value
    assert found.judgement.match is not None
    assert found.judgement.match.start == found.value_start


def test_a_secret_address_is_itself_the_credential():
    url = sample("slack-webhook", 1)
    found = only(url)
    assert found.where == "path"
    assert found.judgement.match is not None
    assert found.judgement.match.shape.id == "slack-webhook"


@pytest.mark.parametrize(
    ("url", "reading"),
    [
        ("postgres://u:${PW}@h/db", Reading.REFERENCE),
        ("https://h/x?api_key=${{ secrets.KEY }}", Reading.REFERENCE),
        ("https://h/?token={{ token }}&x=1", Reading.REFERENCE),
        ("https://x-access-token:$GITHUB_TOKEN@github.com/o/r", Reading.REFERENCE),
        ("https://h/?api_key=<your-key>", Reading.PLACEHOLDER),
        ("https://h/?api_key=YOUR_API_KEY", Reading.PLACEHOLDER),
        ("postgres://user:password@db.acme.io/x", Reading.PLACEHOLDER),
        ("https://user:pass@host/path", Reading.PLACEHOLDER),
    ],
)
def test_what_is_not_there_is_said_too(url: str, reading: Reading):
    assert only(url).judgement.reading is reading


@pytest.mark.parametrize(
    "url",
    [
        "postgres://postgres:postgres@localhost:5432/db",
        "postgres://postgres:postgres@db:5432/db",
        "amqp://guest:guest@rabbitmq:5672",
        "mongodb://root:root@127.0.0.1",
    ],
)
def test_shipped_pairs_on_this_machine_are_a_local_default(url: str):
    judgement = only(url).judgement
    assert (judgement.reading, judgement.reason) == (Reading.PLACEHOLDER, "local default")


def test_hosts_that_exist_in_documents_only_open_nothing(password: str):
    for host in ("db.example.com", "x.test", "192.0.2.7", "your-host"):
        assert only(f"postgres://app:{password}@{host}/x").judgement.reading is Reading.PLACEHOLDER


@pytest.mark.parametrize(
    "url",
    [
        "https://api.acme.io/v1?page=2&sort=asc",
        "https://me@acme.io/",
        "https://registry.npmjs.org/a/-/a-1.0.0.tgz#sha512-abc",
        "https://o0.ingest.sentry.io/1",
        "https://acme.io/?monkey=1&tokenizer=x",
        "mailto:me@acme.io",
        r"(?:mysql|postgres)://[^:@]+:\$[A-Za-z_]*@",
        "not an address",
        "",
    ],
)
def test_addresses_without_a_credential(url: str):
    assert find_in_url(url) == ()


def test_a_publishable_key_in_a_query_is_plain():
    judgement = only(f"https://h/?key={sample('stripe-publishable-key')}").judgement
    assert judgement.reading is Reading.PLAIN


def test_a_shared_access_signature_states_its_end():
    url = "https://acct.blob.core.windows.net/c/b?" + sample("azure-storage-sas", 1)
    found = only(url)
    assert found.judgement.match is not None
    assert found.judgement.match.expires == 4102358400  # 2099-12-31


def test_the_passcode_of_a_meeting_stands_in_every_invitation(password: str):
    assert find_in_url(f"https://us02web.zoom.us/j/89012345678?pwd={password}") == ()
    assert len(find_in_url(f"https://shop.acme.io/j?pwd={password}")) == 1


@pytest.mark.parametrize(("path", "count"), [("1/indexes/*/queries", 0), ("1/indexes/products/batch", 1)])
def test_a_key_that_pages_search_with_is_public(path: str, count: int):
    key = sample("algolia-admin-key")
    assert len(find_in_url(f"https://ab1-dsn.algolia.net/{path}?x-algolia-api-key={key}")) == count
