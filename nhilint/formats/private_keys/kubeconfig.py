"""A kubeconfig becomes what its users sign in to a cluster by: `client-key-data`, and a `token` in clear.

Clusters on this machine and in documents are none, nor are files of tests and examples. The key ends when the
certificate beside it does.

Sources, named from a survey, pages not re-read: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/,
https://minikube.sigs.k8s.io/docs/drivers/, https://developer.hashicorp.com/vagrant/docs/networking/private_network.
"""

from __future__ import annotations

from base64 import b64decode
from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.private_keys.names import is_made_up
from nhilint.formats.private_keys.unlocked import unlocked_key
from nhilint.formats.written_secrets.leaf import Leaf
from nhilint.formats.written_secrets.reading import written_credentials
from nhilint.knowledge.credentials import fingerprint, run_key
from nhilint.knowledge.credentials.certificates import end_of_certificates
from nhilint.knowledge.credentials.examples import is_local_host, is_reserved_host
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


_MOST_USERS = 50
_LONGEST = 65_536
_OF_ONES_OWN_MACHINE = (
    "minikube",
    "kind-",
    "k3d-",
    "docker-desktop",
    "docker-for-desktop",
    "rancher-desktop",
    "orbstack",
)
_OWN_NETWORKS = ("192.168.33.", "192.168.39.", "192.168.49.", "192.168.56.", "192.168.99.")
"""Addresses that minikube and Vagrant give to machines on one's own machine unless told otherwise."""


def extract(document: Document, claim: Claim) -> Extraction:
    """The keys of a kubeconfig's users; not this format's where it holds none."""
    root = Node.root(document)
    if is_made_up(document.path) or not root["users"].is_list:
        return Extraction(recognised=False)
    tokens = written_credentials(_tokens(root), document.text, claim.format)
    found = (*_keys(root, claim), *tokens)
    return Extraction(found, recognised=bool(found))


def _tokens(root: Node) -> Iterator[Leaf]:
    for user, name, server in _users(root):
        token = user.at_path("user", "token")
        if isinstance(token.value, str):
            yield Leaf("token", token.value[:_LONGEST], token.at, f"{name} of the cluster at {server}", sensitive=True)


def _users(root: Node) -> Iterator[tuple[Node, str, str]]:
    """The users of clusters that are not on this machine, each with its name and the cluster's host."""
    for user in islice(root["users"].items(), _MOST_USERS):
        name = user["name"].value
        server = _server(root, name) if isinstance(name, str) else None
        if server is not None:
            yield user, name[:80], server


def _keys(root: Node, claim: Claim) -> Iterator[Resource]:
    for user, name, server in _users(root):
        key = user.at_path("user", "client-key-data")
        text = _decoded(key.value)
        if unlocked_key(text) is None:
            continue
        at = key.at.at_value()
        certificate = _decoded(user.at_path("user", "client-certificate-data").value)
        ends_at = end_of_certificates(certificate)
        facts = Credential(
            at=at,
            name=Known("client-key-data", at),
            type=Known("pem-private-key", at),
            type_title=Known("a private key", at),
            provider=Known("Kubernetes", at),
            source=Known("literal", at),
            location=Known("file", at),
            principal=Known("unknown", at),
            ends_at=Known(ends_at, at) if ends_at is not None else None,
            opens=Known(f"the private key with which {name} signs in to the cluster at {server}", at),
            fingerprint=Known(fingerprint(text, run_key()), at),
        )
        yield Resource("credential", name, claim.format, facts)


def _server(root: Node, user: object) -> str | None:
    """The host of a cluster that a user signs in to and that is not on this machine; None where there is none."""
    contexts = [context["context"] for context in root["contexts"].items()]
    clusters = {str(one["cluster"].value) for one in contexts if one["user"].value == user}
    for cluster in root["clusters"].items():
        name, address = cluster["name"].value, cluster.at_path("cluster", "server").value
        if isinstance(address, str) and (str(name) in clusters or not contexts):
            host = _host(address)
            if host and not str(name).lower().startswith(_OF_ONES_OWN_MACHINE) and not _is_near(host):
                return host
    return None


def _host(address: str) -> str | None:
    from urllib.parse import urlsplit

    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _is_near(host: str) -> bool:
    own = is_local_host(host) or host.startswith(_OWN_NETWORKS) or host.endswith(".docker.internal")
    return own or is_reserved_host(host)


def _decoded(value: object) -> str:
    """The text of base64; empty where it is none."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return ""
    try:
        return b64decode("".join(value.split()), validate=True).decode("ascii")
    except ValueError:
        return ""
