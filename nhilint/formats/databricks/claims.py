"""Which files belong to Databricks bundles: the main file, and the files of resources that it includes."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="databricks-bundle",
        title="Databricks bundles",
        syntax=Syntax.YAML,
        reads="databricks.bundle",
        names=("databricks.yml", "databricks.yaml", "bundle.yml", "bundle.yaml"),
        probe=(b"bundle:", b"targets:", b"resources:"),
        docs="https://docs.databricks.com/aws/en/dev-tools/bundles/reference",
    ),
    Claim(
        format="databricks-bundle-resources",
        title="Databricks bundles: included resources",
        syntax=Syntax.YAML,
        reads="databricks.bundle",
        suffixes=(".job.yml", ".app.yml", ".pipeline.yml"),
        paths=("**/resources/**/*.yml", "**/resources/**/*.yaml"),
        probe=(b"run_as:", b"group_name:", b"grants:"),
        docs="https://docs.databricks.com/aws/en/dev-tools/bundles/resources",
    ),
)
