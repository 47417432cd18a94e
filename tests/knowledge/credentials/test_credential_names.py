"""A name alone says whether a credential should stand under it."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials import is_connection_name, is_credential_name
from nhilint.knowledge.credentials.names import words_of

YES = """
OPENAI_API_KEY X-Api-Key db_password GITHUB_PAT apiKey tavilyApiKey access_token _authToken client_secret SECRET_KEY
AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN FAL_KEY AZURE_OPENAI_KEY Ocp-Apim-Subscription-Key SECRET_KEY_BASE token secret
password passphrase authorization --api-key --token DB_PASS smtp_pw API_KEYS GITHUB_TOKEN_2 private-key signingKey
ENCRYPTION_KEY STRIPE_SECRET_KEY jwt_secret headers.Authorization PROXY_AUTH primary_bgp_auth_key
user_creation_token
"""
NO = """
PUBLIC_KEY STRIPE_PUBLISHABLE_KEY SUPABASE_ANON_KEY TOKEN_LIMIT MAX_TOKENS max_output_tokens AWS_ACCESS_KEY_ID
PASSWORD_FILE SECRET_PATH privateKeyPath TOKEN_URL SECRET_ARN TOKEN_ENABLED tokenizer author authority key keyboard
primaryKey cacheKey sort_key KMS_KEY monkey bypass compass passwordField client_secret_name api_key_env_var next_token
ClientRequestToken pageToken checksum/session-key password_hash secretName tokens credentials_provider TOKEN_TTL
AUTH_MODE COOKIE_DOMAIN model host postman-token cart_token fromToken toToken paymentToken messageSecret X-Amz-Credential
creation_token CreationToken idempotency_token client_request_token
"""


@pytest.mark.parametrize("name", YES.split())
def test_names_of_credentials(name: str):
    assert is_credential_name(name)


@pytest.mark.parametrize("name", NO.split())
def test_names_of_other_things(name: str):
    assert not is_credential_name(name)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("DATABASE_URL", True),
        ("MONGODB_URI", True),
        ("redisUrl", True),
        ("POSTGRES_CONNECTION_STRING", True),
        ("API_URL", False),
        ("URL", False),
        ("DATABASE_NAME", False),
        ("SENTRY_DSN", False),
        ("", False),
    ],
)
def test_names_of_ways_into_a_database(name, is_one):
    assert is_connection_name(name) is is_one


def test_empty_and_wordless_names_are_none():
    assert not is_credential_name("")
    assert not is_credential_name("--")
    assert not is_credential_name("42")


def test_names_are_read_as_words_whatever_their_style():
    assert (
        words_of("tavilyApiKey") == words_of("TAVILY_API_KEY") == words_of("tavily-api-key") == ("tavily", "api", "key")
    )
    assert words_of("AWSSecretKey") == ("aws", "secret", "key")
