"""Makes the mark by which one credential is known again in several places without being kept.

The mark is keyed: without the key nobody can test a guess against it, so it may stand in a cache or a report. The key
belongs to the caller and should be fresh for each run or repository.
"""

from __future__ import annotations

from functools import cache
from os import urandom


def fingerprint(value: str, key: bytes) -> str:
    """The first 16 hexadecimal digits of HMAC-SHA256 (RFC 2104) over the value in UTF-8."""
    from hashlib import sha256
    from hmac import new

    return new(key, value.encode("utf-8", "surrogatepass"), sha256).hexdigest()[:16]


@cache
def run_key() -> bytes:
    """The key of this process, made when first asked for: marks of one run agree, those of two runs do not."""
    return urandom(16)
