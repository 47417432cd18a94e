"""Command lines of gcloud become declarations about Google Cloud: bindings, accounts, keys and providers of pools.

Sources, excerpts read 2026-11-22:
https://cloud.google.com/sdk/gcloud/reference/projects/add-iam-policy-binding (`--member`,
`--role`, `--condition`, `--condition-from-file`), …/resource-manager/folders/add-iam-policy-binding,
…/organizations/add-iam-policy-binding, …/iam/service-accounts/add-iam-policy-binding,
…/iam/service-accounts/create, …/iam/service-accounts/keys/create (`--iam-account`) and
…/iam/workload-identity-pools/providers/create-oidc. What the same script takes
away again further on is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.gcp.declared import Account, Binding, Declarations, Key, Provider, Target
from nhilint.formats.shell_grants.options import Arguments, leading_options
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.gcp.declared import Member
    from nhilint.formats.shell_grants.parts import Word
    from nhilint.formats.shell_grants.running import Call, Running, Value
    from nhilint.model.fact import Fact

PROGRAM = "gcloud"
_GIVES = "add-iam-policy-binding"
_TAKES = "remove-iam-policy-binding"
_VALUED = frozenset({"--project", "--account", "--configuration", "--format", "--verbosity", "--billing-project"})
SWITCHES = frozenset(
    {"--quiet", "-q", "--no-user-output-enabled", "--all", "--no-log-http", "--disabled", "--log-http"}
)
_TRACKS = frozenset({"alpha", "beta", "preview"})
_PARENTS: dict[tuple[str, ...], Target] = {
    ("projects",): Target("project", "resourcemanager"),
    ("resource-manager", "folders"): Target("folder", "resourcemanager"),
    ("organizations",): Target("organization", "resourcemanager"),
}
_SERVICES = {
    "artifacts": "artifactregistry",
    "functions": "cloudfunctions",
    "secrets": "secretmanager",
    "kms": "cloudkms",
    "tasks": "cloudtasks",
    "bq": "bigquery",
}
_ACCOUNT = "serviceAccount:"
_MAIL = ".iam.gserviceaccount.com"
_EXPRESSION = Deferred(r"(?:^|,)expression=(.{1,2000}?)(?=,(?:title|description)=|$)", flags=re.DOTALL)
_PAIR = Deferred(r",(?=[A-Za-z_]\w{0,60}(?:\.\w{1,100})?=)")


def declarations(running: Running, calls: Iterable[Call]) -> Declarations:
    """What the command lines of a script give, make and let in."""
    lines = [Arguments(running, replace(call, words=plain_words(call)), SWITCHES) for call in calls]
    taken = [set(_pairs(line)) if _TAKES in line.path and line.takes_for_sure else frozenset() for line in lines]
    bindings = tuple(
        binding
        for number, line in enumerate(lines)
        for binding in _bindings(line)
        if not any(_texts(binding) in pairs for pairs in taken[number:])
    )
    made = [account for line in lines for account in _accounts(line)]
    return Declarations(
        bindings=bindings,
        accounts=tuple(_named_by(made, bindings)),
        keys=tuple(key for line in lines for key in _keys(line)),
        providers=tuple(provider for line in lines for provider in _providers(line)),
    )


def plain_words(call: Call) -> tuple[Word, ...]:
    """The words of a call without options of gcloud itself and without the track of its release."""
    words = leading_options(call.words, _VALUED)
    return (*words[:1], *words[2:]) if len(words) > 1 and words[1].plain in _TRACKS else words


def _pairs(line: Arguments) -> Iterator[tuple[str, str]]:
    for member in line.all("--member"):
        for role in line.all("--role"):
            yield member.text, role.text


def _texts(binding: Binding) -> tuple[str, str]:
    member, role = binding.members[0], binding.role
    return (member.value if isinstance(member, Known) else "", role.value if isinstance(role, Known) else "")


def _bindings(line: Arguments) -> Iterator[Binding]:
    """The bindings that a command line adds: one for each role and member that its words stand for."""
    if _GIVES not in line.path:
        return
    place = tuple(line.path[: line.path.index(_GIVES)])
    target = _PARENTS.get(place) or _target(place, line)
    if target is None:
        return
    at = line.at
    for role in line.all("--role"):
        for member in line.all("--member"):
            yield Binding(
                at=at,
                policy=_policy(place, line),
                policy_at=at,
                role=_fact(role),
                members=(_fact(member),),
                condition=_condition(line),
                target=target,
            )


def _target(place: tuple[str, ...], line: Arguments) -> Target | None:
    if place == ("iam", "service-accounts"):
        named = line.behind(*place, _GIVES)
        return Target("service_account", "iam", account=_ACCOUNT + named[0].text) if named and len(named) == 1 else None
    return Target("resource", _SERVICES.get(place[0], place[0])) if place else None


def _policy(place: tuple[str, ...], line: Arguments) -> str:
    named = line.behind(*place, _GIVES)
    text = re.sub(r"\$\{\s?([^{}]*?)\s?\}", r"<\1>", named[0].text) if named else ""
    return text if text and "<>" not in text else " ".join(place)


def _fact(value: Value) -> Member:
    return Known(value.text, value.at)


def _condition(line: Arguments) -> Fact[str]:
    if line.has("--condition-from-file"):
        return Unknown("a condition in another file", line.at)
    stated = line.one("--condition")
    if stated is None:
        return Unknown("one of several conditions", line.at) if line.has("--condition") else None
    if stated.text == "None":
        return None
    found = _EXPRESSION.search(stated.text)
    return Known(found[1], stated.at) if found and stated.is_known else Unknown("a template", stated.at)


def _accounts(line: Arguments) -> Iterator[Account]:
    for value in line.behind("iam", "service-accounts", "create") or ():
        if value.is_known:
            project = line.one("--project")
            mail = f"{value.text}@{project.text if project else '${the project}'}{_MAIL}"
            email: Fact[str] = Known(mail, value.at) if "${" not in mail else Unknown("a template", value.at)
            yield Account(at=value.at, label=value.text, member=_ACCOUNT + mail, account_id=value.text, email=email)


def _named_by(made: list[Account], bindings: tuple[Binding, ...]) -> Iterator[Account]:
    """The accounts by the one text with which the bindings of the script mean them, where there is just one."""
    for account in {one.label: one for one in made}.values():
        begins = f"{_ACCOUNT}{account.label}@"
        members = (member.value for b in bindings for member in b.members if isinstance(member, Known))
        targets = (b.target.account for b in bindings if b.target.account)
        texts = {text for text in (*members, *targets) if text.startswith(begins)}
        yield replace(account, member=texts.pop()) if len(texts) == 1 else account


def _keys(line: Arguments) -> Iterator[Key]:
    if line.path[:4] != ["iam", "service-accounts", "keys", "create"]:
        return
    named = line.one("--iam-account")
    member = _ACCOUNT + named.text if named is not None else None
    label = re.sub(r"\$\{\s?([^{}]*?)\s?\}", r"<\1>", named.text) if named is not None else "a service account"
    yield Key(at=line.at, label=label, member=member, kind="service-account-key", in_file=True)


def _providers(line: Arguments) -> Iterator[Provider]:
    verbs = ("iam", "workload-identity-pools", "providers", "create-oidc")
    pool = line.one("--workload-identity-pool")
    if line.path[:4] != list(verbs) or pool is None:
        return
    named = line.behind(*verbs)
    stated, asked = line.one("--attribute-mapping"), line.one("--attribute-condition")
    audiences = line.one("--allowed-audiences")
    issuer = line.one("--issuer-uri")
    yield Provider(
        at=line.at,
        label=named[0].text if named else pool.text,
        pools=frozenset({pool.text}),
        issuer=_stated(issuer),
        condition=_stated(asked),
        mapping=dict(_mapping(stated.text)) if stated is not None and stated.is_known else {},
        mapping_at=stated.at if stated is not None else None,
        unread_mapping=Unknown("a template", stated.at) if stated is not None and not stated.is_known else None,
        audiences=Known(tuple(audiences.text.split(",")), audiences.at) if audiences and audiences.is_known else None,
    )


def _stated(value: Value | None) -> Fact[str]:
    if value is None:
        return None
    return Known(value.text, value.at) if value.is_known else Unknown("a template", value.at)


def _mapping(text: str) -> Iterator[tuple[str, str]]:
    """`key=expression` pairs, joined by commas that may also stand inside of an expression."""
    for pair in _PAIR.split(text):
        key, _, expression = pair.partition("=")
        yield key.strip(), expression.strip()
