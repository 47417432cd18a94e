"""GitLab pipelines: what jobs inherit and hold, where they log in, what is included, which agents they run."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.gitlab import duo, pipeline
from nhilint.formats.gitlab.claims import CLAIMS
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary import Agent, Workflow
from nhilint.source.document import Syntax, read

AWS_LOGIN = "aws sts assume-role-with-web-identity --role-arn {} --web-identity-token $T"


def extraction(text, path=".gitlab-ci.yml"):
    content = text if isinstance(text, str) else json.dumps(text)
    return pipeline.extract(read(path, content.encode(), Syntax.YAML), CLAIMS[1])


def workflow(text):
    return next(r.facts for r in extraction(text).resources if isinstance(r.facts, Workflow))


def agents(text):
    return [r.facts for r in extraction(text).resources if isinstance(r.facts, Agent)]


def job(text, name="build"):
    return next(j for j in known_records(workflow(text).jobs) if value_of(j.name) == name)


def test_jobs_are_told_from_keywords_and_hidden_jobs():
    text = "stages: [a]\nvariables: {A: b}\n.base: {script: [x]}\nbuild: {script: [make]}\nbridge: {trigger: a/b}\n"
    assert [value_of(j.name) for j in known_records(workflow(text).jobs)] == ["build", "bridge"]


@pytest.mark.parametrize("text", ["a: b", "- a", "jobs: {a: {steps: []}}", "apiVersion: v1\nkind: Pod"])
def test_other_files_are_not_taken(text):
    assert not extraction(text).recognised


def test_a_header_with_inputs_comes_before_the_jobs():
    found = workflow("spec: {inputs: {a: {}}}\n---\nbuild: {script: [make], id_tokens: {T: {aud: x}}}\n")
    assert value_of(found.oidc) is True
    assert known_records(found.jobs)[0].at.pointer == (1, "build")


@pytest.mark.parametrize(
    ("more", "level", "words"),
    [
        ({}, "default", "own token"),
        ({"id_tokens": {"T": {"aud": ["a", "b"]}}}, "strong", "identity token T for a and b"),
        ({"secrets": {"DB_PASSWORD": {"vault": "x"}}}, "strong", "the secret DB_PASSWORD"),
        ({"script": ["curl -H $DEPLOY_TOKEN x"]}, "strong", "the variable DEPLOY_TOKEN"),
        ({"script": ["docker login -p $CI_JOB_TOKEN"]}, "default", "own token"),
        ({"script": ["psql $DB_PASSWORD"], "variables": {"DB_PASSWORD": "postgres"}}, "default", "own token"),
        ({"script": ["claude -p x"], "variables": {"A": "$ANTHROPIC_API_KEY"}}, "default", "own token"),
    ],
)
def test_what_a_job_holds(more, level, words):
    found = job({"build": {"script": ["make"], **more}})
    assert value_of(found.rights) == level
    assert words in value_of(found.held)[0]


def test_jobs_inherit_by_extends_default_and_from_the_top():
    text = {
        "default": {"id_tokens": {"T": {"aud": "x"}}},
        "before_script": ["curl $TOP_TOKEN"],
        ".base": {"variables": {"ROLE": "arn:aws:iam::123456789012:role/r"}, "extends": ".deeper"},
        ".deeper": {"script": [AWS_LOGIN.format("$ROLE")]},
        "build": {"extends": [".base"]},
    }
    assert value_of(job(text).held) == ("the identity token T for x", "the variable TOP_TOKEN")
    login = known_records(workflow(text).steps)[0].login
    assert (value_of(login.provider), value_of(login.by)) == ("aws", "oidc")
    assert value_of(login.identity) == "arn:aws:iam::123456789012:role/r"


def test_jobs_that_extend_each_other_end():
    assert (
        value_of(job({"build": {"extends": "other", "script": ["x"]}, "other": {"extends": "build"}}).name) == "build"
    )


@pytest.mark.parametrize(
    ("line", "provider", "by"),
    [
        (AWS_LOGIN.format("arn:aws:iam::1:role/r"), "aws", "oidc"),
        ("aws configure set aws_secret_access_key $KEY", "aws", "static"),
        ("gcloud auth activate-service-account --key-file $KEY", "gcp", "static"),
        ("az login --service-principal -u $ID -p $SECRET --tenant t", "azure", "static"),
        ("az login --service-principal -u $ID --federated-token $T", "azure", "oidc"),
        ("vault write -field=token auth/jwt/login role=a jwt=$T", "vault", "oidc"),
    ],
)
def test_logins(line, provider, by):
    login = known_records(workflow({"build": {"script": [line]}}).steps)[0].login
    assert (value_of(login.provider), value_of(login.by)) == (provider, by)


def test_a_role_in_variables_and_one_that_only_the_project_knows():
    text = {"build": {"script": ["aws s3 ls"], "id_tokens": {"T": {}}, "variables": {
        "AWS_ROLE_ARN": "arn:aws:iam::1:role/r", "AWS_WEB_IDENTITY_TOKEN_FILE": "/t"}}}  # fmt: skip
    assert value_of(known_records(workflow(text).steps)[0].login.identity) == "arn:aws:iam::1:role/r"
    unknown = workflow({"build": {"script": [AWS_LOGIN.format("$ROLE_ARN")]}})
    assert isinstance(known_records(unknown.steps)[0].login.identity, Unknown)


@pytest.mark.parametrize(
    ("include", "pin", "first_party"),
    [
        ("https://x.example/a.yml", "none", False),
        ({"remote": "https://x.example/a.yml", "integrity": "sha256-x"}, "digest", False),
        ({"remote": f"https://x.example/-/raw/{'a' * 40}/a.yml"}, "exact", False),
        ({"remote": "$PIPELINE_TEMPLATE"}, None, None),
        ({"remote": "https://x.example/$COMMIT/a.yml"}, None, None),
        ({"remote": "https://$HOST/a.yml", "integrity": "sha256-x"}, "digest", False),
        ({"component": "gitlab.com/a/b/c@~latest"}, "range", False),
        ({"component": "gitlab.com/a/b/c@main"}, "none", False),
        ({"component": "gitlab.com/a/b/c@1.2"}, "range", False),
        ({"component": "gitlab.com/a/b/c@1.2.3"}, "tag", False),
        ({"component": "$CI_SERVER_FQDN/components/b/c@1.2"}, "range", True),
        ({"component": "$CI_SERVER_FQDN/a/b/c@1.2"}, "range", None),
        ({"project": "a/b", "file": "c.yml"}, "none", None),
        ({"project": "a/b", "ref": "b" * 40, "file": "c.yml"}, "digest", None),
        ({"project": "a/b", "ref": "$REF", "file": "c.yml"}, None, None),
    ],
)
def test_includes(include, pin, first_party):
    found = known_records(workflow({"include": [include]}).includes)[0]
    assert (value_of(found.pin), value_of(found.first_party)) == (pin, first_party)


def test_the_projects_own_files_and_gitlabs_are_no_includes_of_strangers():
    assert workflow({"include": ["/a.yml", {"local": "b.yml"}, {"template": "c.yml"}]}).includes == ()


@pytest.mark.parametrize(
    ("rule", "open_to"),
    [
        ('$CI_PIPELINE_SOURCE == "schedule"', "nobody"),
        ('$CI_PIPELINE_SOURCE == "merge_request_event"', "writers"),
        ('$CI_PIPELINE_SOURCE == "trigger"', None),
        ("$CI_COMMIT_BRANCH", "writers"),
    ],
)
def test_who_starts_a_job(rule, open_to):
    assert value_of(job({"build": {"script": ["x"], "rules": [{"if": rule}]}}).open_to) == open_to


def test_an_agent_in_a_script():
    line = 'claude -p "$AI_FLOW_INPUT" --dangerously-skip-permissions'
    (agent,) = agents({"build": {"script": ["x", line], "rules": [{"if": '$CI_PIPELINE_SOURCE == "web"'}]}})
    assert (value_of(agent.product), value_of(agent.command_reach)) == ("claude-code", "any")
    assert value_of(agent.untrusted_input) == ("what a trigger hands on (AI_FLOW_INPUT)",)
    assert agent.at.pointer == ("build", "script", 1)
    assert [value_of(t.event) for t in known_records(agent.triggers)] == ["web"]


def test_the_widest_of_several_agents():
    lines = ['claude -p x --allowedTools "Read"', "codex exec --dangerously-bypass-approvals-and-sandbox x"]
    (agent,) = agents({"build": {"script": lines}})
    assert value_of(agent.product) == "codex"


def test_no_agent_where_none_runs():
    assert agents({"build": {"script": ["npm i -g @anthropic-ai/claude-code", "claude --version"]}}) == []


def test_credentials_in_clear():
    token = sample("gitlab-pat")
    found = known_records(workflow({"build": {"script": [f"curl -H 'PRIVATE-TOKEN: {token}' x"]}}).credentials)
    assert [value_of(credential.source) for credential in found] == ["literal"]
    assert token not in repr(found)


def duo_agents(path, text):
    return duo.extract(read(path, text.encode(), Syntax.YAML), CLAIMS[0])


def test_how_duo_runs_flows():
    text = (
        "image: x\nsetup_script:\n  - curl https://x.example/a.sh | sh\n  - apt-get install git\n"
        "network_policy: {allowed_domains: ['*'], allow_all_unix_sockets: true}\n"
    )
    agent = duo_agents(".gitlab/duo/agent-config.yml", text).resources[0].facts
    commands = known_records(agent.commands)
    assert value_of(commands[0].shell.downloads) is True
    assert commands[1].package is None
    assert [value_of(o.lets) for o in known_records(agent.sandbox.openings)] == ["any_host", "any_socket"]
    assert value_of(agent.sandbox.network) == "all"


def test_duos_flows_agents_and_a_document_that_it_does_not_read():
    flow = (
        "components:\n  - {name: a, type: AgentComponent, toolset: [read_file]}\n  - {name: b, type: OneOffComponent}\n"
    )
    assert [r.name for r in duo_agents(".gitlab/duo/flows/f.yml", flow).resources] == ["a"]
    one = "name: scan\nsystem_prompt: x\ntools: [get_repository_file]\n"
    assert value_of(duo_agents(".gitlab/duo/agents/a.yml", one).resources[0].facts.tools_exposed) == "list"
    dead = duo_agents(".gitlab/duo/agent-config.yml", "agent: {name: a}\n").resources[0].facts
    assert [value_of(i.setting) for i in known_records(dead.ineffective)] == ["agent"]
    assert not duo_agents(".gitlab/duo/flows/f.yml", "a: b\n").recognised


@pytest.mark.parametrize(
    ("lines", "is_static"),
    [
        (["export AWS_SECRET_ACCESS_KEY=$DEPLOY_SECRET"], True),
        (["export AWS_SECRET_ACCESS_KEY=$(curl -s $METADATA)"], False),
        (["export AWS_SECRET_ACCESS_KEY=$SECRET", "export AWS_SESSION_TOKEN=$SESSION"], False),
        (["aws configure set aws_secret_access_key $S", "aws configure set aws_session_token $T"], False),
    ],
)
def test_keys_that_end_by_themselves_are_no_stored_ones(lines, is_static):
    steps = known_records(workflow({"build": {"script": lines}}).steps)
    assert [value_of(step.login.by) for step in steps] == (["static"] if is_static else [])
