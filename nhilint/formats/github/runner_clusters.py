"""Says whether a step makes a Kubernetes cluster on its runner, and whether a script puts files of the work tree in it.

A chart or manifest of the work tree names images, commands and mounts of its author's choice, and the nodes of such a
cluster are privileged containers of the runner: to install it is to run its author's code on the machine. A chart from
a repository, a manifest from an address or one that the script writes itself is nobody's pull request.

Sources, read 2026-11-22: https://github.com/helm/kind-action, https://kind.sigs.k8s.io/docs/user/quick-start/ and
https://helm.sh/docs/helm/helm_install/ (six ways to name a chart).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.project_code import neutral
from nhilint.knowledge.tools.shell_text import split_commands
from nhilint.knowledge.tools.words import program_name
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.github.actions import Reference
    from nhilint.formats.node import Node

_ACTIONS = frozenset(
    {
        "helm/kind-action",
        "engineerd/setup-kind",
        "container-tools/kind-action",
        "medyagh/setup-minikube",
        "manusa/actions-setup-minikube",
        "nolar/setup-k3d-k3s",
        "absaoss/k3d-action",
        "jupyterhub/action-k3s-helm",
    }
)
_MAKES = Deferred(r"\b(?:kind\s+create\s+cluster|minikube\s+start|k3d\s+cluster\s+create|ctlptl\s+create\s+cluster)\b")
_MANIFESTS = frozenset({"-f", "--filename", "-k", "--kustomize"})
_OF_WORK_TREE = Deferred(r"\$\{?GITHUB_WORKSPACE\}?/")
_FOLDERS_OF_CHARTS = frozenset(
    {"chart", "charts", "helm", "deploy", "deployment", "deployments", "manifests", "config"}
)
"""Folders in which projects keep their chart; any other `one/two` is a chart of an added repository."""
_FROM_ELSEWHERE = ("-", "/", "~", "$", "EXPRESSION")


def makes_cluster(step: Node, reference: Reference | None) -> bool:
    """Whether a step starts a cluster on the machine that it runs on."""
    if reference is not None:
        return reference.repository in _ACTIONS
    text = step.value_under("run")
    return isinstance(text, str) and _MAKES.search(text) is not None


def installs_files(text: str, folder: str) -> bool:
    """Whether a script puts a chart or manifest into a cluster that stands in a folder of the work tree (`""`: all)."""
    if "helm" not in text and "kubectl" not in text:
        return False
    try:
        commands = split_commands(neutral(text))
    except ValueError:
        return False
    paths = (path for command in commands for path in _installed(command.words, text))
    return any(path.removeprefix("./").startswith(folder) and not _is_made_by(text, path) for path in paths)


def _installed(words: Sequence[str], text: str) -> Iterator[str]:
    """The paths of the work tree that one command installs."""
    program, arguments = (program_name(words[0]), words[1:]) if words else ("", ())
    if program == "helm" and not {"install", "upgrade"}.isdisjoint(arguments):
        for before, word in zip(("", *arguments), arguments, strict=False):
            path = _OF_WORK_TREE.sub("./", word)
            if not before.startswith("-") and _is_chart(path, text):
                yield path
    elif program == "kubectl" and not {"apply", "create", "replace"}.isdisjoint(arguments):
        for before, word in zip(("", *arguments), arguments, strict=False):
            option, given, value = word.partition("=")
            path = _OF_WORK_TREE.sub("./", value if given else word)
            if (option if given else before) in _MANIFESTS and "://" not in path:
                yield from () if path.startswith(_FROM_ELSEWHERE) else (path,)


def _is_chart(path: str, text: str) -> bool:
    if path.startswith(("./", "../")) or path == ".":
        return True
    first, slash, _ = path.partition("/")
    if not slash or "://" in path or path.startswith(_FROM_ELSEWHERE) or f"repo add {first} " in text:
        return False
    return path.endswith("/") or first in _FOLDERS_OF_CHARTS


def _is_made_by(text: str, path: str) -> bool:
    """Whether the script writes the file before it installs it."""
    return re.search(rf"(?:>|\btee\s|\s-[oO]\s|--output[ =])\s{{0,4}}{re.escape(path)}", text) is not None
