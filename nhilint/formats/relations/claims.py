"""Which files are models of OpenFGA or schemas of SpiceDB, in their own languages, in JSON, or inside of YAML."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_OPENFGA = "https://openfga.dev/docs/configuration-language"
_SPICEDB = "https://authzed.com/docs/spicedb/concepts/schema"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="openfga-model",
        title="OpenFGA models",
        syntax=Syntax.TEXT,
        reads="relations.openfga",
        suffixes=(".fga", ".openfga"),
        probe=(b"define ",),
        docs=_OPENFGA,
    ),
    Claim(
        format="openfga-store",
        title="OpenFGA stores with a model in them",
        syntax=Syntax.YAML,
        reads="relations.openfga",
        suffixes=(".fga.yaml", ".fga.yml"),
        probe=(b"define ",),
        docs=_OPENFGA,
    ),
    Claim(
        format="openfga-model",
        title="OpenFGA models (JSON)",
        syntax=Syntax.JSON,
        reads="relations.openfga_json",
        suffixes=(".json",),
        probe=(b'"type_definitions"',),
        docs=_OPENFGA,
    ),
    Claim(
        format="spicedb-schema",
        title="SpiceDB schemas",
        syntax=Syntax.TEXT,
        reads="relations.spicedb",
        suffixes=(".zed",),
        probe=(b"definition ",),
        docs=_SPICEDB,
    ),
    Claim(
        format="spicedb-schema",
        title="SpiceDB schemas with test data",
        syntax=Syntax.YAML,
        reads="relations.spicedb",
        suffixes=(".yaml", ".yml", ".zaml"),
        probe=(b"schema: |-\n", b"schema: |\n", b"schema: >-\n"),
        docs=_SPICEDB,
    ),
)
