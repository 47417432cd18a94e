"""Which files are Pulumi programs with something of AWS IAM in them: a `Pulumi.yaml` that holds resources itself."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="pulumi-yaml",
        title="Pulumi programs in YAML: AWS identities and policies",
        syntax=Syntax.YAML,
        reads="pulumi.program",
        names=("Pulumi.yaml", "Pulumi.yml"),
        probe=(b"resources:", b"config:"),
        docs="https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/",
    ),
    Claim(
        format="pulumi-settings",
        title="Pulumi: settings of a stack",
        syntax=Syntax.YAML,
        reads="pulumi.settings",
        paths=("Pulumi.*.yaml", "Pulumi.*.yml"),
        docs="https://www.pulumi.com/docs/iac/concepts/config/",
    ),
)
