"""The kinds of things that checks judge, one module for each neighbourhood of the vocabulary.

Names are spoken by checks, by JSON output and by users' packs: extend them as formats need, rename none lightly.
`nhilint schema facts` prints them.
"""

from __future__ import annotations

from typing import Literal

from nhilint.model.fact import Record
from nhilint.model.vocabulary.agent import Agent, ConfiguredCommand, Flow, Sandbox
from nhilint.model.vocabulary.app import App
from nhilint.model.vocabulary.capability import Capability, Endpoint, Inbound, RunsAs
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.vocabulary.gate import GateChange, Waiver
from nhilint.model.vocabulary.identity import Identity, ResourcePolicy
from nhilint.model.vocabulary.policy import Policy
from nhilint.model.vocabulary.tool import Auth, Package, ShellUse, Tool
from nhilint.model.vocabulary.workflow import CloudLogin, HiddenJob, Job, Step, Workflow

Kind = Literal[
    "agent", "tool", "credential", "workflow", "identity", "resource_policy", "app", "policy", "waiver", "gate_change"
]
Subjects = Agent | Tool | Credential | Workflow | Identity | ResourcePolicy | App | Policy | Waiver | GateChange

KINDS: dict[Kind, type[Subjects]] = {
    "agent": Agent,
    "tool": Tool,
    "credential": Credential,
    "workflow": Workflow,
    "identity": Identity,
    "resource_policy": ResourcePolicy,
    "app": App,
    "policy": Policy,
    "waiver": Waiver,
    "gate_change": GateChange,
}
"""Every kind with the record that holds its facts."""

SINGLE_RECORDS: dict[type[Record], dict[str, type[Record]]] = {
    Agent: {"sandbox": Sandbox, "inbound": Inbound, "runs_as": RunsAs},
    App: {"inbound": Inbound},
    Auth: {"metadata": Endpoint},
    ConfiguredCommand: {"package": Package, "shell": ShellUse},
    Flow: {"source": Capability, "stake": Capability, "way_out": Capability},
    Inbound: {"issuer": Endpoint},
    Job: {"called": Package},
    Step: {"action": Package, "login": CloudLogin, "runs_package": Package},
    HiddenJob: {"login": CloudLogin},
    Tool: {
        "endpoint": Endpoint,
        "package": Package,
        "shell": ShellUse,
        "auth": Auth,
        "inbound": Inbound,
        "runs_as": RunsAs,
    },
    Workflow: {"runs_as": RunsAs},
}
"""Facts that hold one record. When a file does not state one, conditions see it with every fact null.

Written out because reading it from the annotations costs more than a whole scan of one file; a test compares.
"""

__all__ = [
    "KINDS",
    "SINGLE_RECORDS",
    "Agent",
    "App",
    "Credential",
    "GateChange",
    "Identity",
    "Kind",
    "Policy",
    "ResourcePolicy",
    "Subjects",
    "Tool",
    "Waiver",
    "Workflow",
]
