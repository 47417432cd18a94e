"""The `Principal` element: who is meant.

Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, partly re-read 2026-11-22.
An account id and that account's root ARN both mean the whole account.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION, unfilled
from nhilint.knowledge.aws import account_of
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.statement import Principal
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many

Kind = Literal["anyone", "account", "role", "user", "service", "federated", "organization", "session", "canonical"]

_ACCOUNT = Deferred(r"^\d{12}$|^arn:aws[\w-]*:iam::\d{12}:root$")
_IAM_ARN = Deferred(r"^arn:aws[\w-]*:(iam|sts)::[^:]*:([a-z-]+)")
_FILLED_IN = Deferred(r"\$\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>]*>|\$[A-Za-z_]\w*|%[A-Z_]+%|__[A-Z_]+__")
_SOME_ACCOUNT = "000000000000"
_OF_SOME_ACCOUNT = Deferred(rf"^arn:[\w-]+:(?:iam|sts)::{_SOME_ACCOUNT}:(?P<rest>.+)$")
_KINDS: dict[str, Kind] = {
    "role": "role",
    "user": "user",
    "assumed-role": "session",
    "federated-user": "session",
    "root": "account",
}


def principals(node: Node, own_account: str | None) -> Many[Principal]:
    """Every principal that an element names. `own_account` is the account of the resource, where it is known."""
    if not node.exists:
        return ()
    if node.is_text or node.is_list:  # a list is no principal to AWS; what it means is plain all the same
        return tuple(p for item in node.items() for p in _aws(item, own_account))
    if not node.is_mapping:
        return Unknown("not a principal", node.at)
    return tuple(_typed(node, own_account))


def _typed(node: Node, own_account: str | None) -> Iterator[Principal | Unknown]:
    kinds: dict[str, Kind] = {"Service": "service", "Federated": "federated", "CanonicalUser": "canonical"}
    for kind, values in node.entries():
        for item in values.items():
            if kind == "AWS":
                yield from _aws(item, own_account)
            elif kind in kinds and item.is_text:
                yield _plain(item, kinds[kind])
            else:
                yield Unknown("not a principal", item.at)


def _aws(node: Node, own_account: str | None) -> Iterator[Principal | Unknown]:
    if not node.is_text:
        yield Unknown("not a text", node.at)
        return
    text = str(node.value)
    if text == "*":
        yield Principal(at=node.at, kind=Known("anyone", node.at), value=Known(text, node.at))
    elif unfilled(text.replace(OWN_ACCOUNT, "")):
        yield _of_unnamed_account(node, text)
    elif OWN_ACCOUNT in text:
        kind = _kind(text.replace(OWN_ACCOUNT, "000000000000"))
        yield Principal(
            at=node.at, kind=Known(kind, node.at), value=Known(text, node.at), external=Known(value=False, at=node.at)
        )
    else:
        account = text if re.fullmatch(r"\d{12}", text) else account_of(text)
        yield Principal(
            at=node.at,
            kind=Known(_kind(text), node.at),
            value=Known(text, node.at),
            account=Known(account, node.at) if account else None,
            external=_external(node, account, own_account),
        )


_OF_A_CLUSTER = Deferred(r"^\$\{[^{}]*\baws_eks_cluster\.[\w-]+[^{}]*\.issuer\b[^{}]*\}$")
"""The issuer of a cluster that Terraform makes beside the role: its address is filled in, what it is is known."""


_CALLED_A_ROLE = Deferred(r"^\$\{[^{}]{0,200}\b(?:\w{1,80}_)?role_arns?(?:\[[^\[\]{}]{0,100}\])?\}$")
"""A reference to the ARN of a role, as its own name says: which one is filled in later."""


def _of_unnamed_account(node: Node, text: str) -> Principal | Unknown:
    """Somebody whose account is filled in later, where nothing else is: that it is one account is known. So is that it
    is one role where the whole ARN is filled in by what is called so."""
    if _CALLED_A_ROLE.match(text):
        external = Unknown("a role that is filled in later", node.at)
        return Principal(at=node.at, kind=Known("role", node.at), value=Known(text, node.at), external=external)
    filled = _FILLED_IN.sub(_SOME_ACCOUNT, text)
    match = _OF_SOME_ACCOUNT.match(filled)
    if match is None or _SOME_ACCOUNT in match["rest"]:
        return Unknown("a template", node.at)
    kind = _kind(f"arn:aws:iam::{_SOME_ACCOUNT}:{match['rest']}")
    external = Unknown("an account that is filled in later", node.at)
    return Principal(at=node.at, kind=Known(kind, node.at), value=Known(text, node.at), external=external)


def _external(node: Node, account: str | None, own_account: str | None) -> Fact[bool]:
    if account is None or own_account is None:
        return Unknown("an account that the file does not name", node.at)
    return Known(account != own_account, node.at)


def _kind(text: str) -> Kind:
    if _ACCOUNT.match(text):
        return "account"
    match = _IAM_ARN.match(text)
    return _KINDS.get(match.group(2), "role") if match else "role"


def _plain(node: Node, kind: Kind) -> Principal | Unknown:
    text = str(node.value).replace(f".{OWN_REGION}.", ".")
    _, is_provider, issuer = text.partition(":oidc-provider/")
    if is_provider and not issuer:
        return Unknown("a provider that is filled in later", node.at)  # a variable that is empty by default
    if unfilled(issuer if is_provider else text.replace(OWN_ACCOUNT, "")) and not _OF_A_CLUSTER.search(issuer):
        return Unknown("a template", node.at)
    wide: Kind = "anyone" if text == "*" and kind == "service" else kind
    return Principal(at=node.at, kind=Known(wide, node.at), value=Known(text, node.at))
