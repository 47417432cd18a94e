"""Which files may be CloudFormation or SAM templates: YAML or JSON with a resource type that holds permissions.

The names of templates are free, so a few words decide whether a file is parsed; what it is, its content decides.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/introduction.html"
_WORDS = (
    b"AWS::IAM::",
    b"AWS::Serverless::",
    b"AWS::Lambda::Permission",
    b"AWS::KMS::Key",
    b"AWS::S3::BucketPolicy",
    b"AWS::SQS::Queue",
    b"AWS::SNS::Topic",
    b"AWS::SecretsManager::ResourcePolicy",
    b"AWS::ECR::Re",
    b"AWS::Events::EventBusPolicy",
    b"AWS::Bedrock",
    b"AWS::VerifiedPermissions",
    b"AWS::Cognito::UserPoolClient",
    b"AWS::Lambda::Function",
    b"AWS::EKS::PodIdentity",
    b"AWS::EC2::Instance",
    b"AWS::EC2::LaunchTemplate",
    b"AWS::AutoScaling::LaunchConfiguration",
    b"AWS::SSM::Parameter",
    b"AWS::SecretsManager::Secret",
    b"AWS::ECS::TaskDefinition",
    b"AWS::RDS::DB",
    b"AWS::Redshift::Cluster",
    b"AWS::DocDB::DBCluster",
    b"NoEcho",
)

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="serverless-framework",
        title="Serverless Framework services on AWS",
        syntax=Syntax.YAML,
        reads="cloudformation.serverless_framework",
        names=("serverless.yml", "serverless.yaml"),
        probe=(b"iam", b"AWS::", b"environment:", b"custom:"),
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
