"""Where credentials stand, that their values never leave, and that equal values are known again."""

from __future__ import annotations

import json
from random import Random
from string import ascii_letters, digits

import msgspec
import pytest

from nhilint.formats.mcp.references import form_of
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import known_records, value_of
from tests.formats.mcp.reading import tool, tools_of

TOKEN = sample("github-pat-fine-grained")
KEY = "".join(Random(5).choices(ascii_letters + digits, k=32))

PLACES = {
    "env": {"command": "a", "env": {"GITHUB_TOKEN": TOKEN}},
    "header": {"type": "http", "url": "https://mcp.acme.com/", "headers": {"Authorization": f"Bearer {TOKEN}"}},
    "argument": {"command": "a", "args": [f"--token={TOKEN}"]},
    "separate argument": {"command": "a", "args": ["--token", TOKEN]},
    "lone argument": {"command": "a", "args": [TOKEN]},
    "bridge": {
        "command": "npx",
        "args": ["mcp-remote@0.1.38", "https://x.acme.com/", "--header", f"X-Api-Key:{TOKEN}"],
    },
    "container": {"command": "docker", "args": ["run", "-e", f"GITHUB_TOKEN={TOKEN}", "acme/mcp:1.0"]},
    "shell": {"command": "bash", "args": ["-c", f"GITHUB_TOKEN={TOKEN} exec notes-mcp --now"]},
    "query": {"type": "http", "url": f"https://mcp.acme.com/mcp?token={TOKEN}"},
    "path": {"type": "http", "url": f"https://mcp.acme.com/s/{TOKEN}/mcp"},
    "client secret": {"type": "http", "url": "https://mcp.acme.com/", "oauth": {"clientSecret": TOKEN}},
    "name of a variable": {"command": "a", "args": ["--token", f"${{env:{TOKEN}}}"]},
    "query of a variable": {"type": "http", "url": f"https://mcp.acme.com/mcp?token=${{{TOKEN}}}"},
    "default": {"command": "a", "env": {"GITHUB_TOKEN": f"${{GITHUB_TOKEN:-{TOKEN}}}"}},
}


@pytest.mark.parametrize("entry", PLACES.values(), ids=PLACES)
def test_a_token_in_clear_is_found_once_and_never_kept(entry):
    found = tool(".mcp.json", entry)
    literal = [c for c in known_records(found.credentials) if value_of(c.source) in {"literal", "default_literal"}]
    assert len(literal) == 1
    assert value_of(literal[0].type) == "github-pat-fine-grained"
    assert value_of(literal[0].shaped) is True
    assert TOKEN not in msgspec.json.encode(found).decode()


@pytest.mark.parametrize("entry", PLACES.values(), ids=PLACES)
def test_the_place_of_a_token_is_exactly_the_token(entry):
    (credential,) = [
        c
        for c in known_records(tool(".mcp.json", entry).credentials)
        if value_of(c.source) in {"literal", "default_literal"}
    ]
    value = {"mcpServers": {"one": entry}}
    for step in credential.at.pointer:
        value = value[step]
    start, end = credential.at.within or (0, len(value))
    assert value[start:end] == TOKEN


def test_equal_values_have_equal_marks_whatever_stands_around_them():
    marks = {
        value_of(credential.fingerprint)
        for entry in PLACES.values()
        for credential in known_records(tool(".mcp.json", entry).credentials)
        if value_of(credential.source) in {"literal", "default_literal"}
    }
    assert len(marks) == 1
    other = tool(".mcp.json", {"command": "a", "env": {"GITHUB_TOKEN": sample("github-pat-fine-grained", 1)}})
    assert value_of(known_records(other.credentials)[0].fingerprint) not in marks


@pytest.mark.parametrize("key", ["bearer_token_env_var", "bearer_token"])
def test_a_token_where_codex_wants_the_name_of_a_variable(key):
    found = tools_of(".codex/config.toml", f'[mcp_servers.one]\nurl = "https://mcp.acme.com/"\n{key} = "{TOKEN}"\n')[
        "one"
    ]
    assert [value_of(credential.source) for credential in known_records(found.credentials)] == ["literal"]
    assert TOKEN not in msgspec.json.encode(found).decode()


def test_a_part_of_a_path_that_could_be_a_credential_is_not_shown():
    address = f"https://hooks.acme.com/api/{sample('generic-api-key')}/mcp?x=1#y"
    assert (
        value_of(tool(".mcp.json", {"type": "http", "url": address}).endpoint.url)
        == "https://hooks.acme.com/api/•••/mcp"
    )


def test_the_login_of_a_registry_is_not_shown():
    entry = {"command": "uvx", "args": ["--index-url", f"https://ci:{TOKEN}@pypi.acme.com/simple", "notes-mcp"]}
    assert value_of(tool(".mcp.json", entry).package.registry) == "https://pypi.acme.com/simple"


def test_arguments_are_shown_without_credentials():
    found = tool(
        ".mcp.json", {"command": "a", "args": ["--token", TOKEN, f"--url=https://u:{TOKEN}@h.acme.com/", "--v"]}
    )
    arguments = value_of(found.arguments)
    assert arguments[0] == "--token"
    assert arguments[3] == "--v"
    assert TOKEN not in "".join(arguments)


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ({"command": "a", "args": ["${DATABASE_URL}"]}, "DATABASE_URL"),
        ({"command": "a", "env": {"MONGODB_URI": "${ROWS}"}}, "MONGODB_URI"),
        ({"command": "a", "args": ["--token", "${NOTES_KEY}"]}, "--token"),
    ],
)
def test_a_reference_is_named_after_its_place_or_else_after_what_it_names(entry, name):
    (credential,) = known_records(tool(".mcp.json", entry).credentials)
    assert value_of(credential.name) == name


def test_the_address_of_a_service_is_no_credential():
    assert not known_records(tool(".mcp.json", {"command": "a", "env": {"API_URL": "${API_URL}"}}).credentials)


def test_a_connection_string_in_the_environment():
    password = sample("generic-api-key")
    found = tool(
        ".mcp.json", {"command": "a", "env": {"DATABASE_URL": f"postgresql://app:{password}@db.acme.com/shop"}}
    )
    (credential,) = known_records(found.credentials)
    assert value_of(credential.type) == "postgres-url"
    assert value_of(credential.name) == "DATABASE_URL"


@pytest.mark.parametrize(
    "value", ["", "your-api-key", "<TOKEN>", "xxxxxxxx", "true", "8080", "changeme", "https://api.acme.com/v1"]
)
def test_what_is_no_credential_is_none(value):
    assert known_records(tool(".mcp.json", {"command": "a", "env": {"NOTES_API_KEY": value}}).credentials) == ()


def test_a_key_that_may_be_seen_by_anyone_is_none():
    entry = {"command": "a", "env": {"STRIPE_KEY": sample("stripe-publishable-key")}}
    assert known_records(tool(".mcp.json", entry).credentials) == ()


@pytest.mark.parametrize(
    ("notation", "form"),
    [
        ("${NAME}", "brace"),
        ("${NAME:-x}", "brace_default"),
        ("$NAME", "bare"),
        ("${env:NAME}", "env"),
        ("${input:id}", "input"),
        ("${workspaceFolder}", "editor"),
        ("{env:NAME}", "curly"),
        ("${file:a}", "file"),
        ("${{ secrets.X }}", "expression"),
        ("${user_config.key}", "plugin"),
        ("{{NAME}}", "mustache"),
        ("%NAME%", "percent"),
        ("$(cat x)", "substitution"),
        ("__NAME__", "other"),
    ],
)
def test_notations(notation, form):
    assert form_of(notation) == form


@pytest.mark.parametrize(
    ("path", "notation", "replaced"),
    [
        (".mcp.json", "${T}", True),
        (".mcp.json", "${env:T}", False),
        (".mcp.json", "${input:t}", False),
        (".mcp.json", "{{ t }}", None),
        (".cursor/mcp.json", "${T}", False),
        (".roo/mcp.json", "${env:T}", True),
        (".kiro/settings/mcp.json", "$T", None),
        (".gemini/settings.json", "${env:T}", False),
        (".gemini/settings.json", "$T", True),
    ],
)
def test_whether_a_product_replaces_a_notation(path, notation, replaced):
    (credential,) = known_records(tool(path, {"command": "a", "env": {"NOTES_API_KEY": notation}}).credentials)
    assert value_of(credential.resolves) is replaced


def test_a_reference_that_is_not_replaced_is_an_ineffective_setting():
    found = tool(".mcp.json", {"command": "a", "env": {"NOTES_API_KEY": "${env:T}"}})
    (setting,) = known_records(found.ineffective)
    assert value_of(setting.setting) == "NOTES_API_KEY"
    assert value_of(setting.protective) is False
    assert value_of(setting.instead) == "write ${T} there"


@pytest.mark.parametrize(
    ("name", "value", "source", "principal"),
    [
        ("AWS_PROFILE", "default", "ambient_profile", "human"),
        ("AWS_PROFILE", "${AWS_PROFILE}", "ambient_profile", None),
        ("AWS_PROFILE", "agent-readonly", "ambient_profile", "unknown"),
        ("AWS_PROFILE", "DataAnalyst-111122223333", "ambient_profile", "human"),
        ("AWS_PROFILE", "111122223333_DataAnalyst", "ambient_profile", "human"),
        ("AWS_PROFILE", "agent-1234", "ambient_profile", "unknown"),
        ("KUBECONFIG", "~/.kube/config", "file", "human"),
        ("KUBECONFIG", "/etc/agent/kubeconfig", "file", "unknown"),
        ("GOOGLE_APPLICATION_CREDENTIALS", "/x/application_default_credentials.json", "file", "human"),
    ],
)
def test_identities_of_the_machine(name, value, source, principal):
    (credential,) = known_records(tool(".mcp.json", {"command": "a", "env": {name: value}}).credentials)
    assert value_of(credential.source) == source
    assert value_of(credential.principal) == principal


def test_nothing_of_a_secret_reaches_messages_or_positions():
    from tests.formats.mcp.judging import say

    said = say({".mcp.json": json.dumps({"mcpServers": PLACES_BY_NAME})})
    assert said
    assert TOKEN not in "\n".join(said)


PLACES_BY_NAME = {name.replace(" ", "-"): entry for name, entry in PLACES.items()}


def test_tools_are_named_as_the_file_names_them():
    assert set(tools_of(".mcp.json", {"mcpServers": PLACES_BY_NAME})) == set(PLACES_BY_NAME)


@pytest.mark.parametrize(
    "entry",
    [
        {"command": f"notes-mcp --api-key {KEY}"},
        {"command": "sh", "args": ["-c", f"NOTES_API_KEY={KEY} notes-mcp"]},
        {"command": "sh", "args": ["-c", f"notes-mcp --token {KEY}"]},
        {"command": "a", "env": {"OPENAPI_MCP_HEADERS": json.dumps({"Authorization": f"Bearer {KEY}"})}},
        {"command": "a", "env": {"NPM_SETTINGS": f"//registry.npmjs.org/:_authToken={KEY}"}},
        {"command": "a", "args": ["--config", json.dumps({"notesApiKey": KEY})]},
    ],
)
def test_a_credential_inside_a_text_that_is_a_command_or_a_document(entry):
    found = tool(".cursor/mcp.json", entry)
    (credential,) = known_records(found.credentials)
    assert value_of(credential.source) == "literal"
    assert KEY not in repr(found)


def test_of_the_variables_of_one_identity_one_is_told():
    files = {"AWS_CONFIG_FILE": "~/.aws/config", "AWS_SHARED_CREDENTIALS_FILE": "~/.aws/credentials"}

    def names(env):
        return [
            value_of(one.name) for one in known_records(tool(".mcp.json", {"command": "a", "env": env}).credentials)
        ]

    assert names(files) == ["AWS_SHARED_CREDENTIALS_FILE"]
    assert names({**files, "AWS_PROFILE": "bot"}) == ["AWS_PROFILE"]
    assert names({"AWS_CONFIG_FILE": "~/.aws/config"}) == ["AWS_CONFIG_FILE"]


def test_a_project_file_that_windsurf_does_not_read_tells_what_stands_in_it_in_clear():
    path = ".windsurf/mcp_config.json"
    assert tools_of(path, {"mcpServers": {"one": {"command": "npx", "args": ["notes-mcp"]}}}) == {}
    (agent,) = tools_of(path, {"mcpServers": {"one": {"command": "a", "env": {"GITHUB_TOKEN": TOKEN}}}}).values()
    assert [value_of(one.name) for one in known_records(agent.credentials)] == ["GITHUB_TOKEN"]


def test_the_option_of_a_shell_names_no_credential():
    started = {"command": "bash", "args": ["-c", "exec notes-mcp --dir $PWD --log $(pwd)/log --key $NOTES_API_KEY"]}
    (one,) = known_records(tool(".mcp.json", started).credentials)
    assert value_of(one.name) == "NOTES_API_KEY"


@pytest.mark.parametrize("path", ["${workspaceFolder}/.env", ".env", "./.env"])
def test_a_file_of_variables_is_told_as_all_of_them(path):
    found = tools_of(".vscode/mcp.json", {"servers": {"one": {"command": "a", "envFile": path}}})["one"]
    (credential,) = known_records(found.credentials)
    assert value_of(credential.name) == "every variable of .env"
    assert value_of(credential.source) == "file"


@pytest.mark.parametrize(
    ("profile", "through"),
    [
        ("AdministratorAccess-111122223333", "AdministratorAccess"),
        ("111122223333_AWSAdministratorAccess", "AWSAdministratorAccess"),
        ("DataAnalyst-111122223333", None),
        ("AdministratorAccess", None),
        ("default", None),
    ],
)
def test_the_profile_of_an_administrators_sign_in(profile, through):
    runs_as = tool(".mcp.json", {"command": "a", "env": {"AWS_PROFILE": profile}}).runs_as
    assert (value_of(runs_as.power_through) if runs_as is not None else None) == through
    if runs_as is not None:
        assert (value_of(runs_as.identity), value_of(runs_as.power)) == (profile, "administers")


@pytest.mark.parametrize(
    ("command", "profiles"),
    [
        (["uvx", "mcp-proxy-for-aws==1.6.3", "https://x.acme.com/mcp", "--profile", "cloud"], ["cloud"]),
        (["uvx", "mcp-proxy-for-aws==1.6.3", "https://x.acme.com/mcp", "--profile=cloud"], ["cloud"]),
        (["uvx", "mcp-proxy-for-aws==1.6.3", "https://x.acme.com/mcp", "--profile"], []),
        (["docker", "compose", "--profile", "aws", "run", "tools"], []),
        (["notes-mcp", "--profile", "work"], []),
    ],
)
def test_a_profile_that_an_option_names_for_a_program_of_aws(command, profiles):
    lent = known_records(tool(".mcp.json", {"command": command[0], "args": command[1:]}).credentials)
    assert [value_of(one.reference) for one in lent if value_of(one.source) == "ambient_profile"] == profiles
