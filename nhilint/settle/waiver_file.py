"""`.nhilint/waivers.yaml` becomes waivers. Unknown keys are refused; what is incomplete is for the checks to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhilint.model.place import Place
from nhilint.settle.waiver import Waiver

if TYPE_CHECKING:
    from nhilint.source.document import Document

FILE = ".nhilint/waivers.yaml"

_TEXT = {"type": "string", "minLength": 1}

WAIVERS_SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "nhilint waivers",
    "type": "object",
    "additionalProperties": False,
    "required": ["waivers"],
    "properties": {
        "waivers": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["check"],
                "properties": {
                    "check": {**_TEXT, "description": "The id of one check."},
                    "path": {**_TEXT, "description": "Files it holds for: a path, or a glob whose * crosses folders."},
                    "subject": {**_TEXT, "description": "The name of the agent, tool, role … that it holds for."},
                    "fingerprint": {**_TEXT, "description": "One finding, by its fingerprint in the JSON report."},
                    "reason": {**_TEXT, "description": "Why the finding is accepted for now."},
                    "approver": {**_TEXT, "description": "Who answers for it: @handle, @team or an address."},
                    "expires": {**_TEXT, "description": "The last day on which it holds: 2027-01-31."},
                    "ticket": {**_TEXT, "description": "Where it is discussed."},
                },
            },
        }
    },
}
"""The JSON Schema of the file; `nhilint schema waivers` prints it."""


def read_waivers(data: bytes) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order; CatalogueError at the first thing that does not fit the schema."""
    from nhilint.catalogue.strict_yaml import problems, refuse_problems, yaml_of

    document = yaml_of(data, FILE)
    value = document.value if document.value is not None else {"waivers": []}
    refuse_problems(problems(document, value, WAIVERS_SCHEMA))
    return tuple(_waivers(document))


def _waivers(document: Document) -> list[Waiver]:
    value = document.value
    entries: Any = value.get("waivers") if isinstance(value, dict) else None
    return [Waiver(**entry, at=Place(FILE, ("waivers", index))) for index, entry in enumerate(entries or ())]
