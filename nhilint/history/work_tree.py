"""Which tracked files on disk are not what the index says, found without git reading any of them.

git itself would pass a file that may have changed through whatever filter the repository configures. Here the times and
sizes that git noted decide, and the bytes' own hash where those leave it open.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ENTRY = re.compile(
    rb"(?P<mode>\d{6}) (?P<blob>[0-9a-f]{40,64}) \d\t(?P<path>[^\0]+)\0"
    rb"\s*ctime: \d+:\d+\s*mtime: (?P<seconds>\d+):(?P<part>\d+)\s*dev: \d+\tino: \d+"
    rb"\s*uid: \d+\tgid: \d+\s*size: (?P<size>\d+)\tflags: [0-9a-f]+\n"
)
"""An entry as `git ls-files -z --stage --debug` prints it."""
_MOST_BYTES = 50_000_000


class Noted(Struct, frozen=True):
    """What git noted of one tracked file when it last looked. `modified` is in nanoseconds."""

    path: str
    blob: str
    size: int
    modified: int
    link: bool


def noted(listing: bytes) -> Iterator[Noted]:
    """The tracked files of a listing; submodules are left out."""
    for found in _ENTRY.finditer(listing):
        mode = found["mode"]
        if mode.startswith((b"100", b"120")):
            modified = int(found["seconds"]) * 1_000_000_000 + int(found["part"])
            path = os.fsdecode(found["path"])
            yield Noted(path, found["blob"].decode(), int(found["size"]), modified, mode.startswith(b"120"))


def touched(root: Path, listing: bytes, index: Path) -> tuple[frozenset[str], frozenset[str]]:
    """The tracked files whose bytes on disk are others, and those that are not there."""
    written = index.stat().st_mtime_ns if index.is_file() else 0
    changed: set[str] = set()
    removed: set[str] = set()
    for entry in noted(listing):
        try:
            now = (root / entry.path).lstat()
        except OSError:
            removed.add(entry.path)
            continue
        clean = now.st_size == entry.size and now.st_mtime_ns == entry.modified and now.st_mtime_ns < written
        if not clean and not _is(root / entry.path, now, entry):
            changed.add(entry.path)
    return frozenset(changed), frozenset(removed)


def _is(path: Path, now: os.stat_result, entry: Noted) -> bool:
    """Whether a file or link has the very bytes of the index."""
    if stat.S_ISLNK(now.st_mode) != entry.link or now.st_size > _MOST_BYTES:
        return False
    try:
        data = os.fsencode(path.readlink()) if entry.link else path.read_bytes()
    except OSError:
        return False
    made = hashlib.sha256 if len(entry.blob) > 40 else hashlib.sha1
    return made(b"blob %d\0" % len(data) + data).hexdigest() == entry.blob
