"""Anything that decides and acts: an agent definition, an assistant's settings, a CI step that runs one, a skill."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record
from nhilint.model.vocabulary.capability import Capability, Endpoint, Guard, Inbound, RunsAs
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.vocabulary.tool import IneffectiveSetting, Mount, Package, ShellUse, Tool

Autonomy = Literal["suggest", "asks", "asks_for_writes", "classifier_gated", "ungated"]
OpenTo = Literal["anyone", "contributors", "labelled", "writers", "nobody"]


class Trigger(Record, frozen=True, kw_only=True):
    """Something that starts an agent or a workflow."""

    event: Annotated[
        Fact[str], "The event as the platform names it (issue_comment, pull_request_target, schedule …)."
    ] = None
    name: Annotated[Fact[str], "What the file calls it, where it has a name of its own (a node of a workflow)."] = None
    authenticated: Annotated[
        Fact[bool],
        "Whether the caller has to prove who it is, where the platform lets the author of the trigger choose.",
    ] = None
    open_to: Annotated[
        Fact[OpenTo],
        "Who can cause it after every filter: anyone, people with a merged change, people who may write, a clock.",
    ] = None
    carries_input: Annotated[Fact[bool], "Whether text written by whoever causes it reaches the run."] = None
    privileged: Annotated[
        Fact[bool], "Whether the run has secrets or a writing token although outsiders can cause it."
    ] = None
    branches: Annotated[Fact[tuple[str, ...]], "For a push: the patterns of the branches that it asks for."] = None
    labels: Annotated[
        Fact[tuple[str, ...]], "For an event that goes on with a label alone: the labels of which one is enough."
    ] = None
    via: Annotated[
        Fact[str], "For a workflow that another file starts: workflow_call or workflow_run; the event is the caller's."
    ] = None


class Permission(Record, frozen=True, kw_only=True):
    """One rule of a product's permission grammar."""

    rule: Annotated[Fact[str], "The rule as written."] = None
    effect: Annotated[Fact[Literal["allow", "ask", "deny"]], "What it decides."] = None
    tool: Annotated[Fact[str], "The tool that it names, by the product's name."] = None
    argument: Annotated[Fact[str], "What it says about the tool's argument; null means any."] = None
    server: Annotated[Fact[str], "For a rule about an MCP tool: the server's name."] = None
    shell_reach: Annotated[
        Fact[
            Literal[
                "any_command",
                "any_code",
                "acts_as_user",
                "fetches_code",
                "runs_project_code",
                "network_out",
                "deletes",
                "reads_files",
                "narrow",
            ]
        ],
        "For a rule about a shell: the worst that the allowed commands can do.",
    ] = None
    reason: Annotated[Fact[str], "Why the shell reach is what it is, as a clause."] = None
    by_option: Annotated[
        Fact[bool], "Whether the program reaches that far only by an option that is not what it is for (git -c, tar)."
    ] = None
    effective: Annotated[Fact[bool], "False when the product ignores the rule or a stronger one overrides it."] = None
    covered: Annotated[
        Fact[bool],
        "For an allow rule about a shell: whether a wider one beside it allows all of it and is judged instead.",
    ] = None
    path_reach: Annotated[
        Fact[Literal["root", "home", "credentials", "guard_rails", "outside", "project", "narrow"]],
        "For a rule about files: what the path opens.",
    ] = None
    host: Annotated[Fact[str], "For a rule about the web: the domain; * for every domain."] = None
    grave_tool: Annotated[
        Fact[str],
        "After linking, for an allow rule about one tool of a server that no file here declares: the tool's name, "
        "where it says that the tool runs a command or code of the caller's.",
    ] = None
    server_declared: Annotated[
        Fact[bool], "After linking, for a rule about an MCP tool: whether the project's own servers include it."
    ] = None


class ConfiguredCommand(Record, frozen=True, kw_only=True):
    """A program that the configuration itself runs: a hook, a credential helper, a status line."""

    event: Annotated[Fact[str], "What runs it (PreToolUse, apiKeyHelper, …)."] = None
    command: Annotated[Fact[str], "The command line, credentials removed."] = None
    local: Annotated[Fact[bool], "Whether it starts a file of this repository or a plain system program."] = None
    package: Annotated[Package | None, "The package that it fetches and runs, if any."] = None
    shell: Annotated[ShellUse | None, "Inline code with a download, if any."] = None
    interpolates: Annotated[Fact[tuple[str, ...]], "Untrusted values that are pasted into the command line."] = None
    hands_over: Annotated[
        Fact[str],
        "What it gives to another machine, when that opens things: stored credentials, every variable, a shell.",
    ] = None


class Opening(Record, frozen=True, kw_only=True):
    """A setting that lets something through a sandbox."""

    setting: Annotated[Fact[str], "The key, with its value where that tells more."] = None
    lets: Annotated[
        Fact[Literal["any_command", "container_engine", "any_socket", "any_host", "any_file", "weaker_isolation"]],
        "What gets through: commands without confinement, the container engine, every local socket, every host, "
        "writing everywhere, or more than the full isolation would let.",
    ] = None
    reason: Annotated[Fact[str], "Why that undoes the sandbox, as a clause."] = None


class Sandbox(Record, frozen=True, kw_only=True):
    """What confines the agent's own commands."""

    enabled: Annotated[Fact[bool], "Whether commands run confined."] = None
    network: Annotated[Fact[Literal["none", "list", "all"]], "What they may reach."] = None
    filesystem: Annotated[Fact[Literal["read_only", "workspace", "all"]], "What they may write."] = None
    escapes: Annotated[Fact[tuple[str, ...]], "Settings or commands that leave the sandbox."] = None
    openings: Annotated[Many[Opening], "The same, each with its place and what it lets through."] = ()


class Safeguard(Record, frozen=True, kw_only=True):
    """A protection that the product has by itself and that a file switches off."""

    setting: Annotated[Fact[str], "The key, with its value."] = None
    guards: Annotated[Fact[str], "What the protection does, as a clause: holds the agent's commands in a sandbox …"] = (
        None
    )


class Plugin(Record, frozen=True, kw_only=True):
    """A package of skills, hooks, agents and servers that is switched on by name."""

    name: Annotated[Fact[str], "The plug-in."] = None
    marketplace: Annotated[Fact[str], "Where it comes from, by the name the configuration gives it."] = None
    source: Annotated[Fact[str], "The repository or address of that marketplace, when declared here."] = None
    pin: Annotated[
        Fact[Literal["none", "tag", "version", "digest", "local"]],
        "How firmly its content is fixed: not at all, or by a branch or tag that moves on; by the tag of one release; "
        "by a commit, a hash or an exact version of a registry; by lying in the repository.",
    ] = None
    official: Annotated[Fact[bool], "Whether the marketplace is the product vendor's own."] = None
    auto_update: Annotated[Fact[bool], "Whether new versions are taken in without anybody's doing."] = None
    own: Annotated[Fact[bool], "After linking: whether the repository's own owner publishes it."] = None
    parts: Annotated[
        Fact[tuple[str, ...]], "For one that a marketplace offers: where its instruction files are loaded from."
    ] = None


class Delegation(Record, frozen=True, kw_only=True):
    """The right to start another agent."""

    target: Annotated[Fact[str], "The agent that may be started; * for any."] = None
    resolved: Annotated[Fact[bool], "After linking: whether the repository declares that agent."] = None
    gate: Annotated[Fact[Literal["none", "prompt"]], "Whether a person is asked before it starts."] = None
    gains: Annotated[Many[Capability], "After linking: what the delegate can do that the caller cannot."] = ()


class Flow(Record, frozen=True, kw_only=True):
    """A way through one agent from text by outsiders to a harm, with no control between that counts."""

    source: Annotated[Capability | None, "What brings in text that outsiders can plant."] = None
    stake: Annotated[Capability | None, "The private data or the power that is at risk."] = None
    way_out: Annotated[Capability | None, "What carries data out or changes something outside the conversation."] = None


class Instruction(Record, frozen=True, kw_only=True):
    """Something in an agent's instructions that is more than instruction."""

    kind: Annotated[
        Fact[Literal["hidden_text", "embedded_command", "credential", "disables_guard", "remote_instructions"]],
        "What sort.",
    ] = None
    detail: Annotated[Fact[str], "What was found, in words, without a secret."] = None


class Agent(Record, frozen=True, kw_only=True):
    """One actor that decides by itself what to do next."""

    name: Annotated[Fact[str], "Its name."] = None
    product: Annotated[Fact[str], "The product that runs it (claude-code, codex, gemini-cli, …)."] = None
    kind: Annotated[
        Fact[
            Literal["settings", "subagent", "command", "skill", "plugin", "marketplace", "ci_step", "service", "card"]
        ],
        "What declares it.",
    ] = None
    level: Annotated[
        Fact[Literal["managed", "project", "local", "user", "plugin"]], "Which level of settings declares it."
    ] = None
    purpose: Annotated[Fact[str], "What it says it is for."] = None
    model: Annotated[Fact[str], "The model it asks for."] = None
    autonomy: Annotated[Fact[Autonomy], "How much it does without a question, from suggest to ungated."] = None
    initiation: Annotated[Fact[Literal["human", "tool_mediated", "autonomous"]], "What starts it."] = None
    acts_as: Annotated[Fact[Literal["user_proxy", "delegated_service", "own_identity"]], "In whose name it acts."] = (
        None
    )
    triggers: Annotated[Many[Trigger], "What starts it, where a platform declares that."] = ()
    untrusted_input: Annotated[Fact[tuple[str, ...]], "Sources of text by outsiders that reach its prompt."] = None
    tools_exposed: Annotated[
        Fact[Literal["all", "list", "none"]], "Whether it may use every tool of its product or a list."
    ] = None
    permissions: Annotated[Many[Permission], "Its permission rules."] = ()
    free_shell: Annotated[Fact[bool], "Whether one of its rules lets every shell command run without a question."] = (
        None
    )
    commands: Annotated[Many[ConfiguredCommand], "Programs that its configuration runs by itself."] = ()
    directories: Annotated[Many[Mount], "Folders beyond the project that it may use."] = ()
    sandbox: Annotated[Sandbox | None, "What confines its commands."] = None
    endpoints: Annotated[
        Many[Endpoint], "Addresses that its model traffic and telemetry are sent to, when overridden."
    ] = ()
    plugins: Annotated[Many[Plugin], "Plug-ins that it switches on."] = ()
    parts: Annotated[
        Fact[tuple[str, ...]], "For a plug-in: the folders and files, from its own on, where its instructions lie."
    ] = None
    delegations: Annotated[Many[Delegation], "Agents that it may start."] = ()
    servers: Annotated[Fact[tuple[str, ...]], "Names of the tool servers it switches on or asks for; * for all."] = None
    servers_approved: Annotated[
        Fact[bool], "Whether it starts every tool server of the project without a question."
    ] = None
    project_servers: Annotated[
        Fact[bool], "For an agent with servers of its own: whether it also loads the list of the project."
    ] = None
    servers_rejected: Annotated[Fact[tuple[str, ...]], "Names of the project's tool servers that it switches off."] = (
        None
    )
    credentials: Annotated[Many[Credential], "Credentials that its configuration carries or names."] = ()
    instructions: Annotated[Many[Instruction], "Parts of its instructions that deserve a second look."] = ()
    ineffective: Annotated[Many[IneffectiveSetting], "Settings that do nothing although they look protective."] = ()
    safeguards_off: Annotated[
        Many[Safeguard], "Protections that its product has by itself and that its file switches off."
    ] = ()
    source_digest: Annotated[
        Fact[str], "For an agentic workflow: the digest of its front matter, as the compiler makes it."
    ] = None
    compiled: Annotated[
        Fact[Literal["fresh", "stale", "refused", "missing"]],
        "After linking, for an agentic workflow: whether the workflow that really runs was made from this source;"
        " refused: it was not, and ends by itself before its agent starts.",
    ] = None
    starts_with_their_rights: Annotated[
        Fact[tuple[str, ...]],
        "For an agentic workflow: the workflows that it may start, where nothing else makes its rights strong.",
    ] = None
    sessions_published: Annotated[
        Fact[bool], "Whether each session is published at an address that whoever has it can read, unasked."
    ] = None
    max_turns: Annotated[Fact[int], "Steps after which it stops by itself."] = None
    prints_transcript: Annotated[
        Fact[bool], "Whether every message and every answer of a tool goes to the log of its job."
    ] = None
    token_permissions: Annotated[Many[TokenPermission], "For a CI step: what the job's token may do."] = ()
    id_token: Annotated[Fact[bool], "For a CI step: whether the job can prove its identity to a cloud."] = None
    allowed_actors: Annotated[
        Fact[tuple[str, ...]], "For a CI step: who may start it beyond people with write access; * for anyone."
    ] = None
    open_to: Annotated[
        Fact[OpenTo], "For a CI step: who can start it with the repository's own rights, after every gate."
    ] = None
    started_by: Annotated[Fact[str], "For a CI step: the event through which the widest of them start it."] = None
    command_reach: Annotated[
        Fact[Literal["any", "sandboxed", "listed", "none"]],
        "For a CI step: the shell commands it may run without a question: any; any, but confined and without network; "
        "those of a list; none.",
    ] = None
    arguments: Annotated[
        Fact[str],
        "For a CI step of an action or called workflow: the arguments as written, where inputs decide them.",
    ] = None
    command_rule: Annotated[
        Fact[str], "For a CI step with a list of tools: the entry that comes to any command, as `Bash(python:*)` does."
    ] = None
    rights: Annotated[
        Fact[Literal["strong", "weak", "default", "none"]],
        "For a CI step: what it holds besides the key to its model, by the words of a workflow's step.",
    ] = None
    held: Annotated[Fact[tuple[str, ...]], "For a CI step: what makes up those rights, in words."] = None
    job: Annotated[Fact[str], "For a CI step: the id of its job."] = None
    checks_actor: Annotated[
        Fact[bool], "For a CI step: whether the step itself refuses people without write access."
    ] = None
    allowed_bots: Annotated[
        Fact[tuple[str, ...]], "For a CI step: apps and bots that may start it; * for every one."
    ] = None
    missing_servers: Annotated[
        Fact[tuple[str, ...]], "After linking: servers that it switches on by name and that the project does not have."
    ] = None
    inbound: Annotated[Inbound | None, "For a service: who may call it."] = None
    addresses: Annotated[Many[Endpoint], "For a service: where it is called."] = ()
    published: Annotated[Fact[bool], "For a card: whether its path is the one under which cards are served."] = None
    signed: Annotated[Fact[bool], "For a card: whether it carries a signature of its issuer."] = None
    calls_back: Annotated[
        Fact[bool], "For a card: whether the agent sends its progress to addresses that its callers name."
    ] = None
    runs_as: Annotated[RunsAs | None, "For a hosted agent: the cloud identity that it works under."] = None
    guards: Annotated[Many[Guard], "For a hosted agent: what its platform puts in between."] = ()
    takes_caller_token: Annotated[
        Fact[bool], "For a hosted agent: whether its code is handed the token that the caller proved itself with."
    ] = None
    tools: Annotated[
        Many[Tool], "The tools that it may call: those it declares, and after linking those it is joined with."
    ] = ()
    capabilities: Annotated[
        Many[Capability], "After linking: all that it can do, each with the tool that gives it."
    ] = ()
    flows: Annotated[
        Many[Flow], "After linking: ways from text by outsiders to private data or power and out, without a gate."
    ] = ()


class TokenPermission(Record, frozen=True, kw_only=True):
    """One permission of a platform token."""

    scope: Annotated[Fact[str], "What it is about (contents, issues, id-token …)."] = None
    access: Annotated[Fact[Literal["none", "read", "write"]], "How far it goes."] = None
