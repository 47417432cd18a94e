"""A saved plan carries the values of its variables into the artifact that holds it."""

from __future__ import annotations

import pytest

from nhilint.formats.github.plan_artifacts import secrets_of_plan
from nhilint.formats.node import Node
from nhilint.source.document import Syntax, read

KEY = "${{ secrets.API_KEY }}"


def held(script, path="tfplan", env="", step_env=""):
    text = (
        f"env: {{{env}}}\nsteps:\n  - env: {{{step_env}}}\n    run: |\n      {script}\n  - with: {{path: '{path}'}}\n"
    )
    root = Node.root(read(".github/workflows/plan.yml", text.encode(), Syntax.YAML))
    steps = list(root["steps"].items())
    found = secrets_of_plan(steps[1]["with"], steps[:1], (root["env"],))
    return found.value if found is not None else ()


@pytest.mark.parametrize(
    "script",
    [
        f"terraform plan -out=tfplan -var api_key={KEY}",
        f'terraform plan -out tfplan -var="api_key={KEY}"',
        f"tofu -chdir=infra plan -var='api_key={KEY}' -out=./tfplan",
    ],
)
def test_a_secret_that_fills_a_variable_lies_in_the_plan(script):
    assert held(script) == ("API_KEY",)
    assert held(script, path="infra/tfplan") == ("API_KEY",)


def test_a_secret_comes_through_variables_of_the_environment_too():
    assert held("terraform plan -out=tfplan", env=f"TF_VAR_api_key: '{KEY}'") == ("API_KEY",)
    assert held("terraform plan -out=tfplan", step_env=f"TF_VAR_api_key: '{KEY}'") == ("API_KEY",)
    through = 'terraform plan -out=tfplan -var="api_key=${GIVEN:-}"'
    assert held(through, step_env=f"GIVEN: '{KEY}'") == ("API_KEY",)


@pytest.mark.parametrize(
    ("script", "path", "env"),
    [
        (f"terraform plan -out=tfplan -var api_key={KEY}", "plan.txt", ""),
        (f"terraform plan -out=other -var api_key={KEY}", "tfplan", ""),
        (f"terraform plan -var api_key={KEY}", "tfplan", ""),
        (f"terraform plan -out=tfplan -var region={KEY}", "tfplan", ""),
        ("terraform plan -out=tfplan -var api_key=${{ secrets.SUBSCRIPTION_ID }}", "tfplan", ""),
        ("terraform plan -out=tfplan", "tfplan", f"API_KEY: '{KEY}'"),
        ("terraform apply tfplan", "tfplan", f"TF_VAR_api_key: '{KEY}'"),
    ],
)
def test_another_file_and_another_value_say_nothing(script, path, env):
    assert held(script, path=path, env=env) == ()
