"""Credentials in the environment of containers: in clear or out of a Secret, and which open a store of one's own."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.containers import MOST_VARIABLES, command_of
from nhilint.formats.kubernetes.names import name_of
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.knowledge.credentials import is_credential_name
from nhilint.knowledge.credentials.passwords import repeats_its_name_for_development
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

STORE_KEY = "AWS_SECRET_ACCESS_KEY"
_ENDPOINT = Deferred(
    r"^(?:AWS_ENDPOINT_URL(?:_S3)?|(?:[A-Z0-9]{1,20}_){0,3}(?:S3|MINIO|R2|AWS)_(?:[A-Z0-9]{1,20}_)?ENDPOINT(?:_URL)?)$"
)
"""Variables that name another store than Amazon S3 (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html,
read 2026-11-22; the others by habit)."""
_REPOSITORIES = frozenset({"RESTIC_REPOSITORY", "RESTIC_REPOSITORY_FILE"})
"""Where restic keeps its copies: `s3:` and an endpoint, Amazon's or another
(https://restic.readthedocs.io/en/stable/030_preparing_a_new_repo.html, read 2026-11-22)."""
_TOLD_ENDPOINT = Deferred(
    r"--(?:[a-z0-9]{1,12}-){0,3}endpoint(?:-url)?(?:=|\s{1,8})[\"']?([^\s\"']{1,200})|"
    r"\"\w{0,20}[Ee]ndpoint\"\s{0,8}:\s{0,8}\"(https?://[\w-]{1,63}\.[\w-]{1,63}\.svc[.:/\"][^\s\"']{0,100})|"
    r"\b(?:[A-Z0-9]{1,20}_){0,3}ENDPOINT(?:_URL)?=[\"']?(https?://[^\s\"']{1,200})|"
    r"[?&]AWS_(?:[A-Z0-9]{1,20}_)?ENDPOINT=([^\s\"'&]{1,200})|"
    r"\bmc (?:alias set|config host add) \S{1,60} [\"']?(https?://[^\s\"']{1,200})"
)
"""The same as an option of a command (`aws --endpoint-url http://…`, `--s3-endpoint=…`), as a service of the cluster
in the JSON that the command sends (`"endpoint": "http://minio.store.svc:9000"`), as a variable of its shell, as a
parameter of an address (`s3://copies?AWS_ENDPOINT=…`, https://www.cockroachlabs.com/docs/stable/use-cloud-storage, read
2026-11-23), or as the host behind a name for MinIO's client (https://github.com/minio/mc, README.md, read
2026-11-22)."""


def credentials_of(containers: list[Node]) -> Iterator[Credential]:
    """Credentials in the environment of containers: in clear, or taken from a Secret."""
    for container in containers:
        for number, variable in enumerate(container["env"].items()):
            name, value = variable["name"].value, variable["value"]
            if not isinstance(name, str) or number >= MOST_VARIABLES:
                continue
            if isinstance(value.value, str):
                slot = Slot(name, value.at, "env", is_credential_name(name))
                yield from (_weighed(one, name, value.value) for one in read_slot(value.value, slot, Expansion())[0])
            elif variable.at_path("valueFrom", "secretKeyRef").is_mapping and is_credential_name(name):
                found = _from_secret(name, variable.at_path("valueFrom", "secretKeyRef"))
                yield replace(found, opens_own_store=_own_store(container)) if name == STORE_KEY else found


def _weighed(credential: Credential, name: str, value: str) -> Credential:
    """The credential; one without a shape whose value only repeats its name for development stands for another."""
    if not isinstance(credential.shaped, Known) or credential.shaped.value:
        return credential
    is_stand_in = repeats_its_name_for_development(value, name)
    return replace(credential, stand_in=Known(value=True, at=credential.at)) if is_stand_in else credential


def _own_store(container: Node) -> Fact[bool]:
    """Where a container is told of another endpoint than Amazon's, by a variable or an option of its command.

    Nobody names one for S3 itself.
    """
    for number, variable in enumerate(container["env"].items()):
        name, value = variable["name"].value, variable["value"].value
        if number >= MOST_VARIABLES or not isinstance(name, str):
            break
        if name in _REPOSITORIES and (name != "RESTIC_REPOSITORY" or not isinstance(value, str)):
            return Unknown("the place of restic's copies is stated elsewhere", variable.at)
        if names_other_store(name, value):
            return Known(value=True, at=variable.at)
    told = [one[one.lastindex or 0] for one in islice(_TOLD_ENDPOINT.finditer(command_of(container)), MOST_VARIABLES)]
    elsewhere = bool(told) and not any("amazonaws.com" in one for one in told)
    return Known(value=True, at=container.at) if elsewhere else None


def names_other_store(name: str, value: object) -> bool:
    """Whether a variable names a store that is not Amazon's, be it by a value that stands elsewhere."""
    named = name in _REPOSITORIES or _ENDPOINT.search(name) is not None
    return named and not (isinstance(value, str) and "amazonaws.com" in value)


def _from_secret(name: str, reference: Node) -> Credential:
    """One that the pod may do without is not said to be there."""
    stated = name_of(reference["name"])
    return Credential(
        at=reference.at,
        name=Known(name, reference.at),
        reference=Known(stated, reference.at) if stated else None,
        source=Known("secret_store", reference.at),
        location=Known("env", reference.at),
        resolves=None if reference["optional"].value is True else Known(value=True, at=reference.at),
    )
