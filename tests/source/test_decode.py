from __future__ import annotations

import pytest

from nhilint.source.decode import decode
from nhilint.source.unreadable import Unreadable


def refusal(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    return caught.value


def test_a_byte_order_mark_is_taken_off():
    assert decode(b"\xef\xbb\xbfa") == "a"
    assert decode("\ufeff\ufeffa".encode()) == "\ufeffa"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_named_as_such(encoding):
    error = refusal('{"a": 1}'.encode(encoding))
    assert error.kind == "encoding"
    assert "UTF-16" in error.message


def test_latin_1_is_refused_where_it_starts():
    error = refusal(b"\xef\xbb\xbfab\r\nc\xc3\xa9\xe9")
    assert (error.kind, error.line, error.column) == ("encoding", 2, 3)


@pytest.mark.parametrize("data", [b"\x7fELF\x00\x01", b"abc\x00", b"\x00", b"x" * 8000 + b"\x00"])
def test_a_nul_near_the_start_means_binary(data):
    assert refusal(data).kind == "binary"


def test_a_nul_further_on_is_left_to_the_readers():
    assert decode(b"x" * 9000 + b"\x00")[-1] == "\x00"


def test_what_git_crypt_wrote_is_said_to_be_encrypted():
    assert refusal(b"\0GITCRYPT\0" + bytes(range(64))).kind == "encrypted"
