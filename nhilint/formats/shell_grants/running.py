"""What a script runs: every command line that its top level reaches, through its own functions, with what is known of
each word.

A variable counts where the text sets it just once, to something that is known, whatever branch the script takes, or in
one of two branches that hands on what the script is told while the other writes a text, which counts then, as does the
default of `${NAME:-text}` where the script sets no other; a loop over written-out words stands for all of them, and an
argument of a function for what its caller gives. A list is what it begins with and all that is ever added to it, since
that is what the script may go through. Anything else is left as a gap: `${NAME}` for what comes from outside
and `${NAME }`, with a space, for what is not one thing in the whole script. Functions that nothing calls run nothing,
those of a trap run last, and of the commands of a `case` only some run: which, the script does not say, so that only
functions called there count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.shell_grants.parts import Part, Word
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Mapping

    from nhilint.formats.shell_grants.parts import Assignment, Command, Script
    from nhilint.model.place import Place

MOST_VALUES = 64
_MOST_CALLS = 4_000
_DEEPEST = 6
_WRAPPERS = frozenset({"sudo", "command", "exec", "env", "time", "nohup", "builtin", "retry", "timeout", "doas"})
_VARIABLE = Deferred(r"(?<!\\)\$(?:\{([A-Za-z_]\w{0,127})\}|([A-Za-z_]\w{0,127})|\([^()]{0,400}\)|\{[^{}]{0,200}\})")


class Value(Struct, frozen=True):
    """One thing that a word may be, with `${…}` for what is not known, and the place that states it."""

    text: str
    at: Place
    start: int | None = None
    """where the text stands in the script, if it stands there just so"""
    is_filled: bool = False
    """whether variables are still to be filled into it, as in a here-document"""

    @property
    def is_known(self) -> bool:
        """Whether nothing of it is left open."""
        return "${" not in self.text


class Frame(Struct, frozen=True):
    """One call of a function: its name, the words it was called with and who called it."""

    function: str = ""
    arguments: tuple[Word, ...] = ()
    caller: Frame | None = None


class Loop(Struct, frozen=True):
    """A loop over words: the function that it stands in, where it begins, and what it goes through."""

    function: str
    start: int
    words: tuple[Word, ...]


class Call(Struct, frozen=True):
    """A command line that is run: the words that are left after `sudo` and its like, and the call it belongs to.

    `is_chosen` says that a branch of `case` calls the function that it stands in.
    """

    words: tuple[Word, ...]
    command: Command
    frame: Frame
    number: int
    is_chosen: bool = False


class Running:
    """A script with what its names mean. `given` are values that whatever starts the script sets."""

    def __init__(
        self, script: Script, place: Callable[[int, int], Place], given: Mapping[str, str] | None = None
    ) -> None:
        self.script = script
        self.place = place
        self._given = dict(given or {})
        self._loops = _loops(script)
        self._set: dict[str, list[Assignment]] = defaultdict(list)
        for assignment in script.assignments:
            self._set[assignment.name].append(assignment)
        self._read = Counter(name for command in script.commands for name in _read_names(command))
        self._bodies: dict[str, list[tuple[int, Command]]] = defaultdict(list)
        for number, command in enumerate(script.commands):
            self._bodies[command.function].append((number, command))
        self._around: dict[int, tuple[int, int] | None] = {}
        self._left = _MOST_CALLS

    def calls(self) -> Iterator[Call]:
        """Every command line that is run, in order; a function's as often as it is called with other words."""
        yield from self._of_function(Frame(), 0)
        traps = (one.words for one in self.script.commands if one.words and one.words[0].plain == "trap")
        for word in (word for words in traps for word in words[1:]):
            if word.plain in self.script.functions:
                yield from self._of_function(Frame(word.plain or "", (), Frame()), 1)

    def values(self, word: Word, frame: Frame) -> tuple[Value, ...]:
        """What a word may be: one value, or each of those that a loop or list goes through."""
        return self._values(word, frame, 0) or (Value("${ }", self.place(word.start, word.end)),)

    def told_by(self, word: Word, frame: Frame, depth: int = 0) -> tuple[tuple[int, int], ...]:
        """Where the commands stand whose output a word is, by all that its variable is ever set to."""
        if len(word.parts) != 1 or depth > _DEEPEST:
            return ()
        part = word.parts[0]
        if part.kind == "output" and part.text:
            start, _, end = part.text.partition(":")
            return ((int(start), int(end)),)
        if part.kind == "argument" and frame.caller is not None and int(part.text) <= len(frame.arguments):
            index = int(part.text) - 1
            return self.told_by(frame.arguments[index], frame.caller, depth + 1) if index >= 0 else ()
        given = (one for one in self._set.get(part.text, ()) if part.kind == "variable" and not one.is_list)
        return tuple(place for one in given for place in self.told_by(one.values[0], frame, depth + 1))

    # -- what is run ---------------------------------------------------------------------------------------------

    def _of_function(self, frame: Frame, depth: int, *, chosen: bool = False) -> Iterator[Call]:
        for number, command in self._bodies.get(frame.function, ()):
            words = _unwrapped(command.words)
            if not words or self._left <= 0:
                continue
            self._left -= 1
            called = words[0].plain
            if called is None or called not in self.script.functions:
                if not command.is_chosen:
                    yield Call(words, command, frame, number, chosen)
            elif depth < _DEEPEST:
                inner = Frame(called, words[1:], frame)
                yield from self._of_function(inner, depth + 1, chosen=chosen or command.is_chosen)

    # -- what words mean -----------------------------------------------------------------------------------------

    def _values(self, word: Word, frame: Frame, depth: int) -> tuple[Value, ...]:
        at = self.place(word.start, word.end)
        if len(word.parts) == 1:
            return self._single(word, frame, at, depth)
        texts = [""]
        for part in word.parts:
            choices = (part.text,) if part.kind == "text" else self._texts(part, frame, at, depth, word.start)
            texts = [before + each for before in texts for each in choices]
            if len(texts) > MOST_VALUES:
                return (Value("${ }", at),)
        return tuple(Value(text, at) for text in texts)

    def _single(self, word: Word, frame: Frame, at: Place, depth: int) -> tuple[Value, ...]:
        part, text = word.parts[0], self.script.text
        if part.kind == "document":
            start, end, is_filled = (int(number) for number in part.text.split(":"))
            return (Value(text[start:end], self.place(start, end), start, bool(is_filled)),)
        if part.kind != "text":
            return self._part(part, frame, at, depth, word.start)
        begins = next((i for i in (word.start, word.start + 1) if text.startswith(part.text, i)), None)
        return (Value(part.text, at, begins),)

    def filled(self, text: str, frame: Frame, used: int = 0) -> str:
        """A text of a here-document, which begins at `used`, with what its variables are known to be; the others as
        `${NAME}`."""
        return _VARIABLE.sub(lambda hit: self._text_of(hit, frame, used), text)

    def _text_of(self, hit: re.Match[str], frame: Frame, used: int) -> str:
        name = hit[1] or hit[2]
        if name is None:
            return "${ }"
        values = self._variable(name, frame, self.place(0, 0), 0, used)
        return values[0].text if len(values) == 1 and not values[0].is_filled else f"${{{name} }}"

    def _texts(self, part: Part, frame: Frame, at: Place, depth: int, used: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.text for value in self._part(part, frame, at, depth, used)))

    def _part(self, part: Part, frame: Frame, at: Place, depth: int, used: int) -> tuple[Value, ...]:
        if depth > _DEEPEST or part.kind in ("output", "document"):
            return (Value("${ }", at),)
        if part.kind == "default":
            name, _, text = part.text.partition("=")
            return (Value(text if self._is_from_outside(name) else "${ }", at),)
        if part.kind == "argument":
            index = int(part.text) - 1
            if frame.caller is None or not 0 <= index < len(frame.arguments):
                return (Value("${ }", at),)
            return self._values(frame.arguments[index], frame.caller, depth + 1)
        return self._variable(part.text, frame, at, depth, used)

    def _variable(self, name: str, frame: Frame, at: Place, depth: int, used: int) -> tuple[Value, ...]:
        """What a name is for the word that begins at `used`."""
        if name in self._loops and not self._set.get(name):
            return self._listed(_loop_of(self._loops[name], frame.function, used), frame, at, depth)
        found = self._meaning(name, frame, used)
        if found is None:
            if self._varies(name):
                return (Value(f"${{{name} }}", at),)
            return (Value(self._given.get(name.removeprefix("env."), f"${{{name}}}"), at),)
        values = self._listed(found.values, frame, at, depth)
        if found.function or len(values) > 1 or values[0].text != "${ }":
            return values
        is_one = found.is_list or len(self._set[name]) == 1
        return (Value(f"${{{name}}}" if is_one else f"${{{name} }}", at),)

    def _is_from_outside(self, name: str) -> bool:
        """Whether nothing in the script sets a name, but to its own default."""
        own = f"{name}="
        if name in self._given or name in self._loops or self._read[name]:
            return False
        every = (part for one in self._set.get(name, ()) for word in one.values for part in word.parts if part.text)
        return all(part.kind == "default" and part.text.startswith(own) for part in every)

    def _varies(self, name: str) -> bool:
        """Whether it may be one thing here and another there. One assignment that a branch makes stands for one."""
        every = self._set.get(name, [])
        once = len(every) == 1 and not every[0].repeated and not every[0].function and not every[0].is_list
        return bool(self._read[name]) or name in self._loops or (bool(every) and not once)

    def _meaning(self, name: str, frame: Frame, used: int) -> Assignment | None:
        """The one assignment that says what a name is for the word that begins at `used`; None where there is none, or
        not just one."""
        every = self._set.get(name, [])
        if name in self._given or self._read[name] or name in self._loops:
            return None
        own = [one for one in every if one.local and one.function == frame.function]
        chosen = own or every
        if any(one.is_list for one in chosen) and (whole := _list_of(chosen)) is not None:
            return whole
        if len(chosen) == 1 and chosen[0].certain:
            return chosen[0]
        last = self._last_before(chosen, used, frame.function)
        return last if last is not None or any(one.is_list for one in chosen) else _default_of(chosen)

    def _last_before(self, assignments: list[Assignment], used: int, function: str) -> Assignment | None:
        """What a name was set to last where the word at `used` stands, in lines of one function or of the top level;
        None where a branch that ended before may have set it, or another function or the next turn of a loop may."""
        if any(one.function not in ("", function) or not one.values for one in assignments):
            return None
        own = [one for one in assignments if one.function == function]
        before = [one for one in own if one.values[0].start < used]
        if not before or before[-1].added or before[-1].joined or any(one.repeated for one in own[len(before) :]):
            return None
        last = before[-1]
        around = self.branch_of(last.values[0].start)
        stays = last.certain if around is None else used < around[1]
        return last if stays or (last.certain and not last.repeated) else None

    def branch_of(self, position: int) -> tuple[int, int] | None:
        """The innermost branch around a position; None outside of any. Branches are kept in the order of their ends."""
        if position not in self._around:
            branches = self.script.branches
            around = branches[bisect_right(branches, position, key=itemgetter(1)) :]
            self._around[position] = next((branch for branch in around if branch[0] <= position), None)
        return self._around[position]

    def _listed(self, words: tuple[Word, ...], frame: Frame, at: Place, depth: int) -> tuple[Value, ...]:
        found: list[Value] = []
        for word in words[: MOST_VALUES + 1]:
            found.extend(self._values(word, frame, depth + 1))
        if len(found) > MOST_VALUES or not found:
            return (Value("${ }", at),)
        return tuple(found)


def _default_of(assignments: list[Assignment]) -> Assignment | None:
    """What a name is where nobody gives another: of two branches, one hands on what the script is told, the other is
    written out."""
    open_ones = [one for one in assignments if not one.certain and not (one.repeated or one.is_list or one.function)]
    if len(assignments) != 2 or len(open_ones) != 2:
        return None
    written = [one for one in open_ones if any(part.kind == "text" and part.text for part in one.values[0].parts)]
    handed_on = [
        one for one in open_ones if [part.kind for part in one.values[0].parts] in (["variable"], ["argument"])
    ]
    return written[0] if len(written) == len(handed_on) == 1 else None


def _list_of(assignments: list[Assignment]) -> Assignment | None:
    """A list with all that is added to it; None where it is begun with something more than once."""
    begun = [one for one in assignments if not one.added and one.values]
    if not all(one.is_list for one in assignments) or len(begun) > 1:
        return None
    whole = (*begun, *(one for one in assignments if one.added))
    return replace(whole[0], values=tuple(word for one in whole for word in one.values)) if whole else None


def _loops(script: Script) -> dict[str, list[Loop]]:
    """The loops of a script by their variable."""
    found: dict[str, list[Loop]] = defaultdict(list)
    for command in script.commands:
        words = command.words
        if len(words) >= 2 and words[0].plain == "for" and words[1].plain:
            goes = tuple(words[3:]) if len(words) > 3 and words[2].plain == "in" else ()
            found[words[1].plain].append(Loop(command.function, words[0].start, tuple(_split(goes))))
    return dict(found)


def _loop_of(loops: list[Loop], function: str, used: int) -> tuple[Word, ...]:
    """The words of the loop that a variable belongs to where it is used: the last one before that, of its function;
    none where several may be meant."""
    if len(loops) == 1:
        return loops[0].words
    before = [one for one in loops if one.function == function and one.start < used]
    return before[-1].words if before else ()


def _split(words: tuple[Word, ...]) -> Iterator[Word]:
    """The words of a loop; one with a pattern of files stands for nothing that is known."""
    for word in words:
        plain = word.plain if word.is_bare else None
        yield Word((Part("output", ""),), word.start, word.end) if plain and any(c in plain for c in "*?[") else word


def _read_names(command: Command) -> Iterator[str]:
    """The variables that a command fills in by itself."""
    words = [word.plain or "" for word in command.words]
    if words and words[0] in ("read", "mapfile", "readarray", "getopts", "select", "unset"):
        yield from (word for word in words[1:] if word.isidentifier())
    if words[:2] == ["printf", "-v"]:
        yield from words[2:3]


def _unwrapped(words: list[Word]) -> tuple[Word, ...]:
    """The words of a command behind those of a program that only starts it."""
    rest = words
    while rest and rest[0].plain in _WRAPPERS:
        rest = rest[1:]
        while rest and (
            rest[0].leading.startswith("-") or (rest[0].plain or "")[:1].isdigit() or "=" in rest[0].leading
        ):
            rest = rest[1:]
    return tuple(rest)
