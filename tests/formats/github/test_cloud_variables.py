"""Scripts sign in to Azure and AWS by a stored key in their variables, or by the job's own token."""

from __future__ import annotations

import pytest

from nhilint.formats.github.cloud_variables import signs_in_by_variables
from nhilint.formats.node import Node
from nhilint.source.document import Syntax, read

KEY = "ARM_CLIENT_SECRET: '${{ secrets.KEY }}'"


def places(*steps, job="", workflow=""):
    """Which steps of a job sign in, by their numbers, and the route of the secret."""
    lines = [f"env: {{{workflow}}}", "jobs:", "  plan:", f"    env: {{{job}}}", "    steps:"]
    text = "\n".join([*lines, *(f"      - {step}" for step in steps)])
    root = Node.root(read(".github/workflows/plan.yml", text.encode(), Syntax.YAML))
    body = root["jobs"]["plan"]
    found = [
        signs_in_by_variables(step["run"], (step["env"], body["env"], root["env"]), body)
        for step in body["steps"].items()
    ]
    return [(number, one.at.pointer) for number, one in enumerate(found) if one is not None]


@pytest.mark.parametrize(
    ("script", "works"),
    [
        ("terraform plan -out tfplan", True),
        ("cd infra && tofu apply -auto-approve", True),
        ("terraform -chdir=infra init", True),
        ("terragrunt run-all plan", True),
        ("terraform fmt -check", False),
        ("echo terraform plan", False),
        ("make plan", False),
    ],
)
def test_commands_that_sign_in(script, works):
    assert bool(places(f"run: {script}", job=KEY)) is works


def test_one_step_of_a_job_says_it_for_all():
    assert places("run: terraform init", "run: terraform plan", job=KEY) == [(0, ("jobs", "plan", "env", KEY[:17]))]


def test_a_secret_of_the_step_itself_is_told_there():
    own = f"{{run: terraform plan, env: {{{KEY}}}}}"
    assert places("run: terraform init", own) == [(1, ("jobs", "plan", "steps", 1, "env", KEY[:17]))]


@pytest.mark.parametrize(
    "job",
    [
        "ARM_CLIENT_SECRET: '${{ secrets.KEY }}', ARM_USE_OIDC: true",
        "ARM_CLIENT_SECRET: '${{ steps.esc.outputs.KEY }}'",
        "ARM_CLIENT_SECRET: ''",
        "",
    ],
)
def test_what_holds_no_stored_secret_or_does_not_use_it(job):
    assert places("run: terraform plan", job=job) == []


def test_the_switch_may_be_off():
    assert places("run: terraform plan", job="ARM_CLIENT_SECRET: '${{ secrets.KEY }}', ARM_USE_OIDC: false")


AWS_KEY = "AWS_ACCESS_KEY_ID: '${{ secrets.CI_KEY_ID }}'"
REGION = "AWS_REGION: eu-west-1"


@pytest.mark.parametrize(
    ("script", "works"),
    [
        ("terraform apply -auto-approve", True),
        ("aws s3 sync site s3://site", True),
        ("npx cdk deploy --all", True),
        ("aws configure set region eu-west-1", False),
        ("aws --version", False),
        ("aws s3 sync site s3://site --endpoint-url https://store.example", False),
        ("make deploy", False),
    ],
)
def test_commands_that_sign_in_to_aws(script, works):
    assert bool(places(f"run: {script}", job=f"{AWS_KEY}, {REGION}")) is works


@pytest.mark.parametrize(
    ("job", "told"),
    [
        (f"{AWS_KEY}, AWS_DEFAULT_REGION: '${{{{ vars.AWS_REGION }}}}'", True),
        (AWS_KEY, False),
        (f"{AWS_KEY}, AWS_REGION: auto", False),
        (f"{AWS_KEY}, {REGION}, AWS_SESSION_TOKEN: x", False),
        (f"{AWS_KEY}, {REGION}, AWS_ENDPOINT_URL_S3: 'https://store.example'", False),
        (f"AWS_ACCESS_KEY_ID: '${{{{ secrets.R2_KEY_ID }}}}', {REGION}", False),
        (f"AWS_ACCESS_KEY_ID: '${{{{ secrets.TERRAFORM_STATE_KEY }}}}', {REGION}", False),
        (f"AWS_ACCESS_KEY_ID: '${{{{ steps.login.outputs.id }}}}', {REGION}", False),
    ],
)
def test_a_key_that_is_stored_and_is_amazons(job, told):
    assert bool(places("run: terraform plan", job=job)) is told


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("terraform init -backend-config=bucket=b -backend-config=region=eu-west-1", True),
        ('tofu init -backend-config="region=${{ vars.AWS_REGION }}"', True),
        ("aws s3 sync site s3://site --region eu-west-1", True),
        ("sls deploy --stage prod", True),
        ("aws ecs update-service --cluster shop --service shop", True),
        ("npx cdk deploy --all", True),
        ("aws s3 sync site s3://site --region auto", False),
        ("aws s3api put-object --bucket b --key k", False),
        ("terraform init -backend-config=region=us-west-004", False),
        ("terraform plan", False),
    ],
)
def test_a_command_tells_that_the_key_is_amazons(script, told):
    assert bool(places(f"run: '{script}'", job=AWS_KEY)) is told
    assert bool(places(f"run: '{script}'", job=f"{AWS_KEY}, AWS_REGION: '${{{{ inputs.region }}}}'")) is told
    assert not places(f"run: '{script}'", job=f"{AWS_KEY}, AWS_REGION: auto")
