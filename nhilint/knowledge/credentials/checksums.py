"""Recomputes the checksums some providers build into their credentials; a token made up for a document holds none.

Each algorithm takes the whole credential and gives it the end that follows from the rest. Sources:

* `crc32-base62-6`: GitHub, "Behind GitHub's new authentication token formats" (2021-04-05); npm uses the same making.
  The CRC-32 is over the characters between the prefix and the checksum, written in base 62 (0-9 A-Z a-z), six digits.
* `crc32-base36-7`: GitLab handbook, design document "Routable tokens". Over all that stands before, prefix included,
  base 36, seven digits; the two characters before say in base 36 how long the payload after the prefix is.
* `crc32-hex-8`: Atlassian API tokens. Over all that stands before, "=" included, eight upper-case hexadecimal digits.
* `crc32-hex-le-8`: Grafana service account tokens. Over all that stands before the last underscore, eight lower-case
  hexadecimal digits, least significant byte first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.knowledge.credentials.vocabulary import Checksum

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def verify(algorithm: str | None, credential: str) -> Checksum:
    """Passed or failed by a known algorithm, none without one. Raises KeyError for an algorithm not listed above."""
    if algorithm is None:
        return "none"
    return "passed" if _SEALS[algorithm](credential) == credential else "failed"


def sealed(algorithm: str | None, credential: str) -> str:
    """The credential with the end its checksum would have; unchanged without an algorithm."""
    if algorithm is None:
        return credential
    return _SEALS[algorithm](credential)


def _crc32(text: str) -> int:
    from zlib import crc32

    return crc32(text.encode())


def _in_base(number: int, base: int, width: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, base)
        digits = _DIGITS[rest] + digits
    return digits.rjust(width, "0")


def _seal_base62(credential: str) -> str:
    body = credential.rpartition("_")[2]
    return credential[:-6] + _in_base(_crc32(body[:-6]), 62, 6)


def _seal_base36(credential: str) -> str:
    prefix, _, payload = credential.partition("-")
    payload = payload.partition(".")[0]
    before = f"{prefix}-{payload}.{_in_base(len(payload), 36, 2).lower()}"
    return before + _in_base(_crc32(before), 36, 7).lower()


def _seal_hex(credential: str) -> str:
    return f"{credential[:-8]}{_crc32(credential[:-8]):08X}"


def _seal_hex_little_endian(credential: str) -> str:
    return credential[:-8] + _crc32(credential[:-9]).to_bytes(4, "little").hex()


_SEALS: dict[str, Callable[[str], str]] = {
    "crc32-base62-6": _seal_base62,
    "crc32-base36-7": _seal_base36,
    "crc32-hex-8": _seal_hex,
    "crc32-hex-le-8": _seal_hex_little_endian,
}
