"""A template of Bicep that nothing calls deploys nothing.

Only in a folder of modules: templates outside of it call two or more of its files and at least half of them, and one
of these templates has parameters of its own or is named by code that deploys. Elsewhere a file is deployed by itself,
or made for callers that are not here to be seen. Deployed by itself is a file that has parameters, or that other code
names with its folder, or by its name where it deploys something, and that stands nearest to that code. Where such code
puts names together, or more stands than is looked through, nothing is said. Source, read 2026-11-23:
learn.microsoft.com/azure/azure-resource-manager/bicep/modules.
"""

from __future__ import annotations

import re
from posixpath import basename, commonpath, dirname, join, normpath
from typing import TYPE_CHECKING

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.tree import Tree

_CALL = re.compile(rb"^[ \t]*(?:module[ \t]+\w+|using|import[^\n']{1,300}from)[ \t]+'([^'\n]{1,300})'", re.MULTILINE)
_DEPLOYS = re.compile(
    rb"\bdeployment[ \t]+(?:(?:sub|group|mg|tenant)[ \t]+)?(?:create|validate|what-if)|New-Az\w*(?:Deployment|Stack)|"
    rb"-?template-?file|csmFile|arm-deploy|\bstack[ \t]+(?:sub|group|mg)[ \t]+create|\bazd[ \t]+(?:up|provision)|"
    rb"\bts[ \t]+create|New-AzTemplateSpec|\bbicep[ \t]+publish|Publish-AzBicepModule",
    re.IGNORECASE,
)
_HIDDEN_NAME = re.compile(rb"(?:\$\w+|[})*])\.bicep(?![\w-])")
_OF_PATTERN = re.compile(rb"(?m)^[ \t]*-[ \t]*[\"']?[!\w./*-]*\*\.bicep[\"']?[ \t]*$")
"""A line of a workflow's `paths`: what a change has to touch, and no template that is deployed."""
_DRAWN = re.compile("(?m)^.*[├└│].*$".encode())
"""A line of a tree of files drawn in a text, which says what there is and deploys none of it."""
_CODE = (".yml", ".yaml", ".sh", ".ps1", ".psm1", ".cmd", ".bat", ".py", ".ts", ".js", ".mk", ".tf", ".md", ".azcli",
         "Makefile", "makefile", "justfile", "Justfile", "Jenkinsfile", ".toml", ".json", ".ipynb")  # fmt: skip
_FEWEST_CALLED = 2
_MOST_BYTES = 20_000_000


def uncalled_templates(paths: set[str], tree: Tree) -> set[str]:
    """Those of the files that nothing calls or deploys; none where that cannot be said."""
    try:
        calls = _calls(tree)
        left = {path for path in _among_modules(paths, calls, tree) if not _has_parameters(path, tree)}
        if not left:
            return set()
        callers = {folder: _callers_into(folder, calls) for folder in map(dirname, left)}
        deployed = _deployed(left.union(*callers.values()), tree)
    except MoreThanIsLookedThroughError:
        return set()
    if deployed is None:
        return set()
    live = {f for f, by in callers.items() if any(one in deployed or _has_parameters(one, tree) for one in by)}
    return {path for path in left - deployed if dirname(path) in live}


def _calls(tree: Tree) -> dict[str, set[str]]:
    """The files that each template calls or takes from, by its path."""
    found = looked_through(tree, lambda path: path.endswith((".bicep", ".bicepparam")), _MOST_BYTES)
    return {
        path: {normpath(join(dirname(path), one.decode("utf-8", "replace"))) for one in _CALL.findall(data)}
        for path, data in found
    }


def _among_modules(paths: set[str], calls: dict[str, set[str]], tree: Tree) -> set[str]:
    """Those of the files that nothing calls, in a folder of which templates outside call two or more files, and half of
    them or more are called."""
    called = {target for targets in calls.values() for target in targets}
    idle = {path for path in paths - called if dirname(path)}
    held: dict[str, set[str]] = {dirname(path): set() for path in idle}
    for path in tree.paths() if idle else ():
        if path.endswith(".bicep") and dirname(path) in held:
            held[dirname(path)].add(path)
    return {path for path in idle if _is_for_modules(held[dirname(path)] & called, held[dirname(path)], calls)}


def _is_for_modules(called: set[str], held: set[str], calls: dict[str, set[str]]) -> bool:
    folders = {dirname(path) for path in held}
    from_outside = {one for by, targets in calls.items() if dirname(by) not in folders for one in targets & called}
    return len(from_outside) >= _FEWEST_CALLED and len(called) * 2 >= len(held)


def _callers_into(folder: str, calls: dict[str, set[str]]) -> set[str]:
    """The templates outside of a folder that call one of its files."""
    return {
        caller
        for caller, targets in calls.items()
        if dirname(caller) != folder and any(dirname(one) == folder for one in targets)
    }


def _has_parameters(path: str, tree: Tree) -> bool:
    """Whether a file of parameters is called after a template: main.bicepparam, main.parameters.dev.json."""
    stem = basename(path).removesuffix(".bicep")
    form = re.compile(rf"{re.escape(stem)}(?:\.[\w.-]*)?(?:\.bicepparam|[.-]?param(?:eter)?s?\b[\w.-]*\.json)")
    return any(form.fullmatch(basename(one)) for one in tree.paths() if one.endswith((".bicepparam", ".json")))


def _deployed(paths: set[str], tree: Tree) -> set[str] | None:
    """Those of the files that code names to deploy them; None where code puts their names together."""
    alike = {path: _of_its_name(path, tree) for path in paths}
    named = {path: _form(path) for path in paths}
    found: set[str] = set()
    for code, stated in looked_through(tree, lambda path: path.endswith(_CODE), _MOST_BYTES):
        data = _DRAWN.sub(b"", stated) if code.endswith(".md") else stated
        deploys = _DEPLOYS.search(data) is not None
        if deploys and _HIDDEN_NAME.search(_OF_PATTERN.sub(b"", data)):
            return None
        found |= {
            one
            for one in paths - found
            if (hit := named[one].search(data)) and (deploys or hit[1]) and _is_nearest(one, code, alike[one])
        }
    return found


def _form(path: str) -> re.Pattern[bytes]:
    """How code names a template, or what it is built to, maybe with its folder."""
    folder, stem = basename(dirname(path)), basename(path).removesuffix(".bicep")
    return re.compile(
        rf"(?<![\w.-])({re.escape(folder)}[/\\])?(?<![\w.-]){re.escape(stem)}\.(?:bicep|json)(?![\w-])".encode()
    )


def _of_its_name(path: str, tree: Tree) -> tuple[str, ...]:
    names = (basename(path), f"{basename(path).removesuffix('.bicep')}.json")
    return tuple(one for one in tree.paths() if one.endswith(names) and basename(one) in names)


def _is_nearest(path: str, code: str, alike: Iterable[str]) -> bool:
    """Whether none of the files of a name stands nearer to the code that names it."""
    return _shared(path, code) >= max(_shared(one, code) for one in alike)


def _shared(path: str, other: str) -> int:
    return len(commonpath((dirname(path), dirname(other))).split("/")) if commonpath((path, other)) else 0
