"""What a deployment to Vertex AI Agent Engine turns into."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from nhilint.evaluate.activation import activate
from nhilint.formats.frameworks import agent_engine
from nhilint.formats.frameworks.claims import CLAIMS
from nhilint.formats.registry import Recogniser
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values

SWITCH = "GOOGLE_API_PREVENT_AGENT_TOKEN_SHARING_FOR_GCP_SERVICES"


def agent(**content):
    document = read(".agent_engine_config.json", json.dumps(content).encode(), Syntax.JSON)
    return agent_engine.extract(document, CLAIMS[0]).resources[0].facts


def test_what_it_runs_as():
    assert agent(service_account="desk@acme.iam.gserviceaccount.com").runs_as.identity.value.startswith("desk@")
    assert isinstance(agent(service_account="{{BOT}}@acme.iam.gserviceaccount.com").runs_as.identity, Unknown)
    assert agent(security={"service_account": "desk"}).runs_as is None


@pytest.mark.parametrize(
    ("identity", "value", "off"),
    [
        ("AGENT_IDENTITY", "false", 1),
        ("AGENT_IDENTITY", "true", 0),
        ("SERVICE_ACCOUNT", "false", 0),
        (None, "False", 0),
    ],
)
def test_bound_tokens(identity, value, off):
    assert len(agent(identity_type=identity, env_vars={SWITCH: value}).safeguards_off) == off


def test_the_newer_switch_decides():
    newer = "GOOGLE_API_ENABLE_RUNTIME_BOUND_TOKEN"
    assert len(agent(identity_type="AGENT_IDENTITY", env_vars={newer: "false"}).safeguards_off) == 1
    assert agent(identity_type="AGENT_IDENTITY", env_vars={newer: "true", SWITCH: "false"}).safeguards_off == ()


def test_a_key_in_clear():
    key = "AIza" + "S" + "yB3x9Q7mZp1Lk4Vt8Rn2Wc6Hd0Fg5Ja"[:34]
    (found,) = agent(env_vars={"MAPS_API_KEY": key, "LOG_LEVEL": "INFO"}).credentials
    assert value_of(found.source) == "literal"


def test_the_file_is_found_by_its_name():
    assert (
        next(Recogniser(CLAIMS).recognise("agents/desk/.agent_engine_config.json", b"{}")).format
        == "vertex-agent-engine"
    )


odd = odd_values(["env_vars", SWITCH, "identity_type", "service_account"])


@given(odd)
@settings(max_examples=80, deadline=None)
def test_any_value_is_read_or_left(value):
    for whole in (value, {"env_vars": value, "service_account": value, "display_name": value}):
        for resource in agent_engine.extract(Document("a.json", Syntax.JSON, "", whole), CLAIMS[0]).resources:
            activate(resource.facts)
