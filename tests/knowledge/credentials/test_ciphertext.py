"""A base64 text is ciphertext where its name says so, and a credential where its name promises one."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha512

import pytest

from nhilint.knowledge.credentials import Reading, judge

_BLOB = b64encode(sha512(b"blob").digest()).decode()


@pytest.mark.parametrize(
    "name", ["ENCRYPTED_API_TOKEN", "apiTokenEncryptedSecret", "CIPHER_TEXT_TOKEN", "sealed_token"]
)
def test_what_its_name_calls_encrypted_is_kept_elsewhere(name: str):
    assert judge(_BLOB, name=name).reading is Reading.REFERENCE


@pytest.mark.parametrize("name", ["ENCRYPTION_KEY", "API_TOKEN"])
def test_other_names_promise_a_credential(name: str):
    assert judge(_BLOB, name=name).reading is Reading.LITERAL


def test_a_short_value_under_such_a_name_is_no_ciphertext():
    assert judge(_BLOB[:24], name="ENCRYPTED_API_TOKEN").reading is Reading.LITERAL
