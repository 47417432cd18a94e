"""Small readings that the actions of several agents share: lists of names, keys, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.secrets import TOKEN_NAME, names_token, secrets_in
from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import CredentialPrincipal


def allowed_names(node: Node) -> Fact[tuple[str, ...]]:
    """A list of account names, separated by commas; None when the input is not given."""
    if not node.exists or node.value in (None, ""):
        return None
    if not node.is_text or "${{" in node.value:
        return node.unknown("an expression")
    return Known(tuple(name.strip() for name in node.value.split(",") if name.strip()), node.at)


def key_of(
    node: Node, shape: str | None, principal: CredentialPrincipal, *, federated: bool = False
) -> Iterator[Credential]:
    """The credential that an input gives to the agent; a value in clear is somebody else's to judge."""
    if not node.is_text or not node.value:
        return
    mentions = secrets_in([(node.value, node.pointer)])
    name = mentions[0].name if mentions else TOKEN_NAME if names_token(node.value) else None
    if name is None and not federated:
        return
    at = node.at
    yield Credential(
        at=at,
        name=Known(node.key, at),
        reference=Known(name, at) if name is not None else None,
        type=Known(shape, at) if shape is not None else None,
        source=Known("workload_identity" if federated else "ci_secret", at),
        location=Known("field", at),
        principal=Known(principal, at),
    )


def number_of(value: object, at: Place) -> Fact[int]:
    """A number that may be written as a text."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    return Known(int(text), at) if text.isdigit() and len(text) < 9 else None
