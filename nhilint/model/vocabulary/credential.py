"""A secret, or how one is obtained. The value itself never enters a fact."""

from __future__ import annotations

from typing import Annotated, Literal

from nhilint.model.fact import Fact, Many, Record

CredentialSource = Literal[
    "literal",
    "default_literal",
    "env",
    "prompted",
    "secret_store",
    "ci_secret",
    "file",
    "workload_identity",
    "ambient_profile",
    "helper_command",
    "browser_session",
    "oauth",
]
CredentialPrincipal = Literal["human", "shared", "workload", "app", "unknown"]
CredentialLocation = Literal["env", "header", "argument", "url", "field", "text", "file"]


class CredentialCopy(Record, frozen=True, kw_only=True):
    """A further place of the same file where the value of a credential in clear stands again."""

    name: Annotated[Fact[str], "The variable, header, option or key that carries it there."] = None


class CredentialUse(Record, frozen=True, kw_only=True):
    """A line of another file that names the file in which a credential stands."""

    name: Annotated[Fact[str], "What the line does with it: with which deploy.sh logs in to web@shop.acme.com."] = None


class Credential(Record, frozen=True, kw_only=True):
    """One credential that a tool, agent, workflow or app holds."""

    name: Annotated[Fact[str], "The variable, header, option or key that carries it, as the file spells it."] = None
    reference: Annotated[Fact[str], "For a reference: the name of the variable, input or secret it points to."] = None
    resolves: Annotated[
        Fact[bool], "For a reference: whether the product replaces it; false when it hands on the text as it stands."
    ] = None
    positional: Annotated[
        Fact[bool], "For a reference in an argument: whether it stands there by itself, behind no option."
    ] = None
    type: Annotated[Fact[str], "Its shape, by the id of the credential catalogue (github-pat-classic, …)."] = None
    type_title: Annotated[Fact[str], "The shape in words for a message: a GitHub personal access token."] = None
    provider: Annotated[Fact[str], "Who issues it, as the catalogue spells it."] = None
    source: Annotated[Fact[CredentialSource], "Written in clear, or where it is taken from."] = None
    location: Annotated[Fact[CredentialLocation], "Where in the configuration it stands."] = None
    principal: Annotated[Fact[CredentialPrincipal], "Whose rights it carries."] = None
    shaped: Annotated[Fact[bool], "Whether its value has the shape of one provider's credential."] = None
    stand_in: Annotated[
        Fact[bool],
        "For a value without a shape: whether it spells a word that often stands for the real one (P@ssw0rd), or has "
        "no words but those of its name and one for development (cache-dev).",
    ] = None
    beside_made_up: Annotated[
        Fact[bool], "Whether the same object holds another value that is evidently made up (changeme, x-fake)."
    ] = None
    sample: Annotated[
        Fact[bool],
        "After linking: whether it was made for an example and opens nothing: a private key of a test certificate, one"
        " in a folder of examples, a value beside made-up ones there.",
    ] = None
    verified: Annotated[Fact[bool], "Whether a checksum inside the value holds."] = None
    admin: Annotated[Fact[bool], "Whether the shape is one of an administrator."] = None
    test_mode: Annotated[Fact[bool], "Whether the shape marks a sandbox or test key."] = None
    ends_at: Annotated[Fact[float], "When it ends by its own content, in seconds since 1970 (UTC)."] = None
    expired: Annotated[Fact[bool], "After linking: whether its own content says that it has expired."] = None
    said_public: Annotated[
        Fact[bool],
        "Whether its name says that it is given to everybody (X_PUBLIC_TOKEN) or only reports use, or a comment says so"
        " of a key that its provider can limit.",
    ] = None
    reads_public: Annotated[
        Fact[bool],
        "After linking, for one of a tool: whether it is called after a service that only answers from public pages"
        " (a search engine, documentation of libraries, maps, weather).",
    ] = None
    switched_off: Annotated[
        Fact[bool], "After linking, for one of a tool: whether the configuration switches that tool off."
    ] = None
    workload: Annotated[
        Fact[str], "For one in the environment of a cluster's workload: its kind and name (Deployment triage)."
    ] = None
    opens_own_store: Annotated[
        Fact[bool], "Whether an endpoint beside it names a store that only speaks a cloud's protocol (MinIO, Ceph, R2)."
    ] = None
    lifetime_days: Annotated[Fact[float], "Days it lives when made the usual way."] = None
    never_expires: Annotated[Fact[bool], "Whether it lives until somebody revokes it."] = None
    sealed: Annotated[
        Fact[bool], "For one that code makes: whether what is kept of it is encrypted for somebody (`pgp_key`)."
    ] = None
    shown_by_outputs: Annotated[
        Fact[bool], "For one that a template makes: true where an output of the same template gives its secret."
    ] = None
    better: Annotated[Fact[str], "What to use instead, in words."] = None
    fingerprint: Annotated[Fact[str], "A keyed hash of the value, equal for equal values within one run."] = None
    lessened_by: Annotated[
        Fact[str],
        "What makes one in clear less grave than most, in words: it only posts messages, it is part of a session that"
        " ends in hours. Findings of it that would be high are told lower, with these words.",
    ] = None
    masked: Annotated[
        Fact[bool], "For one that a manifest asks the user for: whether it says that the value is to be kept secret."
    ] = None
    holders: Annotated[
        Fact[tuple[str, ...]], "After linking: the names of all actors that hold the same credential."
    ] = None
    opens: Annotated[
        Fact[str],
        "For a private key that is a file of its own: what it is, as the name that a tool gives it or a line that uses"
        " it tells (a key of a GitHub App).",
    ] = None
    uses: Annotated[
        Many[CredentialUse], "For a private key that is a file: lines of other files that log in by it, or make it."
    ] = ()
    copies: Annotated[
        Many[CredentialCopy], "After linking, for one in clear: where else in the same file the same value stands."
    ] = ()
