"""Command lines of the AWS CLI become principals of IAM with their policies, trusts and keys.

Sources, excerpts read 2026-11-22:
https://docs.aws.amazon.com/cli/latest/reference/iam/create-role.html (`--role-name`,
`--assume-role-policy-document`, `--permissions-boundary`), …/attach-role-policy.html and …/attach-user-policy.html
(`--policy-arn`), …/put-role-policy.html and …/put-user-policy.html (`--policy-document`), …/create-policy.html,
…/update-assume-role-policy.html, …/create-access-key.html (`--user-name`) and
https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html (`file://`). A document counts where the
script writes it out, in the command or in a here-document; one that another file holds is left to its own reader.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nhilint.formats.aws.assembled import Assembled, literal
from nhilint.formats.aws.embedded import embedded
from nhilint.formats.aws.holders import taken_by
from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.shell_grants.documents import WrittenFiles
from nhilint.formats.shell_grants.options import Arguments, leading_options
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    from nhilint.formats.node import Node
    from nhilint.formats.shell_grants.running import Call, Running, Value
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.identity import Identity

PROGRAM = "aws"
_VALUED = frozenset({"--profile", "--region", "--output", "--endpoint-url", "--query", "--color", "--ca-bundle"})
_SWITCHES = frozenset({"--no-cli-pager", "--no-paginate", "--debug", "--no-verify-ssl", "--no-sign-request"})
_KINDS: tuple[tuple[str, Literal["role", "user"]], ...] = (("--role-name", "role"), ("--user-name", "user"))
_ENTERING = frozenset({"create-role", "update-assume-role-policy"})
_UNDOES = {
    "detach-role-policy": "attach-role-policy",
    "detach-user-policy": "attach-user-policy",
    "delete-role-policy": "put-role-policy",
    "delete-user-policy": "put-user-policy",
    "delete-access-key": "create-access-key",
}
_LOCAL = ("localhost", "127.0.0.1", "localstack", "host.docker.internal")


class _Principal(Struct):
    """What the lines of a script say of one role or user."""

    kind: Literal["role", "user", "policy"]
    name: Value
    documents: list[Node] = field(default_factory=list)
    managed: list[Node] = field(default_factory=list)
    trust: Node | None = None
    boundary: Fact[str] = None
    credentials: list[Credential] = field(default_factory=list)
    signs_in: bool = False


def principals(running: Running, calls: Iterable[Call]) -> Iterator[tuple[str, Identity]]:
    """The name and the facts of every role and user that command lines make or give something to."""
    lines = [Arguments(running, _without_options(call), _SWITCHES) for call in calls]
    lines = [line for line in lines if line.path[:1] == ["iam"] and len(line.path) > 1 and not _is_pretended(line)]
    takes = [(n, line) for n, line in enumerate(lines) if line.path[1] in _UNDOES and line.takes_for_sure]
    last = {(_UNDOES[line.path[1]], *_what(line)): n for n, line in takes}
    found: dict[tuple[str, str], _Principal] = {}
    reader = _Reader(running, lines)
    for number, line in enumerate(lines):
        if last.get((line.path[1], *_what(line)), -1) < number:
            for principal in _named(line, found):
                reader.add(principal, line)
    for principal in found.values():
        if principal.documents or principal.managed or principal.trust is not None or principal.credentials:
            yield shown(principal.name.text), _identity(principal)
    for policy in reader.loose_policies():
        yield shown(policy.name.text), identity(_holding(policy))


def shown(text: str) -> str:
    """A text as a message says it: what only a run can fill in between angle brackets."""
    return re.sub(r"\$\{\s?([^{}]*?)\s?\}", r"<\1>", text)


def _without_options(call: Call) -> Call:
    return replace(call, words=leading_options(call.words, _VALUED))


def _is_pretended(line: Arguments) -> bool:
    """Whether the line talks to something on one's own machine that plays AWS."""
    endpoint = line.one("--endpoint-url")
    return endpoint is not None and any(name in endpoint.text for name in _LOCAL)


def _what(line: Arguments) -> tuple[str, str]:
    """What a line is about: the principal, and the policy where it names one."""
    who = next((value.text for option, _ in _KINDS for value in line.all(option)), "")
    policy = line.one("--policy-arn", "--policy-name")
    return who, policy.text if policy is not None else ""


def _named(line: Arguments, found: dict[tuple[str, str], _Principal]) -> Iterator[_Principal]:
    for option, kind in _KINDS:
        for name in line.all(option):
            yield found.setdefault((kind, name.text), _Principal(kind, name))


class _Reader:
    """Adds what one line says to a principal."""

    def __init__(self, running: Running, lines: list[Arguments]) -> None:
        self._running = running
        self._files = WrittenFiles(running)
        self._policies = [made for line in lines if line.path[1] == "create-policy" for made in self._made(line)]
        self._attached: set[int] = set()

    def loose_policies(self) -> Iterator[_Principal]:
        """The policies that the script makes, and attaches to nobody as far as can be seen."""
        for policy in self._policies:
            if id(policy) not in self._attached:
                yield policy

    def _made(self, line: Arguments) -> Iterator[_Principal]:
        name, document = line.one("--policy-name"), self._document(line, "--policy-document")
        if name is not None and document is not None and document.is_mapping:
            yield _Principal("policy", name, [document])

    def add(self, principal: _Principal, line: Arguments) -> None:
        verb = line.path[1]
        if verb in _ENTERING:
            option = "--assume-role-policy-document" if verb == "create-role" else "--policy-document"
            principal.trust = self._document(line, option) or principal.trust
        elif verb in ("attach-role-policy", "attach-user-policy"):
            self._attach(principal, line)
        elif verb in ("put-role-policy", "put-user-policy"):
            document = self._document(line, "--policy-document")
            principal.documents.extend([document] if document is not None else [])
        elif verb == "create-access-key" and principal.kind == "user":
            principal.credentials.append(_key(line.at))
        elif verb == "create-login-profile":
            principal.signs_in = True
        bounded = line.one("--permissions-boundary")
        if bounded is not None:
            principal.boundary = (
                Known(bounded.text, bounded.at) if bounded.is_known else Unknown("a template", bounded.at)
            )

    def _attach(self, principal: _Principal, line: Arguments) -> None:
        """Add managed policies; of those that the script itself makes, what they say."""
        ranges = line.told_by("--policy-arn")
        for value in line.all("--policy-arn"):
            own = next((made for made in self._policies if _means(value, made, ranges)), None)
            if own is None:
                principal.managed.append(Assembled(value.text, value.at))
            else:
                principal.documents.extend(own.documents)
                self._attached.add(id(own))

    def _document(self, line: Arguments, option: str) -> Node | None:
        stated = line.one(option)
        if stated is None:
            return None
        if stated.text.startswith("file://"):
            stated = self._files.written_to(stated.text.removeprefix("file://"), line.frame, line.start) or stated
        read = self._read(stated, line)
        return read if read is not None else Assembled("${a document}", stated.at)

    def _read(self, stated: Value, line: Arguments) -> Assembled | None:
        def fill(text: str) -> str:
            return self._running.filled(text, line.frame, stated.start or 0) if stated.is_filled else text

        if stated.start is not None:
            return embedded(stated.text, self._running.place(0, 0), fill, stated.start)
        if len(stated.text) > 100_000:
            return None
        try:
            value = json.loads(stated.text, strict=False)
        except (ValueError, RecursionError):
            return None
        return literal(value, stated.at) if isinstance(value, dict) else None


def _means(arn: Value, policy: _Principal, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Whether an ARN is that of a policy, by its name or as what the command that made the policy has printed."""
    within = policy.name.at.within
    printed = within is not None and any(start <= within[0] < end for start, end in ranges)
    return printed or arn.text.endswith(f":policy/{policy.name.text}")


def _stated(value: Value) -> Fact[str]:
    return Known(value.text, value.at) if value.is_known else Unknown("a template", value.at)


def _identity(principal: _Principal) -> Identity:
    """The facts of a principal. Who takes a role that is called after deploying is open where its trust is unread."""
    holding, trust = _holding(principal), principal.trust
    facts = identity(holding)
    if trust is None or trust.is_mapping:
        return facts
    by_name = taken_by(holding.kind, holding.name, (), holding.at).value
    return replace(facts, taken_by=trust.unknown("a trust in another file")) if by_name == "deployment" else facts


def _holding(principal: _Principal) -> Holding:
    at = principal.name.at
    return Holding(
        kind=principal.kind,
        name=shown(principal.name.text),
        at=at,
        documents=tuple(principal.documents),
        trust=principal.trust,
        managed=tuple(principal.managed),
        boundary=principal.boundary,
        credentials=tuple(principal.credentials),
        name_at=at,
        signs_in=principal.signs_in,
    )


def _key(at: Place) -> Credential:
    return Credential(
        at=at,
        name=Known("the access key", at),
        type_title=Known("an AWS access key", at),
        provider=Known("AWS", at),
        principal=Known("workload", at),
        never_expires=Known(value=True, at=at),
        location=Known("text", at),
    )
