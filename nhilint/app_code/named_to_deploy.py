"""Files that are deployed only where another file names them, and that none names, are kept like examples.

In a project of Sceptre (`config/` beside `templates/`) the `template` of a stack names the file below `templates/` that
it is made of; a template that no stack names makes none. A job of Nomad whose file stands in nothing but comments,
beside jobs that Terraform's `nomad_job` takes over, is one that somebody took out; one that no file mentions may be run
by hand. So is a template that is called old beside one that has its name without that word. Named is a file by its
name in any code. Where a name is put together, or more stands than is looked through,
nothing is said. Sources: docs.sceptre-project.org/latest/docs/stack_config.html (`template`, `template_path`) and
registry.terraform.io/providers/hashicorp/nomad/latest/docs/resources/job (`jobspec`), from a survey, pages not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

FORMATS = ("aws-cloudformation", "nomad-job")
_OF_SCEPTRE = Deferred(r"^((?:[^/]+/)*?)templates/(.+)$")
_TEMPLATE = re.compile(
    rb"^(?:template_path:|template:[ \t]*(?:\n[ \t]+(?!path:)[^\n]{0,300}){0,5}\n[ \t]+path:)[ \t]*([^\n#]{1,300})",
    re.MULTILINE,
)
_TAKES_JOBS = re.compile(rb'^[ \t]*resource[ \t]+"nomad_job"', re.MULTILINE)
_COMMENT = re.compile(rb"^[ \t]*(?:#|//)[^\n]*", re.MULTILINE)
_OLD = Deferred(r"^((?:[^/]+/)*)(?:old[-_.]([^/]+)|([^/]+?)[-_]old(\.\w{2,8}))$")
"""What a file is called that was kept when another one took its name."""
_CODE = (
    ".tf",
    ".hcl",
    ".yaml",
    ".yml",
    ".json",
    ".sh",
    ".bat",
    ".cmd",
    ".ps1",
    ".py",
    ".ts",
    ".js",
    ".mk",
    "Makefile",
    "justfile",
    "Jenkinsfile",
    ".j2",
)
_CONFIG = (".yaml", ".yml")
_MOST_BYTES = 20_000_000
_MOST = 60
"""So many files are looked for by their names."""


class _Said(NamedTuple):
    """The files that code names, those that only comments show, and whether Terraform takes jobs or whole folders."""

    named: frozenset[str]
    shown: frozenset[str]
    takes_jobs: bool
    takes_folders: bool


def with_what_nothing_deploys(
    resources: Iterable[Resource], tree: Tree, earlier: Tree | None = None
) -> tuple[Resource, ...]:
    """The resources; those of such files are examples. In a change the `earlier` tree named them nowhere either."""
    listed = tuple(resources)
    paths = {one.at.path for one in listed if _waits(one)}
    left = _left_over(paths, tree) if paths else frozenset()
    left = left & _left_over(set(left), earlier) if left and earlier is not None else left
    return tuple(replace(one, setting="example") if one.at.path in left and _waits(one) else one for one in listed)


def _waits(resource: Resource) -> bool:
    return resource.setting in ("production", "template") and resource.format.startswith(FORMATS)


def _left_over(paths: set[str], tree: Tree) -> frozenset[str]:
    """Those of the files that nothing deploys; none where that cannot be said."""
    stacks = _templates_without_stack(paths, tree) | _superseded(paths, tree)
    jobs = {path for path in paths - stacks if path.endswith((".hcl", ".nomad", ".job"))}
    if not 0 < len(stacks | jobs) <= _MOST:
        return frozenset()
    try:
        said = _said_of(stacks | jobs, tree)
    except MoreThanIsLookedThroughError:
        return frozenset()
    taken_out = (jobs & said.shown) - said.named if said.takes_jobs and not said.takes_folders else set()
    return frozenset((stacks - said.named) | taken_out)


def _said_of(paths: set[str], tree: Tree) -> _Said:
    """What the code of a tree says of files, each known by its name."""
    named: set[str] = set()
    shown: set[str] = set()
    takes_jobs = takes_folders = False
    for path, data in looked_through(tree, lambda path: path.endswith(_CODE), _MOST_BYTES):
        live = _COMMENT.sub(b"", data) if path.endswith((".tf", ".hcl")) else data
        if path.endswith(".tf"):
            takes_jobs = takes_jobs or _TAKES_JOBS.search(live) is not None
            takes_folders = takes_folders or b"fileset(" in live
        for one in paths - {path}:
            name = one.rpartition("/")[2].encode()
            if name in data:
                (named if name in live else shown).add(one)
    return _Said(frozenset(named), frozenset(shown), takes_jobs, takes_folders)


def _superseded(paths: set[str], tree: Tree) -> set[str]:
    """The templates that are called old, beside a file that has their name otherwise."""
    found = {path: match for path in paths if not path.endswith(".hcl") and (match := _OLD.match(path))}
    newer = {path: f"{match[1]}{match[2] or match[3] + match[4]}" for path, match in found.items()}
    there = frozenset(tree.paths()) if newer else frozenset[str]()
    return {path for path, twin in newer.items() if twin in there}


def _templates_without_stack(paths: set[str], tree: Tree) -> set[str]:
    """The templates in projects of Sceptre that no stack of their project is made of."""
    homes: dict[str, set[str]] = {}
    for path in paths:
        found = _OF_SCEPTRE.match(path)
        if found is not None:
            homes.setdefault(found[1], set()).add(path)
    left: set[str] = set()
    for home, held in homes.items():
        configs = [path for path in tree.paths() if path.startswith(f"{home}config/") and path.endswith(_CONFIG)]
        named = {name for path in configs for name in _named_in(path, tree)}
        files = {path for path in tree.paths() if path.startswith(f"{home}templates/")}
        meant = {path for path in files for name in named if path.endswith("/" + name)}
        if meant and not any("{{" in name for name in named):
            left.update(held - meant)
    return left


def _named_in(path: str, tree: Tree) -> list[str]:
    data = tree.read(path)
    stated = _TEMPLATE.findall(data) if isinstance(data, bytes) else []
    return [name.decode("utf-8", "replace").strip().strip("'\"").removeprefix("templates/") for name in stated]
