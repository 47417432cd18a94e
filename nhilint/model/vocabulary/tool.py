"""Something an agent may call: an MCP server, a plug-in, a hook, a helper command."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.app import ScopeGrant
from nhilint.model.vocabulary.capability import Capability, Endpoint, Guard, Inbound, RunsAs
from nhilint.model.vocabulary.credential import Credential

Transport = Literal["stdio", "http", "sse", "ws", "builtin"]
Pin = Literal["none", "range", "tag", "exact", "digest", "local"]
Approval = Literal["auto", "prompt", "deny"]


class Package(Record, frozen=True, kw_only=True):
    """The package, image or repository that a command or reference names."""

    ecosystem: Annotated[Fact[str], "npm, pypi, oci, go, crates, git, url, local, …"] = None
    name: Annotated[Fact[str], "Its name without a version."] = None
    version: Annotated[Fact[str], "The version, tag, branch or commit that is named."] = None
    pin: Annotated[Fact[Pin], "How firmly it is fixed: none, range, tag and branch move; exact and digest do not."] = (
        None
    )
    first_party: Annotated[
        Fact[bool],
        "Whether its publisher is also the vendor of the service behind it, or the owner of this repository.",
    ] = None
    archived: Annotated[
        Fact[bool], "Whether its publisher has given it up and mends nothing any more; false for others that are known."
    ] = None
    own: Annotated[
        Fact[bool],
        "After linking: whether it is published under the name of this repository's owner, or by a manifest in it.",
    ] = None
    registry: Annotated[Fact[str], "Another registry or index than the public default."] = None
    scoped_name: Annotated[
        Fact[str],
        "The name with a scope by which the project's own text speaks of it, where the scope is left out here.",
    ] = None


class Mount(Record, frozen=True, kw_only=True):
    """A part of the host's file system given to a container or a file server."""

    source: Annotated[Fact[str], "The path on the host."] = None
    read_only: Annotated[Fact[bool], "Whether writing is impossible."] = None
    reach: Annotated[
        Fact[Literal["root", "home", "credentials", "docker_socket", "outside", "project"]],
        "What the path opens: all, a home folder, credential files, the container engine, elsewhere, the project.",
    ] = None


class ShellUse(Record, frozen=True, kw_only=True):
    """Code given in line to an interpreter instead of a program of its own."""

    interpreter: Annotated[Fact[str], "sh, bash, python, node, powershell, …"] = None
    downloads: Annotated[Fact[bool], "Whether it fetches code and runs it at once (curl … | sh)."] = None
    encoded: Annotated[Fact[bool], "Whether the code is hidden by an encoding."] = None


class Auth(Record, frozen=True, kw_only=True):
    """How a tool proves who calls it."""

    kind: Annotated[
        Fact[Literal["none", "static", "oauth", "workload_identity", "helper", "ambient"]],
        "The strongest kind declared.",
    ] = None
    scopes: Annotated[Fact[tuple[str, ...]], "OAuth scopes that are asked for."] = None
    client_id: Annotated[Fact[str], "The id of the OAuth client that people sign in through, where it is named."] = None
    app: Annotated[Fact[str], "After linking: the name of that client, where this repository registers it."] = None
    beyond_need: Annotated[
        Many[ScopeGrant],
        "After linking: those of the scopes, asked for here or held by that client, that are grave and that none of "
        "the functions the tool is known to have can use.",
    ] = ()
    oauth_offered: Annotated[Fact[bool], "Whether the server at this address is known to sign people in by OAuth."] = (
        None
    )
    metadata: Annotated[Endpoint | None, "Where the authorization server's metadata is read from, when overridden."] = (
        None
    )


class Tool(Record, frozen=True, kw_only=True):
    """One tool or tool server as a client configures it."""

    name: Annotated[Fact[str], "The name in the configuration."] = None
    client: Annotated[Fact[str], "The product whose configuration declares it (claude-code, vscode, cursor, …)."] = None
    kind: Annotated[
        Fact[Literal["mcp_server", "hook", "helper", "plugin", "builtin", "action"]], "What sort of tool."
    ] = None
    transport: Annotated[Fact[Transport], "How it is reached, as the product resolves it."] = None
    command: Annotated[Fact[str], "The program that is started."] = None
    arguments: Annotated[Fact[tuple[str, ...]], "Its arguments, credentials removed."] = None
    endpoint: Annotated[Endpoint | None, "The address of a remote tool."] = None
    package: Annotated[Package | None, "What the command really starts, after runners and wrappers."] = None
    extra_packages: Annotated[Many[Package], "Further packages that run with it (uv run --with, npx -p)."] = ()
    mounts: Annotated[Many[Mount], "Host paths that a container or file server is given."] = ()
    shell: Annotated[ShellUse | None, "Inline code, when the command is an interpreter."] = None
    elevated: Annotated[Fact[bool], "Whether it runs as root by sudo or in a privileged container."] = None
    host_network: Annotated[Fact[bool], "Whether its container shares the network of the host."] = None
    auth: Annotated[Auth | None, "How calls to it are authenticated."] = None
    credentials: Annotated[Many[Credential], "Credentials that its configuration carries or names."] = ()
    exposed: Annotated[Fact[Literal["all", "list", "none"]], "Whether all its tools are offered or a list."] = None
    exposed_tools: Annotated[Fact[tuple[str, ...]], "The list, where there is one."] = None
    approval: Annotated[Fact[Approval], "auto: calls run without a question; prompt: a person is asked; deny."] = None
    auto_approved: Annotated[Fact[tuple[str, ...]], "Names of its tools that run without a question; * for all."] = None
    grave_approvals: Annotated[
        Fact[tuple[str, ...]],
        "After linking: those whose names say that they run, remove, pay, grant or send something, worst first.",
    ] = None
    changing_tools: Annotated[
        Fact[tuple[str, ...]], "For a plug-in: those of its functions whose names say that they change something."
    ] = None
    confirmation_waived: Annotated[
        Fact[tuple[str, ...]],
        "For a plug-in: functions that its maker excused from the question that the platform asks before a change.",
    ] = None
    enabled: Annotated[Fact[bool], "False when the configuration switches it off."] = None
    official: Annotated[Fact[bool], "Whether the vendor of the service publishes it, when known."] = None
    capabilities: Annotated[Many[Capability], "What it lets an agent do."] = ()
    ineffective: Annotated[
        Many[IneffectiveSetting], "Settings that do nothing here although they look protective."
    ] = ()
    inbound: Annotated[Inbound | None, "For a hosted tool or gateway: who may call it."] = None
    runs_as: Annotated[
        RunsAs | None,
        "The cloud identity that it works under: that of a hosted tool or gateway, or the one that a profile of AWS is "
        "called after.",
    ] = None
    guards: Annotated[Many[Guard], "For a gateway: what its platform puts in between."] = ()
    network: Annotated[Fact[Literal["public", "private", "none"]], "For a hosted tool: what its code may reach."] = None
    forwards: Annotated[
        Fact[Literal["caller_token", "caller_identity", "own_identity", "stored_key", "oauth_token", "nothing"]],
        "For a target of a gateway: what it is shown; the caller's own token, a signature in the caller's name, the "
        "gateway's identity, a stored key, a token fetched for it, nothing.",
    ] = None
    acts_as: Annotated[
        Fact[Literal["caller", "maker"]],
        "For a tool of a hosted agent: whose account it uses, that of whoever asks or that of the person who built it.",
    ] = None
    users: Annotated[Fact[tuple[str, ...]], "After linking: the names of agents that may call it."] = None
    runs_in_ci: Annotated[
        Fact[bool], "After linking: whether an agent in a CI workflow loads it without a question."
    ] = None


class IneffectiveSetting(Record, frozen=True, kw_only=True):
    """A setting that its author believes protects, and that the product ignores."""

    setting: Annotated[Fact[str], "The key or rule as written."] = None
    reason: Annotated[Fact[str], "Why it has no effect, as a clause: the client reads only …"] = None
    instead: Annotated[Fact[str], "What to write instead, as an instruction."] = None
    source: Annotated[Fact[str], "The vendor's page that says so."] = None
    protective: Annotated[Fact[bool], "Whether losing it widens authority (true) or it is merely dead (false)."] = None
