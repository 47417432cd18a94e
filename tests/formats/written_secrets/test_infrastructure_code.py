"""Which credentials in clear are found in Terraform, CloudFormation, ARM, Bicep, Pulumi and Serverless files."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.registry import Recogniser, claims, reader_of
from nhilint.formats.written_secrets.reading import spells_a_stand_in
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import value_of
from nhilint.source.document import read
from nhilint.testing import rendered

PASSWORD = "Xk4-" + "mWp7Rt" + "qZv2Lb9N"
TOKEN = sample("github-pat-classic")
KEY_ID = sample("aws-access-key-id")
RECOGNISER = Recogniser(claims())


def found(path: str, text: str):
    data = text.encode()
    for claim in RECOGNISER.recognise(path, data):
        extraction = reader_of(claim).extract(read(path, data, claim.syntax), claim)
        if extraction.recognised:
            return [one for one in extraction.resources if one.kind == "credential"]
    return []


def places(path: str, text: str) -> list[str]:
    return [rendered(one.at).partition("#")[2] for one in found(path, text)]


def test_arguments_defaults_and_modules_of_terraform_are_read():
    text = f"""
    variable "db_password" {{ default = "{PASSWORD}" }}
    locals {{ api_token = "{PASSWORD}" }}
    resource "aws_db_instance" "main" {{ password = "{PASSWORD}" }}
    module "service" {{
      source  = "./service"
      secrets = {{ client_secret = "{PASSWORD}" }}
    }}
    """
    assert places("main.tf", text) == [
        "/resource/aws_db_instance/main/0/password",
        "/module/service/0/secrets/client_secret",
        "/variable/db_password/0/default",
        "/locals/0/api_token",
    ]


@pytest.mark.parametrize(("variable", "name"), [("cloudflare", "cloudflare_token"), ("service", "service_token")])
def test_a_part_of_a_variable_bears_the_name_of_the_whole(variable, name):
    (one,) = found("main.tf", f'variable "{variable}" {{ default = {{ token = "{PASSWORD}", region = "eu" }} }}')
    assert one.name == name


@pytest.mark.parametrize(
    "said",
    [
        "var.db_password",
        '"${var.db_password}"',
        "random_password.main.result",
        "data.aws_secretsmanager_secret_version.main.secret_string",
        '""',
        '"changeme"',
        '"your-password-here"',
        '"prod/main/db"',
        '"arn:aws:secretsmanager:eu-west-1:111122223333:secret:main-AbCdEf"',
        "file(var.path)",
        "null",
    ],
)
def test_a_reference_or_placeholder_is_none(said):
    assert not found("main.tf", f'resource "aws_db_instance" "main" {{ password = {said} }}')


def test_the_schema_marks_what_the_name_does_not():
    secret = f'resource "aws_secretsmanager_secret_version" "main" {{ secret_string = "{PASSWORD}" }}'
    assert places("main.tf", secret) == ["/resource/aws_secretsmanager_secret_version/main/0/secret_string"]
    other = f'resource "aws_other" "secret_main" {{ secret_string = "{PASSWORD}" }}'
    assert not found("main.tf", other)
    parameter = 'resource "aws_ssm_parameter" "main" {{ type = "{}", value = "{}" }}'.replace(", value", "\n value")
    assert found("main.tf", parameter.format("SecureString", PASSWORD) + "# secret")
    assert not found("main.tf", parameter.format("String", PASSWORD) + "# secret")


def test_the_name_beside_a_value_counts():
    text = f'resource "helm_release" "x" {{\n set {{\n name = "auth.password"\n value = "{PASSWORD}"\n }}\n}}'
    assert places("main.tf", text) == ["/resource/helm_release/x/0/set/0/value"]
    assert not found("main.tf", text.replace("auth.password", "auth.secret name"))


def test_a_start_script_is_read_line_by_line():
    script = f"#!/bin/bash\nexport DB_PASSWORD='{PASSWORD}'\nexport API_TOKEN=$(get)\ngit clone https://{TOKEN}@github.com/a/b\n"
    text = 'resource "aws_instance" "x" {\n user_data = <<EOF\n' + script + "EOF\n}\n"
    held = found("main.tf", text)
    assert [value_of(one.facts.shaped) for one in held] == [True, False]
    encoded = base64.b64encode(script.encode()).decode()
    assert len(found("main.tf", f'resource "aws_instance" "x" {{ user_data_base64 = "{encoded}" }}')) == 1


def test_a_document_inside_a_text_is_entered():
    inner = json.dumps([{"environment": [{"name": "DB_PASSWORD", "value": PASSWORD}]}])
    text = 'resource "aws_ecs_task_definition" "x" {\n container_definitions = <<EOF\n' + inner + "\nEOF\n}\n"
    held = found("main.tf", text)
    assert [one.name for one in held] == ["DB_PASSWORD of aws_ecs_task_definition.x"]
    encoded = text.replace(
        "<<EOF\n" + inner + "\nEOF", f"jsonencode({inner})".replace('"environment":', "environment =")
    )
    assert len(found("main.tf", encoded)) == 1


def test_the_id_of_a_key_alone_opens_nothing():
    assert not found("main.tf", f'provider "aws" {{ access_key = "{KEY_ID}" }}')


def test_a_word_that_stands_for_a_password_is_told_apart():
    held = found("main.tf", 'resource "aws_db_instance" "x" { password = "P@ssw0rdForTheDb7x" }')
    assert [value_of(one.facts.stand_in) for one in held] == [True]
    held = found("main.tf", f'resource "aws_db_instance" "x" {{ password = "{PASSWORD}" }}')
    assert [value_of(one.facts.stand_in) for one in held] == [False]


def test_files_of_variables_are_read_under_any_name():
    assert places("prod.tfvars", f'db_password = "{PASSWORD}"\nregion = "eu-west-1"') == ["/db_password"]
    assert places("terraform.tfvars", f'db_password = "{PASSWORD}"') == ["/db_password"]


def test_a_parameter_that_is_hidden_still_has_its_default():
    text = f"""
    Parameters:
      Opening: {{Type: String, NoEcho: true, Default: {PASSWORD}}}
      Shown: {{Type: String, Default: {PASSWORD}}}
      Stored: {{Type: "AWS::SSM::Parameter::Value<String>", NoEcho: true, Default: {PASSWORD}}}
    Resources:
      F:
        Type: AWS::Lambda::Function
        Properties:
          Environment: {{Variables: {{API_TOKEN: {PASSWORD}, OTHER_TOKEN: !Ref Opening}}}}
          Password: "{{{{resolve:secretsmanager:main:SecretString:password}}}}"
    """
    assert places("t.yaml", text) == [
        "/Parameters/Opening/Default",
        "/Resources/F/Properties/Environment/Variables/API_TOKEN",
    ]


def test_arm_bicep_and_parameter_files_are_read():
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    template = {
        "$schema": schema,
        "parameters": {
            "opening": {"type": "securestring", "defaultValue": PASSWORD},
            "other": {"type": "securestring", "defaultValue": "[newGuid()]"},
        },
        "resources": [{"properties": {"siteConfig": {"appSettings": [{"name": "API_TOKEN", "value": PASSWORD}]}}}],
    }
    assert places("t.json", json.dumps(template)) == [
        "/parameters/opening/defaultValue",
        "/resources/0/properties/siteConfig/appSettings/0/value",
    ]
    given_ = {"$schema": schema.replace("Template", "Parameters"), "parameters": {"adminPassword": {"value": PASSWORD}}}
    assert places("t.parameters.json", json.dumps(given_)) == ["/parameters/adminPassword/value"]
    bicep = f"@secure()\nparam opening string = '{PASSWORD}'\n\nparam shown string = '{PASSWORD}'\nmodule m 'm.bicep' = {{\n name: 'm'\n params: {{ adminPassword: '{PASSWORD}' }}\n}}\n"
    held = found("main.bicep", bicep)
    assert [bicep[slice(*one.at.within)] for one in held] == [PASSWORD, PASSWORD]


def test_a_bicep_file_of_parameters_alone_is_read():
    assert len(found("main.bicep", f"@secure()\nparam opening string = '{PASSWORD}'\n")) == 1
    assert not found("main.bicep", "@secure()\nparam opening string\n")


def test_pulumi_and_serverless_are_read():
    stack = f"config:\n  app:dbPassword: {PASSWORD}\n  app:token:\n    secure: {PASSWORD}\n"
    assert places("Pulumi.prod.yaml", stack) == ["/config/app:dbPassword"]
    service = f"provider:\n  name: aws\n  environment:\n    API_TOKEN: {PASSWORD}\n    OTHER_TOKEN: ${{env:TOKEN}}\n"
    assert places("serverless.yml", service) == ["/provider/environment/API_TOKEN"]


odd = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([PASSWORD, "", "[", "{", '{"password": 1}', "securestring"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["password", "name", "value", "Default", "type", "Fn::Sub", "user_data", "Properties", "R"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=12,
)
PARTS = ["Resources", "Parameters", "parameters", "resources", "config", "provider", "resource", "variable", "locals"]


@given(st.dictionaries(st.sampled_from(PARTS), odd, max_size=4))
@settings(max_examples=60, deadline=None)
def test_odd_files_are_read_or_left(value):
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    for name, content in (
        ("t.json", {**value, "$schema": schema}),
        ("t.template", {**value, "X": "NoEcho"}),
        ("Pulumi.dev.yaml", value),
        ("serverless.yml", {**value, "custom": {}}),
        ("m.tf.json", {**value, "x": "aws_iam_"}),
    ):
        for one in found(name, json.dumps(content)):
            activate(one.facts)


def test_a_large_file_is_read_in_bounded_work():
    many = "\n".join(f'  password{index} = "{PASSWORD}{index}"' for index in range(5_000))
    assert len(found("main.tf", f"locals {{\n{many}\n}}")) == 300


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("moodle_pass_123", True),
        ("graph-pwd", True),
        ("P@ssw0rd1", True),
        ("thisIsKat11", True),
        ("Mustbe8characters", True),
        ("compass_rose_7", False),
        ("trespass9", False),
    ],
)
def test_a_word_for_a_password_inside_of_one(value, is_one):
    assert spells_a_stand_in(value) is is_one


def test_lists_of_terraform_that_are_joined_or_chosen_by_a_condition_are_entered():
    text = f"""
resource "aws_ecs_task_definition" "app" {{
  container_definitions = jsonencode([{{
    environment = concat(
      [{{ name = "MODE", value = "live" }}],
      each.key == "users" ? [{{ name = "CODEF_CLIENT_SECRET", value = "{PASSWORD}" }}] : [],
      var.on ? [] : (var.two ? [{{ name = "SECOND_PASSWORD", value = "{PASSWORD}x" }}] : []),
      each.key == "none" ? [] : [{{ name = "THIRD_PASSWORD", value = var.third }}],
    )
  }}])
}}
"""
    credentials = found("main.tf", text)
    assert [value_of(one.facts.name).partition(" ")[0] for one in credentials] == [
        "CODEF_CLIENT_SECRET",
        "SECOND_PASSWORD",
    ]
    assert len({one.facts.at for one in credentials}) == 2
