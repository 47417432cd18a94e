"""Recall over places and shapes: a made-up credential is found wherever infrastructure code can hold one."""

from __future__ import annotations

import json
from base64 import b64encode
from random import Random
from string import ascii_letters, digits

import pytest

from nhilint.knowledge.credentials.sample import sample
from tests.formats.written_secrets.test_infrastructure_code import found

DRAW = Random(11)


def drawn(length, letters=ascii_letters + digits):
    return "".join(DRAW.choices(letters, k=length))


VALUES = {
    "the secret of an AWS key": drawn(40, ascii_letters + digits + "+/"),
    "a password": "Tr0ub" + drawn(9),
    "a token of a provider": sample("github-pat-classic"),
    "forty hexadecimal digits": drawn(40, "0123456789abcdef"),
}
EXPORT = "export AWS_SECRET_ACCESS_KEY="
ARM = {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"}


def encoded(text):
    return b64encode(text.encode()).decode()


def resource(kind, body):
    return "main.tf", f'resource "{kind}" "a" {{\n  {body}\n}}\n'


def stack(kind, properties):
    body = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"A": {"Type": kind, "Properties": properties}}}
    return "stack.json", json.dumps(body)


def machine(profile):
    kind = {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2023-03-01", "name": "x"}
    return "azuredeploy.json", json.dumps(ARM | {"resources": [kind | {"properties": {"osProfile": profile}}]})


def bicep(profile):
    kind = "Microsoft.Compute/virtualMachines@2023-03-01"
    return (
        "main.bicep",
        f"resource vm '{kind}' = {{\n  name: 'x'\n  properties: {{\n    osProfile: {profile}\n  }}\n}}\n",
    )


def secret(field, key, value):
    return "secret.yaml", f'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n{field}:\n  {key}: "{value}"\n'


def registry(account):
    return secret("data", ".dockerconfigjson", encoded(json.dumps({"auths": {"ghcr.io": account}})))


PLACES = {
    "provider": lambda v: ("main.tf", f'provider "aws" {{\n  access_key = "x"\n  secret_key = "{v}"\n}}\n'),
    "user_data as a heredoc": lambda v: resource("aws_instance", f"user_data = <<EOF\n#!/bin/bash\n{EXPORT}{v}\nEOF"),
    "user_data in one line": lambda v: resource("aws_instance", f'user_data = "{EXPORT}{v}"'),
    "user_data encoded": lambda v: resource(
        "aws_instance", f'user_data_base64 = "{encoded(f"#!/bin/bash{chr(10)}{EXPORT}{v}{chr(10)}")}"'
    ),
    "user_data of a launch template": lambda v: resource(
        "aws_launch_template", f"user_data = base64encode(<<EOF\n#!/bin/bash\n{EXPORT}{v}\nEOF\n)"
    ),
    "environment of a function": lambda v: resource(
        "aws_lambda_function", f'environment {{\n    variables = {{\n      secret_key = "{v}"\n    }}\n  }}'
    ),
    "environment of a build": lambda v: resource(
        "aws_codebuild_project",
        f'environment {{\n  environment_variable {{\n    name = "API_TOKEN"\n    value = "{v}"\n  }}\n  }}',
    ),
    "container definitions": lambda v: resource(
        "aws_ecs_task_definition",
        f'container_definitions = jsonencode([{{name="x", environment=[{{name="API_TOKEN", value="{v}"}}]}}])',
    ),
    "container definitions as a heredoc": lambda v: resource(
        "aws_ecs_task_definition",
        f'container_definitions = <<EOF\n[{{"name":"x","environment":[{{"name":"API_TOKEN","value":"{v}"}}]}}]\nEOF',
    ),
    "custom_data in one line": lambda v: resource(
        "azurerm_linux_virtual_machine", f'custom_data = base64encode("{EXPORT}{v}")'
    ),
    "user_data_raw in one line": lambda v: resource("tencentcloud_instance", f'user_data_raw = "{EXPORT}{v}"'),
    "custom_data as a heredoc": lambda v: resource(
        "azurerm_virtual_machine", f"os_profile {{\n    custom_data = <<EOF\n{EXPORT}{v}\nEOF\n  }}"
    ),
    "admin_password": lambda v: resource("azurerm_linux_virtual_machine", f'admin_password = "{v}"'),
    "secret version": lambda v: resource("aws_secretsmanager_secret_version", f'secret_string = "{v}"'),
    "secret version of fields": lambda v: resource(
        "aws_secretsmanager_secret_version", f'secret_string = jsonencode({{username="a", password="{v}"}})'
    ),
    "secure parameter": lambda v: resource(
        "aws_ssm_parameter", f'type  = "SecureString"\n  name  = "/x"\n  value = "{v}"'
    ),
    "startup script": lambda v: resource("google_compute_instance", f'metadata_startup_script = "{EXPORT}{v}"'),
    "startup script in metadata": lambda v: resource(
        "google_compute_instance", f'metadata = {{\n    startup-script = "{EXPORT}{v}"\n  }}'
    ),
    "Secret of Kubernetes": lambda v: resource("kubernetes_secret", f'data = {{\n    password = "{v}"\n  }}'),
    "value of a chart": lambda v: resource(
        "helm_release", f'set_sensitive {{\n    name  = "auth.password"\n    value = "{v}"\n  }}'
    ),
    "values of a chart": lambda v: resource(
        "helm_release", f"values = [<<EOF\nauth:\n  password: {v}\n  user: app\nEOF\n  ]"
    ),
    "default of a variable": lambda v: ("main.tf", f'variable "secret_key" {{\n  default = "{v}"\n}}\n'),
    "local": lambda v: ("main.tf", f'locals {{\n  aws_secret_access_key = "{v}"\n}}\n'),
    "tfvars": lambda v: ("prod.tfvars", f'aws_secret_key = "{v}"\n'),
    "UserData": lambda v: stack("AWS::EC2::Instance", {"UserData": {"Fn::Base64": f"#!/bin/bash\n{EXPORT}{v}\n"}}),
    "Environment": lambda v: stack("AWS::Lambda::Function", {"Environment": {"Variables": {"secret_key": v}}}),
    "ContainerDefinitions": lambda v: stack(
        "AWS::ECS::TaskDefinition", {"ContainerDefinitions": [{"Environment": [{"Name": "API_TOKEN", "Value": v}]}]}
    ),
    "MasterUserPassword": lambda v: stack("AWS::RDS::DBInstance", {"MasterUserPassword": v}),
    "SecretString": lambda v: stack("AWS::SecretsManager::Secret", {"SecretString": v}),
    "adminPassword": lambda v: machine({"adminPassword": v}),
    "customData": lambda v: machine({"customData": f"[base64('{EXPORT}{v}')]"}),
    "customData encoded": lambda v: machine({"customData": encoded(f"#!/bin/bash\n{EXPORT}{v}\n")}),
    "defaultValue": lambda v: (
        "azuredeploy.json",
        json.dumps(ARM | {"parameters": {"p": {"type": "secureString", "defaultValue": v}}, "resources": []}),
    ),
    "adminPassword of Bicep": lambda v: bicep(f"{{\n      adminPassword: '{v}'\n    }}"),
    "customData of Bicep": lambda v: bicep(f"{{\n      customData: base64('{EXPORT}{v}')\n    }}"),
    "data": lambda v: secret("data", "AWS_SECRET_ACCESS_KEY", encoded(v)),
    "stringData": lambda v: secret("stringData", "secret_key", v),
    "a file in data": lambda v: secret("data", "credentials", encoded(f"[default]\naws_secret_access_key={v}\n")),
    "registry account": lambda v: registry({"username": "bot", "password": v}),
    "registry account, encoded": lambda v: registry({"auth": encoded(f"bot:{v}")}),
}


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("place", PLACES)
def test_a_credential_is_found(place, value):
    path, text = PLACES[place](VALUES[value])
    credentials = found(path, text)
    assert credentials
    assert VALUES[value] not in repr(credentials)


@pytest.mark.parametrize("place", PLACES)
def test_a_documented_example_is_none(place):
    path, text = PLACES[place]("wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY")
    assert found(path, text) == []
