"""The published JSON Schemas of the JSON reports, made from their shapes by `tools/generate.py`."""

from __future__ import annotations

from typing import Any

import msgspec

from nhilint.report.json_shape import DELTA_SCHEMA_ID, SCHEMA_ID, Delta, Run


def _schema(shape: type[Run | Delta], name: str) -> dict[str, Any]:
    (root,), definitions = msgspec.json.schema_components([shape], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"nhilint report ({name})",
        **root,
        "$defs": definitions,
    }


RUN_SCHEMA = _schema(Run, SCHEMA_ID)
"""JSON Schema, draft 2020-12. Unknown keys are allowed everywhere, since minor versions may add some."""
DELTA_SCHEMA = _schema(Delta, DELTA_SCHEMA_ID)
"""The same for `nhilint diff --format json`."""
