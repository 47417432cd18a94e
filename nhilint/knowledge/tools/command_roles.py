"""The parts that commands play in one shell text: which only prepare, which pass text on, which one is the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.tools.words import is_assignment, program_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.draft import Draft, Found
    from nhilint.knowledge.tools.words import Word

_QUIET = frozenset(
    {"cd", "pushd", "popd", "unset", "echo", "printf", "true", "false", ":", "sleep", "test", "[", "[[", "mkdir"}
    | {
        "umask",
        "ulimit",
        "read",
        "trap",
        "shift",
        "return",
        "exit",
        "alias",
        "wait",
        "for",
        "case",
        "function",
        "select",
    }
    | {"which", "type", "hash", "rem", "chcp", "title", "setlocal", "set-location", "shopt", "local", "declare", "nvm"}
    | {"clear", "pwd", "ls", "cat", "touch"}
)
_FILTERS = frozenset(
    {"tee", "grep", "sed", "head", "tail", "tr", "cut", "sort", "uniq", "wc", "awk", "jq", "xargs", "rm", "cp", "mv"}
    | {"chmod", "kill", "pkill", "curl", "wget", "git", "tar", "unzip"}
)
_EXPORTERS = frozenset({"export", "set", "setx", "typeset"})
_SOURCING = frozenset({"source", "."})


def is_setting(words: Sequence[Word], environment: list[tuple[str, str, int]], files: list[str]) -> bool:
    """Whether the command only prepares the others. Notes variables that it sets and files that it reads."""
    plain = [word for word in words if not is_assignment(word.text)]
    name = program_name(plain[0].text) if plain else ""
    if not plain or name in _EXPORTERS:
        assigned = [word for word in words if is_assignment(word.text)]
        environment += [(*word.text.split("=", 1), word.at) for word in assigned]  # type: ignore[misc]
        return True
    if name.startswith("$env:") and "=" in "".join(word.text for word in words[:2]):
        key, _, value = " ".join(word.text for word in words)[5:].partition("=")
        environment.append((key.strip(), value.strip(), words[0].at))
        return True
    if name in _SOURCING and len(plain) > 1:
        files.append(plain[1].text)
        return not plain[1].text.startswith(("<(", "/dev/fd"))
    return name in _QUIET or plain[0].text.startswith(("<(", "$("))


def main_draft(drafts: Sequence[Draft]) -> Draft | None:
    """The last command that fetches something or connects somewhere, else the last one that starts something."""
    telling = [draft for draft in drafts if draft.remote_url or _fetches(draft)]
    starting = [
        draft for draft in drafts if draft.shell or draft.fallback or (draft.found and not _filters(draft.found))
    ]
    return next(reversed(telling or starting or list(drafts)), None)


def _filters(found: Found) -> bool:
    """Whether the program only passes text or files on, as in `node server.js | tee log`."""
    return found.package.ecosystem == "local" and program_name(found.package.name) in _FILTERS


def _fetches(draft: Draft) -> bool:
    settled = draft.settled()
    installs = any(wrapper.endswith("install") for wrapper in draft.wrappers)
    return settled is not None and settled.package.pin != "local" and not installs
