"""Whether names stand anywhere in a repository but in the folder that brings them up, in code, a script or a text.

What cannot be looked through counts as naming them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.settle.own_words import first_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.tree import Tree

_READABLE = (
    *(".tf", ".tofu", ".hcl", ".tfvars", ".tpl", ".tftpl", ".tmpl", ".j2", ".json", ".yaml", ".yml", ".toml", ".md"),
    *(".sh", ".py", ".ts", ".js", ".go", ".rb", ".ps1", ".bat", ".mk", ".env", "Makefile", "Jenkinsfile", "Dockerfile"),
)
_PROSE = ".md"
_MOST_FILES = 3_000


def stands_elsewhere(words: Iterable[str], folder: str, tree: Tree) -> bool:
    """Whether one of the words stands in a file outside of a folder (its path, without a slash)."""
    wanted = "|".join(re.escape(word) for word in words if word)
    return bool(wanted) and is_written(wanted, tree, beside=folder)


def is_written(
    pattern: str, tree: Tree, beside: str | None = None, *, apart_from: frozenset[str] = frozenset()
) -> bool:
    """Whether a pattern is found in a file of the repository, those in the folder `beside` and some paths left out."""
    texts = _texts(tree, beside, apart_from)
    return texts is None or any(map(re.compile(pattern).search, texts))


def texts_written(pattern: str, tree: Tree, *, in_prose: bool = True) -> list[str] | None:
    """The texts in which a pattern is found; None where there are too many files to look through."""
    prose = () if in_prose else (path for path in tree.paths() if path.endswith(_PROSE))
    texts = _texts(tree, None, frozenset(prose))
    compiled = re.compile(pattern)
    return None if texts is None else [text for text in texts if compiled.search(text)]


def _texts(tree: Tree, beside: str | None, apart_from: frozenset[str]) -> Iterator[str] | None:
    readable = {path for path in tree.paths() if path.endswith(_READABLE) and path.rpartition("/")[0] != beside}
    paths = readable - apart_from
    if len(paths) > _MOST_FILES:
        return None
    return (text for _, text in first_texts(tree, paths.__contains__, _MOST_FILES))
