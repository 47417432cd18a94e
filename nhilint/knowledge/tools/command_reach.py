"""How far a permission reaches that lets an agent run a shell command with any further arguments.

Permission rules such as `Bash(python:*)`, `Shell(git *)` or an auto-approved prefix look narrow, yet some programs run
whatever their arguments say. Graded by what the program does by its nature or by a documented option:

    any_code           runs any command or program text given in its arguments: python, npx, docker run, find, git -c
    acts_as_user       changes what runs elsewhere as the signed-in identity: terraform apply, pulumi up, aws, gh
    fetches_code       installs packages of the agent's choice, whose scripts run: npm install, pip install
    runs_project_code  runs what the project's own files say: npm test, make, pytest
    deletes, network_out, reads_files   removes files, sends data to any host, prints any file of the user

Sources: GTFOBins for options that run commands, the programs' manuals, code.claude.com "Permissions" for the programs
that Claude Code guards itself. The table is `knowledge/data/tools/shell-programs.json`; runners and wrappers come from
`runners.json`. Not here: the grammar of any product's rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from nhilint.knowledge.tools.options import part_options
from nhilint.knowledge.tools.package_spec import read_spec
from nhilint.knowledge.tools.program_table import Grade, Program, programs
from nhilint.knowledge.tools.runner_choice import find_runner
from nhilint.knowledge.tools.runner_table import Runner, runner_table
from nhilint.knowledge.tools.shell_text import TextTooLongError, split_commands
from nhilint.knowledge.tools.shells import downloads_and_runs
from nhilint.knowledge.tools.words import Word, is_assignment, is_path, program_name
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.options import Option

_ORDER: tuple[Grade, ...] = (
    "any_code", "acts_as_user", "fetches_code", "runs_project_code", "deletes", "network_out", "reads_files",
)  # fmt: skip
_DEEPEST = 8
_ONLY_TELLS = frozenset({"--version", "--help"})
"""Options after which an interpreter says what it is and ends, whatever follows."""
_ONLY_CHECKS = {
    **dict.fromkeys(("node", "nodejs"), frozenset({"--check", "-c"})),
    **dict.fromkeys(("ruby", "perl"), frozenset({"-c"})),
    **dict.fromkeys(("bash", "sh", "zsh", "dash", "ksh"), frozenset({"-n"})),
}
"""Options with which an interpreter looks at a program's syntax; it still runs what a further option names (node -r,
ruby -r, perl -M, bash +n), by the manuals of node, ruby, perl and bash."""
_RUNS_TESTS = frozenset({"--test"})
"""Options of node that run the project's test files; --import can still name a text."""
_FIRST_STAR = Deferred(r"^(?:[A-Za-z_]\w*=[^\s*]*\s+)*[A-Za-z_]\w*=[^\s*]*(\*)(?=\S|\s+\S)")
"""A wildcard within the value of a variable, where the rule goes on to name a program."""


class ShellReach(Struct, frozen=True):
    """What allowing a command comes to. `reason` is a clause about `program`.

    `by_option`: it is not what the program is for, but a documented option or setting of it does so.
    """

    program: str
    grade: Grade
    reason: str
    by_option: bool = False


_SCRIPT_RUNNERS = frozenset({"run", "exec", "dlx", "test"})
"""Subcommands of package managers that start something, which the table of runners reads."""


def is_shell_equivalent(command_prefix: str, *, client: str | None = None) -> str | None:
    """Why allowing `command_prefix` with any arguments equals running any command; None when it does not.

    The prefix is written as in a rule, with or without its final `:*`, ` *` or `*`. With `client` "claude-code" the
    programs that Claude Code never runs on the strength of a prefix rule (find -exec, watch, flock, …) are not counted.
    """
    found = shell_reach(command_prefix, client=client)
    return f"{found.program} {found.reason}" if found is not None and found.grade == "any_code" else None


def shell_reach(command_prefix: str, *, client: str | None = None, any_arguments: bool = True) -> ShellReach | None:
    """How far a permission for a command reaches; None when it is as narrow as it looks or the program is not known.

    `any_arguments`: whatever follows the prefix is allowed too. False judges exactly this command line. Of several
    commands in one prefix the farthest reach counts. Texts that are too long give None.
    """
    text = _without_wildcard(command_prefix)
    if not text:
        return ShellReach("*", "any_code", "stands for every program") if any_arguments else None
    try:
        commands = split_commands(text)
        whole = split_commands(command_prefix.strip().removesuffix(":*"))
    except TextTooLongError:
        return None
    if downloads_and_runs(whole):
        grade: Grade = "any_code" if "*" in command_prefix else "fetches_code"
        return ShellReach(whole[0].words[0] if whole[0].words else "sh", grade, "output is run as commands")
    reaches = []
    is_closed = text.count("'") % 2 == 0 and text.count('"') % 2 == 0
    for position, command in enumerate(commands, start=1):
        words = [Word(word, index) for index, word in enumerate(command.words)]
        is_open = any_arguments and position == len(commands)
        rule = _Rule(client, is_open, is_quoted_to_end=is_closed)
        reaches.append(_reach_of_folder(words, rule) or _reach_of(words, rule))
    return _farthest(reaches)


def _farthest(reaches: Sequence[ShellReach | None]) -> ShellReach | None:
    known = [found for found in reaches if found is not None]
    return min(known, key=lambda found: _ORDER.index(found.grade), default=None)


class _Rule(NamedTuple):
    """Who reads the permission, whether arguments may follow, and how many wrappers have been taken away.

    `is_quoted_to_end`: every quotation of the prefix is closed, so that what follows begins a word of its own.
    """

    client: str | None
    is_open: bool
    depth: int = 0
    is_quoted_to_end: bool = True


def _without_wildcard(prefix: str) -> str:
    """The text before the first wildcard that stands for more than a part of a variable; `:*` only ends a rule."""
    text = prefix.strip().removesuffix(":*")
    for _ in range(_DEEPEST):
        star = _FIRST_STAR.match(text)
        if star is None:
            break
        text = f"{text[: star.start(1)]}_{text[star.end(1) :]}"
    return text.partition("*")[0].strip()


def _reach_of(words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    assigned = next((count for count, word in enumerate(words) if not is_assignment(word.text)), len(words))
    if assigned and assigned == len(words) and rule.is_open:
        return ShellReach(
            words[0].text.partition("=")[0], "any_code", "is a variable, after which any program may stand"
        )
    words = words[assigned:]
    if not words or rule.depth > _DEEPEST:
        return None
    name = program_name(words[0].text)
    program = programs().get(name)
    if program is not None:
        listed = _listed(name, program, words[1:])
        if listed is not None:
            return listed.reach if rule.is_open or not _acts_as_user(listed.reach) else None
    found = find_runner(words)
    if found is not None and not (program is not None and rule.is_open and not _skip_options(program, words[1:])):
        return _reach_of_runner(name, *found, rule)
    wrapped = _skip_options(program, words[1:]) if program is not None and program.wraps else ()
    if wrapped:
        return _reach_of(wrapped, rule._replace(depth=rule.depth + 1))
    return _reach_of_program(name, program, words[1:], rule) if program else _reach_of_unlisted(name, words, rule)


def _reach_of_folder(words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    """`~/tools/*`: any program of that folder, whatever the folder is called."""
    if not rule.is_open or len(words) != 1 or not words[0].text.endswith("/"):
        return None
    return ShellReach(words[0].text, "runs_project_code", "holds the programs that may run")


def _reach_of_unlisted(name: str, words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    if _is_script_of_project(words[0].text):
        return ShellReach(words[0].text, "runs_project_code", "is a script of the project")
    return _bare_runner(name, rule) if len(words) == 1 else None


class _Listed(NamedTuple):
    reach: ShellReach | None


def _listed(name: str, program: Program, words: Sequence[Word]) -> _Listed | None:
    """The grade of a listed subcommand, longest name first; None when none is listed."""
    rest = _skip_options(program, words)
    ranked = sorted(
        ((part, item) for item in program.subcommands for part in item.names), key=lambda pair: -len(pair[0].split())
    )
    for text, item in ranked:
        wanted = text.split()
        if [word.text for word in rest[: len(wanted)]] == wanted:
            if item.grade is None:
                return _Listed(None)
            return _Listed(ShellReach(f"{name} {text}", item.grade, item.reason, item.by_option))
    return None


def _acts_as_user(reach: ShellReach | None) -> bool:
    """Such a command asks whoever runs it, unless an option follows that says yes."""
    return reach is not None and reach.grade == "acts_as_user"


def _skip_options(program: Program, words: Sequence[Word]) -> Sequence[Word]:
    """What follows the options in front of a subcommand; one that the table lists (`--info`) is the subcommand."""
    listed = {"-v", "--version", *(name for item in program.subcommands for name in item.names)}
    position = 0
    while position < len(words) and words[position].text.startswith("-") and words[position].text not in listed:
        position += 2 if words[position].text in program.values and not _is_flag_here(program, words[position:]) else 1
    return words[position:]


def _is_flag_here(program: Program, words: Sequence[Word]) -> bool:
    """`-w` takes a workspace in npm and none in pnpm (`pnpm -w run build`): a subcommand behind it is one."""
    if words[0].text != "-w" or len(words) == 1:
        return False
    return words[1].text in _SCRIPT_RUNNERS or any(words[1].text in item.names for item in program.subcommands)


def _reach_of_program(name: str, program: Program, words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    rest = _skip_options(program, words)
    if rest and program.takes_file:
        return ShellReach(f"{name} {rest[0].text}", "runs_project_code", "runs the commands of that file")
    if rest and program.takes_text and _is_harmless_text(rest[0].text):
        return ShellReach(name, "reads_files", "prints any file the user may read") if rule.is_open else None
    if (rest and program.subcommands and not program.otherwise) or not (rule.is_open or words):
        return None
    if any(word.text.startswith(program.reading) for word in rest[:3]) if program.reading else False:
        return None
    below = program.below if rest else None
    grade: Grade | None = below.grade if below is not None else program.grade
    if rule.client is not None and rule.client in program.guarded:
        grade = program.guarded[rule.client]
    if grade is None or (not rule.is_open and grade in {"any_code", "acts_as_user", "reads_files"}):
        return None
    reason = below.reason if below is not None else program.reason
    return ShellReach(name, grade, reason, program.by_option and grade == program.grade)


def _is_harmless_text(text: str) -> bool:
    """Whether a whole program text for awk only computes and prints: no command, no pipe, no file written."""
    is_whole = text.count("{") == text.count("}") and text.count('"') % 2 == 0
    return is_whole and not any(sign in text for sign in ("system", "|", ">", "getline", "@"))


def _bare_runner(name: str, rule: _Rule) -> ShellReach | None:
    """A program that is only known by its subcommands, with all of them allowed."""
    kinds = {runner.kind for runner in runner_table().by_command.get(name, ())}
    if not kinds or not rule.is_open:
        return None
    if kinds <= {"install"}:
        return ShellReach(name, "fetches_code", "installs any package, whose code runs then or at its first use")
    if kinds <= {"project", "install"}:
        return ShellReach(name, "runs_project_code", "runs scripts of the project")
    return ShellReach(name, "any_code", "runs any program that its arguments name")


def _reach_of_runner(name: str, runner: Runner, words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    if runner.kind in {"cmd", "powershell", "gateway", "toolhive"}:
        return _reach_of_windows_shell(name, words, rule)
    if runner.kind == "install":
        return ShellReach(name, "fetches_code", "installs packages and runs their scripts")
    if runner.kind == "project" or (runner.id == "bun-run" and not words):
        return ShellReach(name, "runs_project_code", "runs scripts of the project")
    if runner.kind == "fetch":
        return _reach_of_fetch(name, runner, words, rule)
    if runner.kind in {"interpreter", "shell"}:
        return _reach_of_interpreter(name, runner, words, rule)
    return None if runner.kind == "bridge" else _reach_of_wrapper(name, runner, words, rule)


def _reach_of_windows_shell(name: str, words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    rest = [word for word in words if not (word.text.startswith("/") and len(word.text) == 2)]
    if any(word.text.lower() in {"-file", "-f"} for word in words[:-1]):
        return ShellReach(f"{name} {words[-1].text}", "runs_project_code", "runs that script")
    if rest and not rest[0].text.startswith("-"):
        return _reach_of(rest, rule._replace(depth=rule.depth + 1))
    return ShellReach(name, "any_code", "runs the command given in its arguments") if rule.is_open else None


def _reach_of_fetch(name: str, runner: Runner, words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    parted = part_options(words, runner)
    roles = {runner.role_of(option.name) for option in parted.options}
    if not parted.rest or "inline" in roles:
        return ShellReach(name, "any_code", "fetches and runs any package") if rule.is_open else None
    first = parted.rest[0].text
    package = read_spec(runner.ecosystem, first)
    binary = package.name if "package" not in roles else program_name(first)
    below = _reach_of([Word(binary, 0), *parted.rest[1:]], rule._replace(depth=rule.depth + 1))
    if binary in runner_table().by_package or binary in runner_table().by_command:
        return below
    quiet = runner.ecosystem == "npm" and not any(option.name in {"-y", "--yes"} for option in parted.options)
    if package.ecosystem == "local" or package.pin in {"exact", "digest"} or (quiet and package.pin == "none"):
        itself = ShellReach(f"{name} {first}", "runs_project_code", "runs that program")
    else:
        itself = ShellReach(f"{name} {first}", "fetches_code", "fetches the newest version of that package and runs it")
    return _farthest([below, itself])


def _reach_of_interpreter(name: str, runner: Runner, words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    looked = _looks_only(name, words[0].text, rule) if words else None
    if looked is not None:
        return looked.reach
    parted = part_options(words, runner)
    roles = {runner.role_of(option.name): option for option in parted.options}
    module = roles.get("module")
    if module is not None and module.value:
        top = module.value.split(".", 1)[0].replace("_", "-")
        below = _reach_of([Word(top, 0), *parted.rest], rule._replace(depth=rule.depth + 1))
        return below or ShellReach(f"{name} -m {module.value}", "runs_project_code", "runs that module")
    path = roles.get("path")
    if path is not None and path.value:
        return ShellReach(f"{name} {path.value}", "runs_project_code", "runs that program")
    if "inline" in roles or not parted.rest:
        return _reach_of_text(name, runner, roles.get("inline"), rule) if rule.is_open else None
    if runner.rest == "command":
        below = _reach_of(parted.rest, rule._replace(depth=rule.depth + 1))
        return below or ShellReach(
            f"{name} {parted.rest[0].text}", "runs_project_code", "runs that program of the project"
        )
    return ShellReach(f"{name} {parted.rest[0].text}", "runs_project_code", "runs that script")


def _reach_of_text(name: str, runner: Runner, inline: Option | None, rule: _Rule) -> ShellReach:
    if inline is not None and inline.value and rule.is_quoted_to_end:
        reason = "runs the text that the rule names, or that of a further option"
        return ShellReach(name, "any_code", reason, by_option=True)
    if runner.rest == "command":
        return ShellReach(name, "any_code", "runs any program or program text given in its arguments")
    return ShellReach(name, "any_code", "runs program text given in its arguments")


def _looks_only(name: str, option: str, rule: _Rule) -> _Listed | None:
    """The reach of an interpreter whose first option keeps it from running the program; None for any other option."""
    if option in _ONLY_TELLS:
        return _Listed(None)
    if option in _RUNS_TESTS and name in {"node", "nodejs"}:
        reason = "runs test files, and what a further option names"
    elif option in _ONLY_CHECKS.get(name, ()):
        reason = "checks syntax, and runs what a further option names"
    else:
        return None
    return _Listed(ShellReach(name, "any_code", reason, by_option=True) if rule.is_open else None)


def _reach_of_wrapper(name: str, runner: Runner, words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    """sudo, env, docker run, docker exec, ssh: what follows is what runs."""
    if runner.kind == "container":
        return _reach_of_container(name, runner, words, rule)
    parted = part_options(words, runner)
    rest = parted.rest
    text = next(
        (one.value for one in parted.options if runner.role_of(one.name) in {"text", "command"} and one.value), None
    )
    if text is not None:
        return _reach_of([Word(word, 0) for word in text.split()], rule._replace(depth=rule.depth + 1))
    dashes = next((position for position, word in enumerate(rest) if word.text == "--"), None)
    if dashes is not None:
        rest = rest[dashes + 1 :]
    elif not parted.dashes:
        rest = rest[1:] if runner.kind == "container_exec" else rest[runner.skip :]
    if rest or not rule.is_open:
        return _reach_of(rest, rule._replace(depth=rule.depth + 1))
    if parted.rest and (runner.id == "ssh" or runner.kind == "container_exec"):
        return ShellReach(f"{name} {parted.rest[0].text}", "any_code", "runs any command there")
    return ShellReach(name, "any_code", "runs the command given in its arguments")


def _reach_of_container(name: str, runner: Runner, words: Sequence[Word], rule: _Rule) -> ShellReach | None:
    parted = part_options(words, runner)
    if not parted.rest:
        reason = "runs any command, in a container that can be given the whole host"
        return ShellReach(f"{name} run", "any_code", reason) if rule.is_open else None
    widening = {"volume", "mount", "pid", "cap_add", "device"}
    opened = any(runner.role_of(option.name) in widening or option.name == "--privileged" for option in parted.options)
    if opened and rule.is_open and len(parted.rest) == 1:
        return ShellReach(f"{name} run", "any_code", "runs any command in a container that is given parts of the host")
    return ShellReach(f"{name} run {parted.rest[0].text}", "runs_project_code", "runs that image")


def _is_script_of_project(command: str) -> bool:
    return is_path(command) or "/" in command or command.startswith("$")
