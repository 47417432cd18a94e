"""A script of a module of Terraform that nothing starts any more is kept like an example.

Whoever copies a module from elsewhere gets what its authors ran by hand with it. Anybody who finds such a script may
start it; where the module around it is left over (`nhilint.app_code.uncalled_modules`) and no file of the repository
has the script's name, a page or a comment included, nobody here is told to. Nor where files of Terraform alone have it,
and in each of them a line that a comment took out: `# source = "./scripts/setup.sh"` brought it somewhere once. Words
of a comment that are no such line may tell people to run it. A name that many scripts have (`setup.sh`) stands in some
file sooner or later; then the script counts. Source: developer.hashicorp.com/terraform/language/syntax/configuration
#comments, from a survey.
"""

from __future__ import annotations

import re
from posixpath import basename
from typing import TYPE_CHECKING

from nhilint.app_code.commented_out import without_comments
from nhilint.app_code.kept_like_examples import kept_like_examples
from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.app_code.uncalled_modules import homes_of, left_over

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.app_code.terraform_sources import TerraformSources
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_FORMAT = "shell-grants"
_TERRAFORM = (".tf", ".hcl")
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
    """Those of the scripts of modules that no file names, where nothing calls the module, or that only lines name which
    comments took out."""
    homes = {path: home for path in paths for home in homes_of(path)[:1]}
    idle = left_over(set(homes.values()), files) if homes else set()
    try:
        named, once_named = _named(set(homes), files.tree) if homes else (set(), set())
    except MoreThanIsLookedThroughError:
        return set()
    return {path for path, home in homes.items() if path not in named and (path in once_named or home in idle)}


def _named(scripts: set[str], tree: Tree) -> tuple[set[str], set[str]]:
    """The scripts whose name another file has, and those that a line has which a comment took out."""
    names = {path: basename(path).encode() for path in scripts}
    found: set[str] = set()
    taken_out: set[str] = set()
    for path, data in looked_through(tree, lambda path: path.endswith(_NAMING), _MOST_BYTES):
        for script in [one for one, name in names.items() if one != path and name in data]:
            was_code = path.endswith(_TERRAFORM) and _is_taken_out(names[script], data)
            (taken_out if was_code else found).add(script)
    return found, taken_out


def _is_taken_out(name: bytes, data: bytes) -> bool:
    """Whether a file has a name only in values of lines that comments took out."""
    values = re.compile(rb'=[ \t]*"[^"\n]{0,200}(?<![\w.-])' + re.escape(name) + rb'"')
    return name not in without_comments(data) and len(values.findall(data)) == data.count(name)
