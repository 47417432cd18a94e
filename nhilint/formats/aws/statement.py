"""One statement of a policy becomes a grant: its words, and what they mean in the action table.

Shared by every syntax that carries AWS statements; a syntax hands over a node whose keys are the policy language's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.formats.aws.conditions import conditions, narrows
from nhilint.formats.aws.principals import principals
from nhilint.formats.aws.words import MOST_ENTRIES, is_wholly_template, patterns, unfilled
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, known_records
from nhilint.model.vocabulary.identity import Grant, Misspelling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many
    from nhilint.model.vocabulary.identity import Level

_NAMED = 8
_ALL_RESOURCES = frozenset({"*", "arn:aws:*:*:*:*", "arn:*:*:*:*:*", "arn:aws:*", "arn:*"})
_WHOLE_SERVICE = re.compile(r"^([a-z0-9-]+):\*+$", re.IGNORECASE)
_STORES = ("secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "ssm:GetParameter*")
_OWN_CHECK = ("iam:PassRole", "iam:CreateServiceLinkedRole")
_ANY_ROLE = re.compile(r"^arn:[^:]*:iam::[^:]*:(?:role/)?\*$|^\*$")


def grant(node: Node, index: int, own_account: str | None) -> Grant:
    """The grant that a statement states."""
    matched = matched_actions(node)
    everywhere = covers_all_resources(node)
    condition_list = conditions(node["Condition"])
    return Grant(
        at=node.at,
        name=Known(_name(node, index), node.at),
        effect=_effect(node["Effect"]),
        actions=patterns(node["Action"]),
        not_actions=patterns(node["NotAction"]),
        resources=patterns(node["Resource"]),
        not_resources=patterns(node["NotResource"]),
        principals=principals(node["Principal"], own_account),
        not_principals=_flat(node["NotPrincipal"]),
        conditions=condition_list,
        conditioned=narrows(condition_list),
        all_resources=everywhere,
        unknown_actions=_misspelt(node),
        **_meaning(node, matched, everywhere),  # type: ignore[arg-type]  # a fact for each keyword
    )


def matched_actions(node: Node) -> aws.ActionSet | Unknown:
    """Every action that a statement matches; unknown when an entry is a template."""
    for key in ("Action", "NotAction"):
        words = patterns(node[key])
        if isinstance(words, Unknown):
            return words
        if words is not None:
            for word in words.value:
                if unfilled(word):
                    return Unknown("a template", words.at)
            return aws.matching_any(words.value) if key == "Action" else aws.complement(words.value)
    return aws.ActionSet()


def covers_all_resources(node: Node) -> Fact[bool]:
    """Whether a statement covers every resource; templates that could be a star are unknown."""
    stated = node["Resource"]
    if not stated.exists:
        excepted = node["NotResource"]
        return Known(value=True, at=excepted.at) if excepted.exists else None
    wholly_template = None
    for item in stated.items():
        if item.is_text and item.value in _ALL_RESOURCES:
            return Known(value=True, at=item.at)
        if not item.is_text or is_wholly_template(str(item.value)):
            wholly_template = item
    if wholly_template is not None:
        return Unknown("a template", wholly_template.at)
    return Known(value=False, at=stated.at)


def _meaning(node: Node, matched: aws.ActionSet | Unknown, everywhere: Fact[bool]) -> dict[str, Fact[object]]:
    names = ("levels", "action_count", "services", "all_actions", "whole_services", "sensitive_reads")
    derived = (
        "store_reads",
        *names,
        "unlimited_writes",
        "unlimited_permissions",
        "permission_actions",
        "passes_any_role",
        "resource_level_possible",
    )
    if isinstance(matched, Unknown):
        return dict.fromkeys(derived, matched)
    at = (node["Action"] if node["Action"].exists else node["NotAction"]).at
    secrets = aws.sensitive_reads(aws.SensitiveRead.SECRET) | aws.sensitive_reads(aws.SensitiveRead.CREDENTIAL)
    limitable = matched.with_resource_types()
    permissions = matched.at_level(aws.Level.PERMISSIONS)
    writes = limitable & (matched.at_level(aws.Level.WRITE) | permissions)
    levels: tuple[Level, ...] = tuple(level.value for level in sorted(matched.levels()))
    return {
        "levels": Known(levels, at),
        "action_count": Known(len(matched), at),
        "services": Known(tuple(sorted(matched.services()))[:_NAMED], at),
        "all_actions": Known(_is_everything(node), at),
        "whole_services": Known(tuple(_whole_services(node)), at),
        "sensitive_reads": Known(tuple(matched & secrets), at),
        "store_reads": Known(tuple(matched & aws.matching_any(_STORES)), at),
        "unlimited_writes": _only_if(everywhere, Known(_some(writes), at)),
        "unlimited_permissions": _only_if(
            everywhere, Known(_some((limitable & permissions) - aws.matching_any(_OWN_CHECK)), at)
        ),
        "permission_actions": Known(_some(permissions), at),
        "passes_any_role": _passes_any_role(node, matched),
        "resource_level_possible": Known(len(limitable) > 0, at),
    }


def _only_if(everywhere: Fact[bool], value: Known[tuple[str, ...]]) -> Fact[tuple[str, ...]]:
    if isinstance(everywhere, Known):
        return value if everywhere.value else Known((), value.at)
    return everywhere


def _passes_any_role(node: Node, matched: aws.ActionSet) -> Fact[bool]:
    resources = patterns(node["Resource"])
    if isinstance(resources, Unknown):
        return resources
    if "iam:PassRole" not in matched or resources is None:
        return Known(value=False, at=node.at)
    wide = any(_ANY_ROLE.match(resource) for resource in resources.value)
    keys = {c.key.value for c in known_records(conditions(node["Condition"])) if isinstance(c.key, Known)}
    limited = not keys.isdisjoint({"iam:passedtoservice", "iam:associatedresourcearn"})
    return Known(wide and not limited, resources.at)


def _is_everything(node: Node) -> bool:
    return any(item.value in ("*", "*:*") for item in node["Action"].items())


def _whole_services(node: Node) -> Iterator[str]:
    for item in node["Action"].items():
        match = _WHOLE_SERVICE.match(str(item.value))
        if match and aws.is_known_service(match.group(1).lower()):
            yield match.group(1).lower()


def _misspelt(node: Node) -> Many[Misspelling]:
    keys = ("Action", "NotAction")
    if any(node[key].is_list and len(node[key].value) > MOST_ENTRIES for key in keys):
        return Unknown("longer than any policy that AWS accepts", node.at)
    return tuple(m for key in keys for item in node[key].items() for m in _unknown_word(item, node["Effect"]))


def _unknown_word(item: Node, effect: Node) -> Iterator[Misspelling]:
    if not item.is_text or unfilled(str(item.value)) or ":" not in str(item.value):
        return
    word = str(item.value)
    if not aws.matching(word):
        nearest = _nearest(word)
        yield Misspelling(
            at=item.at,
            word=Known(word, item.at),
            effect=_effect(effect),
            nearest=Known(nearest, item.at) if nearest else None,
        )


def _nearest(word: str) -> str | None:
    service, _, name = word.partition(":")
    if "*" not in word and "?" not in word:
        return aws.nearest_action(word)
    if aws.is_known_service(service.lower()):
        return None
    near = aws.nearest_service(service.lower())
    return f"{near}:{name}" if near else None


def _effect(node: Node) -> Fact[Literal["allow", "deny"]]:
    text = node.text()
    if not isinstance(text, Known):
        return text
    if text.value == "Allow":
        return Known("allow", node.at)
    return Known("deny", node.at) if text.value == "Deny" else Unknown("neither Allow nor Deny", node.at)


def _flat(node: Node) -> Fact[tuple[str, ...]]:
    """A `NotPrincipal` as texts, whatever its types."""
    if node.is_mapping:
        values = [str(item.value) for _, entry in node.entries() for item in entry.items()]
        return Known(tuple(values), node.at)
    return patterns(node)


def _name(node: Node, index: int) -> str:
    sid = node["Sid"]
    return str(sid.value) if sid.is_text and sid.value else f"statement {index + 1}"


def _some(actions: aws.ActionSet) -> tuple[str, ...]:
    """The first few actions by name; enough for a message, never twenty thousand."""
    found: list[str] = []
    for action in actions:
        found.append(action)
        if len(found) == _NAMED:
            break
    return tuple(found)
