"""Reads shells: `sh -c`, `cmd /c`, PowerShell. Their text is handed on to be split and read again.

Also here: what makes a text dangerous as a whole, namely fetched code that is run at once, and code hidden by an
encoding. Files fetched by curl or wget and run later in the same text count as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.knowledge.tools.draft import NestedText
from nhilint.knowledge.tools.launch import Package, ShellUse
from nhilint.knowledge.tools.options import part_options
from nhilint.knowledge.tools.words import is_script, program_name
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.draft import Draft
    from nhilint.knowledge.tools.runner_table import Runner
    from nhilint.knowledge.tools.shell_text import SimpleCommand
    from nhilint.knowledge.tools.words import Word

_INTERPRETERS = frozenset(
    {"sh", "bash", "zsh", "dash", "ash", "ksh", "fish", "python", "node", "perl", "ruby", "php", "pwsh", "powershell"}
    | {"source", ".", "eval", "iex", "invoke-expression", "osascript"}
)
_FETCHERS = frozenset(
    {"curl", "wget", "fetch", "http", "https", "iwr", "irm", "invoke-webrequest", "invoke-restmethod"}
)
_POWERSHELL_EVALUATORS = frozenset({"iex", "invoke-expression"})
_DECODERS = frozenset({"base64", "openssl", "xxd", "gunzip", "uudecode"})
_DOWNLOAD_IN = Deferred(
    r"\b(?:curl|wget|iwr|irm|invoke-webrequest|invoke-restmethod|downloadstring)\b", flags=re.IGNORECASE
)
_PREFIXES = frozenset({"sudo", "doas", "exec", "env", "nohup", "time", "command"})


def read_shell(runner: Runner, words: Sequence[Word], draft: Draft) -> NestedText | None:
    """`sh -c text` and `sh script`. Without either it reads commands from its input."""
    parted = part_options(words, runner)
    draft.elevated = draft.elevated or runner.elevates
    draft.wrappers.append(runner.id)
    if runner.injects_secrets:
        draft.secret_injector = draft.secret_injector or runner.id
    text = next((option for option in parted.options if runner.role_of(option.name) == "inline"), None)
    if text is not None and text.value is not None:
        draft.shell = ShellUse(draft.program, text.value, at=text.at)
        return NestedText(text.value, text.at)
    rest = parted.rest[runner.skip :]
    if runner.id == "sops" and rest:
        return NestedText(rest[0].text, rest[0].at)
    if not rest:
        draft.shell = ShellUse(draft.program, None, at=words[0].at if words else 0)
        return None
    draft.find(Package("local", rest[0].text, None, "local"), rest[1:], rest[0])
    return None


def read_cmd(runner: Runner, words: Sequence[Word], draft: Draft) -> Sequence[Word] | NestedText | None:
    """`cmd /c …`: the words after /c or /k, or one word that holds them all."""
    draft.wrappers.append(runner.id)
    rest = list(words)
    while rest and rest[0].text.startswith("/") and len(rest[0].text) <= 5:
        rest.pop(0)
    if not rest:
        draft.unknown = "cmd is given no command"
        return None
    if any(word.text in {"&", "&&", "|", "||"} for word in rest) or (len(rest) == 1 and " " in rest[0].text):
        return NestedText(" ".join(word.text for word in rest), rest[0].at, "cmd")
    return rest


def read_powershell(runner: Runner, words: Sequence[Word], draft: Draft) -> NestedText | None:
    """`pwsh -Command text`, `-File script`, `-EncodedCommand …`; options may be abbreviated and are case-blind."""
    draft.wrappers.append(runner.id)
    position = 0
    while position < len(words):
        word = words[position]
        option = word.text.lower().lstrip("-/")
        if not word.text.startswith(("-", "/")):
            return _powershell_text(words[position:], draft)
        if option in {"e", "ec", "enc"} or (len(option) > 3 and "encodedcommand".startswith(option)):
            draft.shell = ShellUse("powershell", None, encoded=True, at=word.at)
            return None
        if option and ("command".startswith(option) or option == "commandwithargs"):
            return _powershell_text(words[position + 1 :], draft)
        if option and "file".startswith(option) and position + 1 < len(words):
            script = words[position + 1]
            draft.find(Package("local", script.text, None, "local"), words[position + 2 :], script)
            return None
        position += 2 if _takes_value(option) else 1
    draft.shell = ShellUse("powershell", None, at=words[0].at if words else 0)
    return None


def _takes_value(option: str) -> bool:
    names = (
        "executionpolicy",
        "windowstyle",
        "workingdirectory",
        "version",
        "inputformat",
        "outputformat",
        "configurationname",
    )
    return option in {"ep", "ex", "w", "wd"} or any(len(option) > 2 and name.startswith(option) for name in names)


def _powershell_text(words: Sequence[Word], draft: Draft) -> NestedText | None:
    if not words:
        draft.unknown = "PowerShell is given no command"
        return None
    first = words[0]
    if len(words) == 1 and is_script(first.text) and " " not in first.text:
        draft.find(Package("local", first.text, None, "local"), (), first)
        return None
    text = " ".join(word.text for word in words)
    draft.shell = ShellUse("powershell", text, encoded="frombase64string" in text.lower(), at=first.at)
    return NestedText(text, first.at, "powershell")


def downloads_and_runs(commands: Sequence[SimpleCommand]) -> bool:
    """Whether the commands of one text run what they fetch: by a pipe, a substitution or a file in between."""
    fetched: set[str] = set()
    piped = False
    evaluating = any(_first_program(command) in _POWERSHELL_EVALUATORS for command in commands)
    for command in commands:
        name = _first_program(command)
        piped = piped and command.operator == "|"
        if evaluating and any(_DOWNLOAD_IN.search(word) for word in command.words):
            return True
        if name in _INTERPRETERS and (piped or _runs_substitution(name, command) or _runs_file(command, fetched)):
            return True
        if command.words and command.words[0].removeprefix("./") in fetched:
            return True
        if name in _FETCHERS:
            piped = True
            fetched |= _files_written(command)
    return False


def decodes_and_runs(commands: Sequence[SimpleCommand]) -> bool:
    """Whether a decoder's output is piped into an interpreter."""
    decoding = False
    for command in commands:
        name = _first_program(command)
        decoding = decoding and command.operator == "|"
        if decoding and name in _INTERPRETERS:
            return True
        if name in _DECODERS and any(word in {"-d", "-D", "--decode", "-r"} for word in command.words):
            decoding = True
    return False


def _first_program(command: SimpleCommand) -> str:
    words = [word for word in command.words if "=" not in word or word.startswith(("-", "/"))]
    while len(words) > 1 and program_name(words[0]) in _PREFIXES:
        words = [word for word in words[1:] if not word.startswith("-")] or words[:1]
    return program_name(words[0]) if words else ""


def _runs_substitution(name: str, command: SimpleCommand) -> bool:
    """`sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(curl …)"`; an argument of a script is not code."""
    if not any(_DOWNLOAD_IN.search(text) for text in command.substitutions):
        return False
    if name in {"eval", "source", "."} or any(word.startswith("<(") for word in command.words):
        return True
    pairs = zip(command.words, command.words[1:], strict=False)
    return any(option in {"-c", "-lc", "-ec", "-e"} and code.startswith(("$(", "`")) for option, code in pairs)


def _runs_file(command: SimpleCommand, fetched: set[str]) -> bool:
    return any(word.removeprefix("./") in fetched for word in command.words[1:])


def _files_written(command: SimpleCommand) -> set[str]:
    """Files that a curl or wget call leaves behind."""
    files = {path.removeprefix("./") for path in command.written}
    for option, value in zip(command.words, command.words[1:], strict=False):
        if option in {"-o", "--output", "-OutFile"} or (option in {"-O", "--output-document"} and "://" not in value):
            files.add(value.removeprefix("./"))
        if option in {"-O", "-LO", "-sO", "-sLO", "-fsSLO"} and "://" in value:
            files.add(value.rsplit("/", 1)[-1])
    return files - {"-", "/dev/null"}
