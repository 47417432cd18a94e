"""Whether an action can ever be asked on what a `Resource` names: `s3:GetObject` on objects can, on a bucket cannot.

AWS decides each action on resources of some types; a statement whose resources are of other types says nothing about
it. Judged by the part behind the account only, case left out, since regions and accounts are written in many ways; a
star that ends one of those parts reaches on behind its colon, so that `arn:aws:logs:*:*:/aws-glue/*` names log groups.
What a template may still become counts as fitting. Sources: the ARN formats of the AWS Service Authorization Reference,
of the release that the data file's first lines name; for the wildcards docs.aws.amazon.com/IAM/latest/UserGuide/
reference_policies_elements_resource.html, read 2026-11-22.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from nhilint.knowledge.aws import action_table
from nhilint.knowledge.aws.action_set import matching
from nhilint.knowledge.aws.wildcard import wildcard_test
from nhilint.source.deferred import Deferred

_DATA = Path(__file__).parent.parent / "data" / "aws-resource-arns.txt"
_FILLED_IN = Deferred(r"\$\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>]*>|\$[A-Za-z_]\w*|%[A-Z_]+%|__[A-Z_]+__")
_HOLE = "\0"
"""Stands for what a template fills in: anything, but not beyond its own part of the ARN."""
_PARTS = 6
_MOST_NAMES = 1_000
_BUCKET = "bucket"
_PLACELESS = frozenset({_BUCKET, "object"})


class Form(Struct, frozen=True):
    """The ARN of one type of resource: its service and the part behind the account, a star for what varies."""

    service: str
    resource: str
    one_name: bool = False
    """whether its star stands for a name without a slash"""
    placeless: bool = False
    """whether its ARN has neither region nor account, as those of buckets and their objects"""
    runs_on: bool = False
    """for a pattern: whether a star ends the region or the account, so that it covers colons behind it as well"""


def fits(word: str, resource: str) -> bool:
    """Whether at least one action that a word of `Action` matches can be asked on a word of `Resource`.

    True as well where that cannot be told: an unknown action, a resource whose service or whole is a template.
    """
    named = _named_by(resource)
    return named is None or _fits(word.lower(), named)


def forms_of(action: str) -> tuple[Form, ...] | None:
    """The ARNs that `service:Name` is decided on; empty when only `*` fits it, None when the action is not known."""
    known = action_table.look_up(action)
    if known is None:
        return None
    forms = _forms(known.service)
    return tuple(form for kind in known.resource_types for form in forms.get(kind.lower(), ()))


def form_of_type(service: str, kind: str) -> Form | None:
    """The ARN of one type of resource (`ecr`, `repository`, any case); None where the reference has no such type."""
    found = _forms(service.lower()).get(kind.lower())
    return found[0] if found else None


@lru_cache(maxsize=4096)
def _named_by(resource: str) -> Form | None:
    """What a word of `Resource` names; None when it may name anything."""
    parts = _FILLED_IN.sub(_HOLE, resource).replace("?", "*").lower().split(":", _PARTS - 1)
    if len(parts) < _PARTS or parts[0] != "arn" or "*" in parts[2] or _HOLE in parts[2]:
        return None
    runs_on = parts[3].endswith("*") or parts[4].endswith("*")
    return Form(parts[2], parts[5].replace(_HOLE, "*"), placeless=not parts[3] and not parts[4], runs_on=runs_on)


def _fits(word: str, named: Form) -> bool:
    forms = _decided_on(word)
    return forms is None or any(_meet(form, named) for form in forms)


@lru_cache(maxsize=8192)
def _decided_on(word: str) -> tuple[Form, ...] | None:
    """The forms that the actions of a word are decided on; None where there are no such actions, or too many."""
    matched = matching(word)
    if not matched.bits or len(matched) > _MOST_NAMES:
        return None
    kinds: dict[tuple[str, str], None] = {}
    for action in matched:
        known = action_table.look_up(action)
        if known is not None:
            kinds.update(dict.fromkeys((known.service, kind) for kind in known.resource_types))
    return tuple(form for service, kind in kinds for form in _of_type(service, kind))


def _of_type(service: str, kind: str) -> tuple[Form, ...]:
    """The forms of a type; one that fits anything where the reference does not say."""
    return _forms(service).get(kind.lower(), (Form("*", "*"),))


@cache
def _forms(service: str) -> dict[str, tuple[Form, ...]]:
    found: dict[str, tuple[Form, ...]] = {}
    for line in _blocks().get(service, "").splitlines():
        kind, of, resource = line.split(" ", 2)
        in_s3 = service == "s3" and kind in _PLACELESS
        form = Form(of.lower(), resource.lower(), one_name=in_s3 and kind == _BUCKET, placeless=in_s3)
        found[kind.lower()] = (*found.get(kind.lower(), ()), form)
    return found


@cache
def _blocks() -> dict[str, str]:
    _header, *blocks = _DATA.read_text("ascii").rstrip("\n").split("\n\n")
    return {prefix: lines for prefix, _, lines in (block.partition("\n") for block in blocks)}


def _meet(form: Form, named: Form) -> bool:
    """Whether a form and a pattern have an ARN in common."""
    if form.service not in ("*", named.service):
        return False
    if form.one_name and "/" in named.resource:
        return False
    if form.service == "s3" and named.placeless and not form.placeless:
        return False
    kind, _, behind = form.resource.partition(":")
    if not named.runs_on or not behind or named.resource.startswith(f"{kind}:"):
        return _have_in_common(form.resource, named.resource)
    return _have_in_common(behind, named.resource)


@lru_cache(maxsize=8192)
def _have_in_common(one: str, other: str) -> bool:
    """Whether two patterns match a common text. With a star in each, the ends decide: middles fit side by side."""
    if "*" not in one:
        return wildcard_test(other)(one)
    if "*" not in other:
        return wildcard_test(one)(other)
    first, last = one.split("*", 1)[0], one.rsplit("*", 1)[1]
    begins, ends = other.split("*", 1)[0], other.rsplit("*", 1)[1]
    return (first.startswith(begins) or begins.startswith(first)) and (last.endswith(ends) or ends.endswith(last))
