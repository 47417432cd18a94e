"""Control frameworks as values: what each edition contains, and which control a person means.

Files under `frameworks/` become `Framework`s, all of them together a `Frameworks`. Ids are official and exact wherever
checks and reports use them; people may write them loosely (`NHI-02`, `ASI3`, `GV-1.6`), and what could mean several
things is refused with the candidates. Which checks cover a control is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from nhilint.catalogue.framework_file import FrameworkEntry, framework_schema
from nhilint.catalogue.loose_id import find_control, unknown_framework
from nhilint.catalogue.strict_yaml import problems, read_yaml, refuse_problems
from nhilint.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from nhilint.source.document import Document
    from nhilint.source.pointer import Pointer
    from nhilint.source.value import Value


@dataclass(frozen=True, slots=True)
class Control:
    """One control, risk, threat or outcome: the publisher's exact id and title, and a sentence in our own words.

    `url` is its own page, or the framework's where it has none. `group` is the id of the control it is part of, or
    empty. Where the publisher gives no title, `title` repeats the id.
    """

    id: str
    title: str
    summary: str
    url: str
    group: str

    @property
    def label(self) -> str:
        """Id and title as one would print them, without saying the same thing twice."""
        return self.id if self.title == self.id else f"{self.id} {self.title}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Spellings (templates) that are read as `becomes`; not as a bare id where `only_after_framework` says why."""

    templates: tuple[str, ...]
    becomes: str
    only_after_framework: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Spellings (templates) that mean too many things: what to offer instead (templates of ids), and why."""

    templates: tuple[str, ...]
    offers: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """One edition of a framework, its controls in the publisher's order.

    `verified_on` (ISO date) and `verified_against` say when ids and titles were last compared and with what.
    `withdrawn` maps ids of earlier editions to the ids that took their place.
    """

    id: str
    title: str
    short: str
    publisher: str
    edition: str
    year: int
    url: str
    license: str
    license_note: str
    verified_on: str
    verified_against: str
    controls: tuple[Control, ...]
    aliases: tuple[str, ...] = ()
    rank: int = 100
    accepts: tuple[Accepted, ...] = ()
    refuses: tuple[Refused, ...] = ()
    withdrawn: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    _by_id: Mapping[str, Control] = field(init=False, repr=False)
    _by_folded_id: Mapping[str, Control] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {control.id: control for control in self.controls})
        object.__setattr__(self, "_by_folded_id", {control.id.casefold(): control for control in self.controls})

    def control(self, id: str) -> Control | None:  # noqa: A002 - the framework's own word
        """The control with exactly this id."""
        return self._by_id.get(id)

    def control_in_any_case(self, text: str) -> Control | None:
        """The control whose id differs from `text` in upper and lower case at most."""
        return self._by_folded_id.get(text.casefold())

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the framework is called on input: id, short name, title and aliases."""
        return (self.id, self.short, self.title, *self.aliases)


@dataclass(frozen=True, slots=True, eq=False)
class Frameworks:
    """All frameworks of a run, in a fixed order: by rank, then by id. OWASP NHI and OWASP Agentic come first."""

    all: tuple[Framework, ...]
    _by_name: Mapping[str, Framework] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.all, key=lambda framework: (framework.rank, framework.id)))
        object.__setattr__(self, "all", ordered)
        by_name = {name.casefold(): framework for framework in reversed(ordered) for name in framework.names}
        object.__setattr__(self, "_by_name", by_name)

    def __iter__(self) -> Iterator[Framework]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def get(self, id: str) -> Framework | None:  # noqa: A002 - the framework's own word
        """The framework with exactly this id."""
        return next((framework for framework in self.all if framework.id == id), None)

    def named(self, name: str) -> Framework | None:
        """The framework that is called `name`: its id, short name, title or an alias, in any case."""
        return self._by_name.get(" ".join(name.split()).casefold())

    def resolve(self, framework_id: str, loose_control_id: str) -> Control | None:
        """The control of one framework that a loosely written id means; None for none, or for more than one."""
        framework = self.named(framework_id)
        if framework is None:
            return None
        try:
            return find_control(self, loose_control_id, framework)[1]
        except CatalogueError:
            return None

    def parse_control(self, text: str) -> tuple[Framework, Control]:
        """The control that `text` means: `owasp-nhi-2025/NHI2:2025`, or an id alone, written loosely or not.

        Raises CatalogueError, without a place, when nothing is called so, when several controls may be meant, or when
        the id belongs to an earlier edition; its text names the candidates.
        """
        name, slash, rest = text.partition("/")
        if not slash:
            return find_control(self, text)
        framework = self.named(name)
        if framework is None:
            raise unknown_framework(self, name)
        return find_control(self, rest, framework)


def load_frameworks(folders: Sequence[Path]) -> Frameworks:
    """The frameworks in the `*.yaml` files of `folders`; a folder that does not exist holds none.

    Raises CatalogueError at the first file that is not as it should be, or whose id another file has already.
    """
    origin: dict[str, Path] = {}
    found: list[Framework] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.yaml"))):
        document = read_yaml(path, path.as_posix())
        framework = _framework(document)
        refuse_problems(
            [_problem(document, *mistake) for mistake in _mistakes(framework, path.stem, origin.get(framework.id))]
        )
        origin[framework.id] = path
        found.append(framework)
    return Frameworks(tuple(found))


def framework_from(value: Value) -> Framework:
    """The framework that the value of a framework file states; msgspec.ValidationError when it is not shaped so."""
    entry = msgspec.convert(value, FrameworkEntry)
    return Framework(
        id=entry.id,
        title=entry.title,
        short=entry.short,
        publisher=entry.publisher,
        edition=entry.edition,
        year=entry.year,
        url=entry.url,
        license=entry.license,
        license_note=entry.license_note,
        verified_on=entry.verified.date,
        verified_against=" ".join(filter(None, (entry.verified.source, entry.verified.note))),
        controls=tuple(Control(c.id, c.title, c.summary, c.url or entry.url, c.group) for c in entry.controls),
        aliases=tuple(entry.aliases),
        rank=entry.rank,
        accepts=tuple(Accepted(tuple(a.ids), a.becomes, a.only_after_framework) for a in entry.normalise.accept),
        refuses=tuple(Refused(tuple(r.ids), tuple(r.offer), r.because) for r in entry.normalise.refuse),
        withdrawn=MappingProxyType({old: tuple(new) for old, new in entry.withdrawn.items()}),
    )


def _framework(document: Document) -> Framework:
    """Convert, and ask the schema for places only when that fails: its library is slow to import."""
    try:
        return framework_from(document.value)
    except msgspec.ValidationError as error:
        refuse_problems(problems(document, document.value, framework_schema()))
        raise CatalogueError(document.path, 1, 1, str(error)) from None


def _mistakes(framework: Framework, stem: str, taken: Path | None) -> Iterable[tuple[Pointer, str]]:
    """What the types of a framework file cannot say, with the route to each."""
    if framework.id != stem:
        yield ("id",), f"the id must be the file's name, {stem!r}"
    if taken is not None:
        yield ("id",), f"the id {framework.id!r} is already used by {taken.as_posix()}"
    seen: set[str] = set()
    for index, control in enumerate(framework.controls):
        if control.id.casefold() in seen:
            yield ("controls", index, "id"), f"the id {control.id!r} is used twice"
        seen.add(control.id.casefold())
        if control.group and framework.control(control.group) is None:
            yield ("controls", index, "group"), f"there is no control {control.group!r} to belong to"
    for old, successors in framework.withdrawn.items():
        if framework.control(old) is not None:
            yield ("withdrawn", old), f"{old!r} is still among the controls"
        for index, new in enumerate(successors):
            if framework.control(new) is None:
                yield ("withdrawn", old, index), f"there is no control {new!r} to take its place"


def _problem(document: Document, pointer: Pointer, message: str) -> CatalogueError:
    start = document.span(pointer).start
    return CatalogueError(document.path, start.line, start.column, message)
