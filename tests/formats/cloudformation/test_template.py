"""What a CloudFormation or SAM template turns into."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.cloudformation.claims import CLAIMS
from nhilint.formats.cloudformation.kept import KeptTemplate
from nhilint.formats.cloudformation.template import extract
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.source.document import Syntax, read
from nhilint.testing import rendered

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"
ROLE = """
Resources:
  Agent:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}
"""


def extracted(text, path="template.yaml"):
    syntax = Syntax.JSON if path.endswith(".json") else Syntax.YAML
    return extract(read(path, text.encode(), syntax), CLAIMS[0])


def resources(text, path="template.yaml"):
    found = extracted(text, path).resources
    return {resource.name: resource for resource in found if not isinstance(resource, KeptTemplate)}


def role_with(properties, more=""):
    return resources(HEAD + ROLE + properties + more)["Agent"].facts


def policy(resource, action="s3:GetObject"):
    return f"""
      Policies:
        - PolicyName: P
          PolicyDocument:
            Statement: [{{Effect: Allow, Action: '{action}', Resource: {resource}}}]
"""


def test_a_role_has_its_trust_policies_and_settings():
    role = role_with(
        policy("'*'")
        + """
      MaxSessionDuration: 7200
      PermissionsBoundary: arn:aws:iam::111122223333:policy/edge
      ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess']
"""
    )
    assert role.trusts[0].services.value == ("lambda.amazonaws.com",)
    assert role.grants[0].all_resources.value is True
    assert role.session_hours.value == 2
    assert role.boundary.value.endswith("policy/edge")
    assert role.managed_admin.value == ("arn:aws:iam::aws:policy/AdministratorAccess",)
    assert rendered(role.managed_admin.at) == "template.yaml#/Resources/Agent/Properties/ManagedPolicyArns/0"


@pytest.mark.parametrize(
    ("resource", "everywhere"),
    [
        ("'*'", True),
        ("!GetAtt Bucket.Arn", False),
        ("!Sub '${Bucket.Arn}/*'", False),
        ("!Sub 'arn:aws:s3:::${Unheard}/*'", False),
        ("{'Fn::Join': ['', ['arn:aws:s3:::', {Ref: Bucket}, '/*']]}", False),
        ("!Ref Scope", True),
        ("!Ref Given", None),
        ("!ImportValue shared", None),
        ("!If [Wide, '*', !GetAtt Bucket.Arn]", True),
        ("!If [Narrow, '*', !GetAtt Bucket.Arn]", False),
        ("!If [Unsure, '*', !GetAtt Bucket.Arn]", None),
        ("!FindInMap [Scopes, !Ref 'AWS::Region', all]", True),
        ("[!GetAtt Bucket.Arn, !Ref 'AWS::NoValue']", False),
        ("!Select [1, !Split [',', 'a,*']]", True),
        ("!Select [9, !Split [',', 'a,*']]", None),
    ],
)
def test_a_resource_is_as_wide_as_its_functions_make_it(resource, everywhere):
    role = role_with(
        policy(resource),
        """
  Bucket: {Type: 'AWS::S3::Bucket'}
Parameters:
  Scope: {Type: String, Default: '*'}
  Given: {Type: String}
Mappings:
  Scopes: {eu-west-1: {all: '*'}, us-east-1: {all: '*'}}
Conditions:
  Wide: !Equals [!Ref Scope, '*']
  Narrow: !Not [{Condition: Wide}]
  Unsure: !And [!Equals [!Ref Given, x], {Condition: Wide}]
""",
    )
    fact = role.grants[0].all_resources
    assert (fact.value if isinstance(fact, Known) else None) is everywhere


def test_policies_of_other_resources_belong_to_the_role_they_name():
    role = role_with(
        "",
        """
  Inline:
    Type: AWS::IAM::Policy
    Properties:
      Roles: [!Ref Agent]
      PolicyDocument: {Statement: {Effect: Allow, Action: 'iam:PutRolePolicy', Resource: '*'}}
  ByName:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: !Ref Agent
      PolicyDocument: {Statement: {Effect: Allow, Action: 'sts:AssumeRole', Resource: '*'}}
""",
    )
    assert [g.actions.value for g in role.grants] == [("iam:PutRolePolicy",), ("sts:AssumeRole",)]
    assert role.escalations


@pytest.mark.parametrize(
    ("stated", "resource", "found"),
    [
        ("RoleName: !Sub 'web-deploy-${AWS::Region}'", "role/web-*", ["iam-005"]),
        ("RoleName: !Join ['-', [!Ref Given, deploy]]", "role/${Given}-*", ["iam-005"]),
        ("RoleName: !Sub '${Given}-deploy'", "role/${Other}-*", []),
        ("RoleName: !Sub '${Given}-deploy'", "role/${Given}-task", []),
        ("Path: /ci/\n      RoleName: web-deploy", "role/ci/*", ["iam-005"]),
        ("Path: /ci/\n      RoleName: web-deploy", "role/web-*", []),
        ("Description: left to the stack", "role/web-*", []),
        ("Description: left to the stack", "policy/held-*", ["iam-001"]),
        ("Description: left to the stack", "policy/other-*", []),
    ],
)
def test_a_role_that_may_change_itself_by_a_pattern_of_its_own_name(stated, resource, found):
    (role,) = resources(
        f"""
Parameters: {{Given: {{Type: String}}, Other: {{Type: String}}}}
Resources:
  Agent:
    Type: AWS::IAM::Role
    Properties:
      {stated}
      ManagedPolicyArns: [!Ref Held]
  Held:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: !Sub 'held-${{Given}}'
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: ['iam:PutRolePolicy', 'iam:CreatePolicyVersion']
            Resource: !Sub 'arn:aws:iam::${{AWS::AccountId}}:{resource}'
"""
    ).values()
    assert [way.id.value for way in role.facts.escalations] == found


@pytest.mark.parametrize("name", ["!Ref Given", "!Sub '${Given}-${AWS::StackName}-agent'"])
def test_who_names_a_role_by_the_parameters_that_name_it_means_that_role(name):
    found = resources(
        f"""
Parameters: {{Given: {{Type: String}}, Policy: {{Type: String}}}}
Resources:
  Agent: {{Type: AWS::IAM::Role, Properties: {{RoleName: {name}, ManagedPolicyArns: [
    !Sub 'arn:aws:iam::${{AWS::AccountId}}:policy/${{Policy}}']}}}}
  Named:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: !Ref Policy
      PolicyDocument: {{Statement: {{Effect: Allow, Action: 'sts:AssumeRole', Resource: '*'}}}}
  Naming:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Roles: [{name}]
      PolicyDocument: {{Statement: {{Effect: Allow, Action: 'iam:PutRolePolicy', Resource: '*'}}}}
"""
    )
    assert list(found) == ["Agent"]
    actions = [grant.actions.value for grant in found["Agent"].facts.grants]
    assert actions == [("iam:PutRolePolicy",), ("sts:AssumeRole",)]


@pytest.mark.parametrize(
    ("condition", "actions"),
    [
        ("!Equals [!Ref Given, x]", [("sqs:*",), ("s3:*",)]),
        ("!Equals [a, a]", [("sqs:*",)]),
        ("!Equals [a, b]", [("s3:*",)]),
    ],
)
def test_both_statements_count_between_which_a_deployment_decides(condition, actions):
    role = role_with(
        """
      Policies:
        - PolicyDocument:
            Statement:
              - !If
                - Asked
                - {Effect: Allow, Action: 'sqs:*', Resource: '*'}
                - Fn::If: [Asked, !Ref AWS::NoValue, {Effect: Allow, Action: 's3:*', Resource: '*'}]
""",
        f"Parameters: {{Given: {{Type: String}}}}\nConditions: {{Asked: {condition}}}\n",
    )
    assert [grant.actions.value for grant in role.grants] == actions


def test_conditions_within_conditions_end():
    entry = "{Effect: Allow, Action: 'sqs:*', Resource: '*'}"
    for _ in range(40):
        entry = f"!If [Asked, {entry}, {entry[:200]}]" if len(entry) < 200 else f"!If [Asked, {entry}, x]"
    role = role_with(f"\n      Policies: [{{PolicyDocument: {{Statement: [{entry}]}}}}]\n")
    assert role.grants or role.grants == ()


@pytest.mark.parametrize(
    ("said", "taker"),
    [
        ("RoleName: !Sub '${Env}-deployer'", "deployment"),
        ("Description: used by Terraform", "deployment"),
        ("RoleName: !Sub '${Env}-reader'", "anything"),
    ],
)
def test_what_a_template_says_of_a_role_tells_what_it_is_for(said, taker):
    trust = "{Statement: {Effect: Allow, Action: 'sts:AssumeRole', Principal: {AWS: !Ref AWS::AccountId}}}"
    found = resources(
        "Parameters: {Env: {Type: String}}\nResources:\n  Agent:\n    Type: AWS::IAM::Role\n    Properties:\n"
        f"      AssumeRolePolicyDocument: {trust}\n      {said}\n"
    )
    assert found["Agent"].facts.taken_by.value == taker


def test_two_imports_are_not_taken_for_one_name():
    found = resources(
        """
Resources:
  Agent: {Type: AWS::IAM::Role, Properties: {RoleName: !ImportValue One}}
  Naming:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Roles: [!ImportValue Other]
      PolicyDocument: {Statement: {Effect: Allow, Action: 'iam:PutRolePolicy', Resource: '*'}}
"""
    )
    assert list(found) == ["Agent", "Naming"]


@pytest.mark.parametrize("default", ["REPLACE_WITH_YOUR_BUCKET", "<bucket>", "your-bucket", "changeme", "placeholder"])
def test_a_default_that_asks_for_a_value_is_none(default):
    more = (
        policy("!Sub 'arn:aws:s3:::${Given}/*'") + f"\nParameters: {{Given: {{Type: String, Default: '{default}'}}}}\n"
    )
    role = role_with("", more)
    assert role.grants[0].resources.value == ("arn:aws:s3:::${Given}/*",)


def test_a_managed_policy_counts_where_it_is_attached_and_alone_otherwise():
    text = """
      ManagedPolicyArns: [!Ref Attached]
  Attached:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: '*'}}}
  Alone:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: '*'}}}
  Edge:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: {Effect: Allow, Action: '*', Resource: '*'}}}
  Bounded:
    Type: AWS::IAM::User
    Properties: {PermissionsBoundary: !Ref Edge}
"""
    found = resources(HEAD + ROLE + text)
    assert {name: r.facts.kind.value for name, r in found.items()} == {
        "Agent": "role",
        "Bounded": "user",
        "Alone": "policy",
        "Edge": "control_policy",
    }
    assert found["Agent"].facts.admin.value is True


def test_a_document_that_cannot_be_resolved_leaves_the_role_undecided():
    role = role_with("\n      Policies: [{PolicyName: P, PolicyDocument: !Transform {Name: 'AWS::Include'}}]\n")
    assert isinstance(role.grants[0], Unknown)
    assert isinstance(role.admin, Unknown)
    assert isinstance(role.escalations[0], Unknown)


def test_a_document_written_as_text_is_read_in_place():
    role = role_with(
        """
      Policies:
        - PolicyName: P
          PolicyDocument: !Sub '{"Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "${Scope}"}]}'
""",
        "\nParameters: {Scope: {Type: String, Default: '*'}}\n",
    )
    (grant,) = role.grants
    assert grant.whole_services.value == ("iam",)
    assert grant.all_resources.value is True
    start, end = grant.actions.at.within
    assert '{"Statement": [{"Effect": "Allow", "Action": "iam:*"'[start:end] == '"iam:*"'


def test_principals_of_the_own_account_are_not_foreign():
    text = ROLE.replace(
        "{Service: lambda.amazonaws.com}", "{AWS: [!Sub 'arn:aws:iam::${AWS::AccountId}:root', !GetAtt Other.Arn]}"
    )
    text += "\n  Other: {Type: 'AWS::IAM::Role'}\n"
    principals = resources(HEAD + text)["Agent"].facts.trusts[0].principals
    assert [(p.kind.value, p.external.value) for p in principals] == [("account", False), ("role", False)]


def test_a_regional_service_principal_is_the_service():
    text = ROLE.replace("lambda.amazonaws.com", "!Sub 'states.${AWS::Region}.amazonaws.com'")
    assert resources(HEAD + text)["Agent"].facts.trusts[0].services.value == ("states.amazonaws.com",)


def test_an_access_key_is_a_credential_of_its_user():
    text = """
Resources:
  Bot: {Type: 'AWS::IAM::User'}
  Key: {Type: 'AWS::IAM::AccessKey', Properties: {UserName: !Ref Bot}}
"""
    (key,) = resources(HEAD + text)["Bot"].facts.credentials
    assert key.never_expires.value is True
    assert rendered(key.at) == "template.yaml#/Resources/Key"


FUNCTION = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
"""


def test_a_function_has_the_role_that_sam_makes():
    text = """
      Policies:
        - AdministratorAccess
        - SSMParameterReadPolicy: {ParameterName: '*'}
        - Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: '*'}]
        - UnheardOfPolicy: {}
"""
    role = resources(FUNCTION + text)["Work"].facts
    assert role.kind.value == "role"
    assert role.trusts[0].services.value == ("lambda.amazonaws.com",)
    assert role.managed_admin.value == ("AdministratorAccess",)
    read = [g for g in role.grants if not isinstance(g, Unknown)]
    assert [g.name.value for g in read] == ["SSMParameterReadPolicy", "SSMParameterReadPolicy", "statement 1"]
    assert read[1].resources.value == ("arn:aws:ssm:${AWS.Region}:${AWS.AccountId}:parameter/*",)
    assert isinstance(role.grants[-1], Unknown)


def test_a_function_with_a_role_of_its_own_gets_none():
    assert not resources(FUNCTION + "      Role: arn:aws:iam::111122223333:role/x\n      Policies: [A]\n")


def test_policies_on_resources():
    text = """
Resources:
  Topic:
    Type: AWS::SNS::TopicPolicy
    Properties: {PolicyDocument: {Statement: {Effect: Allow, Principal: '*', Action: 'sns:Publish', Resource: '*'}}}
  Open: {Type: 'AWS::Lambda::Permission', Properties: {Action: 'lambda:InvokeFunction', Principal: '*'}}
  Guarded:
    Type: AWS::Lambda::Permission
    Properties: {Action: 'lambda:InvokeFunction', Principal: s3.amazonaws.com, SourceAccount: !Ref 'AWS::AccountId'}
"""
    found = {name: r.facts for name, r in resources(HEAD + text).items()}
    assert {name: facts.service.value for name, facts in found.items()} == {
        "Topic": "sns",
        "Open": "lambda",
        "Guarded": "lambda",
    }
    assert found["Open"].grants[0].principals[0].kind.value == "anyone"
    assert found["Open"].grants[0].conditioned is None
    assert found["Guarded"].grants[0].conditioned.value is True
    assert found["Guarded"].grants[0].principals[0].kind.value == "service"


def test_the_output_of_the_cdk_is_a_template():
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    properties = {"Policies": [{"PolicyDocument": {"Statement": [statement]}}]}
    template = {"Resources": {"AgentRole1A2B": {"Type": "AWS::IAM::Role", "Properties": properties}}}
    found = resources(json.dumps(template), "cdk.out/Stack.template.json")
    assert found["AgentRole1A2B"].facts.admin.value is True


@pytest.mark.parametrize(
    "text", ["Resources: {A: {Type: 'Custom::X'}}", "- AWS::IAM::Role", "Resources: AWS::IAM::Role"]
)
def test_what_only_mentions_a_type_is_left(text):
    assert not extracted(text).recognised


@pytest.mark.parametrize(
    ("code", "setting"),
    [("s3://code/" + "0a" * 16, "copied"), ("s3://code/release-1.zip", "production"), ("src/", "production")],
)
def test_what_a_tool_packaged_is_decided_about_in_its_source(code, setting):
    text = f"""{HEAD}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {code}
      Policies: [AdministratorAccess]
"""
    assert {resource.setting for resource in extracted(text).resources} == {setting}


@pytest.mark.parametrize(
    ("kind", "properties", "setting"),
    [
        ("AWS::Lambda::Function", "Code: {S3Bucket: code, S3Key: HASH}", "copied"),
        ("AWS::Lambda::Function", "Code: {S3Bucket: code, S3Key: releases/fn.zip}", "production"),
        ("AWS::CloudFormation::Stack", "TemplateURL: https://s3.eu-west-1.amazonaws.com/code/HASH.template", "copied"),
        ("AWS::CloudFormation::Stack", "TemplateURL: ./HASH.template", "production"),
        ("AWS::Serverless::LayerVersion", "ContentUri: s3://code/app/HASH", "copied"),
        ("AWS::Serverless::LayerVersion", "ContentUri: [HASH]", "production"),
    ],
)
def test_what_packaging_puts_into_a_bucket(kind, properties, setting):
    stated = properties.replace("HASH", "0a" * 16)
    more = f"  Packaged: {{Type: '{kind}', Properties: {{{stated}}}}}\n"
    found = extracted(HEAD + ROLE + "      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']\n" + more)
    assert {resource.setting for resource in found.resources} == {setting}


@pytest.mark.parametrize(("parameter", "setting"), [("Qualifier", "copied"), ("Stage", "production")])
def test_what_the_cdk_bootstraps_with_is_no_decision_of_the_repository(parameter, setting):
    text = f"""{HEAD}
Parameters: {{{parameter}: {{Type: String}}}}
Resources:
  CdkBootstrapVersion:
    Type: AWS::SSM::Parameter
    Properties: {{Type: String, Name: /cdk-bootstrap/version, Value: '21'}}
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']
      AssumeRolePolicyDocument:
        Statement: {{Effect: Allow, Action: sts:AssumeRole, Principal: {{Service: codebuild.amazonaws.com}}}}
"""
    assert {resource.setting for resource in extracted(text).resources} == {setting}


@pytest.mark.parametrize(("name", "told"), [("/app/table", []), ("app/table", ["never"])])
def test_a_stored_parameter_brings_its_own_slash(name, told):
    text = role_with(
        """
      Policies:
        - PolicyName: read
          PolicyDocument:
            Statement: {Effect: Allow, Action: ssm:GetParameter, Resource: !Sub "arn:aws:ssm:eu-west-1:1:parameter${Table}"}
""",
        f"""
  Table:
    Type: AWS::SSM::Parameter
    Properties: {{Name: {name}, Type: String, Value: x}}
""",
    )
    assert [slip.leads_to.value for slip in text.slips] == told


@pytest.mark.parametrize("kind", ["AWS::DMS::Endpoint", "AWS::DirectoryService::SimpleAD", "AWS::Amplify::App"])
def test_a_template_counts_whatever_its_resources_are(kind):
    text = f"Resources:\n  Store:\n    Type: {kind}\n    Properties:\n      Password: {'gT5#mQ9w' + 'Zx2!pL8v'!r}\n"
    claim = next(claim for claim in CLAIMS if claim.format == "aws-cloudformation")
    assert any(probe in text.encode() for probe in claim.probe)
    assert [found.kind for found in extracted(text).resources] == ["credential"]


def test_a_key_that_names_its_user_is_that_users():
    users = "  Bot: {Type: 'AWS::IAM::User', Properties: {UserName: deploy-bot}}\n"
    keys = "".join(
        f"  K{n}: {{Type: 'AWS::IAM::AccessKey', Properties: {{UserName: {name}}}}}\n"
        for n, name in enumerate(["deploy-bot", "elsewhere", "!Ref Name"])
    )
    held = {found.name: len(found.facts.credentials) for found in extracted(f"Resources:\n{users}{keys}").resources}
    assert held["deploy-bot"] == held["elsewhere"] == 1
    assert "Name" not in held


@pytest.mark.parametrize(("kind", "expected"), [("SERVICE_CONTROL_POLICY", ["guard"]), ("TAG_POLICY", [])])
def test_a_policy_of_an_organisation_only_ever_limits(kind, expected):
    content = "{Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}"
    properties = f"{{Name: guard, Type: {kind}, Content: {content}}}"
    found = resources(HEAD + f"Resources: {{G: {{Type: 'AWS::Organizations::Policy', Properties: {properties}}}}}\n")
    assert list(found) == expected
    assert [value.facts.kind.value for value in found.values()] == ["control_policy"] * len(expected)


def test_the_reference_to_a_provider_is_its_arn():
    role = resources(
        HEAD
        + """
Resources:
  Provider: {Type: AWS::IAM::OIDCProvider, Properties: {Url: https://token.actions.githubusercontent.com}}
  Pipeline:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          Effect: Allow
          Action: sts:AssumeRoleWithWebIdentity
          Principal: {Federated: !Ref Provider}
          Condition: {StringLike: {'token.actions.githubusercontent.com:sub': 'repo:acme/*:*'}}
"""
    )["Pipeline"].facts
    (trust,) = role.trusts
    assert (trust.issuer_kind.value, trust.subject_scope.value) == ("github", "organization")


@pytest.mark.parametrize(
    ("action", "principal", "taker"),
    [
        ("RoleArn: !GetAtt Agent.Arn", "{AWS: 'arn:aws:iam::111122223333:root'}", "definition"),
        ("RoleArn: !GetAtt Agent.Arn", "{Service: lambda.amazonaws.com}", "anything"),
        ("RoleArn: !GetAtt Other.Arn", "{AWS: 'arn:aws:iam::111122223333:root'}", "anything"),
    ],
)
def test_a_role_that_an_action_of_a_pipeline_runs_with(action, principal, taker):
    statement = f"{{Effect: Allow, Action: 'sts:AssumeRole', Principal: {principal}}}"
    role = f"{{Type: 'AWS::IAM::Role', Properties: {{AssumeRolePolicyDocument: {{Statement: {statement}}}}}}}"
    stages = f"[{{Actions: [{{Name: Deploy, {action}}}]}}]"
    pipeline = f"{{Type: 'AWS::CodePipeline::Pipeline', Properties: {{Stages: {stages}}}}}"
    found = resources(HEAD + f"Resources:\n  Agent: {role}\n  Pipeline: {pipeline}\n")
    assert found["Agent"].facts.taken_by.value == taker


@pytest.mark.parametrize(
    ("given", "only_starts"),
    [
        ("ExecutionRoleArn: !GetAtt Agent.Arn", True),
        ("ExecutionRoleArn: !If [Own, !GetAtt Agent.Arn, !Ref AWS::NoValue]", True),
        ("TaskRoleArn: !GetAtt Agent.Arn", None),
        ("ExecutionRoleArn: !GetAtt Agent.Arn; TaskRoleArn: !GetAtt Agent.Arn", None),
        ("ExecutionRoleArn: !GetAtt Other.Arn", None),
    ],
)
def test_a_role_that_only_starts_tasks_is_none_of_their_code(given, only_starts):
    given = given.replace("; ", "\n      ")
    task = f"  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      {given}\n"
    assert value_of(role_with("", task).starts_tasks) is only_starts


@pytest.mark.parametrize(
    ("user", "added", "managed"),
    [
        ("{Groups: [!Ref Team]}", "", ("arn:aws:iam::aws:policy/AdministratorAccess",)),
        ("{UserName: bot}", "{GroupName: !Ref Team, Users: [bot]}", ("arn:aws:iam::aws:policy/AdministratorAccess",)),
        ("{UserName: bot}", "{GroupName: !Ref Team, Users: [other]}", None),
        ("{Groups: [!Ref Team], LoginProfile: {Password: !Ref Given}}", "", None),
    ],
)
def test_a_user_with_a_key_has_what_its_group_has(user, added, managed):
    addition = f"Added: {{Type: AWS::IAM::UserToGroupAddition, Properties: {added}}}" if added else ""
    found = resources(
        f"""
Parameters: {{Given: {{Type: String}}}}
Resources:
  Bot: {{Type: AWS::IAM::User, Properties: {user}}}
  Key: {{Type: AWS::IAM::AccessKey, Properties: {{UserName: !Ref Bot}}}}
  {addition}
  Team:
    Type: AWS::IAM::Group
    Properties: {{ManagedPolicyArns: [arn:aws:iam::aws:policy/AdministratorAccess]}}
"""
    )
    bot = found.get("Bot") or found["bot"]
    assert (value_of(bot.facts.managed_admin) if bot.facts.managed_admin else None) == managed
