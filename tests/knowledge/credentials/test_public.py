"""Which names stand for values that every visitor is sent."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.public import is_public_by_design


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("VITE_SEARCH_KEY", None),
        ("NEXT_PUBLIC_API_TOKEN", "generic-api-key"),
        ("firebaseApiKey", "google-api-key"),
        ("VITE_GOOGLE_MAPS_API_KEY", "google-api-key"),
        ("SHOPIFY_API_KEY", "generic-api-key"),
        ("gtm_auth", None),
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
        ("API_KEY", None),
    ],
)
def test_secret(name, shape):
    assert not is_public_by_design(name, shape)
