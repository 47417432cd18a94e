"""Tells a private key that anybody can use from one that a passphrase locks, from placeholders and from known samples.

Only how a key begins is looked at, and whether the whole has the length that it states; nothing of it is kept.

Sources, named from a survey, pages not re-read: RFC 1421 section 4.6.1.1 (`Proc-Type: 4,ENCRYPTED`), RFC 7468 section
11 (`ENCRYPTED PRIVATE KEY`), PROTOCOL.key of OpenSSH (the name of the cipher follows the magic), appendix C of PuTTY's
manual (`Encryption: none`).
"""

from __future__ import annotations

from nhilint.knowledge.credentials.certificates import holds_example_certificate
from nhilint.knowledge.credentials.structures import LONGEST_BLOCK, pem_at

_BEGIN = "-----BEGIN "
_PUTTY = "PuTTY-User-Key-File-"
_OPENSSH = "b3BlbnNzaC1rZXktdjE"
_OPENSSH_WITHOUT_CIPHER = _OPENSSH + "AAAAABG5vbmU"
"""The base64 of `openssh-key-v1`, and of the same with the cipher `none` behind it."""
_MOST_BLOCKS = 8
_LONGEST_HEAD = 400
_SHORTEST_PUTTY_KEY = 200
_OF_EVERYBODY = frozenset({"eca7c0796c0d28714d81ae48ae76a19440ace23ef593c9fd9aa66b59703512c7"})
"""SHA-256 of the first line of the key in keys/vagrant of github.com/hashicorp/vagrant."""


def unlocked_key(text: str) -> tuple[int, int] | None:
    """Where the key of a file stands that no passphrase locks, as offsets in the text; None where there is none."""
    if text.startswith(_PUTTY):
        return _putty(text)
    if holds_example_certificate(text):
        return None
    start = text.find(_BEGIN)
    for _ in range(_MOST_BLOCKS):
        if start < 0:
            return None
        found = pem_at(text, start)
        if found is not None:
            end, label = found
            return None if _is_locked(text[start:end], label) or _is_everybodys(text[start:end]) else (start, end)
        start = text.find(_BEGIN, start + len(_BEGIN))
    return None


def _is_locked(block: str, label: str) -> bool:
    """Whether a passphrase is asked for; a key of OpenPGP, which is a person's, counts as locked."""
    if label.startswith(("ENCRYPTED", "PGP")) or "ENCRYPTED" in block[:_LONGEST_HEAD]:
        return True
    material = block.partition("\n")[2].strip()
    return material.startswith(_OPENSSH) and not material.startswith(_OPENSSH_WITHOUT_CIPHER)


def _is_everybodys(block: str) -> bool:
    """Whether it is the key with which boxes of Vagrant are delivered, which is published on purpose."""
    from hashlib import sha256

    first = block.partition("\n")[2].partition("\n")[0].strip()
    return sha256(first.encode()).hexdigest() in _OF_EVERYBODY


def _putty(text: str) -> tuple[int, int] | None:
    lines = text[:LONGEST_BLOCK].splitlines()
    is_open = any(line.strip() == "Encryption: none" for line in lines[:4])
    is_whole = len(text) > _SHORTEST_PUTTY_KEY and any(line.startswith("Private-Lines:") for line in lines)
    return (0, min(len(text), LONGEST_BLOCK)) if is_open and is_whole else None
