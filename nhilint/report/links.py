"""Addresses that reports carry. An empty one is left out of the report."""

from __future__ import annotations

PROJECT_URL = ""
"""Where the project lives; `tool.driver.informationUri` of SARIF. Set it when the repository is public."""

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""The JSON Schema of SARIF 2.1.0 with errata 01, as OASIS publishes it."""

CWE_URL = "https://cwe.mitre.org/"
"""The publisher's page of the Common Weakness Enumeration."""


def cwe_page(cwe: str) -> str:
    """The publisher's page of one weakness, for an id like `CWE-798`."""
    return f"{CWE_URL}data/definitions/{cwe.rpartition('-')[2]}.html"
