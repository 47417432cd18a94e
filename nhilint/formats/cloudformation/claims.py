"""Which files may be CloudFormation or SAM templates: YAML or JSON that names a type of resource.

The names of templates are free, so a few words decide whether a file is parsed; what it is, its content decides.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/introduction.html"
_WORDS = (b"AWS::", b"Alexa::ASK::Skill", b"NoEcho")
"""A policy or a credential may stand on any resource, so that every template counts."""

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="serverless-framework",
        title="Serverless Framework services on AWS",
        syntax=Syntax.YAML,
        reads="cloudformation.serverless_framework",
        names=("serverless.yml", "serverless.yaml"),
        probe=(b"iam", b"AWS::", b"environment:", b"custom:", b" url:", b"${file("),
        docs="https://www.serverless.com/framework/docs/providers/aws/guide/iam",
    ),
    Claim(
        format="aws-cloudformation",
        title="AWS CloudFormation and SAM templates (YAML)",
        syntax=Syntax.YAML,
        reads="cloudformation.template",
        suffixes=(".yaml", ".yml", ".template"),
        probe=_WORDS,
        docs=_DOCS,
    ),
    Claim(
        format="aws-cloudformation",
        title="AWS CloudFormation templates and CDK output (JSON)",
        syntax=Syntax.JSON,
        reads="cloudformation.template",
        suffixes=(".json",),
        probe=_WORDS,
        docs=_DOCS,
    ),
)
