"""Which functions turn away callers without a proof, by the code that their handler names."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.app_code.function_callers import asks_for_proof, with_callers_asked
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

ASKS = """import os
def key_of():
    return os.environ["KEY"]
def run(event, context):
    expected = os.environ["KEY"]
    given = event["headers"].get("key")
    if given != expected:
        return {"statusCode": 401}
    return {"statusCode": 200}
"""
DIGEST = """def run(event, context):
    made = "{0}".format(
                        hmac.new(KEY, event["body"].encode()).hexdigest())
    if made != event["headers"]["sign"]:
        return dict(statusCode=403)
"""
LIBRARY = """const known = (a, b) => crypto.timingSafeEqual(a, b)
export const run = async (event) => {
  if (!known(event.headers.sign, SIGN)) {
    return { statusCode: 401, body: "" }
  }
}
"""
VARIABLE = """exports.run = async (event) => {
  if (event.headers.key !== process.env.KEY) return { statusCode: 403 }
}
"""


@pytest.mark.parametrize("code", [ASKS, DIGEST, LIBRARY, VARIABLE])
def test_code_that_turns_strangers_away(code):
    assert asks_for_proof(code, "run")
    assert not asks_for_proof(code, "other")


@pytest.mark.parametrize(
    "code",
    [
        ASKS.replace("401", "400"),
        ASKS.replace("expected = os.environ", "expected = names"),
        ASKS.replace('expected = os.environ["KEY"]', 'expected = event["secret"]'),
        ASKS.replace("given != expected", 'expected == "dev"'),
        ASKS.replace("    given =", '    if event["path"] == "/":\n        return {}\n    given ='),
        ASKS.replace("    if given", "    # if given"),
        ASKS.replace('        return {"statusCode": 401}', '        # return {"statusCode": 401}'),
        ASKS.replace("def run", "def other").replace("def key_of", "def run"),
        LIBRARY.replace("401", "200"),
        "def run(event, context):\n    jwt.decode(t, options={'verify_signature': False})\n    return {'statusCode': 401}\n",
    ],
)
def test_code_that_lets_somebody_in(code):
    assert not asks_for_proof(code, "run")


MODULE = """
data "archive_file" "hook" {
  source_dir  = "${path.module}/../src/hook"
  output_path = "hook.zip"
}
resource "aws_lambda_function" "hook" {
  filename = %s
  handler  = "index.run"
}
resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE"
}
"""
PACKED = MODULE % "data.archive_file.hook.output_path"
ELSEWHERE = MODULE % "var.built"
SAM = """Transform: AWS::Serverless-2016-10-31
Resources:
  Hook:
    Type: AWS::Serverless::Function
    Properties: {Handler: index.run, CodeUri: src/hook/, FunctionUrlConfig: {AuthType: NONE}}
"""
SERVICE = "service: hook\nprovider: {name: aws}\nfunctions:\n  hook: {handler: src/hook/index.run, url: true}\n"


def checks(*files):
    tree = tree_of(files)
    linked = link(gather(tree, Settings(root=Path(), now=WHEN)).resources)
    policies = [one.facts for one in with_callers_asked(linked, tree) if one.kind == "resource_policy"]
    return [value_of(one.checks_callers) for one in policies]


@pytest.mark.parametrize(
    "declared", [("infra/main.tf", PACKED), ("main.tf", ELSEWHERE), ("template.yaml", SAM), ("serverless.yml", SERVICE)]
)
def test_the_file_that_a_handler_names(declared):
    assert checks(declared, ("src/hook/index.py", ASKS)) == [True]
    assert checks(declared, ("src/hook/index.py", ASKS.replace("401", "400"))) == [None]
    assert checks(declared, ("src/hook/index.py", ASKS), ("src/hook/index.js", VARIABLE)) == [None]
    assert checks(declared) == [None]


def test_a_file_of_another_folder_is_another_function():
    assert checks(("infra/main.tf", PACKED), ("src/other/index.py", ASKS)) == [None]
    assert checks(("main.tf", ELSEWHERE), ("a/index.py", ASKS), ("b/index.py", "def run(event, context): pass")) == [
        None
    ]
