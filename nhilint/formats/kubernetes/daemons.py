"""Whether a container is a Docker daemon that listens to the whole network and asks nobody for a certificate.

Docker's image starts the daemon on port 2375 for everybody where `DOCKER_TLS_CERTDIR` is emptied and its entry point is
kept; options that start with a dash are added to those. Source: https://github.com/docker-library/docker,
dockerd-entrypoint.sh, read 2026-11-22.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_LISTENS = Deferred(r"(?:^|\s)(?:-H|--host)[= ]?tcp://(?:0\.0\.0\.0)?:2375\b")
_IMAGE = Deferred(r"(?:^|/)docker:(?:[\w.-]{1,60}-)?dind\b")
_MOST = 500


def open_daemon_at(container: Node, command: str) -> Place | None:
    """Where a container, with its command and arguments as one text, is told to listen so; None if it is not."""
    if _LISTENS.search(command):
        told = container["args"] if container["args"].exists else container["command"]
        return None if "--tlsverify" in command else told.at
    image = container["image"].value
    is_entered = not container["command"].exists and (not command or command.startswith("-"))
    if not is_entered or not isinstance(image, str) or not _IMAGE.search(image):
        return None
    for variable in islice(container["env"].items(), _MOST):
        if variable["name"].value == "DOCKER_TLS_CERTDIR" and variable["value"].value == "":
            return variable["value"].at
    return None
