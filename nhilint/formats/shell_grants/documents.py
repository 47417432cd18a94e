"""Files that a script writes itself with a here-document, by the path that it gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.shell_grants.running import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.shell_grants.parts import Word
    from nhilint.formats.shell_grants.running import Call, Frame, Running


class WrittenFiles:
    """The texts that `cat > path <<EOF` and `tee path <<EOF` leave in files."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._found: dict[tuple[str, str], list[Value]] = {}
        for call in running.calls():
            for path in _targets(call):
                self._keep(path, call)

    def written_to(self, path: str, frame: Frame, used: int) -> Value | None:
        """The text of the file that a path means in the line at `used`; None where the script writes none, or several
        of which it does not say which comes last."""
        for function in (frame.function, None):
            texts = [
                t
                for (where, name), kept in self._found.items()
                for t in kept
                if name == _plain(path) and function in (where, None)
            ]
            if len({text.at for text in texts}) == 1:
                return texts[0]
            if texts and function is not None:
                return self._last_before(used, {text.start or 0: text for text in texts})
        return None

    def _last_before(self, used: int, texts: dict[int, Value]) -> Value | None:
        """Of several texts that one function writes to one file, the last before the line at `used`; None where that
        line is not in the branch that writes it, or is in one that writes another further on."""
        branches = {start: self._running.branch_of(start) for start in texts}
        last = max((start for start in texts if start < used), default=None)
        later = [around for start, around in branches.items() if start > used and around is not None]
        if last is None or any(begin <= used for begin, _ in later):
            return None
        around = branches[last]
        return texts[last] if around is None or used < around[1] else None

    def _keep(self, path: Word, call: Call) -> None:
        document = call.command.documents[0]
        names = self._running.values(path, call.frame)
        text = self._running.script.text[document.start : document.end]
        at = self._running.place(document.start, document.end)
        if len(names) == 1:
            key = (call.frame.function, _plain(names[0].text))
            self._found.setdefault(key, []).append(Value(text, at, document.start, document.is_filled))


def _targets(call: Call) -> Iterator[Word]:
    if not call.command.documents:
        return
    program = call.words[0].plain
    if program == "cat" and len(call.words) == 1:
        yield from call.command.written
    elif program == "tee":
        yield from (word for word in call.words[1:] if not word.leading.startswith("-"))


def _plain(path: str) -> str:
    return path.removeprefix("./")
