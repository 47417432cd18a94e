"""Tells certificates that were made for an example or a test by the names that stand in them.

A certificate is public, and a private key beside it is as real as the certificate is: one for `CN=test`, or with the
organisation that OpenSSL fills in by itself, opens nothing. Only texts of the DER encoding are looked at (ITU-T X.690,
section 8.23: tag, length, characters); nothing is verified. When a certificate ends stands behind when it begins
(RFC 5280, section 4.1.2.5, named from a survey, not re-read: two times of the form YYMMDDHHMMSSZ until 2049).
"""

from __future__ import annotations

from binascii import Error
from typing import TYPE_CHECKING

from nhilint.knowledge.credentials.examples import is_reserved_host
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = Deferred(r"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s\\]{200,20000})-----END CERTIFICATE-----")
_UTF8, _PRINTABLE, _IA5 = 0x0C, 0x13, 0x16
_LONGEST_NAME = 64
_VALIDITY, _UTC_TIME, _LONG_TIME = b"\x30\x1e\x17\x0d", b"\x17\x0d", 13
_TURN_OF_CENTURY = 50
_MADE_UP = frozenset(
    {"test", "testing", "test ca", "testca", "example", "example self signed", "localhost", "sample", "dummy", "foo"}
    | {"internet widgits pty ltd"}
)
"""Names of nobody. The last is what `openssl req` writes where no organisation is given."""


def holds_example_certificate(text: str) -> bool:
    """Whether one of the certificates in a text bears a name that stands for nobody's."""
    if "BEGIN CERTIFICATE" not in text:
        return False
    return any(
        name in _MADE_UP or name.endswith(" testing") or is_reserved_host(name)
        for block in _BLOCK.finditer(text)
        for name in _names(block[1])
    )


def end_of_certificates(text: str) -> float | None:
    """When the last of the certificates in a text ends, in seconds since 1970 UTC; None where none says so."""
    ends = [end_of_certificate(_decoded(block[1])) for block in _BLOCK.finditer(text)]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def end_of_certificate(content: bytes) -> float | None:
    """When a certificate in DER ends, in seconds since 1970 UTC; None where it says it in no known way."""
    place = content.find(_VALIDITY)
    second = place + len(_VALIDITY) + _LONG_TIME
    if place < 0 or content[second : second + 2] != _UTC_TIME:
        return None
    from datetime import UTC, datetime

    stated = content[second + 2 : second + 2 + _LONG_TIME]
    try:
        year = int(stated[:2])
        century = "20" if year < _TURN_OF_CENTURY else "19"
        return datetime.strptime(century + stated.decode("ascii"), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


def _decoded(encoded: str) -> bytes:
    """The bytes of base64, with line ends as such or spelled; none where it is not base64."""
    from base64 import b64decode

    try:
        return b64decode("".join(encoded.replace("\\n", "").replace("\\r", "").split()))
    except (ValueError, Error):
        return b""


def _names(encoded: str) -> Iterator[str]:
    content = _decoded(encoded)
    for place in range(len(content) - 2):
        if content[place] in (_UTF8, _PRINTABLE, _IA5) and 3 <= content[place + 1] <= _LONGEST_NAME:
            name = content[place + 2 : place + 2 + content[place + 1]]
            if len(name) == content[place + 1] and all(32 <= letter < 127 for letter in name):
                yield name.decode("ascii").lower()
