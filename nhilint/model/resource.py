"""A thing of the vocabulary as one file declares it."""

from __future__ import annotations

from msgspec import Struct

from nhilint.model.finding import Problem
from nhilint.model.place import Place
from nhilint.model.vocabulary import Kind, Subjects


class Resource(Struct, frozen=True):
    """One subject that checks judge.

    `name` is what its file calls it; `format` the id of the format that read it; `setting` says what the path, or the
    file itself, tells about its role: `production`, or `test`, `example`, `template` where nobody runs it as it stands.
    """

    kind: Kind
    name: str
    format: str
    facts: Subjects
    setting: str = "production"

    @property
    def at(self) -> Place:
        """The place that declares it."""
        return self.facts.at


class Extraction(Struct, frozen=True):
    """What one format read from one document. `recognised` is False when a closer look showed a look-alike.

    `standing_in` is for a file that could not be read, and which others must not be judged without.
    """

    resources: tuple[Resource, ...] = ()
    problems: tuple[Problem, ...] = ()
    recognised: bool = True
    standing_in: tuple[Resource, ...] = ()
