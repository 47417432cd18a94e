"""`nhilint schema`: what checks may speak about, and the JSON Schemas of the files people write."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.argument("what", type=click.Choice(["facts", "check", "config", "waivers", "run", "delta"]))
@click.option("--kind", help="For facts: only this subject kind.")
def command(what: str, kind: str | None) -> None:
    """Print the facts that conditions may name, or a JSON Schema for editors.

    \b
    Examples:
      nhilint schema facts --kind tool
      nhilint schema config > nhilint-config.schema.json
    """
    if what == "facts":
        click.echo(_facts(kind))
    else:
        click.echo(json.dumps(_schema(what), indent=2))


def _schema(what: str) -> dict[str, object]:
    if what == "check":
        from nhilint.catalogue.schema import CHECK_SCHEMA

        return CHECK_SCHEMA
    if what == "waivers":
        from nhilint.settle.waiver_file import WAIVERS_SCHEMA

        return WAIVERS_SCHEMA
    if what == "delta":
        from nhilint.report.json_schema import DELTA_SCHEMA

        return DELTA_SCHEMA
    if what == "config":
        from nhilint.config import CONFIG_SCHEMA

        return CONFIG_SCHEMA
    from nhilint.report.json_schema import RUN_SCHEMA

    return RUN_SCHEMA


def _facts(kind: str | None) -> str:
    from nhilint.errors import UsageError
    from nhilint.model.vocabulary import KINDS
    from nhilint.report.vocabulary_page import vocabulary_page

    if kind is not None and kind not in KINDS:
        msg = f"unknown kind {kind!r}; expected one of {', '.join(KINDS)}"
        raise UsageError(msg)
    return vocabulary_page([k for k in KINDS if kind in (None, k)])
