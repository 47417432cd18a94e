"""Identities that a server takes from the machine of whoever starts it: profiles, key files, cluster contexts.

Sources: AWS SDK reference "Shared config and credentials files", kubectl "Organizing cluster access", Google Cloud
"How Application Default Credentials works", read 2026-11-22. Names that `aws configure sso` offers for a profile:
awscli/customizations/configure/sso.py of aws/aws-cli, read 2026-11-22; those of the
access portal have the account in front.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.mcp.holding import is_in_clear
from nhilint.formats.mcp.paths import path_reach
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.capability import RunsAs
from nhilint.model.vocabulary.credential import Credential, CredentialPrincipal, CredentialSource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.mcp.command_line import CommandLine
    from nhilint.formats.node import Node
    from nhilint.knowledge.tools import Launch
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.tool import Mount

_PROFILES = frozenset(
    {"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "DATABRICKS_CONFIG_PROFILE", "CLOUDSDK_ACTIVE_CONFIG_NAME"}
)
_FILES = frozenset(
    {
        "KUBECONFIG",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_CONFIG_FILE",
        "AZURE_CONFIG_DIR",
        "CLOUDSDK_CONFIG",
        "GH_CONFIG_DIR",
        "NETRC",
    }
)
_OWN_PROFILES = frozenset({"default", "personal", "me", "my-profile"})
_SIGNED_IN = Deferred(r"(?:([\w+=,.@-]{1,32})-\d{12}|\d{12}_([\w+=,.@-]{1,32}))")
"""Profiles of people who sign in at AWS's access portal: the permission set and the account."""
_ADMINISTRATORS = frozenset({"administratoraccess", "awsadministratoraccess"})
"""Permission sets, in lower case, that AWS and Control Tower make with the policy AdministratorAccess."""
_PROFILE_OPTIONS = frozenset({"--profile", "--aws-profile"})
_WITH_DEFAULT = Deferred(r"\$\{\w{1,80}:?-([^{}$]{1,80})\}")
_LONGEST_NAME = 300
_PERSONAL_FILE = "application_default_credentials.json"


def ambient_credential(name: str, node: Node) -> Credential | None:
    """The identity that a variable lends, when it is one of those that name a profile or a credential file."""
    if not isinstance(node.value, str) or not node.value.strip():
        return None
    value = node.value.strip()
    if len(value) > _LONGEST_NAME or is_in_clear(value):
        return None  # the credential itself, not where it is
    if name in _PROFILES:
        return _lent(name, value, "ambient_profile", _owner_of_profile(value, node.at), node.at)
    if name in _FILES:
        return _lent(name, value, "file", _owner_of_file(value, node.at), node.at)
    return None


def profiles_by_option(line: CommandLine, launch: Launch) -> Iterator[Credential]:
    """The profile that an option names for a program of AWS; `--profile` means other things elsewhere."""
    if launch.package is None or "aws" not in launch.package.name:
        return
    for index, word in enumerate(line.words):
        option, _, value = word.partition("=")
        if option not in _PROFILE_OPTIONS or (not value and index + 1 == len(line.words)):
            continue
        value, at = (value, line.places[index]) if value else (line.words[index + 1], line.places[index + 1])
        if value.strip() and len(value) <= _LONGEST_NAME and not is_in_clear(value):
            yield _lent(option, value, "ambient_profile", _owner_of_profile(value, at), at)


def signed_in_as(credentials: Iterable[Credential]) -> RunsAs | None:
    """The administrator as whom a server works that is lent the profile of one; None where no name says so."""
    for credential in credentials:
        profile = value_of(credential.reference)
        permission_set = _permission_set(profile) if profile and credential.principal is not None else None
        if permission_set is not None and permission_set.lower() in _ADMINISTRATORS:
            at = credential.at
            named, power = Known(profile or "", at), Known[Literal["administers"]]("administers", at)
            return RunsAs(at=at, identity=named, power=power, power_through=Known(permission_set, at))
    return None


def _permission_set(profile: str) -> str | None:
    found = _SIGNED_IN.fullmatch(profile)
    return (found[1] or found[2]) if found is not None else None


def files_of_another(names: set[str]) -> frozenset[str]:
    """Which of the variables only say where the identity is kept that another one of them names.

    A profile decides whose it is, wherever AWS's two files lie; of the files it is the one with the keys.
    Source: AWS SDK and tools reference, "Location of the shared config and credentials files", read 2026-11-22.
    """
    if not names.isdisjoint({"AWS_PROFILE", "AWS_DEFAULT_PROFILE"}):
        return frozenset({"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"})
    return frozenset({"AWS_CONFIG_FILE"}) if "AWS_SHARED_CREDENTIALS_FILE" in names else frozenset()


def mounted_credential(mount: Mount) -> Credential | None:
    """The identity in a credential folder that a container is given; it belongs to whoever owns the folder."""
    if not (isinstance(mount.reach, Known) and mount.reach.value == "credentials" and isinstance(mount.source, Known)):
        return None
    owner: Fact[CredentialPrincipal] = Known("human", mount.at)
    return _lent("mount", mount.source.value, "file", owner, mount.at)


def _lent(name: str, value: str, source: CredentialSource, owner: Fact[CredentialPrincipal], at: Place) -> Credential:
    return Credential(
        at=at,
        name=Known(name, at),
        reference=Known(value, at),
        source=Known(source, at),
        location=Known("file" if source == "file" else "env", at),
        principal=owner,
    )


def _owner_of_profile(value: str, at: Place) -> Fact[CredentialPrincipal]:
    """The default profile is the person's, as one of a sign-in is; another may be made for the agent. What a variable
    holds nobody knows here: whoever sets it may have chosen either; only a default that stands beside it is judged."""
    fallback = _WITH_DEFAULT.fullmatch(value)
    stated = fallback[1] if fallback is not None else value
    if stated.startswith(("$", "%")):
        return Unknown("a variable of the environment", at)
    is_theirs = stated.lower() in _OWN_PROFILES or _permission_set(stated) is not None
    return Known("human" if is_theirs else "unknown", at)


def _owner_of_file(value: str, at: Place) -> Fact[CredentialPrincipal]:
    """A file in the credential folder of a home is the person's; a key file elsewhere was made for a workload."""
    is_theirs = path_reach(value) == "credentials" or value.endswith(_PERSONAL_FILE)
    return Known("human" if is_theirs else "unknown", at)
