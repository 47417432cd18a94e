"""A script that stands in a module of Terraform which nothing calls, and that no file names, is kept like an example.

Whoever copies a module from elsewhere gets what its authors ran by hand with it. Anybody who finds such a script may
start it; where the module around it is left over (`nhilint.app_code.uncalled_modules`) and no file of the repository
has the script's name, a page or a comment included, nobody here is told to. A name that many scripts have (`setup.sh`)
stands in some file sooner or later; then the script counts.
"""

from __future__ import annotations

from posixpath import basename
from typing import TYPE_CHECKING

from nhilint.app_code.kept_like_examples import kept_like_examples
from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.app_code.uncalled_modules import left_over, module_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.app_code.terraform_sources import TerraformSources
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_FORMAT = "shell-grants"
_NAMING = (
    *(".sh", ".bash", ".ps1", ".py", ".js", ".ts", ".go", ".rb", ".tf", ".hcl", ".tfvars", ".tpl", ".tftpl", ".j2"),
    *(".yml", ".yaml", ".json", ".toml", ".cfg", ".ini", ".mk", ".env", ".md", ".rst", ".txt", ".adoc", ".html"),
    *("Makefile", "makefile", "Jenkinsfile", "Taskfile", "justfile", "Dockerfile", "README", "CODEOWNERS"),
)
_MOST_BYTES = 30_000_000


def with_scripts_of_modules(
    resources: Iterable[Resource], files: TerraformSources, earlier: TerraformSources | None = None
) -> tuple[Resource, ...]:
    """The resources; those of such scripts are examples. In a change they were so in the `earlier` files as well."""
    return kept_like_examples(resources, _asked_of, _unnamed, files, earlier)


def _asked_of(resource: Resource) -> str:
    """The file of what counts as in force; empty for anything else."""
    is_in_force = resource.format == _FORMAT and resource.setting == "production"
    return resource.at.path if is_in_force else ""


def _unnamed(paths: set[str], files: TerraformSources) -> set[str]:
    """Those of the scripts that stand in a module which nothing calls, and whose name stands in no file."""
    homes = {path: home for path in paths if (home := module_of(path)) is not None}
    idle = left_over(set(homes.values()), files) if homes else set()
    asked = {path for path, home in homes.items() if home in idle}
    try:
        return asked - _named(asked, files.tree) if asked else asked
    except MoreThanIsLookedThroughError:
        return set()


def _named(scripts: set[str], tree: Tree) -> set[str]:
    """The scripts whose name another file has."""
    names = {path: basename(path).encode() for path in scripts}
    found: set[str] = set()
    for path, data in looked_through(tree, lambda path: path.endswith(_NAMING), _MOST_BYTES):
        found |= {script for script, name in names.items() if script != path and name in data}
    return found
