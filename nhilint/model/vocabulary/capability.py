"""What something can do to the world: seventeen categories and six access levels, whatever the product calls it."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.category import Access, Category
from nhilint.model.fact import Fact, Record

CapabilitySource = Literal["declared", "known", "inferred"]
Gate = Literal["none", "classifier", "prompt", "reviewer", "sandbox", "read_only", "denied"]


class Capability(Record, frozen=True, kw_only=True):
    """One thing a tool or an agent can do."""

    category: Annotated[Fact[Category], "What it touches."] = None
    access: Annotated[Fact[Access], "What it may do there, from read (weakest) to admin (strongest)."] = None
    source: Annotated[
        Fact[CapabilitySource], "declared by the file, known of the product, or inferred from a name."
    ] = None
    reads_untrusted: Annotated[Fact[bool], "Whether it can return text that outsiders can plant."] = None
    sends_out: Annotated[Fact[bool], "Whether it can carry data to a destination of the agent's choice."] = None
    private_data: Annotated[Fact[bool], "Whether it returns data that is not public."] = None
    gate: Annotated[Fact[Gate], "The strongest control that stands before it here."] = None
    through: Annotated[Fact[str], "The name of the tool, credential or agent that gives it."] = None


class Endpoint(Record, frozen=True, kw_only=True):
    """An address that something talks to."""

    name: Annotated[Fact[str], "The key, variable or field that holds it."] = None
    url: Annotated[Fact[str], "The address with credentials and query removed."] = None
    scheme: Annotated[Fact[str], "http, https, ws, wss, …, in lower case."] = None
    host: Annotated[Fact[str], "The host, in lower case, without a port."] = None
    reach: Annotated[
        Fact[Literal["loopback", "local_name", "private", "public"]],
        "From where the host can be reached: this machine, a local name, a private network, the internet.",
    ] = None
    carries: Annotated[
        Fact[Literal["model_traffic", "telemetry", "events", "all_traffic"]],
        "What goes there: prompts and answers with the credential for them, measurements, what hooks are told, or "
        "everything.",
    ] = None
