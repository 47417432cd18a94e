"""Reads interpreters that run a file, a module or inline code: python, node, tsx, bun, uv run, java, php, dotnet, …

A file or an installed module is a local package: its version is whatever the checkout or the environment holds. Only a
path through `node_modules/` and a Python module name say which published package that probably is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.tools.launch import Package, ShellUse
from nhilint.knowledge.tools.options import part_options
from nhilint.knowledge.tools.package_spec import read_spec
from nhilint.knowledge.tools.runner_table import runner_table
from nhilint.knowledge.tools.words import Word, is_opaque, is_script, is_url, program_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.draft import Draft
    from nhilint.knowledge.tools.options import Option
    from nhilint.knowledge.tools.runner_table import Runner

_MODULES_THAT_RUN = frozenset({"uv", "uvx", "pipx", "pip", "mcp_proxy", "fastmcp", "mcp", "dotenv"})
_PROJECT_MODULES = frozenset(
    {
        "src",
        "server",
        "main",
        "app",
        "mcp_server",
        "lib",
        "scripts",
        "backend",
        "agent",
        "tools",
        "tests",
        "__main__",
        "http",
    }
)
_HIDING = ("b64decode", "base64 -d", "base64 --decode", "atob(", "frombase64string", "'base64'", '"base64"')
_FETCHING = ("curl ", "wget ", "urlopen(", "requests.get(", "fetch(", "https.get(")
_RUNNING = ("exec(", "eval(", "| sh", "|sh", "| bash", "|bash", "os.system", "subprocess", "child_process")


def read_interpreter(runner: Runner, words: Sequence[Word], draft: Draft) -> Sequence[Word] | None:
    """An interpreter. Answers with further words when the module or command it runs is a runner itself."""
    parted = part_options(words, runner)
    for option in parted.options:
        role = runner.role_of(option.name)
        if role in {"inline", "module", "path"}:
            return _read_deciding(runner, option, parted.rest, draft)
        _note_option(role, option, draft)
    if runner.id == "deno-eval" and parted.rest:
        _note_inline("deno", parted.rest[0].text, parted.rest[0].at, draft)
        return None
    if not parted.rest:
        draft.unknown = f"{draft.program} is given no file"
        return None
    return _read_file(runner, parted.rest, draft)


def read_project(runner: Runner, words: Sequence[Word], draft: Draft) -> None:
    """A script of the project's own: npm run x, make x, dotnet run --project x."""
    parted = part_options(words, runner)
    path = next((option for option in parted.options if runner.role_of(option.name) == "path" and option.value), None)
    if path is not None:
        draft.find(Package("local", path.value or "", None, "local", words=(path.at, path.at + 1)), parted.rest)
        return
    if not parted.rest:
        draft.find(Package("local", runner.id.replace("-", " "), None, "local"), ())
        return
    first = parted.rest[0]
    draft.find(Package("local", f"{runner.id.replace('-', ' ')} {first.text}", None, "local"), parted.rest[1:], first)


def _read_deciding(runner: Runner, option: Option, rest: Sequence[Word], draft: Draft) -> Sequence[Word] | None:
    """An option that says what runs: inline code, a module or a path."""
    role = runner.role_of(option.name)
    value = option.value or ""
    if role == "module":
        return _read_module(runner, option, rest, draft)
    if role == "inline":
        _note_inline(draft.program, value, option.at, draft)
    else:
        draft.find(Package("local", value, None, "local"), rest, Word(value, option.at))
    return None


def _note_option(role: str | None, option: Option, draft: Draft) -> None:
    value = option.value or ""
    if role == "env_file":
        draft.env_files.append(value)
    elif role == "with":
        parts = value.split(",") if "[" not in value else [value]
        words = (option.at, option.at + 1)
        draft.extra += [replace(read_spec("pypi", part.strip()), words=words) for part in parts]


def _read_module(runner: Runner, option: Option, rest: Sequence[Word], draft: Draft) -> Sequence[Word] | None:
    """`python -m x.y` runs package x as installed; `uv run -m x` names the module as its positional."""
    words = rest if option.value is None else [Word(option.value, option.at), *rest]
    if not words:
        draft.unknown = "python -m is given no module"
        return None
    top = words[0].text.split(".", 1)[0]
    if top in _MODULES_THAT_RUN:
        return [Word(top.replace("_", "-"), words[0].at), *words[1:]]
    if top in _PROJECT_MODULES or is_opaque(top):
        draft.find(Package("local", words[0].text, None, "local"), words[1:], words[0])
        return None
    # A module of the project can look the same; the package name is a guess, so its pin says local.
    draft.find(Package(runner.ecosystem or "pypi", top.replace("_", "-"), None, "local"), words[1:], words[0])
    return None


def _note_inline(interpreter: str, code: str, at: int, draft: Draft) -> None:
    lowered = code.lower()
    hidden = any(mark in lowered for mark in _HIDING)
    runs = any(mark in lowered for mark in _RUNNING)
    fetches = runs and any(mark in lowered for mark in _FETCHING) and "http" in lowered
    draft.shell = ShellUse(interpreter, code, pipes_download_to_shell=fetches, encoded=hidden and runs, at=at)


def _read_file(runner: Runner, words: Sequence[Word], draft: Draft) -> Sequence[Word] | None:
    first = words[0]
    if is_url(first.text):
        draft.find(read_spec("deno", first.text), words[1:], first)
        return None
    if "/.bin/" in first.text and program_name(first.text) in runner_table().by_command:
        return words
    if runner.rest == "command" and not _is_python_file(first.text):
        return words
    if runner.id in {"bun", "bun-run"} and not is_script(first.text):
        draft.find(Package("local", f"bun {first.text}", None, "local"), words[1:], first)
        return None
    draft.find(_script_package(runner, first.text), words[1:], first)
    return None


def _is_python_file(text: str) -> bool:
    known = program_name(text) in runner_table().by_command
    return text == "-" or (is_script(text) and not known)


def _script_package(runner: Runner, path: str) -> Package:
    """A script; one below node_modules/ belongs to the package of that folder."""
    parts = path.replace("\\", "/").split("/")
    if runner.ecosystem == "npm" and "node_modules" in parts:
        below = parts[len(parts) - parts[::-1].index("node_modules") :]
        name = "/".join(below[:2] if below[:1] and below[0].startswith("@") else below[:1])
        if name and name != ".bin":
            return Package("npm", name, None, "local")
    return Package("local", path, None, "local")
