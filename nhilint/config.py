"""`.nhilint/config.yaml` becomes settings. Unknown keys are refused with a suggestion, at their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhilint.errors import CatalogueError, UsageError
from nhilint.model.finding import Confidence, Severity
from nhilint.settings import Limits, Settings
from nhilint.tree import own_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from nhilint.source.document import Document
    from nhilint.tree import Tree

FOLDER = ".nhilint"
FILE = f"{FOLDER}/config.yaml"

MOST_WAIVER_DAYS = 90
_GLOBS = {"type": "array", "items": {"type": "string", "minLength": 1}}

CONFIG_SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "nhilint configuration",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "fail_on": {
            "enum": [severity.word for severity in reversed(Severity)],
            "description": "Lowest severity that fails the gate; high when not set.",
        },
        "min_confidence": {
            "enum": [confidence.word for confidence in reversed(Confidence)],
            "description": "Lowest confidence that is shown and judged; medium when not set.",
        },
        "select": {**_GLOBS, "description": "Only these checks: ids, globs or framework/control."},
        "ignore": {**_GLOBS, "description": "Not these checks."},
        "include": {
            **_GLOBS,
            "description": "Only these files: folders, or globs on the whole path in which * crosses folders.",
        },
        "exclude": {**_GLOBS, "description": "Not these files. What is left out is counted in the summary."},
        "policies": {**_GLOBS, "description": "Further policy folders, relative to the repository."},
        "severity": {
            "type": "object",
            "additionalProperties": {"enum": [severity.word for severity in reversed(Severity)]},
            "description": "Another severity for single checks, by id.",
        },
        "waivers": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "max_days": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 730,
                    "description": "How far ahead a waiver may end; 90 days when not set.",
                }
            },
        },
        "limits": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "file_bytes": {
                    "type": "integer",
                    "minimum": 1024,
                    "maximum": 50_000_000,
                    "description": "A larger file that would be read is a problem (exit code 4).",
                }
            },
        },
    },
}
"""The JSON Schema of the configuration; `nhilint schema config` prints it."""


def load_config(root: Path, file: Path | None, now: datetime) -> Settings:
    """The settings of a repository; `file` names another configuration, which must then exist."""
    if file is not None and (file.is_dir() or not file.exists()):
        msg = f"the configuration {file} does not exist"
        raise UsageError(msg)
    path = file or root / FILE
    if file is None and _is_linked(root):
        message = "the configuration is behind a symbolic link, which is not followed; name it with --config"
        raise CatalogueError(FILE, 1, 1, message)
    if file is None and not path.is_file():
        return Settings(root=root, now=now)
    from nhilint.catalogue.strict_yaml import read_yaml

    document = read_yaml(path, FILE if file is None else str(file))
    values = _values(document)
    return _settings(root, now, values, _policies(root, document, values.get("policies", [])))


def load_config_of(tree: Tree, root: Path, file: str, now: datetime) -> tuple[Settings, tuple[str, ...]]:
    """The settings that another state of the repository has in its own file `file`, and the policy folders it names.

    Those folders are for the caller to find in that state; the settings have none.
    """
    data = own_bytes(tree, file)
    if data is None:
        return Settings(root=root, now=now), ()
    from nhilint.catalogue.strict_yaml import yaml_of

    values = _values(yaml_of(data, file))
    return _settings(root, now, values, ()), tuple(values.get("policies", ()))


def _values(document: Document) -> dict[str, Any]:
    """What a configuration sets; CatalogueError where it does not fit the schema."""
    from nhilint.catalogue.strict_yaml import problems, refuse_problems

    value = document.value if document.value is not None else {}  # a file of comments alone sets nothing
    refuse_problems(problems(document, value, CONFIG_SCHEMA))
    return value if isinstance(value, dict) else {}


def _is_linked(root: Path) -> bool:
    """A configuration behind a symbolic link is somebody else's: it is not followed."""
    return (root / FOLDER).is_symlink() or (root / FILE).is_symlink()


def _policies(root: Path, document: Document, names: list[str]) -> Iterator[Path]:
    """The policy folders that the repository itself asks for: in the repository, without links that lead elsewhere."""
    for index, name in enumerate(names):
        folder = root / name
        if not folder.resolve().is_relative_to(root.resolve()) or not folder.is_dir():
            message = f"the policy folder {name} is not a folder of this repository"
        elif any(path.is_symlink() for path in folder.rglob("*")):
            message = f"the policy folder {name} has symbolic links in it; put the files themselves there"
        else:
            yield folder
            continue
        place = document.span(("policies", index)).start
        raise CatalogueError(document.path, place.line, place.column, message)


def _settings(root: Path, now: datetime, value: dict[str, Any], policies: Iterable[Path]) -> Settings:
    return Settings(
        root=root,
        now=now,
        fail_on=Severity.named(value.get("fail_on", "high")),
        min_confidence=Confidence.named(value.get("min_confidence", "medium")),
        select=tuple(value.get("select", ())),
        ignore=tuple(value.get("ignore", ())),
        include=tuple(value.get("include", ())),
        exclude=tuple(value.get("exclude", ())),
        policies=tuple(policies),
        severity={check: Severity.named(word) for check, word in value.get("severity", {}).items()},
        limits=Limits(**value.get("limits", {})),
        waiver_days=value.get("waivers", {}).get("max_days", MOST_WAIVER_DAYS),
    )
