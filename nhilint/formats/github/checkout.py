"""Follows outsiders' code through a job: the step that brings it into the work tree, and the steps that run it.

Reading a file of a pull request is harmless; building, installing, testing or linting it runs what its author wrote in
package scripts, build files, plug-ins and configuration. Code checked out into a folder of its own is run only by steps
that go into that folder. Since the summer of 2026 `actions/checkout` itself refuses a fork's code in runs that have the
repository's own rights for a pull request, unless it is told to go on.

Sources, read 2026-11-22: https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/,
https://github.com/actions/checkout/pull/2500 and
https://github.blog/changelog/2026-06-18-safer-pull_request_target-defaults-for-github-actions-checkout/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.github.asked_for_commits import is_head_asked_for
from nhilint.formats.github.expression import embedded, parse
from nhilint.formats.github.project_code import builds, code_named, neutral, runs_project_code
from nhilint.formats.github.runner_clusters import installs_files
from nhilint.formats.github.untrusted import flows
from nhilint.knowledge.tools.shell_text import split_commands
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.github.actions import Reference
    from nhilint.formats.github.origins import Scope
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_COMMITS = frozenset(
    {
        ("github", "event", "pull_request", "head", "sha"),
        ("github", "event", "pull_request", "merge_commit_sha"),
        ("github", "event", "workflow_run", "head_sha"),
        ("github", "event", "workflow_run", "head_commit", "id"),
    }
)
"""Commits of a fork can be fetched from the repository itself; its branches only from the fork."""
_FORKS = frozenset(
    {
        ("github", "event", "pull_request", "head", "repo", "full_name"),
        ("github", "event", "workflow_run", "head_repository", "full_name"),
    }
)
_BRINGERS = {"pull_request": "pull_request_target", "workflow_run": "workflow_run"}
"""The event whose payload names a fork's code. A review by an outsider names it too, but of a fork it has no rights."""
_REFUSED = frozenset(_BRINGERS.values())
"""Events for which the action refuses a fork's code; of others, such as a comment, it knows nothing."""
_REFUSES_SINCE = {2: 8, 3: 7, 4: 4, 5: 1, 6: 1}
"""The minor release of each major one that brought the refusal; the tag of a major one alone moved on to it."""
_VERSION = Deferred(r"v?(\d{1,3})(?:\.(\d{1,4}))?(?:\.\d{1,4})?")
_TOLD_TO_GO_ON = "allow-unsafe-pr-checkout"
_COMMIT_OUTPUT = Deferred(
    r"(?:^|_|-)(?:head|pr|pull|fork|commit|merge)?(?:^|_|-)?(?:sha|oid|commit)$", flags=re.IGNORECASE
)
_OWN_COMMIT = Deferred(
    r"(?:^|_|-)(?:base|before|target|main|master|trunk|default|upstream|prev|previous|last|latest|old|release|nightly)"
    r"(?:_|-)",
    flags=re.IGNORECASE,
)
"""Words before it that make a commit one of the repository's own branches."""
_FORK_OUTPUT = Deferred(r"(?:head|fork|pr|pull)[\w-]{0,20}repo|^repo(?:sitory)?(?:_name)?$", flags=re.IGNORECASE)
_PULL_REF = Deferred(r"refs/pull/|refs/remotes/pull/|^pull/")
_SHELL_CHECKOUT = Deferred(
    r"\bgh\s+pr\s+checkout\b|\bgit\s+fetch\b[^\n;&|]{0,200}\bpull/[^\n;&|]{1,80}/(?:head|merge)\b", flags=re.IGNORECASE
)

_RUNNING_ACTIONS = frozenset(
    {
        "pre-commit/action",
        "cypress-io/github-action",
        "bahmutov/npm-install",
        "borales/actions-yarn",
        "actions-rs/cargo",
        "wagoid/commitlint-github-action",
        "gradle/gradle-build-action",
        "reviewdog/action-eslint",
        "golangci/golangci-lint-action",
        "super-linter/super-linter",
        "github/super-linter",
        "oxsecurity/megalinter",
        "treosh/lighthouse-ci-action",
    }
)
"""Actions that build, install or load configuration from the work tree they are run in."""
_NAMED_BY = {"docker/build-push-action": "context", "helm/kind-action": "config"}
"""Actions that run what one of their inputs names, and nothing of the work tree without it."""
_LOADED = Deferred(
    r"\b(?:require|import)\(\s{0,9}['\"`](?:\./|\$\{\{\s{0,9}github\.workspace\s{0,9}\}\}/|\$\{process\.env\.GITHUB_WORKSPACE\}/)"
    r"([^'\"`\n]{1,200})['\"`]"
)
"""Modules of the work tree, as a script names them (github.com/actions/github-script, "Run a separate file")."""
_BAKES_ELSEWHERE_SINCE = 6
"""The major release since which docker/bake-action builds what GitHub has for the event, unless a `source` is named."""
_R_INSTALLERS = frozenset({"r-lib/actions/setup-r-dependencies", "r-lib/actions/check-r-package"})
"""Those of r-lib that install what the package's DESCRIPTION names, `Remotes` too, or run its tests."""

_HANDED_ON = "client_payload.pull_request."
_NAMES_COMMIT = Deferred(r"sha|oid|rev-parse", flags=re.IGNORECASE)
_ENTERS = Deferred(r"\bgit\s+(?:checkout|switch|merge|reset|pull|worktree|cherry-pick|rebase)\b", flags=re.IGNORECASE)


_OWN_CODE = Deferred(r"^[^|&]*(?:base|default_branch|github\.(?:sha|workflow_sha|repository)\b)[^|&]*$")
_PLACES_FILES = Deferred(r"(?:^|[\s;&|(])(?:cp|mv|ln|rsync|install|tar|unzip|patch|tee)\s|>")


class Brought(Struct, frozen=True):
    """Outsiders' code in the work tree: how it is named, where that stands, and the folder it is in.

    `apart` are the folders below it into which other code was checked out afterwards.
    """

    ref: str
    at: Place
    folder: str
    apart: tuple[str, ...] = ()


def brings(
    step: Node, reference: Reference | None, events: frozenset[str], scope: Scope | None = None
) -> Brought | None:
    """The outsiders' code that a step brings into the work tree; None when it brings trusted code or none.

    `events` are those through which outsiders get here with the repository's own rights, `scope` the names that the
    step sees, by which outputs are followed.
    """
    if reference is not None:
        if reference.repository != "actions/checkout":
            return None
        left = events - _REFUSED if _refuses_forks(step["with"], reference.version) else events
        return _checked_out(step["with"], left, scope) if left or not events else None
    text = step.value_under("run")
    if not isinstance(text, str) or ("git" not in text and "gh" not in text):
        return None
    lower = text.lower()
    match = _SHELL_CHECKOUT.search(text) if "checkout" in lower or "pull/" in lower else None
    if match is None or ("fetch" in match.group() and _ENTERS.search(text, match.end() - 1) is None):
        return None
    return Brought(" ".join(match.group().split()), step["run"].at.within_text(*match.span()), "")


def brought_past(brought: Brought | None, step: Node, reference: Reference | None) -> Brought | None:
    """Outsiders' code after a step that brings none of it: other code checked out into a folder of its own stands apart
    from it, until a later command names that folder as a place for files."""
    if brought is None or brought.folder:
        return brought
    if reference is not None and reference.repository == "actions/checkout":
        path = step["with"].value_under("path")
        folder = path.removeprefix("./").rstrip("/") if isinstance(path, str) else ""
        is_plain = folder not in ("", ".") and "$" not in folder and ".." not in folder
        named = [step["with"].value_under(name) for name in ("ref", "repository")]
        is_own = all(not isinstance(one, str) or "${{" not in one or _OWN_CODE.search(one) is not None for one in named)
        return replace(brought, apart=(*brought.apart, folder)) if is_plain and is_own else brought
    text = step.value_under("run")
    if not brought.apart or not isinstance(text, str) or _PLACES_FILES.search(text) is None:
        return brought
    return replace(brought, apart=tuple(folder for folder in brought.apart if folder not in text))


def _refuses_forks(inputs: Node, version: str) -> bool:
    """Whether the action in this version refuses a fork's code. What release a commit stands for is not known."""
    found = _VERSION.fullmatch(version)
    if inputs[_TOLD_TO_GO_ON].exists or found is None:
        return False
    major, minor = int(found[1]), found[2]
    since = _REFUSES_SINCE.get(major, 0 if major > max(_REFUSES_SINCE) else None)
    return since is not None and (minor is None or int(minor) >= since)


def brings_present_head(step: Node, reference: Reference | None, *, only_handed_on: bool = False) -> Brought | None:
    """What a step brings of the pull request that a comment is about, where that is its head when the run gets there
    and not a commit that somebody has looked at; None for another step, and where a commit is named beside it.

    With `only_handed_on`, what another workflow has handed on is looked for alone, under the name that
    peter-evans/slash-command-dispatch gives it (its README, "Accessing contexts", from a survey).
    """
    if reference is not None:
        if reference.name == "r-lib/actions/pr-fetch":
            return None if only_handed_on else Brought("r-lib/actions/pr-fetch", step["uses"].at, "")
        ref = step["with"].value_under("ref")
        if reference.repository != "actions/checkout" or not isinstance(ref, str) or not _PULL_REF.search(ref):
            return None
        is_other = only_handed_on and _HANDED_ON not in ref
        return None if is_other else _checked_out(step["with"], frozenset())
    text = step.value_under("run")
    if (
        not isinstance(text, str)
        or _NAMES_COMMIT.search(text) is not None
        or (only_handed_on and _HANDED_ON not in text)
    ):
        return None
    return brings(step, None, frozenset())


def _checked_out(inputs: Node, events: frozenset[str], scope: Scope | None = None) -> Brought | None:
    folder = inputs.value_under("path")
    where = folder.strip("./") if isinstance(folder, str) else ""
    for name, known, output in (("ref", _COMMITS, _COMMIT_OUTPUT), ("repository", _FORKS, _FORK_OUTPUT)):
        value = inputs.value_under(name)
        is_ref = isinstance(value, str) and name == "ref"
        if isinstance(value, str) and (
            _names(value, known, output, events)
            or (is_ref and (_PULL_REF.search(value) or _is_asked_for(value, scope)))
        ):
            return Brought(" ".join(value.split()), inputs[name].at, where)
    return None


def _names(text: str, known: frozenset[tuple[str, ...]], output: Deferred, events: frozenset[str]) -> bool:
    """Whether an expression of the text gives one of these contexts, or an output that is called so."""
    for part in embedded(text):
        term = parse(part.source)
        for flow in flows(term) if term is not None else ():
            path = flow.context.path
            if path in known and _BRINGERS[path[2]] in events:
                return True
            if path[0] in ("needs", "steps") and len(path) == 4 and output.search(path[3]):
                return _OWN_COMMIT.search(path[3]) is None
    return False


def _is_asked_for(text: str, scope: Scope | None) -> bool:
    """Whether an expression of the text gives the commit that an earlier step has asked the platform for."""
    terms = (parse(part.source) for part in embedded(text)) if scope is not None else ()
    paths = (flow.context.path for term in terms if term is not None for flow in flows(term))
    return scope is not None and any(is_head_asked_for(path, scope) for path in paths)


def runs(
    step: Node, reference: Reference | None, brought: Brought, job_folder: str, *, beside_cluster: bool = False
) -> bool:
    """Whether a step runs code of the work tree that an earlier step brought, `beside_cluster` also by installing it
    into the cluster that a step before has made on the runner."""
    if reference is not None:
        return _action_runs(step["with"], reference, brought)
    text = step.value_under("run")
    if not isinstance(text, str):
        return False
    enters = _enters(step, text, brought.folder, job_folder)
    where = step.value_under("working-directory")
    stands_apart = any(_starts_in(where if isinstance(where, str) else job_folder, one) for one in brought.apart)
    if enters and (not stands_apart or ".." in text) and runs_project_code(text, brought.apart):
        return True
    return beside_cluster and installs_files(text, "" if enters else f"{brought.folder}/")


def _action_runs(inputs: Node, reference: Reference, brought: Brought) -> bool:
    if reference.ecosystem == "local":
        is_apart = any(_starts_in(reference.name, folder) for folder in brought.apart)
        return not is_apart and (not brought.folder or _starts_in(reference.name, brought.folder))
    if reference.repository == "actions/github-script":
        return _loads(inputs.value_under("script"), brought)
    if reference.repository in _NAMED_BY:
        return _is_local(inputs.value_under(_NAMED_BY[reference.repository]), brought)
    if reference.repository == "docker/bake-action":
        return _bakes(inputs, reference.version, brought)
    named = reference.name in _R_INSTALLERS or reference.repository in _RUNNING_ACTIONS
    return named and not brought.folder


def _loads(script: object, brought: Brought) -> bool:
    """Whether actions/github-script loads a module that stands in the brought tree."""
    paths = _LOADED.findall(script) if isinstance(script, str) and "(" in script else ()
    return any(
        not any(_starts_in(path, folder) for folder in brought.apart)
        and (not brought.folder or _starts_in(path, brought.folder))
        for path in paths
    )


def _is_local(path: object, brought: Brought) -> bool:
    """Whether an input names a place in the brought tree; an address and an expression name others."""
    if not isinstance(path, str) or not path.strip() or "${{" in path or "://" in path:
        return False
    return not brought.folder or _starts_in(path, brought.folder)


def _bakes(inputs: Node, version: str, brought: Brought) -> bool:
    """Whether docker/bake-action builds what the definition in the brought tree says."""
    if inputs["source"].exists:
        return _is_local(inputs.value_under("source"), brought)
    files = inputs.value_under("files")
    lines = files.replace(",", "\n").splitlines() if isinstance(files, str) else ()
    named = [line.strip() for line in lines if line.strip()]
    found = _VERSION.fullmatch(version)
    if found is None or int(found[1]) >= _BAKES_ELSEWHERE_SINCE:
        return any(_is_local(name.removeprefix("cwd://"), brought) for name in named if name.startswith("cwd://"))
    return any(_is_local(name, brought) for name in (named or ["docker-bake.hcl"]))


def _enters(step: Node, text: str, folder: str, job_folder: str) -> bool:
    """Whether a script works in the folder that holds the outsiders' code."""
    if not folder:
        return True
    own = step.value_under("working-directory")
    where = own if isinstance(own, str) else job_folder
    return _is_inside(where, folder) or _works_in(text, folder)


_MOVES = frozenset({"cd", "pushd", "set-location"})
_PLACES = Deferred(
    r"-(?:C|e|f|r|S)|--(?:prefix|cwd|dir|directory|project|project-dir|manifest-path|file|requirement|editable|rootdir)"
)
"""Options of build tools and package managers that name where they work, or the build file that they read."""


def _works_in(text: str, folder: str) -> bool:
    """Whether a command goes into the folder, is pointed to it as its place of work, or runs a program from it.

    A folder that is handed over as any other argument is data to the program.
    """
    try:
        commands = split_commands(neutral(text))
    except ValueError:
        return False
    called: set[str] = set()
    for command in commands:
        words = [_filled_in(word, called, folder) for word in command.words]
        while words and (match := _SET.match(words[0])) is not None:
            called |= {match[1]} if _is_inside(match[2], folder) else set()
            words = words[1:]
        if words and _is_pointed_to(words, folder):
            return True
    return False


def _filled_in(word: str, called: set[str], folder: str) -> str:
    match = _VARIABLE.match(word)
    return f"{folder}{word[match.end() :]}" if match is not None and match[1] in called else word


_SET = Deferred(r"([A-Za-z_]\w{0,60})=(.*)", flags=re.DOTALL)
_VARIABLE = Deferred(r"^\$\{?(\w{1,60})\}?(?=/|$)")


def _is_pointed_to(words: Sequence[str], folder: str) -> bool:
    if not any(folder in word for word in words):
        return False
    if words[0].lower() in _MOVES:
        return _is_inside(words[-1], folder)
    for before, word in zip(("", *words), words if builds(words) else (), strict=False):
        option, given, value = word.partition("=")
        if _is_inside(value if given else word, folder) and _PLACES.fullmatch(option if given else before):
            return True
    return any(_is_inside(word, folder) for word in code_named(words))


def _starts_in(path: str, folder: str) -> bool:
    return f"{path.removeprefix('./')}/".startswith(f"{folder}/")


def _is_inside(path: str, folder: str) -> bool:
    return re.search(rf"(?:^|/){re.escape(folder)}(?:/|$)", path) is not None
