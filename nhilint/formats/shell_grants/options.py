"""The words of a command line as subcommands, options and their values, as the tools of the clouds take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from nhilint.formats.shell_grants.parts import Word
    from nhilint.formats.shell_grants.running import Call, Frame, Running, Value
    from nhilint.model.place import Place


class Arguments:
    """A command line taken apart: `verbs` are the words before its first option, `path` their texts where known."""

    def __init__(self, running: Running, call: Call, switches: Container[str] = ()) -> None:
        """`switches` are options that take no value, so that the word behind one is none of theirs."""
        self._running = running
        self._call = call
        self._options: dict[str, list[Word]] = {}
        self.rest: list[Word] = []
        self.verbs: list[Word] = []
        self._take(call.words[1:], switches)
        self.path = [word.plain or "" for word in self.verbs]

    @property
    def at(self) -> Place:
        """The program and its subcommands."""
        words = (*self._call.words[:1], *self.verbs)
        return self._running.place(words[0].start, words[-1].end)

    @property
    def start(self) -> int:
        """Where it begins in the script."""
        return self._call.words[0].start

    @property
    def takes_for_sure(self) -> bool:
        """Whether what the line takes away is gone after every run, which one of several branches cannot promise."""
        return not self._call.is_chosen

    @property
    def frame(self) -> Frame:
        """The call of a function that the line belongs to."""
        return self._call.frame

    def has(self, *names: str) -> bool:
        """Whether one of some options is given."""
        return any(name in self._options for name in names)

    def all(self, *names: str) -> tuple[Value, ...]:
        """Every value of an option, by any of its names."""
        return tuple(value for name in names for word in self._options.get(name, ()) for value in self.of(word))

    def one(self, *names: str) -> Value | None:
        """The value of an option; None where it is not given, or may be one of several."""
        found = self.all(*names)
        return found[0] if len(found) == 1 else None

    def told_by(self, *names: str) -> tuple[tuple[int, int], ...]:
        """Where the commands stand whose output an option is given."""
        words = (word for name in names for word in self._options.get(name, ()))
        return tuple(place for word in words for place in self._running.told_by(word, self.frame))

    def of(self, word: Word) -> tuple[Value, ...]:
        """What a word may be."""
        return self._running.values(word, self._call.frame)

    def _take(self, words: tuple[Word, ...], switches: Container[str]) -> None:
        open_option: str | None = None
        begun = False
        for word in words:
            name, equals, _ = word.leading.partition("=")
            if name.startswith("-") and len(name) > 1:
                self._options.setdefault(name, [])
                begun = True
                open_option = None if equals or name in switches else name
                if equals:
                    self._options[name].append(word.after(len(name) + 1))
            elif open_option is not None:
                self._options[open_option].append(word)
            elif begun:
                self.rest.append(word)
            else:
                self.verbs.append(word)

    def behind(self, *verbs: str) -> tuple[Value, ...] | None:
        """What the first word behind some subcommands may be, with what follows the options where nothing stands there;
        None where the command line has other ones."""
        count = len(verbs)
        if self.path[:count] != list(verbs):
            return None
        return next(self._names(count), ())

    def _names(self, count: int) -> Iterator[tuple[Value, ...]]:
        for word in (*self.verbs[count:], *self.rest):
            yield self.of(word)


def leading_options(words: tuple[Word, ...], valued: Container[str]) -> tuple[Word, ...]:
    """The words of a call without options between the program and its first subcommand."""
    rest = words[1:]
    while rest and (rest[0].leading.startswith("-") or (rest[0].plain is None and not rest[0].leading)):
        skips = rest[0].plain in valued
        rest = rest[2:] if skips else rest[1:]
    return (*words[:1], *rest)
