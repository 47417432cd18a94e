"""How objects of a cluster are called, in a form that two files can be joined by, and which files are one cluster.

The same template text within one chart renders to the same name, so a templated name is kept as its text. A templated
namespace is the release's in nearly every chart and says nothing more than an unstated one; a variable may be any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.templates import braces
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re

    from nhilint.formats.node import Node

_QUOTES = Deferred(r"\s*\|\s*s?quote(?=\s*-?\}\})")
_TRIMS = Deferred(r"\{\{-?\s*|\s*-?\}\}")
_STOPGAP = Deferred(r"(?i)(?:patch|change|replace|fill)[-_]?(?:me|this|in)|place-?holder")
_NAMED_TEMPLATE = Deferred(r"\{\{-?\s*(?:include|template)\s+\"([\w./-]{1,80})\"[^{}]*\}\}")
_SUFFIXED_TEMPLATE = Deferred(
    r"\{\{-?\s*(?:include|template)\s+\"([\w./-]{1,80})\"\s+\(dict\s+\"suffix\"\s+\"([\w.-]{1,60})\"[^{}]*\}\}"
)
"""As Kubebuilder writes a chart: one template for every name, told its end."""
_OTHER_ACTION = Deferred(r"\{\{-?\s*([^{}]*?)\s*-?\}\}")
_VARIABLE = Deferred(r"\$\{([^{}$<>\"]{1,80})\}")
_STEERING = frozenset({"if", "else", "end", "with", "range", "block", "define"})
"""Actions that print nothing by themselves."""
OPEN = "${}"
"""A namespace that is filled in later: it may be any, also another than the one that a neighbour states."""
_DEEP = 4
"""From so many folders on the first one holds several applications, which stand in the second."""


def name_of(node: Node) -> str:
    """A name as a file spells it, with template actions in one spelling; empty where there is none."""
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return str(node.value)
    return plain_name(node.value) if isinstance(node.value, str) else ""


def plain_name(text: str) -> str:
    """A text with template actions in one spelling: blanks once, no trim marks, no quoting."""
    if "{{" not in text:
        return text.strip()
    bare = _QUOTES.sub("", " ".join(text.split()))
    return _TRIMS.sub(lambda mark: "{{ " if mark[0].startswith("{{") else " }}", bare)


def namespace_of(node: Node) -> str:
    """The namespace that an object or subject states, as `plain_namespace` tells; empty for none."""
    return plain_namespace(node.value) if isinstance(node.value, str) else ""


def plain_namespace(text: str) -> str:
    """A namespace as written; empty for a release's, `OPEN` for one that is filled in later, also by a patch."""
    if "{{" in text:
        return ""
    return OPEN if braces(text) or _STOPGAP.fullmatch(text.strip()) else text.strip()


def in_words(name: str) -> str:
    """A name for people to read: an action of a template, or a variable, as what it names, without its braces."""
    name = _VARIABLE.sub(r"<\1>", name)
    if "{{" not in name:
        return name
    text = _NAMED_TEMPLATE.sub(r"<\1>", _SUFFIXED_TEMPLATE.sub(r"<\1>-\2", name))
    return _OTHER_ACTION.sub(_bare, text)


def _bare(action: re.Match[str]) -> str:
    words = " ".join(action[1].split())
    if words.partition(" ")[0] in _STEERING:
        return ""
    return f"<{words.lstrip('.').removeprefix('Values.') or 'each'}>"


def object_name(node: Node) -> str:
    """The name of an object, or the beginning that its name is made from."""
    metadata = node["metadata"]
    return name_of(metadata["name"]) or name_of(metadata["generateName"])


def scope_of(path: str) -> str:
    """The chart or folder whose files are taken for one cluster."""
    chart, templates, _ = path.rpartition("/templates/")
    if templates:
        return chart + templates
    if path.startswith("templates/"):
        return "templates/"
    folders = path.split("/")[:-1]
    return "/".join(folders[: 2 if len(folders) >= _DEEP else 1])
