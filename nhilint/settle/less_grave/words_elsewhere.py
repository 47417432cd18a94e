"""Whether names stand anywhere in a repository but in the folder that brings them up, in code, a script or a text.

What cannot be looked through counts as naming them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.settle.own_words import first_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.tree import Tree

_READABLE = (
    *(".tf", ".tofu", ".hcl", ".tfvars", ".tpl", ".tftpl", ".tmpl", ".j2", ".json", ".yaml", ".yml", ".toml", ".md"),
    *(".sh", ".py", ".ts", ".js", ".go", ".rb", ".ps1", ".bat", ".mk", ".env", "Makefile", "Jenkinsfile", "Dockerfile"),
)
_MOST_FILES = 3_000


def stands_elsewhere(words: Iterable[str], folder: str, tree: Tree) -> bool:
    """Whether one of the words stands in a file outside of a folder (its path, without a slash)."""
    wanted = "|".join(re.escape(word) for word in words if word)
    return bool(wanted) and is_written(wanted, tree, beside=folder)


def is_written(pattern: str, tree: Tree, beside: str | None = None) -> bool:
    """Whether a pattern is found in a file of the repository, those in the folder `beside` left out."""
    paths = [path for path in tree.paths() if path.endswith(_READABLE) and path.rpartition("/")[0] != beside]
    if len(paths) > _MOST_FILES:
        return True
    compiled = re.compile(pattern)
    return any(compiled.search(text) for _, text in first_texts(tree, set(paths).__contains__, _MOST_FILES))
