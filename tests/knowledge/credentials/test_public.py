"""Which names stand for values that every visitor is sent."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.plain import is_name
from nhilint.knowledge.credentials.public import is_public_by_design, reads_public_pages, says_public


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("VITE_SEARCH_KEY", None),
        ("NEXT_PUBLIC_API_TOKEN", "generic-api-key"),
        ("firebaseApiKey", "google-api-key"),
        ("VITE_GOOGLE_MAPS_API_KEY", "google-api-key"),
        ("SHOPIFY_API_KEY", "generic-api-key"),
        ("gtm_auth", None),
        ("segmentKey", None),
        ("APP_SEGMENT_WRITE_KEY", "generic-api-key"),
        ("AMPLITUDE_API_KEY", None),
        ("AppProtocolVersionToken", None),
        ("PUBLIC_FIREBASE_API_KEY", "google-api-key"),
        ("PUBLIC_CHAT_TOKEN", None),
    ],
)
def test_public(name, shape):
    assert is_public_by_design(name, shape)


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("VITE_GEMINI_API_KEY", "google-api-key"),
        ("GOOGLE_MAPS_API_KEY", "google-api-key"),
        ("VITE_OPENROUTER_API_KEY", "openrouter-api-key"),
        ("SHOPIFY_API_SECRET", "generic-api-key"),
        ("REPUBLIC_KEY", None),
        ("PUBLIC_BUCKET_SECRET_KEY", None),
        ("PUBLIC_DB_PASSWORD", None),
        ("SEGMENT_ACCESS_TOKEN", None),
        ("POSTHOG_PERSONAL_API_KEY", None),
        ("SENTRY_AUTH_TOKEN", None),
        ("API_KEY", None),
    ],
)
def test_secret(name, shape):
    assert not is_public_by_design(name, shape)


@pytest.mark.parametrize(
    "name",
    [
        "EXA_API_KEY",
        "context7-api-key",
        "SERPAPI_API_KEY",
        "GOOGLE_MAPS_API_KEY",
        "OPENWEATHERMAP_KEY",
        "--brave-key",
        "SEMANTIC_SCHOLAR_API_KEY",
        "NCBI_API_KEY",
        "OPENALEX_API_KEY",
    ],
)
def test_names_of_services_that_answer_from_public_pages(name):
    assert reads_public_pages(name)


@pytest.mark.parametrize(
    "name",
    [
        "ELASTICSEARCH_API_KEY",
        "AZURE_SEARCH_KEY",
        "GITHUB_TOKEN",
        "HEXAGON_KEY",
        "RESEARCH_KEY",
        "SEMANTIC_KERNEL_API_KEY",
    ],
)
def test_names_of_services_that_open_something(name):
    assert not reads_public_pages(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DOCKERHUB_PUBLIC_ACCESS_TOKEN", True),
        ("public_google_api_key", True),
        ("PUBLIC_GOOGLE_API_KEY", False),
        ("public_bucket_secret_access_key", False),
        ("public_repo_token", False),
        ("public_db_password", False),
        ("publicity_api_key", False),
        ("google_api_key", False),
    ],
)
def test_which_names_say_that_a_value_is_everybodys(name, said):
    assert says_public(name) is said


@pytest.mark.parametrize(
    ("value", "chooses"),
    [("aws-v2-or-v4", True), ("oauth-v2", True), ("xkqz-v2-pwjm-v4", False), ("aws-x2-or-q4", False)],
)
def test_short_words_and_versions_are_a_name(value, chooses):
    assert is_name(value) is chooses
