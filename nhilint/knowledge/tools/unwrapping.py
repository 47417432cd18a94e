"""Takes a command line apart, layer by layer, until the program that really runs is found.

    npx -y mcp-remote https://x          → the server at https://x, reached through npm mcp-remote without a version
    sudo docker run -i --rm mcp/git /src → image mcp/git with argument /src, as root
    sh -c "cd /app && uvx mcp-git==1.2"  → pypi mcp-git at exactly 1.2, by way of a shell

The grammar of each runner is a record of `knowledge/data/tools/runners.json`. Nothing is run, expanded or looked up.
Work is bounded by the length of the line: at most 16 layers, 8 nested texts, 65,536 characters and 256 commands a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.tools import bridging, containers, fetching, interpreting, shells
from nhilint.knowledge.tools.command_roles import is_setting, main_draft
from nhilint.knowledge.tools.draft import Draft, NestedText
from nhilint.knowledge.tools.launch import Launch, Package, ShellUse
from nhilint.knowledge.tools.package_spec import read_spec
from nhilint.knowledge.tools.runner_choice import find_runner
from nhilint.knowledge.tools.runner_table import runner_table
from nhilint.knowledge.tools.shell_text import (
    LONGEST_TEXT,
    MOST_COMMANDS,
    SimpleCommand,
    TextTooLongError,
    split_commands,
)
from nhilint.knowledge.tools.words import MOST_WORDS, Word, is_assignment, is_opaque, is_path, is_url, program_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhilint.knowledge.tools.runner_table import Runner

MOST_LAYERS = 16
DEEPEST_TEXT = 8


def unwrap(command: str, args: Sequence[str] = ()) -> Launch:
    """What a command with its arguments starts. Never raises for any text; `Launch.unknown` says what stays open."""
    if sum(map(len, args)) + len(command) > 4 * LONGEST_TEXT or len(args) > MOST_WORDS:
        return Launch(unknown="the command line is too long to be read")
    draft = Draft(end=len(args) + 1)
    _follow(_first_step(command.strip(), args), draft)
    return draft.launch()


def unwrap_text(command_line: str) -> tuple[Launch, ...]:
    """What each command of a shell line starts, in order; `cd`, `echo` and the like are left out.

    Commands inside substitutions come last. Indices count the words of the one command. A text that is too long gives
    one unknown launch.
    """
    try:
        commands = split_commands(command_line)
    except TextTooLongError as refused:
        return (Launch(unknown=str(refused)),)
    drafts = _read_commands(commands, 0, None)
    downloads, encoded = shells.downloads_and_runs(commands), shells.decodes_and_runs(commands)
    if downloads or encoded:
        _mark_shell(drafts, downloads=downloads, encoded=encoded)
    drafts += _read_substitutions(commands, 1)
    return tuple(draft.launch() for draft in drafts)


def _read_substitutions(commands: Sequence[SimpleCommand], depth: int) -> list[Draft]:
    """Drafts for the commands inside `$(…)`, backticks and `<(…)`, nested ones too."""
    if depth >= DEEPEST_TEXT:
        return []
    drafts: list[Draft] = []
    for text in [text for command in commands for text in command.substitutions]:
        try:
            inner = split_commands(text)
        except TextTooLongError:
            continue
        drafts += _read_commands(inner, depth, None)
        drafts += _read_substitutions(inner, depth + 1)
        if len(drafts) > MOST_COMMANDS:
            break
    return drafts


def _first_step(command: str, args: Sequence[str]) -> Sequence[Word] | NestedText:
    """The words, the command itself split when it holds a whole command line (`"command": "npx -y x"`)."""
    rest = [Word(text, index) for index, text in enumerate(args, start=1)]
    if not (" " in command or command[:1] in {"'", '"'}) or not _is_command_line(command, has_arguments=bool(args)):
        return [Word(command, 0), *rest]
    return [*_split_words(command), *rest] if args else NestedText(command, 0)


def _is_command_line(command: str, *, has_arguments: bool) -> bool:
    """Whether a command with blanks is a line and not one path with blanks in it (`C:\\Program Files\\…`)."""
    first, _, rest = command.partition(" ")
    if program_name(first) in runner_table().by_command or is_assignment(first):
        return True
    if is_path(first) or "\\" in first:
        return rest.startswith("-")
    return not has_arguments


def _split_words(command: str) -> list[Word]:
    try:
        commands = split_commands(command)
    except TextTooLongError:
        return [Word(command, 0)]
    return [Word(text, 0) for text in commands[0].words] if commands else [Word(command, 0)]


def _follow(step: Sequence[Word] | NestedText | None, draft: Draft) -> None:
    """Take layers away until the program is found or nothing is left to read."""
    for _ in range(MOST_LAYERS):
        if step is None:
            return
        if isinstance(step, NestedText):
            _follow_text(step, draft)
            return
        step = _take_layer(step, draft)
    if step is not None:
        draft.unknown = "wrappers are nested too deep"


def _take_layer(words: Sequence[Word], draft: Draft) -> Sequence[Word] | NestedText | None:
    while words and is_assignment(words[0].text):
        draft.note_assignment(words[0].text, words[0].at)
        words = words[1:]
    if not words:
        return None
    first = words[0]
    found = find_runner(words)
    if found is not None:
        runner, arguments = found
        draft.program = program_name(first.text)
        return _READERS[runner.kind](runner, arguments, draft)
    _note_program(first, words[1:], draft)
    return None


def _note_program(first: Word, arguments: Sequence[Word], draft: Draft) -> None:
    """A program that no runner stands for: one of the project, or one that must be installed."""
    name = first.text.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    if is_url(first.text):
        draft.note_url(first.text, first.at)
    elif not name or (is_opaque(name) and "." not in name.rsplit("}", 1)[-1]):
        draft.unknown = "the program is a variable"
    elif "node_modules/" in first.text and "/.bin/" not in first.text:
        draft.find(read_spec("npm", first.text.split("node_modules/", 1)[1]), arguments, first)
    else:
        draft.find(Package("local", first.text, None, "local"), arguments, first)


def _follow_text(nested: NestedText, draft: Draft) -> None:
    """Read the commands of a nested text and take over the one that is the program."""
    if draft.depth >= DEEPEST_TEXT:
        draft.unknown = "command lines are nested too deep"
        return
    try:
        commands = split_commands(nested.text, nested.dialect)
    except TextTooLongError as refused:
        draft.unknown = str(refused)
        return
    drafts = _read_commands(commands, draft.depth + 1, nested.at)
    chosen = main_draft(drafts)
    for other in drafts:
        if other is not chosen:
            settled = other.settled()
            draft.extra += [settled.package] if settled and settled.package.pin != "local" else []
            draft.environment += other.environment
            draft.env_files += other.env_files
    downloads, encoded = shells.downloads_and_runs(commands), shells.decodes_and_runs(commands)
    if chosen is not None:
        draft.absorb(chosen)
    else:
        # Only built-ins such as cd and echo.
        draft.shell = draft.shell or ShellUse("sh", nested.text, at=nested.at)
    if downloads or encoded:
        _mark_shell([draft], downloads=downloads, encoded=encoded, at=nested.at)


def _read_commands(commands: Sequence[SimpleCommand], depth: int, at: int | None) -> list[Draft]:
    """A draft for each command that starts something; what is exported goes to those after it."""
    drafts: list[Draft] = []
    environment: list[tuple[str, str, int]] = []
    files: list[str] = []
    for command in commands:
        words = [Word(text, index if at is None else at) for index, text in enumerate(command.words)]
        if is_setting(words, environment, files):
            continue
        draft = Draft(end=len(words) if at is None else at, depth=depth)
        draft.environment += environment
        draft.env_files += files
        _follow(words, draft)
        drafts.append(draft)
    return drafts


def _mark_shell(drafts: Sequence[Draft], *, downloads: bool, encoded: bool, at: int = 0) -> None:
    """Note on the last command with a shell, else on the last one, what the whole text does."""
    if not drafts:
        return
    draft = next((draft for draft in reversed(drafts) if draft.shell is not None), drafts[-1])
    shell = draft.shell or ShellUse("sh", None, at=at)
    draft.shell = replace(
        shell,
        pipes_download_to_shell=shell.pipes_download_to_shell or downloads,
        encoded=shell.encoded or encoded,
    )


_READERS: dict[str, Callable[[Runner, Sequence[Word], Draft], Sequence[Word] | NestedText | None]] = {
    "fetch": fetching.read_fetch,
    "install": fetching.read_install,
    "interpreter": interpreting.read_interpreter,
    "project": interpreting.read_project,
    "wrapper": bridging.read_wrapper,
    "bridge": bridging.read_bridge,
    "shell": shells.read_shell,
    "cmd": shells.read_cmd,
    "powershell": shells.read_powershell,
    "container": containers.read_container,
    "container_exec": containers.read_container_exec,
    "gateway": containers.read_gateway,
    "toolhive": containers.read_toolhive,
}
