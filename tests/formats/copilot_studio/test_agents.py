"""What the files of Copilot Studio turn into, and how the files of one agent meet."""

from __future__ import annotations

import pytest

from nhilint.formats.copilot_studio.claims import CLAIMS
from nhilint.formats.copilot_studio.connectors import capabilities_of, connector_of
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.link import link
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.place import Place
from nhilint.source.document import read

AT = Place("a")
SETTINGS = "displayName: Desk\nschemaName: acme_desk\n"


def resources(**files):
    found = []
    for path, text in files.items():
        for claim in Recogniser(CLAIMS).recognise(path, text.encode()):
            found.extend(reader_of(claim).extract(read(path, text.encode(), claim.syntax), claim).resources)
    return link(found)


def agent(text, path="settings.mcs.yml"):
    return resources(**{path: text})[0].facts


def bot(mode, trigger):
    return f"<bot><authenticationmode>{mode}</authenticationmode><authenticationtrigger>{trigger}</authenticationtrigger></bot>"


def task(**keys):
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return (
        f"kind: TaskDialog\nmodelDisplayName: Send\n{lines}action:\n  kind: InvokeConnectorTaskAction\n"
        "  connectionReference: a.shared_office365.1\n  connectionProperties:\n    mode: Invoker\n  operationId: SendEmailV2\n"
    )


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("None", "none"), ("Integrated", "platform"), ("CustomAzureActiveDirectory", "oauth"), ("GenericOAuth2", "oauth")],
)
def test_how_callers_prove_themselves(mode, kind):
    facts = agent(f"{SETTINGS}accessControlPolicy: Any\nauthenticationMode: {mode}\n")
    assert facts.inbound.kind.value == kind
    assert facts.triggers[0].authenticated.value is (mode != "None")


def test_people_of_every_tenant():
    text = f"{SETTINGS}accessControlPolicy: AnyMultiTenant\nauthenticationMode: Integrated\n"
    assert agent(text).inbound.kind.value == "authenticated_only"


@pytest.mark.parametrize("mode", ["ManualAzureAD", "Unspecified", "<mode>", "[1]"])
def test_a_mode_that_is_not_known_is_not_guessed(mode):
    facts = agent(f"{SETTINGS}authenticationMode: {mode}\n")
    assert isinstance(facts.inbound.kind, Unknown)
    assert isinstance(facts.triggers[0].authenticated, Unknown)


@pytest.mark.parametrize(
    ("mode", "trigger", "proven"), [(1, 0, False), (2, 0, True), (2, 1, True), (3, 0, False), (4, 1, True)]
)
def test_numbers_of_a_solution(mode, trigger, proven):
    facts = agent(bot(mode, trigger).replace("<bot>", '<bot schemaname="x">'), "bots/x/bot.xml")
    assert facts.triggers[0].authenticated.value is proven


@pytest.mark.parametrize(
    ("keys", "approval"),
    [({}, "auto"), ({"confirmation": "{activity: Really?}"}, "prompt"), ({"triggerCondition": "true"}, "auto")],
)
def test_whether_a_person_is_asked(keys, approval):
    assert agent(task(**keys), "actions/Send.mcs.yml").approval.value == approval


@pytest.mark.parametrize("condition", ["false", "=Topic.Ready"])
def test_a_tool_that_topics_call_is_left_open(condition):
    assert isinstance(agent(task(triggerCondition=condition), "actions/Send.mcs.yml").approval, Unknown)


def test_tools_and_triggers_meet_their_agent_and_leave_the_parts():
    found = resources(
        **{
            "x/settings.mcs.yml": f"{SETTINGS}authenticationMode: Integrated\n",
            "x/agent.mcs.yml": "kind: GptComponentMetadata\ndisplayName: Desk\ngptCapabilities: {webBrowsing: true}\n",
            "x/agents/Other/actions/Send.mcs.yml": task(),
            "y/actions/Send.mcs.yml": task(),
        }
    )
    main, part, send, stranger = (resource.facts for resource in found)
    assert {value_of(tool.name) for tool in main.tools} == {"webBrowsing", "Send"}
    assert part.tools == ()
    assert send.users.value == ("Desk",)
    assert stranger.users is None


def test_a_solution_keeps_its_agents_apart():
    found = resources(
        **{
            "s/bots/a/bot.xml": bot(2, 1).replace("<bot>", '<bot schemaname="a">'),
            "s/bots/b/bot.xml": bot(2, 1).replace("<bot>", '<bot schemaname="b">'),
            "s/botcomponents/b.action.Send/data": task(),
        }
    )
    assert [len(resource.facts.tools) for resource in found[:2]] == [0, 1]


def test_without_sign_in_nothing_is_said_of_tools_in_the_callers_name():
    found = resources(
        **{"settings.mcs.yml": f"{SETTINGS}authenticationMode: None\n", "actions/Send.mcs.yml": task()},
    )
    assert isinstance(found[0].facts.tools[0].capabilities[0].gate, Unknown)


def test_mail_wakes_it_unless_the_sender_is_looked_at():
    text = (
        "kind: ExternalTriggerConfiguration\nexternalTriggerSource:\n  kind: ConnectorTriggerDefinition\n"
        "  connectionReference: a.shared_office365.1\n  triggerId: OnNewEmailV3\n"
    )
    limited = text + "  inputs: [{kind: ManualTaskInput, propertyName: from, value: boss@acme.example}]\n"
    assert agent(text, "trigger/a.mcs.yml").triggers[0].open_to.value == "anyone"
    assert isinstance(agent(limited, "trigger/a.mcs.yml").triggers[0].open_to, Unknown)


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("cr336_agent.shared_office365.033e", "office365"),
        ("/providers/Microsoft.PowerApps/apis/shared_service-now", "service-now"),
        ("new_sharedoffice365_1a", "office365"),
        ("nothing", None),
    ],
)
def test_the_connector_in_a_reference(reference, name):
    assert connector_of(reference) == name


@pytest.mark.parametrize(
    ("connector", "operation", "access", "leaves"),
    [
        ("office365", "SendEmailV2", "send", True),
        ("office365", "GetEmailsV3", "read", False),
        ("sharepointonline", "PostItem", "write", False),
        ("office365users", "UserGet_V2", "read", False),
        ("commondataserviceforapps", "PerformUnboundAction", "execute", False),
        ("github", "CreateIssue", "write", True),
    ],
)
def test_what_an_operation_does(connector, operation, access, leaves):
    (one,) = capabilities_of(connector, operation, AT, Known("none", AT))
    assert (one.access.value, one.sends_out.value) == (access, leaves)


@pytest.mark.parametrize(("connector", "operation"), [("acme-5fbank", "GetBalance"), ("sql", "Wobble"), (None, "Get")])
def test_what_is_not_known_is_not_guessed(connector, operation):
    assert isinstance(capabilities_of(connector, operation, AT, None), Unknown)
