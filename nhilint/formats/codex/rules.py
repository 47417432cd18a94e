"""`.codex/rules/*.rules` becomes an agent's permission rules for the shell.

`prefix_rule(pattern = […], decision = "allow" | "prompt" | "forbidden")` is about every command that begins with the
tokens of the pattern; a list in the place of a token is a choice; without a decision it allows. The strictest of all
matching rules decides. An allowed command runs without a question and outside of the sandbox. Program text that stands
in the pattern behind `-c` is fixed: what may follow it are only arguments of that text. The language is a part of
Python's grammar, so its parser reads it; nothing is evaluated.
Sources: https://developers.openai.com/codex/rules; https://github.com/openai/codex, codex-rs/execpolicy/README.md and
codex-rs/core/src/exec_policy.rs, read 2026-11-22.
"""

from __future__ import annotations

import ast
import shlex
import warnings
from itertools import islice, product
from typing import TYPE_CHECKING, Literal, NamedTuple

from nhilint.formats.codex.levels import level_of_path
from nhilint.formats.shell_rules import shell_permission
from nhilint.model.fact import Known, Unknown
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.agent import Permission
    from nhilint.source.document import Document

Effect = Literal["allow", "ask", "deny"]
Pattern = tuple[tuple[str, ...], ...]
"""The tokens of a rule, each with its choices."""

LONGEST_FILE = 500_000
MOST_RULES = 2_000
_MOST_CHOICES = 24
_SHELLS = frozenset({"sh", "bash", "zsh", "dash", "ksh"})
_INLINE = frozenset({"-c", "-lc", "-e", "-Command", "-command"})
_DECISIONS: dict[str, Effect] = {"allow": "allow", "prompt": "ask", "forbidden": "deny"}


class PrefixRule(NamedTuple):
    """One rule. `at` are the offsets of the whole call."""

    pattern: Pattern
    effect: Effect
    start: int
    end: int


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a text without a rule that can be read is something else."""
    text = document.value if isinstance(document.value, str) else ""
    root = Place(document.path)
    rules = tuple(read_rules(text))
    if not rules:
        return Extraction(recognised=False)
    agent = Agent(
        at=root,
        name=Known(document.path, root),
        product=Known("codex", root),
        kind=Known("settings", root),
        level=Known(level_of_path(document.path), root),
        initiation=Known("human", root),
        acts_as=Known("user_proxy", root),
        permissions=tuple(_permissions(rules, root)),
    )
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def read_rules(text: str) -> Iterator[PrefixRule | None]:
    """The rules of a file in order; None for one whose pattern is not written out. A broken file gives none."""
    if len(text) > LONGEST_FILE:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    starts = _line_starts(text)
    calls = (node.value for node in tree.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call))
    for call in islice(calls, MOST_RULES):
        if isinstance(call.func, ast.Name) and call.func.id == "prefix_rule":
            yield _rule(call, text, starts)


def _rule(call: ast.Call, text: str, starts: list[int]) -> PrefixRule | None:
    arguments = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    if call.args:
        arguments.setdefault("pattern", call.args[0])
    pattern = _pattern(arguments.get("pattern"))
    decision = arguments.get("decision")
    word = decision.value if isinstance(decision, ast.Constant) else "allow" if decision is None else None
    effect = _DECISIONS.get(word) if isinstance(word, str) else None
    if pattern is None or effect is None:
        return None
    start = _offset(text, starts, call.lineno, call.col_offset)
    end = _offset(text, starts, call.end_lineno or call.lineno, call.end_col_offset or 0)
    return PrefixRule(pattern, effect, start, end)


def _pattern(node: ast.expr | None) -> Pattern | None:
    if not isinstance(node, ast.List) or not node.elts:
        return None
    tokens = tuple(_choices(item) for item in node.elts)
    return tokens if all(tokens) else None


def _choices(node: ast.expr) -> tuple[str, ...]:
    items = node.elts if isinstance(node, ast.List) else [node]
    words = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    return tuple(words) if len(words) == len(items) else ()


def _permissions(rules: tuple[PrefixRule | None, ...], root: Place) -> Iterator[Permission | Unknown]:
    stricter = [rule for rule in rules if rule is not None and rule.effect != "allow"][:300]
    for rule in rules:
        if rule is None:
            yield Unknown("a rule whose pattern is not written out", root)
            continue
        choices = list(islice(product(*rule.pattern), _MOST_CHOICES))
        fixed = all(_fixed_text(words) is not None for words in choices)
        commands = [_fixed_text(words) or shlex.join(words) for words in choices]
        shown = " ".join("|".join(token) for token in rule.pattern)
        is_overridden = rule.effect == "allow" and any(_covers(one.pattern, rule.pattern) for one in stricter)
        at = root.within_text(rule.start, rule.end)
        yield shell_permission(
            shown, rule.effect, at, commands, client="codex", effective=not is_overridden, exact=fixed
        )


def _fixed_text(words: tuple[str, ...]) -> str | None:
    """The commands that a pattern spells out for a shell, or the whole command line for another interpreter."""
    for index, word in enumerate(words[1:-1], start=1):
        if word in _INLINE:
            is_shell = words[0].rsplit("/", 1)[-1] in _SHELLS
            return words[index + 1] if is_shell else shlex.join(words)
    return None


def _covers(outer: Pattern, inner: Pattern) -> bool:
    """Whether every command of the inner pattern is one of the outer."""
    if len(outer) > len(inner):
        return False
    return all(set(narrow) <= set(wide) for wide, narrow in zip(outer, inner, strict=False))


def _line_starts(text: str) -> list[int]:
    """Where the lines begin, as Python's parser counts them."""
    starts, position = [0], 0
    while True:
        newline = text.find("\n", position)
        if newline < 0:
            return starts
        starts.append(newline + 1)
        position = newline + 1


def _offset(text: str, starts: list[int], line: int, column: int) -> int:
    """A place of the parser, whose columns count UTF-8 bytes, as an offset in characters."""
    start = starts[min(line, len(starts)) - 1]
    end = starts[line] if line < len(starts) else len(text)
    return start + len(text[start:end].encode("utf-8", "replace")[:column].decode("utf-8", "ignore"))
