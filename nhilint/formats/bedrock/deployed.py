"""What a project of the AgentCore CLI gives to the roles that it makes, and the rules of its policy engines.

Source: npm @aws/agentcore 0.30.0 (schema/schemas/agent-env.js, mcp.js, primitives/policy.js), read 2026-11-22: an
entry of `additionalPolicies` is the ARN of a managed policy or a `.json` file beside the code, both attached to the
role that the project makes; `iamPolicy` is the policy of a tool's own role. A policy with a `sourceFile` is a copy of
that file, which is read by itself; one that is LOG_ONLY decides nothing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.assembled import literal
from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.bedrock.spelling import is_stated
from nhilint.formats.cedar.policy import policy_of, together
from nhilint.model.fact import Known
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.capability import RunsAs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.bedrock.spelling import Hosted
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import Agent
    from nhilint.model.vocabulary.tool import Tool

_MOST = 500
_LONGEST = 100_000


def own_role(hosted: Hosted, format_id: str) -> Resource | None:
    """The role that the project makes for a runtime or a tool, where it says what the role may do."""
    listed, document = hosted["AdditionalPolicies"], hosted["Compute.IamPolicy"]
    if is_stated(hosted["ExecutionRoleArn"]) or not (listed.is_list or document.is_mapping):
        return None
    entries = list(islice((item for item in listed.items() if item.is_text), _MOST))
    name = f"{hosted.name}-role"
    at = listed.at if listed.is_list else document.at
    facts = identity(
        Holding(
            kind="role",
            name=name,
            at=at,
            documents=(
                *((document,) if document.is_mapping else ()),
                *(literal("${" + str(one.value) + "}", one.at) for one in entries if not _is_arn(one)),
            ),
            managed=tuple(one for one in entries if _is_arn(one)),
            managed_at=listed.at if listed.is_list else None,
        )
    )
    return Resource("identity", name, format_id, facts)


def running_as(facts: Agent | Tool, role: Resource | None) -> Agent | Tool:
    """An agent or tool that runs as the role of its own."""
    if role is None:
        return facts
    at = role.facts.at
    return replace(facts, runs_as=RunsAs(at=at, identity=Known(role.name, at), declared=Known(value=True, at=at)))


def engine(hosted: Hosted, format_id: str) -> Iterator[Resource]:
    """The statements of a policy engine that decide something, all of them one policy."""
    found = []
    for item in islice(hosted["Policies"].items(), _MOST):
        text, logs = item["statement"], item["enforcementMode"].value == "LOG_ONLY"
        if logs or is_stated(item["sourceFile"]) or not isinstance(text.value, str) or len(text.value) > _LONGEST:
            continue
        policy = policy_of(hosted.name, text.value, text.at, text.at.within_text)
        if policy is not None:
            found.append(policy)
    if found:
        yield Resource("policy", hosted.name, format_id, together(found))


def _is_arn(entry: Node) -> bool:
    return str(entry.value).startswith("arn:")
