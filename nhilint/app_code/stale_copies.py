"""Of two files that state the same thing, the one that is evidently not in force is set aside.

What a tool built from a file that stands here too is that file again: the same bytes in `dist`, the template that
`sam package` writes beside its source, the ones that `sam build` keeps below `.aws-sam`. A script's manifest outside
the folder that is pushed goes nowhere. Of several manifests of one app the one counts that code names by its folder and
file, and of several Terraform folders that keep one state (the same backend, bucket and key) the ones that a pipeline
goes to, since a state is only ever applied from one of them. Where nothing is named, all of them count. Sources, read
2026-11-22: developer.hashicorp.com/terraform/language/backend and
docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-cli-command-reference-sam-package.html and
…-sam-build.html.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.app_code.pushed_folders import unpushed
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.setting import Setting
    from nhilint.tree import Tree

_BUILT = frozenset({"dist", "build", "out"})
_TEMPLATE, _REGISTRATION, _TERRAFORM = "aws-cloudformation", "entra-app", "terraform-"
_SCRIPT = "google-apps-script"
_PACKAGED = b"SamResourceId"
"""What the packaging writes under `Metadata` of every resource that it has seen."""
_SAM_OUTPUT = "/.aws-sam/"
_CODE = frozenset({"ps1", "psm1", "cs", "py", "ts", "js", "mjs", "go", "rb", "sh", "bash", "yml", "yaml", "tf"})
_PIPELINES = Deferred(r"(?:^\.github/workflows/[^/]+|(?:^|/)(?:\.gitlab-ci\.yml|azure-pipelines\.ya?ml|Makefile))$")
_BACKEND = re.compile(rb'\bbackend\s+"(s3|gcs|azurerm)"\s*\{([^{}]{0,2000})\}')
_KEPT_AS = re.compile(rb'(?m)^[ \t]*(bucket|key|prefix|container_name|storage_account_name)[ \t]*=[ \t]*"([^"$]+)"')
_GOES_TO = re.compile(rb"(?:\bcd[ \t]+|-chdir=|working-directory:[ \t]*)[\"']?(?:\./)?([\w./-]{0,120})")
_RUNS = re.compile(rb"\b(?:terraform|tofu)[ \t]+(?:apply|init|plan)\b")
_MOST_BYTES = 30_000_000


def with_stale_copies(resources: Iterable[Resource], tree: Tree, earlier: Tree | None = None) -> tuple[Resource, ...]:
    """The resources; those of a file that another stands for are `copied` or, where nobody uses it, an `example`.

    In a change they were so in the `earlier` tree as well: what a change makes of a copy is for the change to answer.
    """
    listed = tuple(resources)
    aside = _aside(listed, tree)
    if aside and earlier is not None:
        before = _aside(listed, earlier)
        aside = {path: setting for path, setting in aside.items() if path in before}
    return tuple(
        replace(one, setting=aside[one.at.path]) if one.at.path in aside and one.setting == "production" else one
        for one in listed
    )


def _aside(listed: tuple[Resource, ...], tree: Tree) -> dict[str, Setting]:
    """The files that are set aside in a tree, each with what it is instead."""
    scripts = unpushed((one.at.path for one in listed if one.format == _SCRIPT), tree)
    aside: dict[str, Setting] = dict.fromkeys(
        (*_built(listed, tree), *_packaged(listed, tree), *_sam_built(listed), *scripts), "copied"
    )
    return aside | dict.fromkeys((*_unnamed(listed, tree), *_unapplied(listed, tree)), "example")


def _built(listed: tuple[Resource, ...], tree: Tree) -> Iterator[str]:
    """Manifests of apps that a build copied, byte for byte."""
    paths = {one.at.path for one in listed if one.kind == "app"}
    for path in paths if len(paths) > 1 else ():
        parts = path.split("/")
        for index, part in enumerate(parts[:-1]):
            rest = (*parts[:index], *parts[index + 1 :])
            sources = {"/".join(rest), "/".join((*parts[:index], "src", *parts[index + 1 :]))} if part in _BUILT else ()
            data = _bytes(tree, path)
            if data and any(source in paths and _bytes(tree, source) == data for source in sources):
                yield path


def _packaged(listed: tuple[Resource, ...], tree: Tree) -> Iterator[str]:
    """Templates that were packaged from another one in the same folder, which has all that they have."""
    held: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in listed:
        if one.format == _TEMPLATE:
            held[_folder(one.at.path)][one.at.path].add(one.name)
    for beside in held.values():
        packaged = {path for path in beside if _PACKAGED in _bytes(tree, path)} if len(beside) > 1 else set()
        for path in packaged:
            if any(beside[path] <= names for source, names in beside.items() if source not in packaged):
                yield path


def _sam_built(listed: tuple[Resource, ...]) -> Iterator[str]:
    """Templates that `sam build` wrote below `.aws-sam`, where the templates around that have all that they have."""
    held: dict[str, set[str]] = defaultdict(set)
    for one in listed:
        if one.format == _TEMPLATE:
            held[one.at.path].add(one.name)
    written = [path for path in held if _SAM_OUTPUT in f"/{path}"]
    for path in written:
        home = f"/{path}".partition(_SAM_OUTPUT)[0].removeprefix("/")
        around = [source for source in held if source not in written and (not home or source.startswith(f"{home}/"))]
        if any(held[path] <= held[source] for source in around):
            yield path


def _unnamed(listed: tuple[Resource, ...], tree: Tree) -> Iterator[str]:
    """Manifests of one app under the same file name, of which code names others and not these."""
    alike: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in listed:
        if one.format == _REGISTRATION:
            alike[one.name, one.at.path.rpartition("/")[2]].add(one.at.path)
    several = [paths for paths in alike.values() if len(paths) > 1]
    named = _named({path for paths in several for path in paths}, tree) if several else frozenset()
    for paths in several:
        yield from sorted(paths - named) if paths & named else ()


def _named(paths: set[str], tree: Tree) -> frozenset[str]:
    """Those of the files that code names by folder and file, and those that no folder tells apart."""
    ways = {path: re.compile(rb"[\\/]{1,2}".join(map(re.escape, path.encode().split(b"/")[-2:]))) for path in paths}
    found = {path for path in paths if "/" not in path}
    try:
        for _, data in looked_through(tree, lambda path: path.rpartition(".")[2].lower() in _CODE, _MOST_BYTES):
            found |= {named for named, way in ways.items() if named not in found and way.search(data)}
    except MoreThanIsLookedThroughError:
        return frozenset()
    return frozenset(found)


def _unapplied(listed: tuple[Resource, ...], tree: Tree) -> Iterator[str]:
    """Files of Terraform whose folder shares its state with one that a pipeline goes to, and is gone to by none."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in listed:
        if one.format.startswith(_TERRAFORM):
            found[one.format, one.at.path.rpartition("/")[2]].add(_folder(one.at.path))
    doubtful = {folder for folders in found.values() if len(folders) > 1 for folder in folders}
    states: dict[object, set[str]] = defaultdict(set)
    for folder, state in _states(doubtful, tree) if doubtful else ():
        states[state].add(folder)
    several = [folders for folders in states.values() if len(folders) > 1]
    applied = _applied(tree) if several else frozenset()
    left = {folder for folders in several if folders & applied for folder in folders - applied}
    yield from (one.at.path for one in listed if _folder(one.at.path) in left and one.format.startswith(_TERRAFORM))


def _states(folders: set[str], tree: Tree) -> Iterator[tuple[str, object]]:
    """Each folder with where it keeps its state, where the file says all of it."""
    for path in tree.paths():
        if not path.endswith(".tf") or _folder(path) not in folders:
            continue
        stated = _BACKEND.search(_bytes(tree, path))
        kept = dict(_KEPT_AS.findall(stated[2])) if stated else {}
        if stated and len(kept) > 1:
            yield _folder(path), (stated[1], tuple(sorted(kept.items())))


def _applied(tree: Tree) -> frozenset[str]:
    """The folders that pipelines go to; the top too, where one of them runs Terraform and goes nowhere."""
    found: set[str] = set()
    for path in tree.paths():
        data = _bytes(tree, path) if _PIPELINES.search(path) else b""
        if _RUNS.search(data):
            named = [match.decode().strip("/.") for match in _GOES_TO.findall(data)]
            found.update(named or [""])
    return frozenset(found)


def _folder(path: str) -> str:
    folder = str(PurePosixPath(path).parent)
    return "" if folder == "." else folder


def _bytes(tree: Tree, path: str) -> bytes:
    data = tree.read(path)
    return data if isinstance(data, bytes) else b""
