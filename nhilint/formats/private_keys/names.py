"""What the name of a key's file says that it is for, and what its path says against its being in use.

A name tells only where a tool or a service gives it (`id_ed25519`, `AuthKey_….p8`) or where it says what it opens
(`prod-bastion.pem`). `server.key`, `tls.key` and `key.pem` tell nothing: certificates of tests and of one's own machine
lie under them far more often than those of a service, so they speak only where a file says that it logs in with them.

Sources, named from a survey, pages not re-read: https://man.openbsd.org/ssh-keygen#FILES (login and host keys),
https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps,
https://developer.apple.com/documentation/appstoreconnectapi/creating-api-keys-for-app-store-connect-api.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from nhilint.setting import setting_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOGIN = Deferred(r"(?:^|[-_.])id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:$|[-_.])")
_HOST = Deferred(r"^ssh_host_(?:rsa|dsa|ecdsa|ed25519)_key$")
_GITHUB_APP = Deferred(r"^[\w.-]{1,80}\.20\d\d-\d\d-\d\d\.private-key\.pem$")
_APPLE = Deferred(r"^(?:AuthKey|SubscriptionKey)_[A-Z0-9]{10}\.p8$")
_WORDS = Deferred(r"[^a-z0-9]+")
_MACHINES = frozenset({"ec2", "bastion", "jumpbox", "jumphost", "keypair", "droplet", "ssh"})
_WHERE = frozenset({"prod", "production", "staging", "stg", "dev", "uat", "live"})
_DEPLOY = frozenset({"deploy", "deployer"})
_KINDS = frozenset({"rsa", "dsa", "ecdsa", "ed25519", "key"})
_OF_CERTIFICATES = frozenset({"tls", "ssl", "ca", "cert", "certs", "certificate", "jwt", "jwk", "server", "client"})
_MADE_UP = frozenset(
    "test tests testing testdata testfile testfiles testkey testkeys testcert testcerts testca fixture fixtures mock"  # noqa: SIM905
    " mocks stub stubs dummy fake insecure unsafe sample samples example examples demo demos local localhost localdev"
    " devenv devcontainer vagrant molecule kitchen minikube kind k3d snakeoil selfsigned playground sandbox lab labs"
    " workshop tutorial tutorials training course exercise exercises homework ctf challenge challenges honeypot goat"
    " vulnerable hack e2e spec specs integration acceptance benchmark throwaway placeholder bogus expired revoked"
    " thirdparty pebble public pub template templates".split()
)
_DEVELOPERS = frozenset({"dev", "devel", "develop", "development"})
_ENVIRONMENTS = frozenset({"env", "envs", "environment", "environments", "stages", "clusters", "inventories"})
"""Folders whose `dev` and `test` are places that run, not a developer's machine and not a test."""
_TEST_OR_DEV = Deferred(r"(?<![a-z0-9])(?:test|dev)(?![a-z0-9])")
_AN_ENVIRONMENT = Deferred(r"env(?:ironment)?[-_][a-z0-9]")
_IN_CONTAINERS = frozenset({"docker", "compose", "containers"})
"""Folders whose keys let containers on one machine talk to each other more often than they open a service."""
_OF_PROGRAMS = frozenset({"src", "internal", "pkg", "lib", "cmd", "crates", "packages"})
"""Folders of a program's source, whose keys are more often for its tests and its first start than for a machine."""


def is_made_up(path: str) -> bool:
    """Whether the path speaks of a test, an example, training or a developer's own machine."""
    *folders, name = _with_environments(path.lower().split("/"))
    spoken = "/".join((*folders, name))
    own = not _DEVELOPERS.isdisjoint(folders) or not _MADE_UP.isdisjoint(_WORDS.split(spoken))
    return own or setting_of(spoken) != "production"


def _with_environments(parts: list[str]) -> Iterator[str]:
    """The parts of a path; those that name an environment, and a file in one, no longer say `test` or `dev`."""
    inside = False
    for index, (parent, part) in enumerate(pairwise(["", *parts])):
        is_environment = parent in _ENVIRONMENTS or _AN_ENVIRONMENT.match(part) is not None
        inside = inside or is_environment
        is_named_so = is_environment or (inside and index == len(parts) - 1)
        yield _TEST_OR_DEV.sub("uat", part) if is_named_so else part


def said_by_name(path: str) -> str | None:
    """What a file of this name opens, as a noun phrase; None where the name does not tell."""
    name = path.rpartition("/")[2]
    if _GITHUB_APP.match(name):
        return "a key of a GitHub App, under the name that GitHub gives it"
    if _APPLE.match(name):
        return "a key of Apple's services, under the name that Apple gives it"
    lower = name.lower()
    folders = path.lower().split("/")[:-1]
    if not _OF_PROGRAMS.isdisjoint(folders) or not _IN_CONTAINERS.isdisjoint(_WORDS.split("/".join(folders))):
        return None
    if _HOST.match(lower):
        return "the key by which a machine proves to SSH that it is the right one"
    if lower.endswith(".ppk") or _LOGIN.search(lower):
        return "a private key under the name of one for logins by SSH"
    return _said_by_words(lower)


def _said_by_words(name: str) -> str | None:
    stem, _, ending = name.rpartition(".") if name.endswith((".pem", ".key")) else (name, "", "")
    words = [word for word in _WORDS.split(stem) if word]
    if not _OF_CERTIFICATES.isdisjoint(words):
        return None
    of_a_node = ending == "pem" and len(words) > 2 and words[-1] in ("node", "nodes")
    if not _MACHINES.isdisjoint(words) or of_a_node or ("key", "pair") in pairwise(words):
        return "a private key under the name of one for logging in to machines"
    if not _DEPLOY.isdisjoint(words) and {*words} <= _DEPLOY | _KINDS | _WHERE | {"git", "github", "gitlab", "id"}:
        return "a private key under the name of one that deploys"
    return None
