"""How one product writes MCP servers down: where they stand, how keys are spelt, what is the default, what is expanded.

A dialect is data. A product that differs from the common form only in words is one entry in `dialects`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from nhilint.model.vocabulary.credential import CredentialSource
    from nhilint.model.vocabulary.tool import Approval, Transport

Route = tuple[str, ...]
"""Keys in turn; `*` stands for every key of a mapping."""

AuthKind = Literal["oauth", "workload_identity", "ambient"]

Form = Literal[
    "brace",  # ${NAME}
    "brace_default",  # ${NAME:-text}
    "bare",  # $NAME
    "env",  # ${env:NAME}
    "input",  # ${input:id}
    "editor",  # ${config:x}, ${command:x}, ${workspaceFolder} …
    "curly",  # {env:NAME}, {file:path}
    "file",  # ${file:path}
    "expression",  # ${{ secrets.NAME }}
    "plugin",  # ${user_config.key}
    "mustache",  # {{NAME}}
    "percent",  # %NAME%
    "substitution",  # $(command)
    "other",
]
"""The notations in which configurations point to a value kept elsewhere."""


class Keys(Struct, frozen=True, kw_only=True):
    """How a dialect spells the parts of a server, each with older spellings after the current one."""

    command: tuple[str, ...] = ("command",)
    command_is_text: bool = False
    """Whether a list there keeps the product from loading the file, so that nothing is started."""
    arguments: tuple[str, ...] = ("args",)
    environment: tuple[str, ...] = ("env",)
    address: tuple[str, ...] = ("url",)
    headers: tuple[Route, ...] = (("headers",),)
    oauth: tuple[str, ...] = ("oauth",)
    oauth_secrets: tuple[str, ...] = ("clientSecret", "client_secret")
    scopes: tuple[Route, ...] = ()
    env_file: tuple[str, ...] = ()
    header_helper: tuple[str, ...] = ()
    """A command that prints the headers."""
    secrets: tuple[Route, ...] = ()
    """Fields that are a credential themselves, or mappings whose entries may be."""
    passed_names: tuple[str, ...] = ()
    """A list of variables that are handed through under their own names."""
    passed_from: CredentialSource = "env"
    header_variables: tuple[str, ...] = ()
    """A mapping from header to the variable that holds its value."""
    bearer_variable: tuple[str, ...] = ()
    identity: dict[str, dict[str, AuthKind]] = {}
    """Keys that choose how the client proves itself, and what each value means."""
    nested: tuple[str, ...] = ()
    """Mappings inside the entry that may hold its parts instead (`transport: {type, url}`)."""


class Transports(Struct, frozen=True, kw_only=True):
    """How the product tells the kind of a server. `address_alone` is what an address without a type means."""

    type_keys: tuple[str, ...] = ("type",)
    types: dict[str, Transport] = {}
    by_key: dict[str, Transport] = {}
    address_alone: Transport | None = "http"
    rejection: str = ""
    """What the product does with an address without a type, where that is an error."""
    rejection_cure: str = ""


class Gates(Struct, frozen=True, kw_only=True):
    """Which keys switch a server off, choose its tools, and let calls run without a question."""

    off: tuple[str, ...] = ("disabled",)
    on: tuple[str, ...] = ()
    chosen: tuple[Route, ...] = ()
    """Lists of the tools that are offered."""
    auto_tools: tuple[Route, ...] = ()
    """Lists of tools that run without a question."""
    auto_all: tuple[Route, ...] = ()
    """Booleans that let every tool run without a question."""
    modes: dict[str, dict[str, Approval]] = {}
    """Keys with a mode for the whole server, and what each value decides."""
    tool_modes: tuple[Route, str] | None = None
    """Where modes of single tools stand, and the value that lets one run without a question."""
    asks: bool = False
    """Whether the product asks before each call unless this very file says otherwise."""


class Expansion(Struct, frozen=True, kw_only=True):
    """Which notations the product replaces. `exhaustive`: it is documented to leave every other one as text."""

    forms: frozenset[Form] = frozenset()
    exhaustive: bool = False
    write: str = ""
    """How to point to the variable NAME in this dialect."""
    cures: dict[str, str] = {}
    """What to do instead, by the location of the pointer (`env`, `header`, `argument`; empty for any other), where the
    product replaces nothing there: NAME stands for the variable, KEY for the entry that should take its value."""
    source: str = ""


class Ignored(Struct, frozen=True, kw_only=True):
    """A key that people write with this value in the belief that it protects, and that the product does not read."""

    key: str
    value: bool
    reason: str
    instead: str
    source: str


class Dialect(Struct, frozen=True, kw_only=True):
    """One product's way to configure MCP servers. `title` is its name in a sentence."""

    client: str
    title: str
    docs: str
    routes: tuple[Route, ...] = (("mcpServers",),)
    bare: bool = False
    """Whether a file without the root key may be the map of servers itself."""
    keys: Keys = Keys()
    transports: Transports = Transports()
    gates: Gates = Gates()
    expansion: Expansion = Expansion()
    ignored: tuple[Ignored, ...] = ()
    ignored_routes: tuple[Route, ...] = ()
    """Root keys of other products: whoever pastes them here gets a server that never starts."""
