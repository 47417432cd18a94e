"""The digest by which a compiled workflow says what source it was made from.

The compiler of 2026 writes a first line with a JSON object; its `frontmatter_hash` is the SHA-256 of a JSON object with
the text of the front matter, trimmed, lines ending in a line feed. Sources that import others or are compiled with the
body (`inlined-imports`), or whose text holds expressions over `env` and `vars`, have more in that object and are not
compared. It is a digest of text: what a formatter indents otherwise changes it, for the product too. Reproduced with
the pairs of githubnext/agentics (compiler v0.79.8), read 2026-11-22.
Sources: https://github.com/github/gh-aw, docs/src/content/docs/reference/frontmatter-hash-specification.md, and
actions/setup/js/frontmatter_hash_pure.cjs.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256

from nhilint.source.deferred import Deferred

_METADATA = Deferred(r"^# gh-aw-metadata: (\{[^\n]{1,20000}\})[ \t]*$", flags=re.MULTILINE)
_FRONT = Deferred(r"\A(?:[ \t]*\r?\n)*---[ \t]*\r?\n(.*?)^[ \t]*---[ \t\r]*$", flags=re.DOTALL | re.MULTILINE)
"""The product ends the front matter at the first line that holds three dashes alone, indented ones included."""
_MORE = Deferred(r"\$\{\{[^}]{0,400}\b(?:env|vars)\.|\{\{#import|@import", flags=re.IGNORECASE)
_WITH_BODY = Deferred(r"^inlined-imports:[ \t]*true\b", flags=re.MULTILINE)
_VERSIONS = frozenset({"v3", "v4"})
"""Versions of the line whose digest is made in this way."""


def digest_of_source(text: str, *, imports: bool) -> str | None:
    """The digest of a source; None where it depends on more than the front matter."""
    front = _FRONT.match(text)
    if front is None or imports or _MORE.search(text) or _WITH_BODY.search(front[1]):
        return None
    held = json.dumps(
        {"frontmatter-text": front[1].strip().replace("\r\n", "\n")}, ensure_ascii=False, separators=(",", ":")
    )
    return sha256(held.encode("utf-8", "replace")).hexdigest()


def digest_in_lock(text: str) -> str | None:
    """The digest that a compiled workflow records; None where there is none that can be compared."""
    found = _METADATA.search(text[:40_000])
    if found is None:
        return None
    try:
        recorded = json.loads(found[1])
    except (ValueError, RecursionError):
        return None
    digest = recorded.get("frontmatter_hash") if isinstance(recorded, dict) else None
    is_known = isinstance(digest, str) and recorded.get("schema_version") in _VERSIONS
    return digest if is_known else None
