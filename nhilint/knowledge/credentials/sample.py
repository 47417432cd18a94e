"""Makes up credentials of a known shape, so that examples and tests need not hold one.

A made-up credential has the alphabet, lengths, fixed texts and checksum of the real ones and opens nothing. It depends
on the shape and a number alone: the same two give the same text on every machine. The recogniser plays no part in it.
"""

from __future__ import annotations

import json
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING

from nhilint.knowledge.credentials.checksums import sealed
from nhilint.knowledge.credentials.records import Run, Structure, Text, catalogue

if TYPE_CHECKING:
    from random import Random

    from nhilint.knowledge.credentials.records import Part, Record

_ALNUM = ascii_letters + digits
_ALPHABETS = {
    "digit": digits,
    "hex_lower": digits + "abcdef",
    "hex_upper": digits + "ABCDEF",
    "lower": ascii_lowercase,
    "letter": ascii_letters,
    "upper_digit": ascii_uppercase + digits,
    "lower_digit": ascii_lowercase + digits,
    "word": _ALNUM + "_",
    "base64url": _ALNUM + "-_",
    "base64": _ALNUM + "+/",
    "base32": ascii_uppercase + "234567",
    "base32_lower": ascii_lowercase + "234567",
    "base58": "".join(character for character in _ALNUM if character not in "0OIl"),
    "unreserved": _ALNUM + "_~.-",
}
"""What the sets of `Run.set` are drawn from; any other set is drawn from letters and digits."""

_FREE_LENGTHS = (12, 24)
_COMPANION_VALUES = {
    "sv=": "2024-11-04",
    "se=": "2099-12-31T00%3A00%3A00Z",
    "X-Amz-Credential=": "sample%2F20991231%2Feu-west-1%2Fs3%2Faws4_request",
    "X-Amz-Date=": "20991231T000000Z",
}


def sample(shape: str, number: int = 0) -> str:
    """A made-up credential of the shape with this id.

    Raises KeyError when there is no such shape, ValueError when it is a file and not a text.
    """
    from random import Random

    record = catalogue().by_id[shape]
    random = Random(f"{shape}/{number}")  # noqa: S311 - nothing is kept secret with it
    first = record.parts[0]
    if isinstance(first, Structure):
        return _structured(first, random)
    text = sealed(record.checksum, "".join(_part(part, random) for part in record.parts))
    return _with_companions(record, text)


def _part(part: Part, random: Random) -> str:
    if isinstance(part, Text):
        return random.choice(part.options)
    if isinstance(part, Run):
        return _run(part, random)
    raise TypeError("a structure stands alone")


def _run(run: Run, random: Random) -> str:
    if run.set == "uuid":
        return "-".join(_drawn("hex_lower", length, random) for length in (8, 4, 4, 4, 12))
    if run.lengths:
        return _drawn(run.set, random.choice(run.lengths), random)
    if run.set in {"token", "line", "value"}:
        least, most = (min(max(run.least, length), run.most) for length in _FREE_LENGTHS)
        return _drawn(run.set, random.randint(least, most), random)
    return _drawn(run.set, random.randint(run.least, min(run.most, run.least + 200)), random)


def _drawn(alphabet: str, length: int, random: Random) -> str:
    return "".join(random.choices(_ALPHABETS.get(alphabet, _ALNUM), k=length))


def _with_companions(record: Record, text: str) -> str:
    return "&".join([*(companion + _COMPANION_VALUES[companion] for companion in record.companions), text])


def _structured(structure: Structure, random: Random) -> str:
    if structure.form == "jwt":
        header, claims = {"alg": "HS256", "typ": "JWT"}, {"iat": 1_700_000_000, **_fields(structure.detail, random)}
        return f"{_base64url(json.dumps(header))}.{_base64url(json.dumps(claims))}.{_drawn('base64url', 43, random)}"
    if structure.form == "pem":
        return _key_block(structure.detail, random)
    if structure.form == "json":
        return json.dumps(_fields(structure.detail, random))
    raise ValueError("recognised by its file, not by a text")


def _key_block(detail: str, random: Random) -> str:
    from base64 import b64encode

    label = next((known for known in ("PGP PRIVATE KEY BLOCK", "RSA PRIVATE KEY") if known == detail), "PRIVATE KEY")
    length = 1190
    start = b"\x95\x01" if label.startswith("PGP") else b"\x30\x82" + length.to_bytes(2, "big")
    material = b64encode(start + random.randbytes(length)).decode()
    lines = "\n".join(material[place : place + 64] for place in range(0, len(material), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


def _fields(detail: str, random: Random) -> dict[str, object]:
    """The fields a structure must have: `a=b` that value, `private_key` a key block, others something made up."""
    made: dict[str, object] = {}
    for condition in () if detail == "any" else detail.split(";"):
        path, _, value = condition.partition(" or ")[0].partition("=")
        *parents, last = path.split(".")
        place = made
        for parent in parents:
            inner = place.setdefault(parent, {})
            place = inner if isinstance(inner, dict) else {}
        made_up = _key_block("", random) if last == "private_key" else _drawn("alnum", 20, random)
        place[last] = value.replace("*", "default:agent") or made_up
    return made


def _base64url(text: str) -> str:
    from base64 import urlsafe_b64encode

    return urlsafe_b64encode(text.encode()).decode().rstrip("=")
