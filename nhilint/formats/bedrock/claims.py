"""Which files belong to AWS's own agent tools; templates and Terraform files that declare agents have their own."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="agentcore-toolkit",
        title="Bedrock AgentCore starter toolkit projects",
        syntax=Syntax.YAML,
        reads="bedrock.toolkit_project",
        names=(".bedrock_agentcore.yaml", ".bedrock_agentcore.yml"),
        docs="https://aws.github.io/bedrock-agentcore-starter-toolkit/",
    ),
    Claim(
        format="agentcore-project",
        title="Bedrock AgentCore CLI projects",
        syntax=Syntax.JSON,
        reads="bedrock.project_file",
        names=("agentcore.json",),
        docs="https://github.com/aws/agentcore-cli",
    ),
    Claim(
        format="agentcore-harness",
        title="Bedrock AgentCore harnesses",
        syntax=Syntax.JSON,
        reads="bedrock.harness_file",
        names=("harness.json",),
        probe=(b'"modelId"',),
        docs="https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/harness-config-and-models.html",
    ),
    Claim(
        format="agentcore-toolkit-identity",
        title="Pools of the Bedrock AgentCore starter toolkit: credentials",
        syntax=Syntax.JSON,
        reads="bedrock.toolkit_identity",
        paths=(".agentcore_identity_cognito_*.json",),
        docs="https://aws.github.io/bedrock-agentcore-starter-toolkit/",
    ),
)
