"""The JSON Schema of a check file. `tools/generate.py` publishes it under schemas/ for editors."""

from __future__ import annotations

from nhilint.model.finding import Confidence, Severity
from nhilint.model.vocabulary import KINDS

_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT}
_ROUTE = {"type": "string", "pattern": r"^(subject|item)(\.[a-z_]+)*$"}
_SHOWN = {
    "type": "array",
    "items": {
        "oneOf": [
            _ROUTE,
            {
                "type": "object",
                "required": ["place"],
                "additionalProperties": False,
                "properties": {"place": _ROUTE, "say": _TEXT},
            },
        ]
    },
}
_EXAMPLE = {
    "type": "object",
    "required": ["name", "expect", "files"],
    "additionalProperties": False,
    "properties": {
        "name": _TEXT,
        "expect": {"enum": ["fail", "pass", "undecided"]},
        "at": {"type": "array", "items": {"type": "string", "pattern": "#"}},
        "fixes": _TEXT,
        "also": _TEXTS,
        "files": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}},
        "before": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}

CHECK_SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "nhilint check",
    "type": "object",
    "additionalProperties": False,
    "required": [
        "id",
        "title",
        "status",
        "since",
        "severity",
        "confidence",
        "frameworks",
        "rationale",
        "subject",
        "when",
        "message",
        "remediation",
        "references",
        "examples",
    ],
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60},
        "title": {"type": "string", "minLength": 10, "maxLength": 100},
        "status": {"enum": ["preview", "stable", "deprecated"]},
        "replaced_by": _TEXT,
        "aliases": _TEXTS,
        "since": {"type": "string", "pattern": r"^\d+\.\d+$"},
        "severity": {"enum": [severity.word for severity in reversed(Severity)]},
        "confidence": {"enum": [confidence.word for confidence in reversed(Confidence)]},
        "frameworks": {"type": "object", "minProperties": 1, "additionalProperties": {**_TEXTS, "minItems": 1}},
        "cwe": {"type": "array", "items": {"type": "string", "pattern": r"^CWE-\d+$"}},
        "rationale": {"type": "string", "minLength": 80},
        "subject": {"enum": list(KINDS)},
        "each": {"type": "string", "pattern": r"^[a-z_]+(\.[a-z_]+)*$"},
        "when": {**_TEXTS, "minItems": 1},
        "message": {"type": "string", "minLength": 20},
        "place": _ROUTE,
        "related": _SHOWN,
        "flow": _SHOWN,
        "remediation": {"type": "string", "minLength": 40},
        "false_positives": _TEXT,
        "references": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^https://"}},
        "everywhere": {"type": "boolean"},
        "waivable": {"type": "boolean"},
        "examples": {"type": "array", "minItems": 2, "items": _EXAMPLE},
    },
}
"""What `nhilint checks test` and the loader hold a check file to, before its conditions are looked at."""
