"""Secrets that a repository's own bundler writes into the page, which whoever opens it has.

Webpack's EnvironmentPlugin and DefinePlugin, and `define` of Vite, put what a variable holds into the code that is sent
to browsers. A secret called like such a variable, with a stage's name before or behind it at most, is in what the
workflow publishes: an action that is handed it has what everybody has. A bundle for a server or a desktop's main
process is sent to nobody. Which secret fills which variable is told by the names alone.

Only what the tree before a change says counts.

Sources, named from the file that led here, the pages not re-read: https://webpack.js.org/plugins/environment-plugin/,
https://webpack.js.org/plugins/define-plugin/ and https://vite.dev/config/shared-options.html#define.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.rights import without_secrets
from nhilint.link.workflow_steps import steps_of, with_steps
from nhilint.model.fact import Known, value_of
from nhilint.settle.own_words import first_texts
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.workflow import Step
    from nhilint.tree import Tree

_BUNDLER = Deferred(r"(?:^|/)(?:webpack[\w.-]{0,40}|vite\.config)\.[cm]?[jt]s$")
_SCRIPTS = (".js", ".ts", ".cjs", ".cts", ".mjs", ".mts")
_ELSEWHERE = Deferred(r"\btarget:\s{0,9}[\"'](?:async-)?(?:node|electron-main|webworker)")
_OPENS = Deferred(r"\bEnvironmentPlugin\(|\bDefinePlugin\)?\(|\bdefine:\s{0,9}\{")
_LISTED = Deferred(r"(?:^|[\[{,(\s])[\"']?([A-Z][A-Z0-9_]{2,80})[\"']?\s{0,9}(?=[:,\]}])")
_WRITTEN = Deferred(r"JSON\.stringify\(\s{0,40}(?:process\.)?env\.([A-Z][A-Z0-9_]{2,80})")
_STAGE = Deferred(
    r"^(?:PROD|PRODUCTION|STAGING|STAGE|STG|DEV|DEVELOPMENT|TEST|QA|UAT|PREVIEW)_"
    r"|_(?:PROD|PRODUCTION|STAGING|STAGE|STG|DEV|DEVELOPMENT|TEST|QA|UAT|PREVIEW)$"
)
_MOST_FILES = 40
_LONGEST = 4_000


def without_page_variables(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; no step is handed, or stands beside, a secret that is in the page anyway."""
    listed = tuple(resources)
    if not any(_tells_secret(step) for one in listed for step in steps_of(one)):
        return listed
    variables = frozenset(_in_page(tree))
    return tuple(with_steps(one, lambda step: _without(step, variables)) for one in listed) if variables else listed


def _tells_secret(step: Step) -> bool:
    """Whether anything is said of the step that a secret's name decides: most workflows have none, and their tree is
    not looked through."""
    return bool(value_of(step.foreign_secrets)) or bool(value_of(step.beside))


def _in_page(tree: Tree) -> Iterator[str]:
    for _, text in first_texts(tree, _is_of_bundler, _MOST_FILES):
        if _ELSEWHERE.search(text) is not None:
            continue
        for opening in _OPENS.finditer(text):
            inside = _inside(text[opening.end() : opening.end() + _LONGEST], opening[0][-1])
            yield from (_LISTED if "Environment" in opening[0] else _WRITTEN).findall(inside)


def _is_of_bundler(path: str) -> bool:
    return path.endswith(_SCRIPTS) and _BUNDLER.search(path) is not None


def _inside(text: str, bracket: str) -> str:
    """A text up to the bracket that closes the one before it; nothing where none does."""
    closing = ")" if bracket == "(" else "}"
    depth = 1
    for position, letter in enumerate(text):
        depth += (letter == bracket) - (letter == closing)
        if not depth:
            return text[:position]
    return ""


def _without(step: Step, variables: frozenset[str]) -> Step:
    def is_in_page(secret: str) -> bool:
        return secret in variables or _STAGE.sub("", secret) in variables

    handed = value_of(step.foreign_secrets) or ()
    left = tuple(secret for secret in handed if not is_in_page(secret))
    if left != handed and isinstance(step.foreign_secrets, Known):
        step = replace(step, foreign_secrets=Known(left, step.foreign_secrets.at if left else step.at))
    beside = without_secrets(step.beside, is_in_page)
    return replace(step, beside=beside) if beside != step.beside else step
