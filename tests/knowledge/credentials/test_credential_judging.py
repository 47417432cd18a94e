"""A value at a named position: what makes it a credential, and what excuses it."""

from __future__ import annotations

import base64
import random
from string import ascii_letters, digits

import pytest

from nhilint.knowledge.credentials import Reading, judge
from nhilint.knowledge.credentials.sample import sample
from nhilint.knowledge.credentials.words import made_of_words


def drawn(length: int, alphabet: str = ascii_letters + digits) -> str:
    return "".join(random.choices(alphabet, k=length))


HEX = "0123456789abcdef"
ALPHABETS = (HEX, ascii_letters + digits, ascii_letters + digits + "-_")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("your-key-here", "API_KEY"),
        ("shop:db:mysql:ip:%s", "config_template_mysql_ip_key"),
        ("app/{0}/login_%2$s", "secret_key"),
        ("<token>", "TOKEN"),
        ("[token]", "TOKEN"),
        ("{token}", "TOKEN"),
        ("xxxx", "API_KEY"),
        ("x" * 32, "API_KEY"),
        ("****************", "DB_PASSWORD"),
        ("sk-...", "OPENAI_API_KEY"),
        ("sk-ant-api03-your-key-here", "ANTHROPIC_API_KEY"),
        ("abcdefghijklmnop", "API_KEY"),
        ("1234567890abcdef", "API_KEY"),
        ("changeme", "DB_PASSWORD"),
        ("supersecretpassword", "DB_PASSWORD"),
        ("P@ssw0rd", "SA_PASSWORD"),
        ("password123", "DB_PASSWORD"),
        ("minioadmin", "MINIO_ROOT_PASSWORD"),
        ("OPENAI_API_KEY", "api_key"),
        ("api-key", "API_KEY"),
        ("test-token", "AUTH_TOKEN"),
        ("replace_me", "CLIENT_SECRET"),
        ("sk-1234", "LITELLM_MASTER_KEY"),
        ("550e8400-e29b-41d4" + "-a716-446655440000", "EXA_API_KEY"),
        ("aaaaaaaabbbbbbbb", "API_KEY"),
        ("cGFzc3dvcmQ=", "data.password"),
        ("Bearer YOUR_TOKEN", "Authorization"),
        ("Bearer <your token>", "Authorization"),
        ("Basic dXNlcjpwYXNzd29yZA==", "Authorization"),
    ],
)
def test_placeholders(value: str, name: str):
    said = judge(value, name=name, sensitive=name == "Authorization")
    assert said.reading is Reading.PLACEHOLDER, said
    assert said.match is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("", "API_KEY"),
        ("   ", "API_KEY"),
        ("A7" * 14 + "Q", "runner_token"),  # GitHub ends it within an hour
        ("neslat_" + "2KrTaGq9" * 11, "boundary_auth_tokens"),  # one worker registers with it, once
        ("true", "TOKEN"),
        ("none", "auth"),
        ("10000", "API_TOKEN"),
        ("1.2.3", "token"),
        ("^5.0.0", "auth-token"),
        ("/etc/keys/id_rsa", "private_key"),
        ("./certs/server.key", "tls_private_key"),
        ("C:\\keys\\id_rsa", "private_key"),
        ("https://auth.acme.io/token", "auth"),
        ("arn:aws:kms:eu-west-1:111122223333:key/x", "ENCRYPTION_KEY"),
        ("me@acme.io", "auth"),
        ("application/json", "token"),
        ("prod-cluster-eu-west-1", "token"),
        ("claude-3-5-sonnet-20241022", "OPENAI_API_KEY"),
        ("kubernetes.io/dockerconfigjson", "secret"),
        ("db-credentials", "secret"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", "ssh_key"),
        ("$2b$12$abcdefghijklmnopqrstuv", "password"),
        ("Enter the key of your account", "apiKey"),
        ("Contraseña nueva", "newPassword"),
        ("#ff0000", "token"),
        ("--verbose", "token"),
        ("2026-01-31", "token"),
        ("00000000-0000-0000-0000-000000000000", "API_KEY"),
    ],
)
def test_other_things_under_a_credentials_name(value: str, name: str):
    assert judge(value, name=name).reading is Reading.PLAIN, judge(value, name=name)


@pytest.mark.parametrize(
    "name", ["id", "rev", "integrity", "image", "model", "NODE_ENV", "commit", "AWS_ACCESS_KEY_ID", None]
)
def test_random_values_elsewhere_are_plain(name: str | None):
    for value in (
        drawn(40, HEX),
        drawn(64, HEX),
        drawn(32),
        "sha512-" + drawn(86),
        drawn(8, HEX) + "-1111-4222-8333-" + drawn(12, HEX),
    ):
        assert judge(value, name=name).reading is Reading.PLAIN


@pytest.mark.parametrize(
    "name", ["API_KEY", "X-Api-Key", "client_secret", "SERVICE_TOKEN", "jwt_secret", "encryptionKey"]
)
def test_random_values_under_a_credentials_name_are_literal(name: str):
    values = [drawn(length, alphabet) for length in (24, 32, 40) for alphabet in ALPHABETS for _ in range(20)]
    literal = sum(judge(value, name=name).reading is Reading.LITERAL for value in values)
    assert literal >= 0.97 * len(values)


def test_a_random_value_may_begin_like_a_flag():
    assert judge("-" + sample("vultr-api-key", 1), name="X-Api-Key").reading is Reading.LITERAL
    assert judge("--api-key", name="X-Api-Key").reading is Reading.PLAIN


def test_a_slot_of_its_own_needs_no_name_and_gives_no_shape():
    said = judge(drawn(32), sensitive=True)
    assert (said.reading, said.match) == (Reading.LITERAL, None)
    assert judge("production", sensitive=True).reading is Reading.PLAIN


@pytest.mark.parametrize("value", ["hunter2!X", "s3cr3t" + "P4ss!x", "kJ8#" + "mmQ2pz", "V3ry-" + "L0ng-Phr4se"])
def test_passwords_people_choose_are_literal(value: str):
    assert judge(value, name="DB_PASSWORD").reading is Reading.LITERAL


@pytest.mark.parametrize("value", ["airflow", "Lozinka", "is-cool", "postgres", "admin123", "Summer2024", "abc"])
def test_words_in_place_of_a_password_are_not(value: str):
    assert judge(value, name="DB_PASSWORD").reading is not Reading.LITERAL


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("Bearer ", "Authorization"),
        ("bearer ", "authorization"),
        ("token ", "Authorization"),
        ("--token=", None),
        ("GITHUB_TOKEN=", None),
        ("export GITHUB_TOKEN=", None),
        ("Authorization: Bearer ", None),
        ("X-Api-Key: ", "header"),
        ("//registry.npmjs.org/:_authToken=", None),
        ("npx -y server --key ", "args"),
        ("  ", "TOKEN"),
    ],
)
def test_what_stands_before_a_credential_is_taken_off_and_offsets_stay(before: str, name: str | None):
    token = sample("github-pat-classic", 7)
    said = judge(before + token, name=name)
    assert said.reading is Reading.LITERAL
    assert said.match is not None
    assert said.match.shape.id == "github-pat-classic"
    assert (before + token)[said.match.start : said.match.end] == token


def test_basic_credentials_are_decoded():
    encoded = base64.b64encode(f"robot:{sample('vultr-api-key')}".encode()).decode()
    said = judge("Basic " + encoded, name="Authorization", sensitive=True)
    assert said.match is not None
    assert (said.match.shape.id, said.match.start) == ("http-basic-header", 6)
    with_token = base64.b64encode(f"robot:{sample('github-pat-classic')}".encode()).decode()
    inside = judge("Basic " + with_token, name="Authorization", sensitive=True)
    assert inside.match is not None
    assert inside.match.shape.id == "github-pat-classic"
    assert judge("Basic not-base64!", name="Authorization", sensitive=True).reading is Reading.PLACEHOLDER


def test_the_name_and_the_host_choose_among_shapes_that_look_alike():
    value = drawn(31, HEX) + "7"
    by_name = judge(value, name="ELEVENLABS_API_KEY").match
    by_host = judge(value, name="X-Api-Key", host="api.twilio.com").match
    assert by_name is not None
    assert by_name.shape.provider == "ElevenLabs"
    assert by_host is not None
    assert by_host.shape.provider == "Twilio"


def test_a_shape_shared_by_two_providers_follows_the_name():
    value = "sk_live_" + drawn(41) + "7"
    stripe, clerk = judge(value, name="STRIPE_SECRET_KEY").match, judge(value, name="CLERK_SECRET_KEY").match
    assert stripe is not None
    assert clerk is not None
    assert (stripe.shape.provider, clerk.shape.provider) == ("Stripe", "Clerk")


def test_marks_of_the_catalogue_reach_the_match():
    admin = judge(sample("openai-admin-key"), name="OPENAI_ADMIN_KEY").match
    test = judge(sample("stripe-test-key"), name="STRIPE_SECRET_KEY").match
    assert admin is not None
    assert admin.shape.admin
    assert admin.shape.severity == "critical"
    assert test is not None
    assert test.shape.test


@pytest.mark.parametrize(
    "shape", ["stripe-publishable-key", "supabase-anon-key", "langfuse-public-key", "mapbox-public-token"]
)
def test_publishable_keys_are_plain_even_under_a_credentials_name(shape: str):
    assert judge(sample(shape), name="API_KEY", sensitive=True).reading is Reading.PLAIN


def test_a_token_that_every_page_carries_is_plain():
    token = "pub" + "".join(random.Random(3).choices("0123456789abcdef", k=32))
    assert judge(token, name="clientToken").reading is Reading.PLAIN
    assert judge(token[3:] + "a7", name="clientToken").reading is Reading.LITERAL


def test_a_shipped_password_for_this_machine_is_a_local_default():
    said = judge("guest", sensitive=True, host="localhost")
    assert (said.reading, said.reason) == (Reading.PLACEHOLDER, "local default")
    assert judge(drawn(32), sensitive=True, host="localhost").reading is Reading.LITERAL


def test_a_default_is_given_to_the_caller_to_judge():
    secret = sample("github-pat-classic")
    said = judge("${GITHUB_TOKEN:-" + secret + "}", name="GITHUB_TOKEN")
    assert said.reading is Reading.REFERENCE
    assert said.reference is not None
    assert said.reference.default == secret
    assert judge(said.reference.default, name=said.reference.name).reading is Reading.LITERAL


def test_a_literal_beside_a_reference_is_still_literal():
    secret = sample("npm-token")
    said = judge(f"curl -H 'X: {secret}' ${{HOST}}", name="command")
    assert said.match is not None
    assert said.match.shape.id == "npm-token"


def test_no_reason_holds_the_value():
    for value, name in [
        (drawn(32), "API_KEY"),
        ("hunter2!X", "PASSWORD"),
        ("your-key", "API_KEY"),
        ("/a/b.pem", "SECRET"),
    ]:
        assert value not in judge(value, name=name).reason


@pytest.mark.parametrize(
    ("word", "digits", "made_up"),
    [("backup", "123456", True), ("cluster_admin", "12345", True), ("backup", "819264", False)],
)
def test_a_word_that_is_counted_up_behind_is_made_of_words(word, digits, made_up):
    assert made_of_words(word + digits) is made_up


@pytest.mark.parametrize("hashed", ["$6$", "$argon2id$", "{SSHA}"])
def test_a_hash_behind_a_user_is_no_credential(hashed):
    value = f"registry:{hashed}{drawn(40)}"
    assert judge(value, name="ADMIN_PASSWORD").reading is Reading.PLAIN
    assert judge(value.replace(hashed, ""), name="ADMIN_PASSWORD").reading is Reading.LITERAL


@pytest.mark.parametrize(
    ("host", "password", "reading"),
    [
        ("db.acme.io", drawn(12), Reading.LITERAL),
        ("db.acme.io", "changeme", Reading.PLACEHOLDER),
        ("localhost", drawn(12), Reading.PLACEHOLDER),
        ("db", drawn(12), Reading.LITERAL),
    ],
)
def test_a_connection_of_keywords_with_a_password(host: str, password: str, reading: Reading):
    value = f"Host={host};Port=5432;Database=shop;Username=web;Password={password}"
    assert judge(value, name="DefaultConnection").reading is reading


@pytest.mark.parametrize(
    ("password", "reading"),
    [
        ("${var.login}", Reading.REFERENCE),
        ("${module.keeper.result}", Reading.REFERENCE),
        ("#{Shop.Login}#", Reading.REFERENCE),
        ("$(ShopLogin)", Reading.REFERENCE),
        (f"${{SHOP:-{drawn(12)}}}", Reading.LITERAL),
        (drawn(12), Reading.LITERAL),
    ],
)
def test_a_reference_for_the_password_of_a_connection_is_none(password: str, reading: Reading):
    value = f"Server=tcp:db.acme.io,1433;Initial Catalog=shop;User ID=web;Password={password};Encrypt=True;"
    assert judge(value, name="value").reading is reading
