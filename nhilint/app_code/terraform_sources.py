"""What the files of Terraform and Terragrunt in a tree state, and which folders the `source` of their calls names.

A tree is read once for all who ask which folders are called, and only when the first of them does. Source:
developer.hashicorp.com/terraform/language/modules/syntax, read 2026-11-22.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from nhilint.app_code.commented_out import without_comments
from nhilint.app_code.looked_through import looked_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhilint.tree import Tree

_SOURCE = re.compile(rb'\bsource[ \t]*=[ \t]*"([^"]{1,300})"')
_ENDINGS = (".tf", ".hcl", ".tf.json")
_MOST_BYTES = 30_000_000


class TerraformSources:
    """The files of Terraform and Terragrunt of one tree. What it tells raises MoreThanIsLookedThroughError where they
    are too large together."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    @cached_property
    def texts(self) -> Mapping[str, bytes]:
        """Every such file by its path, without its comments."""
        found = looked_through(self.tree, lambda path: path.endswith(_ENDINGS), _MOST_BYTES)
        return {path: without_comments(data) for path, data in found}

    @cached_property
    def sources(self) -> Mapping[str, tuple[bytes, ...]]:
        """The sources that each file names which names any, as they are written."""
        named = ((path, tuple(_SOURCE.findall(data))) for path, data in self.texts.items())
        return {path: sources for path, sources in named if sources}

    def parts_named(self, ending: str = "") -> set[bytes]:
        """The parts between slashes of every source in files with that ending: a folder whose name is none of them is
        called by nobody."""
        return _parts_of(one for path, sources in self.sources.items() if path.endswith(ending) for one in sources)


def _parts_of(sources: Iterable[bytes]) -> set[bytes]:
    return {part for source in set(sources) for part in re.split(rb"[/?]+", source)}
