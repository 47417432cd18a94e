"""`.nhilint/config.yaml` becomes settings. Unknown keys are refused with a suggestion, at their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhilint.errors import UsageError
from nhilint.model.finding import Confidence, Severity
from nhilint.settings import Limits, Settings

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FOLDER = ".nhilint"
FILE = f"{FOLDER}/config.yaml"

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
        "include": {**_GLOBS, "description": "Only files that match one of these globs on the whole path."},
        "exclude": {**_GLOBS, "description": "Not these files. What they leave out is counted in the summary."},
        "policies": {**_GLOBS, "description": "Further policy folders, relative to the repository."},
        "severity": {
            "type": "object",
            "additionalProperties": {"enum": [severity.word for severity in reversed(Severity)]},
            "description": "Another severity for single checks, by id.",
        },
        "limits": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "file_bytes": {
                    "type": "integer",
                    "minimum": 1024,
                    "maximum": 100_000_000,
                    "description": "A larger file that would be read is a problem (exit code 4).",
                }
            },
        },
    },
}
"""The JSON Schema of the configuration; `nhilint schema config` prints it."""


def load_config(root: Path, file: Path | None, now: datetime) -> Settings:
    """The settings of a repository; `file` names another configuration, which must then exist."""
    path = file or root / FILE
    if not path.is_file() or (file is None and _is_linked(root)):
        if file is not None:
            msg = f"the configuration {file} does not exist"
            raise UsageError(msg)
        return Settings(root=root, now=now)
    from nhilint.catalogue.strict_yaml import read_strict

    _, value = read_strict(path, CONFIG_SCHEMA, FILE if file is None else str(file))
    return _settings(root, now, value if isinstance(value, dict) else {})


def _is_linked(root: Path) -> bool:
    """A configuration behind a symbolic link is somebody else's: it is not followed."""
    return (root / FOLDER).is_symlink() or (root / FILE).is_symlink()


def _settings(root: Path, now: datetime, value: dict[str, Any]) -> Settings:
    policies = tuple(root / folder for folder in value.get("policies", ()))
    for folder in policies:
        if not folder.resolve().is_relative_to(root.resolve()) or not folder.is_dir():
            msg = f"{FILE}: the policy folder {folder.relative_to(root)} is not a folder of this repository"
            raise UsageError(msg)
    return Settings(
        root=root,
        now=now,
        fail_on=Severity.named(value.get("fail_on", "high")),
        min_confidence=Confidence.named(value.get("min_confidence", "medium")),
        select=tuple(value.get("select", ())),
        ignore=tuple(value.get("ignore", ())),
        include=tuple(value.get("include", ())),
        exclude=tuple(value.get("exclude", ())),
        policies=policies,
        severity={check: Severity.named(word) for check, word in value.get("severity", {}).items()},
        limits=Limits(**value.get("limits", {})),
    )
