"""Recognises credentials with a structure by parsing them: JSON Web Tokens, PEM blocks, service account files.

Input is bounded before it is parsed (16 KB for a token, 32 KB for a block, 64 KB for a file), nesting by the parser
itself. A signature is never checked: the question is what stands in the file, not whether it still opens something.
"""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct

from nhilint.knowledge.credentials.names import names_shape
from nhilint.knowledge.credentials.records import Record, Structure, catalogue
from nhilint.source.deferred import Deferred

LONGEST_TOKEN = 16_384
LONGEST_BLOCK = 32_768
LONGEST_FILE = 65_536
SHORTEST_KEY = 48
"""Characters of base64 the smallest real private key takes (a bare Ed25519 key is 64 in PKCS #8)."""

JWT = Deferred(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{2,8000}\.[A-Za-z0-9_-]{16,2000}")
_SIGNATURES = {
    "HS256": 43,
    "HS384": 64,
    "HS512": 86,
    "ES256": 86,
    "ES256K": 86,
    "ES384": 128,
    "ES512": 176,
    "EdDSA": 86,
}
"""Characters of base64url of a signature of 32, 48, 64, 96 or 132 bytes (RFC 7518 section 3.2 and 3.4, RFC 8037)."""
_SHORTEST_RSA = 171
"""Those of a signature by the shortest RSA key that libraries still make, 1,024 bits."""
_PEM_BEGIN = Deferred(r"-----BEGIN ([A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?)-----")
_MATERIAL = Deferred(r"[A-Za-z0-9+/=.:-]+")
_PEM_HEADERS = ("Proc-Type:", "DEK-Info:", "Version:", "Comment:")
_OTHER_STARTS = ("b3BlbnNzaC1rZXktdjE", "lQ", "lI", "xc", "xV")
"""How the base64 of keys that are no DER starts: the OpenSSH magic, an OpenPGP secret-key packet."""


class Token(Struct, frozen=True):
    """A JSON Web Token's readable parts."""

    header: dict[str, Any]
    claims: dict[str, Any]

    @property
    def expires(self) -> int | None:
        """The `exp` claim (RFC 7519 section 4.1.4), seconds since 1970, or None."""
        end = self.claims.get("exp")
        return int(end) if isinstance(end, int | float) and not isinstance(end, bool) and 0 < end < 1 << 40 else None


def read_jwt(text: str) -> Token | None:
    """The token in compact form (RFC 7515 section 7.1), or None when it is none."""
    if len(text) > LONGEST_TOKEN:
        return None
    header, _, rest = text.partition(".")
    payload, _, signature = rest.partition(".")
    if not signature or "." in signature:
        return None
    head, claims = json_object(decoded(header)), json_object(decoded(payload))
    return Token(head, claims) if head is not None and claims is not None and "alg" in head else None


def has_whole_signature(text: str, token: Token) -> bool:
    """Whether the signature is as long as the token's algorithm makes one; one that is not known fits any."""
    alg = token.header["alg"]
    length = len(text.rpartition(".")[2])
    if isinstance(alg, str) and alg.startswith(("RS", "PS")):
        return length >= _SHORTEST_RSA
    return _SIGNATURES.get(alg, length) == length if isinstance(alg, str) else False


def decoded(text: str) -> str:
    """Base64 of either alphabet, padded or not, as text; empty when it is neither base64 nor UTF-8."""
    from base64 import b64decode

    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode()
    except ValueError:
        return ""


def json_object(text: str) -> dict[str, Any] | None:
    """The JSON object a text is, or None."""
    if not text.startswith("{") or len(text) > LONGEST_FILE:
        return None
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def jwt_record(token: Token, name: str | None) -> Record:
    """The shape of a token: the one that asks for most of its claims; `iss` and `sub` alone only beside a name."""
    best, most = catalogue().by_id["json-web-token"], 0
    for record in _structures("jwt"):
        wanted = _detail(record).split(";")
        if wanted == ["any"] or not all(_holds(token.claims, condition) for condition in wanted):
            continue
        telling = any("=" in condition for condition in wanted) or len(wanted) > 2
        if (telling or (name and names_shape(name, record.shape.names))) and len(wanted) > most:
            best, most = record, len(wanted)
    return best


def json_record(content: dict[str, Any]) -> Record | None:
    """The shape of a credential file, or None."""
    for record in _structures("json"):
        if all(_holds(content, condition) for condition in _detail(record).split(";")):
            return record
    return None


def pem_at(text: str, start: int) -> tuple[int, str] | None:
    """The end and label of the private key block that begins at `start`, or None when it holds no real key."""
    begin = _PEM_BEGIN.match(text, start)
    if begin is None:
        return None
    end = text.find(f"-----END {begin[1]}-----", begin.end(), start + LONGEST_BLOCK)
    if end < 0 or text.find("-----BEGIN", begin.end(), end) >= 0 or not _holds_key(text[begin.end() : end]):
        return None
    return end + len(begin[1]) + len("-----END -----"), begin[1]


def pem_record(label: str, name: str | None) -> Record:
    """The shape of a private key block: OpenPGP by its label, GitHub App and OCI keys by the name they stand under."""
    by_id = catalogue().by_id
    if label.startswith("PGP"):
        return by_id["pgp-private-key"]
    for record in (by_id["github-app-private-key"], by_id["oci-api-key"]):
        own = tuple(known for known in record.shape.names if "_" in known and known != "key_file")
        if name and names_shape(name, own):
            return record
    return by_id["pem-private-key"]


def _holds_key(body: str) -> bool:
    lines = body.replace("\\r", "").replace("\\n", "\n").splitlines()
    encrypted = any(line.strip(" \"'+,").startswith("Proc-Type:") for line in lines)
    kept = "".join(line for line in lines if not line.strip(" \"'+,").startswith(_PEM_HEADERS))
    material = "".join(_MATERIAL.findall(kept)).lstrip("+")
    if len(material) < SHORTEST_KEY or "..." in material or len(set(material)) < 16:
        return False
    return encrypted or material.startswith(_OTHER_STARTS) or _is_der(material)


def _is_der(material: str) -> bool:
    """Whether base64 starts as a DER sequence (ITU-T X.690) whose stated length is about that of the whole."""
    from base64 import b64decode

    try:
        head = b64decode(material[:8], validate=True)
    except ValueError:
        return False
    if head[0] != 0x30:
        return False
    width = head[1] - 0x80 if head[1] > 0x80 else 0
    stated = int.from_bytes(head[2 : 2 + width], "big") if width else head[1]
    size = len(material.rstrip("=")) * 3 // 4
    return width <= 3 and 0.9 * size <= stated + 2 + width <= 1.1 * size


def _structures(form: str) -> list[Record]:
    return [
        record
        for record in catalogue().records
        if isinstance(record.parts[0], Structure) and record.parts[0].form == form
    ]


def _detail(record: Record) -> str:
    part = record.parts[0]
    return part.detail if isinstance(part, Structure) else ""


def _holds(content: dict[str, Any], condition: str) -> bool:
    """Whether a field is there (`a.b`, `a.b or c`), or has a value (`iss=x`, `sub=x*` for a beginning)."""
    paths, _, wanted = condition.partition("=")
    values = [_field(content, path) for path in paths.split(" or ")]
    if not wanted:
        return any(value is not None for value in values)
    if wanted.endswith("*"):
        return any(str(value).startswith(wanted[:-1]) for value in values)
    return any(str(value) == wanted for value in values)


def _field(content: object, path: str) -> object:
    value = content
    for step in path.split("."):
        if isinstance(value, list) and value:
            value = value[0]
        value = value.get(step) if isinstance(value, dict) else None
    return value
