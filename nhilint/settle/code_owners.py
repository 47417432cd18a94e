"""CODEOWNERS: who must agree to a change of a path."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from codeowners import CodeOwners as Rules

    from nhilint.tree import Tree

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where code hosts look, in GitHub's order; the first one counts (github/docs, "About code owners")."""
_MOST_STARS = 6
_LONGEST = 200
_MOST_RULES = 5_000


class CodeOwners:
    """The rules of one tree; without a file nobody owns anything. `file` is where they stand."""

    def __init__(self, text: str = "", file: str = "") -> None:
        self._text = text
        self._rules: Rules | None = None
        self.file = file

    @property
    def stated(self) -> bool:
        """Whether there is such a file at all."""
        return bool(self.file)

    @property
    def organizations(self) -> frozenset[str]:
        """The organisations of every team that owns anything, in lower case."""
        words = (word for line in self._text.splitlines()[:_MOST_RULES] for word in line.partition("#")[0].split()[1:])
        return frozenset(word[1:].partition("/")[0].lower() for word in words if word.startswith("@") and "/" in word)

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of a path: `@name`, `@organisation/team` or addresses."""
        if not self._text:
            return ()
        if self._rules is None:
            from codeowners import CodeOwners as Rules

            self._rules = Rules("\n".join(filter(_is_plain, self._text.splitlines()[:_MOST_RULES])))
        return tuple(owner for _, owner in self._rules.of(path))


def code_owners(tree: Tree) -> CodeOwners:
    """The code owners that a tree names."""
    for place in PLACES:
        data = tree.read(place)
        if isinstance(data, bytes):
            return CodeOwners(data.decode("utf-8", "replace"), place)
    return CodeOwners()


def _is_plain(line: str) -> bool:
    """Whether a rule can be matched in bounded time. GitHub knows no character classes, so none is lost by them."""
    pattern = line.split("#", 1)[0].split(" ", 1)[0]
    return pattern.count("*") <= _MOST_STARS and len(pattern) <= _LONGEST and not {"[", "]"} & set(pattern)
