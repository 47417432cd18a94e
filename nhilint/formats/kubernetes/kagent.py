"""Agents of kagent: their tools with the gate before each, whom they hand work to, what they hold and who they are.

Sources, read 2026-11-22, in kagent-dev/kagent: go/api/v1alpha2/agent_types.go (a tool runs at once unless
`requireApproval` names it; `toolNames` left out offers every tool of the server, which nobody is asked about),
go/api/v1alpha1/agent_types.go (the same without approvals; references by `namespace/name`), modelconfig_types.go of
both (`apiKeySecret`, `apiKeySecretRef`, `defaultHeaders`). An image that somebody brings (`type: BYO`) decides about
its tools itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.kubernetes.agent_runtime import deployment_of
from nhilint.formats.kubernetes.container_credentials import credentials_of
from nhilint.formats.kubernetes.headers import header_credentials
from nhilint.formats.kubernetes.kagent_tools import of_the_cluster
from nhilint.formats.kubernetes.names import name_of, object_name
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, pointing, read_slot
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.agent import Agent, Delegation, Plugin
from nhilint.model.vocabulary.capability import RunsAs
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many
    from nhilint.model.vocabulary.capability import Capability
    from nhilint.model.vocabulary.credential import Credential

PRODUCT = "kagent"
MODEL = "ModelConfig "
"""What stands before the name of a model's configuration, as a credential's name."""
_MOST = 100
_COMMIT = Deferred(r"[0-9a-f]{40}")
Pin = Literal["none", "tag", "digest"]


def agent(node: Node, format_id: str) -> Iterator[Resource]:
    """The agent, and its share of each server: what it may call there and what it is not asked about."""
    spec, at, name = node["spec"], node.at_path("metadata", "name").at, object_name(node)
    stated = spec["declarative"] if spec["declarative"].is_mapping else spec
    tools, brought = tuple(_tools(stated["tools"])), spec["type"].value == "BYO"
    every: Many[Tool] = Unknown("a matter of the code that was brought", spec["byo"].at) if brought else tools
    deployment = deployment_of(node)
    facts = Agent(
        at=at,
        name=Known(name, at),
        product=Known(PRODUCT, at),
        kind=Known("service", at),
        purpose=spec["description"].text(),
        model=_model(stated["modelConfig"]),
        initiation=Known("tool_mediated", at),
        acts_as=Known("own_identity", at),
        tools_exposed=Known("all" if brought else "list", stated["tools"].at),
        tools=every,
        delegations=tuple(_delegations(stated["tools"])),
        plugins=tuple(_skills(spec["skills"])),
        credentials=tuple(credentials_of([deployment, *([stated] if stated["env"].is_list else [])])),
        runs_as=_runs_as(deployment, name, at_name=node.at_path("metadata", "name")),
    )
    yield Resource("agent", name, format_id, facts)
    for tool in tools:
        yield Resource("tool", tool.name.value if isinstance(tool.name, Known) else name, format_id, tool)


def model(node: Node, format_id: str) -> Iterator[Resource]:
    """The key of a model, taken from a Secret, and headers that are written in clear."""
    spec, name = node["spec"], MODEL + object_name(node)
    reference, key = spec.first("apiKeySecret", "apiKeySecretRef"), spec["apiKeySecretKey"]
    if reference.is_text:
        slot = Slot(name_of(key) or "apiKey", reference.at, "field")
        yield Resource("credential", name, format_id, pointing(slot, name_of(reference), "secret_store"))
    for number, (header, value) in enumerate(spec["defaultHeaders"].entries()):
        if number < _MOST and isinstance(value.value, str):
            for found in read_slot(value.value, Slot(header, value.at, "header"), Expansion())[0]:
                yield Resource("credential", header, format_id, found)


def _model(node: Node) -> Fact[str]:
    name = name_of(node).rpartition("/")[2]
    return Known(name or "default-model-config", node.at)


def _runs_as(deployment: Node, name: str, at_name: Node) -> RunsAs:
    account = deployment["serviceAccountName"]
    at = account.at if account.is_text else at_name.at
    return RunsAs(at=at, identity=Known(name_of(account) or name, at))


def _tools(tools: Node) -> Iterator[Tool]:
    for number, item in enumerate(tools.items()):
        server = item["mcpServer"]
        if server.is_mapping and number < _MOST:
            reference = server.first("name", "toolServer")
            name = name_of(reference).rpartition("/")[2]
            if name:
                yield _share(name, reference, server, tuple(header_credentials(item["headersFrom"])))


def _share(name: str, reference: Node, server: Node, credentials: tuple[Credential, ...]) -> Tool:
    """What the agent may call of a server. A list that is filled in later is known to be one, and no more."""
    at, listed, asked = reference.at, server["toolNames"], server["requireApproval"]
    offered, held_back = listed.texts(), asked.texts()
    is_list = listed.is_list and bool(listed.value)
    unasked: Fact[tuple[str, ...]] = Known(("*",), at)
    if is_list and isinstance(offered, Known) and not isinstance(held_back, Unknown):
        held = held_back.value if held_back is not None else ()
        unasked = Known(tuple(one for one in offered.value if one not in held), listed.at)
    elif listed.exists:
        unasked = Unknown("a list that is filled in later", listed.at)
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known(PRODUCT, at),
        kind=Known("mcp_server", at),
        exposed=Known("list" if listed.exists else "all", listed.at if listed.exists else at),
        exposed_tools=offered if listed.exists else None,
        approval=_approval(unasked),
        auto_approved=unasked,
        credentials=credentials,
        enabled=Known(value=True, at=at),
        capabilities=_capabilities(listed, unasked) if listed.exists else Unknown("every tool of the server", at),
    )


def _approval(unasked: Fact[tuple[str, ...]]) -> Fact[Literal["auto", "prompt", "deny"]]:
    if not isinstance(unasked, Known):
        return unasked
    if unasked.value == ("*",):
        return Known("auto", unasked.at)
    return None if unasked.value else Known("prompt", unasked.at)


def _capabilities(listed: Node, unasked: Fact[tuple[str, ...]]) -> Many[Capability]:
    """What kagent's own tools of a list do; unknown as a whole for those of another server."""
    found: list[Capability | Unknown] = []
    for number, item in enumerate(listed.items()):
        if not isinstance(item.value, str) or number >= _MOST:
            continue
        free = isinstance(unasked, Known) and item.value in unasked.value
        one = of_the_cluster(item.value, item.at, "none" if free else "prompt")
        found.append(one or Unknown("a tool of a server that is not known here", item.at))
    if not any(not isinstance(one, Unknown) for one in found):
        return Unknown("a server that the catalogue does not have", listed.at)
    return tuple(found)


def _delegations(tools: Node) -> Iterator[Delegation]:
    for number, item in enumerate(tools.items()):
        target = item["agent"].first("name", "ref")
        name = name_of(target).rpartition("/")[2]
        if name and number < _MOST:
            yield Delegation(at=target.at, target=Known(name, target.at), gate=Known("none", target.at))


def _skills(skills: Node) -> Iterator[Plugin]:
    """Skills that are fetched when the agent starts, from a repository's branch or by an image's tag."""
    for number, item in enumerate(skills["gitRefs"].items()):
        if item["url"].is_text and number < _MOST:
            ref = item["ref"].text()
            pin: Pin = "digest" if isinstance(ref, Known) and _COMMIT.fullmatch(ref.value) else "none"
            yield _skill(item["url"], ref if isinstance(ref, Unknown) else Known(pin, item.at))
    for number, item in enumerate(skills["refs"].items()):
        if item.is_text and number < _MOST:
            text = item.text()
            digest = isinstance(text, Known) and "@sha256:" in text.value
            yield _skill(item, text if isinstance(text, Unknown) else Known("digest" if digest else "tag", item.at))


def _skill(source: Node, pin: Fact[Pin]) -> Plugin:
    name = str(source.value).rpartition("/")[2].partition("@")[0].removesuffix(".git")
    return Plugin(
        at=source.at,
        name=Known(name, source.at),
        source=source.text(),
        pin=pin,
        official=Known(value=False, at=source.at),
        auto_update=Known(value=True, at=source.at),
    )
