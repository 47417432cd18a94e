"""Settings that a workflow gives to Codex beside its options: `-c key=value`, and a config.toml that a script writes.

An option `-c` (`--config`) takes a dotted key and a value, which is TOML, or a text where it is none; it stands over
the file. A file counts where a script of the same job, before the agent or with it, writes it by a here-document to
`config.toml` of Codex' folder. What is filled in later stays unknown.
Source: codex-rs/utils/cli/src/config_override.rs of https://github.com/openai/codex, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred
from nhilint.source.document import Syntax, read
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.github.trail import StepFacts
    from nhilint.source.value import Value

_HEREDOC = Deferred(r"<<-?[ \t]*[\"']?([A-Za-z_]\w{0,60})")
_TARGET = Deferred(r"(?:\.codex|CODEX_HOME\}?|codex-home)[\"']?/config\.toml")
_OPTIONS = ("-c", "--config")
_LONGEST = 65_536
_LONGEST_LINE = 500
_MOST = 50
_DEEPEST = 8


def settings_of(step: StepFacts, words: Sequence[str]) -> dict[str, Value]:
    """The settings that the agent of a step is started with; `words` are its options."""
    found: dict[str, Value] = {}
    for text in _scripts(step):
        for settings in written(text):
            found.update(settings)
    return overridden(found, words)


def overridden(settings: dict[str, Value], words: Sequence[str]) -> dict[str, Value]:
    """The settings with what the options `-c` put over them."""
    for key, value in _overrides(words):
        _put(settings, key.split("."), value)
    return settings


def under(settings: dict[str, Value], *keys: str) -> Value:
    """The value at the end of a route; None where there is none."""
    value: Value = settings
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _scripts(step: StepFacts) -> Iterator[str]:
    """The scripts of the job up to the step, its own as well."""
    for earlier in step.job.scope.running:
        number = earlier.pointer[-1] if earlier.pointer else None
        if isinstance(number, int) and number < step.number and isinstance(earlier["run"].value, str):
            yield earlier["run"].value
    if isinstance(step.node["run"].value, str):
        yield step.node["run"].value


def written(text: str) -> Iterator[dict[str, Value]]:
    """The settings in the here-documents of a script that go to the file."""
    if "config.toml" not in text or len(text) > _LONGEST:
        return
    end: str | None = None
    body: list[str] = []
    for line in text.splitlines():
        if end is None:
            found = _HEREDOC.search(line[:_LONGEST_LINE]) if _TARGET.search(line[:_LONGEST_LINE]) else None
            end, body = (found[1] if found is not None else None), []
        elif line.strip() == end:
            value = _toml("\n".join(body))
            end = None
            if value is not None:
                yield value
        else:
            body.append(line.strip())


def _toml(text: str) -> dict[str, Value] | None:
    try:
        value = read("", text.encode("utf-8", "surrogatepass"), Syntax.TOML).value
    except (Unreadable, UnicodeError):
        return None
    return value if isinstance(value, dict) else None


def _overrides(words: Sequence[str]) -> Iterator[tuple[str, Value]]:
    for pair in _pairs(words[: 4 * _MOST]):
        key, equals, text = pair.partition("=")
        if equals and key.strip():
            stated = _toml(f"x = {text.strip()}")
            yield key.strip(), stated["x"] if stated is not None and "x" in stated else text.strip()


def _pairs(words: Iterable[str]) -> Iterator[str]:
    is_next = False
    for word in words:
        option, equals, rest = word.partition("=")
        if is_next:
            yield word
            is_next = False
        elif word in _OPTIONS:
            is_next = True
        elif equals and option == "--config":
            yield rest
        elif word.startswith("-c") and not word.startswith("--") and "=" in word:
            yield word.removeprefix("-c").removeprefix("=")


def _put(settings: dict[str, Value], route: list[str], value: Value) -> None:
    for key in route[: min(len(route), _DEEPEST) - 1]:
        inner = settings.get(key)
        if not isinstance(inner, dict):
            inner = {}
            settings[key] = inner
        settings = inner
    settings[route[-1]] = value
