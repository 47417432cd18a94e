"""What `Ref` and `Fn::GetAtt` of a resource stand for, as far as a policy cares: a name or an ARN, never a wildcard.

The stack makes the real name at deployment; the logical id stands in for it, so that a policy limited to a resource of
its own template is not taken for one that is limited to nothing. Source: "Return values" of each resource's page below
docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference, partly re-read 2026-11-22.
"""

from __future__ import annotations

from nhilint.formats.aws.words import NO_FORM, OWN_ACCOUNT, OWN_REGION
from nhilint.knowledge.aws import form_of_type

_HERE = f"{OWN_REGION}:{OWN_ACCOUNT}"
_SHAPES = {
    "AWS::IAM::Role": f"arn:aws:iam::{OWN_ACCOUNT}:role/@",
    "AWS::IAM::User": f"arn:aws:iam::{OWN_ACCOUNT}:user/@",
    "AWS::IAM::Group": f"arn:aws:iam::{OWN_ACCOUNT}:group/@",
    "AWS::IAM::ManagedPolicy": f"arn:aws:iam::{OWN_ACCOUNT}:policy/@",
    "AWS::IAM::InstanceProfile": f"arn:aws:iam::{OWN_ACCOUNT}:instance-profile/@",
    "AWS::S3::Bucket": "arn:aws:s3:::@",
    "AWS::Lambda::Function": f"arn:aws:lambda:{_HERE}:function:@",
    "AWS::Serverless::Function": f"arn:aws:lambda:{_HERE}:function:@",
    "AWS::DynamoDB::Table": f"arn:aws:dynamodb:{_HERE}:table/@",
    "AWS::Serverless::SimpleTable": f"arn:aws:dynamodb:{_HERE}:table/@",
    "AWS::Logs::LogGroup": f"arn:aws:logs:{_HERE}:log-group:@:*",
    "AWS::KMS::Key": f"arn:aws:kms:{_HERE}:key/@",
    "AWS::SecretsManager::Secret": f"arn:aws:secretsmanager:{_HERE}:secret:@-??????",
    "AWS::StepFunctions::StateMachine": f"arn:aws:states:{_HERE}:stateMachine:@",
    "AWS::Serverless::StateMachine": f"arn:aws:states:{_HERE}:stateMachine:@",
}
_REF_IS_ARN = frozenset(
    {
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::OIDCProvider",
        "AWS::IAM::SAMLProvider",
        "AWS::SNS::Topic",
        "AWS::SecretsManager::Secret",
        "AWS::StepFunctions::StateMachine",
        "AWS::Serverless::StateMachine",
    }
)
_ELSEWHERE = ("AWS::CloudFormation::", "AWS::Serverless::Application", "Custom::")


def name_of(logical_id: str, kind: str) -> str:
    """What `Ref` of a resource gives."""
    return arn_of(logical_id, kind) if kind in _REF_IS_ARN else logical_id


def attribute_of(logical_id: str, kind: str, attribute: str) -> str | None:
    """What `Fn::GetAtt` of a resource gives; None where the template cannot tell (nested stacks, custom resources)."""
    if kind.startswith(_ELSEWHERE):
        return None
    if attribute == "Arn" or attribute.endswith("Arn"):
        return arn_of(logical_id, kind) + (f"/stream/{logical_id}" if attribute == "StreamArn" else "")
    return logical_id if attribute.endswith("Name") else None


def arn_of(logical_id: str, kind: str) -> str:
    """The ARN of a resource of this template, its logical id in the place of its name."""
    shape = _SHAPES.get(kind)
    if shape is not None:
        return shape.replace("@", logical_id)
    _, service, *rest = kind.lower().split("::") if kind.count("::") > 1 else ("", "other")
    form = form_of_type(service, "".join(rest))
    return f"arn:aws:{service}:{_HERE}:{form.resource.replace('*', logical_id) if form else f'{NO_FORM}{logical_id}'}"
