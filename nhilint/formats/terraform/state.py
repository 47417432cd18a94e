"""A committed state of Terraform becomes the credentials in clear that providers left in it.

Read: `resources[].instances[].attributes` and `outputs` of version 4, `modules[].resources{}.primary.attributes` (names
with dots) and `outputs` of version 3. What the provider marks (`sensitive_attributes`, `sensitive` of an output) is a
secret's place, and so are the attributes named here; a key in base64, as Google hands it out, is decoded. A state that
is encrypted, and one of more than the bytes that are read of any file, hold nothing for this reader.
Source: internal/states/statefile/version4.go of hashicorp/terraform, read 2026-11-22 (version 3 as real files have it),
developer.hashicorp.com/terraform/language/manage-sensitive-data.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.written_secrets.reading import written_credentials
from nhilint.formats.written_secrets.texts import Texts
from nhilint.model.resource import Extraction
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.written_secrets.leaf import Leaf
    from nhilint.model.place import Pointer
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_SECRET = {
    "aws_secretsmanager_secret_version": "secret_string",
    "azuread_application_password": "value",
    "azuread_service_principal_password": "value",
    "azurerm_key_vault_secret": "value",
    "google_secret_manager_secret_version": "secret_data",
    "random_password": "result",
    "vault_generic_secret": "data_json",
}
"""Attributes that hold a secret without their name saying so."""
_OF_KUBERNETES = frozenset({"kubernetes_secret", "kubernetes_secret_v1"})
_RENAMED = {("aws_iam_access_key", "secret"): "aws_secret_access_key", ("", "ses_smtp_password_v4"): "smtp_password"}
_NO_SECRETS = frozenset({"verification_token", "encrypted_secret"})
"""What stands in public DNS, and a ciphertext."""
_HASH = Deferred(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ENCODED = ("LS0tLS1CRUdJTi", "ey", "ew")
"""How base64 of `-----BEGIN` and of a JSON document begins."""
_LONGEST = 65_536


def extract(document: Document, claim: Claim) -> Extraction:
    """The credentials of a state; not this format's where the file is none."""
    root = document.value
    if not isinstance(root, dict) or "terraform_version" not in root:
        return Extraction(recognised=False)
    leaves = [_opened(leaf) for leaf in _leaves(root, document.path)]
    opened = (leaf.text for leaf in leaves if leaf.start is None)
    found = written_credentials(leaves, "\n".join((document.text, *opened)), claim.format)
    return Extraction(tuple(found))


def _leaves(root: dict[str, Value], path: str) -> Iterator[Leaf]:
    """Every text that may be a secret, of either version."""
    texts = Texts(path)
    yield from _outputs(root, (), texts)
    yield from _of_instances(root, texts)
    for index, module in _each(root.get("modules")):
        yield from _outputs(module, ("modules", index), texts)
        held = module.get("resources")
        for owner, resource in held.items() if isinstance(held, dict) else ():
            primary = resource.get("primary") if isinstance(resource, dict) else None
            kind = str(owner).removeprefix("data.").partition(".")[0]
            at: Pointer = ("modules", index, "resources", owner, "primary", "attributes")
            stated = primary.get("attributes") if isinstance(primary, dict) else None
            yield from _attributes(stated, at, (kind, str(owner)), {_SECRET.get(kind, "")}, texts)


def _of_instances(root: dict[str, Value], texts: Texts) -> Iterator[Leaf]:
    """What the resources of version 4 hold, each of which may be several."""
    for index, resource in _each(root.get("resources")):
        kind = str(resource.get("type"))
        owner = ".".join(str(resource[key]) for key in ("module", "type", "name") if key in resource)
        for number, instance in _each(resource.get("instances")):
            pointer: Pointer = ("resources", index, "instances", number)
            marked = _marked(instance.get("sensitive_attributes")) | {_SECRET.get(kind, "")}
            for key in ("attributes", "attributes_flat"):
                yield from _attributes(instance.get(key), (*pointer, key), (kind, owner), marked, texts)


def _each(value: Value) -> Iterator[tuple[int, dict[str, Value]]]:
    for index, one in enumerate(value) if isinstance(value, list) else ():
        if isinstance(one, dict):
            yield index, one


def _outputs(holder: dict[str, Value], pointer: Pointer, texts: Texts) -> Iterator[Leaf]:
    held = holder.get("outputs")
    for name, output in held.items() if isinstance(held, dict) else ():
        if isinstance(output, dict):
            at, is_marked = (*pointer, "outputs", name, "value"), output.get("sensitive") is True
            yield from texts.below(output.get("value"), at, str(name), "an output", sensitive=is_marked)


def _marked(value: Value) -> set[str]:
    """The attributes that a provider marks as a whole: paths of one step."""
    paths = (path[0] for path in value if isinstance(path, list) and len(path) == 1) if isinstance(value, list) else ()
    return {str(step.get("value")) for step in paths if isinstance(step, dict)}


def _attributes(value: Value, pointer: Pointer, of: tuple[str, str], marked: set[str], texts: Texts) -> Iterator[Leaf]:
    kind, owner = of
    for key, stated in value.items() if isinstance(value, dict) else ():
        steps = [step for step in str(key).split(".") if not step.isdigit()]
        name = steps[-1] if steps else str(key)
        for leaf in texts.below(stated, (*pointer, key), name, owner):
            is_whole = leaf.name == key and key in marked
            is_of_secret = (
                kind in _OF_KUBERNETES and "data" in (key, *steps[:1]) and leaf.name in (name, leaf.at.pointer[-1])
            )
            called = _RENAMED.get((kind, leaf.name)) or _RENAMED.get(("", leaf.name)) or leaf.name
            if leaf.name not in _NO_SECRETS and not _is_hash(leaf):
                yield replace(leaf, name=called, sensitive=leaf.sensitive or is_whole or is_of_secret)


def _is_hash(leaf: Leaf) -> bool:
    """Whether only the hash of a key is kept, as the provider of AWS does."""
    return leaf.name.endswith(("private_key", "private_key_pem")) and _HASH.fullmatch(leaf.text) is not None


def _opened(leaf: Leaf) -> Leaf:
    """The text that base64 hides, where it is a key or a document."""
    if not leaf.text.startswith(_ENCODED) or len(leaf.text) >= _LONGEST:
        return leaf
    try:
        text = base64.b64decode(leaf.text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return leaf
    return replace(leaf, text=text, start=None) if text.startswith(("{", "-----BEGIN")) else leaf
