"""Odd documents never raise, and large or deep ones end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.copilot_studio.claims import CLAIMS
from nhilint.formats.registry import reader_of
from nhilint.link import link
from nhilint.source.document import Document
from tests.odd_values import odd_values

KEYS = [
    "kind", "$kind", "action", "connectionReference", "connectionProperties", "mode", "operationId", "operationDetails",
    "confirmation", "triggerCondition", "bot", "authenticationMode", "authenticationtrigger", "accessControlPolicy", "settings",
    "configuration", "GenerativeActionsEnabled", "gptCapabilities", "webBrowsing", "source", "externalTriggerSource", "inputs",
    "propertyName", "value", "triggerId", "beginDialog", "actions", "displayName", "modelDisplayName", "name",
]  # fmt: skip
WORDS = [
    "TaskDialog", "AdaptiveDialog", "GptComponentMetadata", "AgentDialog", "KnowledgeSourceConfiguration", "Maker", "None",
    "ExternalTriggerConfiguration", "ConnectorTriggerDefinition", "InvokeConnectorTaskAction", "InvokeExternalAgentTaskAction",
    "InvokeConnectorAction", "BotConfiguration", "a.shared_office365.1", "OnNewEmailV3", "SendEmailV2", "from", "2", "{{x}}",
    "EmailSearchSource",
]  # fmt: skip
odd = odd_values(KEYS, WORDS)
PATHS = ["settings.mcs.yml", "a/bots/x/bot.xml", "a/bots/x/configuration.json", "a/botcomponents/x.y/data"]
KINDS = ["TaskDialog", "AdaptiveDialog", "GptComponentMetadata", "AgentDialog", "KnowledgeSourceConfiguration"]
CASES = list(zip(PATHS, CLAIMS, strict=True))


def read_as(path, claim, value):
    document = Document(path, claim.syntax, "", value)
    for resource in link(reader_of(claim).extract(document, claim).resources):
        activate(resource.facts)


@given(odd)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize(("path", "claim"), CASES)
def test_any_value_is_read_or_left(path, claim, value):
    read_as(path, claim, value)
    read_as(path, claim, {"bot": value, "authenticationMode": "None", "accessControlPolicy": value})


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(KEYS), odd, max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_component_is_read_or_left(kind, value):
    read_as(*CASES[3], {**value, "kind": kind})


def test_large_and_deep_topics_end():
    call = {"kind": "InvokeConnectorAction", "operationId": "GetItems"}
    deep = dict(call)
    for _ in range(500):
        deep = {"actions": [deep]}
    read_as(*CASES[3], {"kind": "AdaptiveDialog", "beginDialog": {"actions": [deep, *[call] * 100_000]}})
