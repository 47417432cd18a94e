"""Which files are security rules of Firebase."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="firebase-rules",
        title="Firebase security rules (Firestore, Storage)",
        syntax=Syntax.TEXT,
        reads="firebase.rules",
        suffixes=(".rules",),
        probe=(b"service cloud.firestore", b"service firebase.storage"),
        docs="https://firebase.google.com/docs/rules/rules-language",
    ),
    Claim(
        format="firebase-database-rules",
        title="Firebase security rules (Realtime Database)",
        syntax=Syntax.JSONC,
        reads="firebase.database_rules",
        names=("database.rules.json", "firebase.rules.json"),
        suffixes=(".rules.json", "-rules.json", "_rules.json"),
        probe=(b'".write"', b'".read"'),
        docs="https://firebase.google.com/docs/database/security",
    ),
)
