"""The published JSON Schema of the JSON report, made from its shape. `tools/generate.py` writes it under schemas/."""

from __future__ import annotations

from typing import Any

import msgspec

from nhilint.report.json_shape import SCHEMA_ID, Run


def _schema() -> dict[str, Any]:
    (root,), definitions = msgspec.json.schema_components([Run], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"nhilint report ({SCHEMA_ID})",
        **root,
        "$defs": definitions,
    }


RUN_SCHEMA = _schema()
"""JSON Schema, draft 2020-12. Unknown keys are allowed everywhere, since minor versions may add some."""
