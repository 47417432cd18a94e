"""Policy folders become a ready pack: built in, from a compiled bundle, or read and compiled on the spot.

Reading a hundred YAML files costs more than scanning a small repository. A pack is therefore kept as one file: beside
the checks in an installed package, in the user's cache folder for everything else, there named after what it was made
of. A bundle that does not fit exactly is made again.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from nhilint import __version__
from nhilint.catalogue.check import Check, Pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.catalogue.framework import Frameworks

BUNDLE = "checks.bundle"
_PACKAGE = Path(__file__).parent


def builtin_folder() -> Path:
    """The folder that holds the built-in `checks/` and `frameworks/`: in the package, else the checkout around it."""
    bundled = _PACKAGE / "_bundled"
    return bundled if (bundled / "checks").is_dir() else _PACKAGE.parent


def load_policies(extra: Sequence[Path] = (), cache: Path | None = None) -> Pack:
    """The built-in checks and those of the `extra` policy folders; raises CatalogueError where one is wrong."""
    folders = (builtin_folder(), *extra)
    shipped = folders[0] / BUNDLE
    if not extra and folders[0].name == "_bundled" and shipped.is_file():
        pack = _decode(shipped.read_bytes())
        if pack is not None:
            return pack
    stored = cache / f"pack-{_digest(folders)}.json" if cache is not None else None
    if stored is not None and stored.is_file():
        pack = _decode(stored.read_bytes())
        if pack is not None:
            return pack
    pack = compile_policies(folders)
    if stored is not None:
        _store(stored, encode(pack))
    return pack


def compile_policies(folders: Sequence[Path]) -> Pack:
    """Read, validate and compile the checks of policy folders."""
    from nhilint.catalogue.load import load_pack
    from nhilint.evaluate.expression import compile_expression
    from nhilint.evaluate.messages import MessageError, check_template

    def compile_condition(text: str) -> bytes:
        return compile_expression(text)

    pack = load_pack(folders, load_all_frameworks(folders[1:]), compile_condition)
    for check in pack.checks:
        for template in (check.message, *(shown.say for shown in (*check.related, *check.flow))):
            try:
                check_template(template)
            except MessageError as error:
                from nhilint.errors import CatalogueError

                raise CatalogueError(f"checks/{check.topic}/{check.id}.yaml", 1, 1, f"message: {error}") from None
    return pack


def load_all_frameworks(extra: Sequence[Path] = ()) -> Frameworks:
    """The built-in frameworks and those of the `extra` policy folders."""
    from nhilint.catalogue.framework import load_frameworks

    return load_frameworks([folder / "frameworks" for folder in (builtin_folder(), *extra)])


def user_cache() -> Path:
    """The user's cache folder for nhilint, by the platform's own convention."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "nhilint"


def encode(pack: Pack) -> bytes:
    """A pack as a bundle, marked with the versions that can read it."""
    return msgspec.json.encode([_mark(), list(pack.checks)])


def _decode(data: bytes) -> Pack | None:
    try:
        mark, checks = msgspec.json.decode(data, type=tuple[str, tuple[Check, ...]])
    except msgspec.MsgspecError:
        return None
    return Pack(checks) if mark == _mark() else None


def _mark() -> str:
    return f"nhilint {__version__} cel-expr-python {sys.implementation.cache_tag}"


def _digest(folders: Sequence[Path]) -> str:
    """A name made of every policy file's path, size and time of change, and of this engine's."""
    digest = sha256(_mark().encode())
    files = [
        path
        for folder in folders
        for path in (*sorted((folder / "checks").rglob("*.yaml")), *sorted((folder / "frameworks").glob("*.yaml")))
    ]
    files.extend(
        _PACKAGE / name for name in ("catalogue/check.py", "catalogue/load.py", "model/vocabulary/__init__.py")
    )
    for path in files:
        found = path.stat()
        digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    return digest.hexdigest()[:32]


def _store(path: Path, data: bytes) -> None:
    """Keep a bundle; a cache that cannot be written is no error."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(data)
        temporary.replace(path)
        for old in path.parent.glob("pack-*.json"):
            if old != path and old.stat().st_mtime < path.stat().st_mtime - 7 * 86400:
                old.unlink()
    except OSError:
        return
