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

from nhilint.catalogue.check import Check, Pack
from nhilint.errors import UsageError
from nhilint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.catalogue.framework import Frameworks
    from nhilint.settings import Settings

BUNDLE = "checks.bundle"
_BUNDLE_VERSION = 5
_PACKAGE = Path(__file__).parent
_READS_CHECKS = ("catalogue", "evaluate", "model", "model/vocabulary")


def builtin_folder() -> Path:
    """The folder that holds the built-in `checks/` and `frameworks/`: in the package, else the checkout around it."""
    bundled = _PACKAGE / "_bundled"
    return bundled if (bundled / "checks").is_dir() else _PACKAGE.parent


def load_policies(extra: Sequence[Path] = (), cache: Path | None = None) -> Pack:
    """The built-in checks and those of the `extra` policy folders; raises CatalogueError where one is wrong."""
    folders = (builtin_folder(), *extra)
    for folder in extra:
        if not (folder / "checks").is_dir() and not (folder / "frameworks").is_dir():
            msg = f"{folder} is no policy folder: it has neither checks/ nor frameworks/"
            raise UsageError(msg)
    shipped = folders[0] / BUNDLE
    if not extra and folders[0].name == "_bundled" and (pack := _stored(shipped)):
        return pack
    made_of = _made_of(folders)
    place = cache / f"pack-{made_of.digest}.json" if cache is not None else None
    if place is not None and (pack := _stored(place)) and len(pack.checks) == made_of.checks:
        return pack
    pack = compile_policies(folders)
    if place is not None and made_of == _made_of(folders):  # else somebody changed a file meanwhile
        _store(place, encode(pack))
    return pack


def configured(pack: Pack, settings: Settings) -> tuple[tuple[Check, ...], Settings]:
    """The checks that the settings choose, and the settings with their severities under the ids of today."""
    from nhilint.settle.select import by_known_id, choose

    checks = choose(pack.checks, settings.select, settings.ignore, lambda: load_all_frameworks(settings.policies))
    return checks, msgspec.structs.replace(settings, severity=by_known_id(pack.checks, settings.severity))


def compile_policies(folders: Sequence[Path]) -> Pack:
    """Read, validate and compile the checks of policy folders."""
    from nhilint.catalogue.load import load_pack
    from nhilint.evaluate.expression import compile_expression

    pack = load_pack(folders, load_all_frameworks(folders[1:]), compile_expression)
    for check in pack.checks:
        _refuse_bad_templates(check, folders)
    return pack


def check_file(check: Check, folders: Sequence[Path]) -> tuple[Path, Path]:
    """The policy folder that a check comes from, and its file."""
    from nhilint.catalogue.load import check_files

    return next((folder, path) for folder in folders for path in check_files(folder) if path.stem == check.id)


def _refuse_bad_templates(check: Check, folders: Sequence[Path]) -> None:
    from nhilint.evaluate.messages import MessageError, check_template

    routes: list[tuple[tuple[str | int, ...], str]] = [(("message",), check.message)]
    for key, shown in (("related", check.related), ("flow", check.flow)):
        routes += [((key, index, "say"), entry.say) for index, entry in enumerate(shown)]
    for pointer, template in routes:
        try:
            check_template(template)
        except MessageError as error:
            from nhilint.catalogue.strict_yaml import read_yaml
            from nhilint.errors import CatalogueError

            folder, path = check_file(check, folders)
            document = read_yaml(path, path.relative_to(folder).as_posix())
            place = document.span(pointer).start
            raise CatalogueError(document.path, place.line, place.column, f"this message cannot be: {error}") from None


def load_all_frameworks(extra: Sequence[Path] = ()) -> Frameworks:
    """The built-in frameworks and those of the `extra` policy folders."""
    from nhilint.catalogue.framework import load_frameworks

    return load_frameworks([folder / "frameworks" for folder in (builtin_folder(), *extra)])


def user_cache() -> Path | None:
    """The user's cache folder for nhilint, by the platform's own convention; None for a user without a home."""
    try:
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        return None
    return base / "nhilint" if base.is_absolute() else None


def encode(pack: Pack) -> bytes:
    """A pack as a bundle, marked with the versions that can read it."""
    return msgspec.json.encode([_mark(), list(pack.checks)])


def _stored(path: Path) -> Pack | None:
    """The pack that a bundle holds; None where it is not there, cannot be read, or is of another version."""
    try:
        mark, checks = msgspec.json.decode(path.read_bytes(), type=tuple[str, tuple[Check, ...]])
    except (OSError, msgspec.MsgspecError):
        return None
    return Pack(checks) if mark == _mark() else None


def _mark() -> str:
    """What may read a bundle. Compiled conditions are the same on every platform and every version of Python."""
    return f"nhilint {__version__} bundle {_BUNDLE_VERSION}"


class _MadeOf(msgspec.Struct, frozen=True):
    """What a bundle was made of: the number of check files, and a digest that changes with every one of them."""

    checks: int
    digest: str


def _made_of(folders: Sequence[Path]) -> _MadeOf:
    """Every policy file's path, size and time of change, and those of the code that reads them."""
    digest = sha256(_mark().encode())
    checks = [entry for folder in folders for entry in _files_in(folder / "checks", ".yaml", deep=True)]
    others = [entry for folder in folders for entry in _files_in(folder / "frameworks", ".yaml")]
    code = [entry for name in _READS_CHECKS for entry in _files_in(_PACKAGE / name, ".py")]
    for entry in (*checks, *others, *code):
        found = entry.stat()
        digest.update(f"{entry.path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
    return _MadeOf(len(checks), digest.hexdigest()[:32])


def _files_in(folder: Path, ending: str, *, deep: bool = False) -> list[os.DirEntry[str]]:
    """The files of a folder, of all those below it where `deep`, in order; none where it is not there.

    Asked at every start: entries of a listing cost a third of what paths and a look at each would.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []
    found = [entry for entry in entries if entry.name.endswith(ending) and entry.is_file()]
    for below in entries if deep else ():
        if below.is_dir(follow_symlinks=False):
            found += _files_in(Path(below.path), ending, deep=True)
    return found


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
