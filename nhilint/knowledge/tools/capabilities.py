"""What a tool lets an agent do, and what else is known of it: the values that the look-ups hand out.

Seventeen categories and six access levels, whatever a product calls them; `knowledge/data/tools/categories.json` says
what each means, docs/concepts/capabilities.md explains them. Capabilities say what a tool can do at most with the
credential it usually has; what its actual credential, scope or role allows is for others to judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from msgspec import Struct

from nhilint.model.category import Access, Category

if TYPE_CHECKING:
    from collections.abc import Sequence

Source = Literal["known", "inferred", "declared"]
Confidence = Literal["sure", "likely", "weak"]
SwitchKind = Literal["flag", "env", "header", "url"]

CATEGORIES: tuple[Category, ...] = get_args(Category)
ACCESS_LEVELS: tuple[Access, ...] = get_args(Access)


class Capability(Struct, frozen=True):
    """One thing a tool can do.

    `source`: known of the tool from its own list of tools; inferred from a name, a registry entry or general knowledge;
    declared by the file that configures it (never set here).
    """

    category: Category
    access: Access
    source: Source

    @classmethod
    def read_pair(cls, pair: str, source: Source) -> Capability:
        """`files:read` as the data files write it. Raises ValueError for a word outside the vocabulary."""
        category, _, access = pair.partition(":")
        if category not in CATEGORIES or access not in ACCESS_LEVELS:
            raise ValueError(f"{pair} is no capability")
        return cls(category, access, source)


class Switch(NamedTuple):
    """A way to make a server read only that its configuration shows.

    `text` is the option (`--read-only`), the variable with its value (`GITHUB_READ_ONLY=1`), the header with its value
    or the part of the address (`/readonly`, `?read_only=true`). `by_default`: it is read only unless this is there.
    """

    kind: SwitchKind
    text: str
    by_default: bool = False


class CredentialUse(NamedTuple):
    """A credential that a tool asks for: names of variables, arguments or headers; `narrower` is a safer way."""

    names: tuple[str, ...]
    provider: str
    kind: str
    narrower: str | None = None


class ToolKnowledge(Struct, frozen=True):
    """What is known of one tool server, built-in tool or framework tool.

    `official`: the vendor of the service behind it publishes it. `verified`: its own list of tools or documentation
    was compared. `reads_untrusted`: can return text that outsiders can plant. `egress`: the agent can choose a
    destination or recipient, or make content readable by outsiders. `private_data`: returns data that is not public.
    None means that it depends on something that is not seen here. `read_only`: nothing but reading is left, by its
    nature or by a switch that is set; None when a switch holds a variable. `read_only_mode` are the switches that would
    narrow it, `narrower` remarks on other ways. `confidence`: sure for a package, image or address; likely for a
    program that must already be installed under that name; weak for the name of a configuration entry alone. `remark`
    says what narrows a built-in tool.
    """

    id: str
    publisher: str
    official: bool
    verified: bool
    capabilities: tuple[Capability, ...]
    reads_untrusted: bool | None
    egress: bool | None
    private_data: bool | None
    read_only: bool | None = None
    read_only_mode: tuple[Switch, ...] = ()
    narrower: tuple[str, ...] = ()
    credentials: tuple[CredentialUse, ...] = ()
    remote_oauth: bool | None = None
    confidence: Confidence = "sure"
    remark: str | None = None
    source: str = ""

    @property
    def credential_names(self) -> tuple[str, ...]:
        """All names under which it takes credentials, in order, each once."""
        return tuple(dict.fromkeys(name for use in self.credentials for name in use.names))

    @property
    def archived(self) -> bool:
        """Whether its publisher has given it up and mends nothing any more, as the catalogue notes behind the name."""
        return self.publisher.endswith("(archived)")

    def can(self, category: str, *access: str) -> bool:
        """Whether it has a capability of this category, with one of the access levels when some are given."""
        return any(held.category == category and (not access or held.access in access) for held in self.capabilities)


def union_of(known: Sequence[ToolKnowledge], identity: str) -> ToolKnowledge:
    """What any of several tools can do, for a name that may mean each of them. One alone is given back as it is."""
    if len(known) == 1:
        return known[0]
    return ToolKnowledge(
        id=identity,
        publisher=" or ".join(dict.fromkeys(one.publisher for one in known)),
        official=all(one.official for one in known),
        verified=all(one.verified for one in known),
        capabilities=_surest([capability for one in known for capability in one.capabilities]),
        reads_untrusted=_any([one.reads_untrusted for one in known]),
        egress=_any([one.egress for one in known]),
        private_data=_any([one.private_data for one in known]),
        read_only=_all([one.read_only for one in known]),
        read_only_mode=tuple(dict.fromkeys(switch for one in known for switch in one.read_only_mode)),
        narrower=tuple(dict.fromkeys(text for one in known for text in one.narrower)),
        credentials=tuple(dict.fromkeys(use for one in known for use in one.credentials)),
        remote_oauth=_all([one.remote_oauth for one in known]),
        confidence=known[0].confidence,
        source="; ".join(dict.fromkeys(one.source for one in known)),
    )


def _surest(capabilities: Sequence[Capability]) -> tuple[Capability, ...]:
    """Each pair of category and access once, sorted; known wins over inferred."""
    pairs = {(one.category, one.access): one for one in capabilities if one.source != "known"}
    pairs |= {(one.category, one.access): one for one in capabilities if one.source == "known"}
    return tuple(pairs[pair] for pair in sorted(pairs))


def _any(answers: Sequence[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def _all(answers: Sequence[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True
