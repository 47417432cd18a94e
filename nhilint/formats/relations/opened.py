"""Relations of a model become rules: which of those that let somebody write may be given to everybody at once.

A model grants nothing by itself; `user:*` in it lets one line of data open an object to all. Relations that are
narrowed by another one at the place of their use (`editor and member`) are flags of a role and left out, as are
relations whose name does not say that they are for writing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.relations.texts import name_of, written
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nhilint.formats.format import Claim
    from nhilint.formats.relations.texts import Written
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.policy import Engine
    from nhilint.source.document import Document

_WRITING = frozenset(
    {"owner", "admin", "administrator", "superuser", "super_admin", "superadmin", "writer", "editor", "manager",
     "maintainer", "contributor", "operator", "approver", "deleter",
     "can_write", "can_edit", "can_update", "can_delete", "can_manage", "can_administer"}
)  # fmt: skip
_COMMENT = Deferred(r"//[^\n]*|/\*")
_ANY = Deferred(r"[^\n]")
_HASH_COMMENT = Deferred(r"(?:^|(?<=\s))#[^\n]*")
_BEFORE = Deferred(r"\b(\w{1,200})[ \t)]{0,50}(?:&|\band\b)")
_BEHIND = Deferred(r"(?:&|\band\b)[ \t(]{0,50}(\w{1,200})")
_MOST = 2_000


class Relation(NamedTuple):
    """One relation: the type that has it, who may stand in it as written, and where that is."""

    type: str
    name: str
    subjects: tuple[str, ...]
    at: Place
    conditioned: bool = False
    narrowed: bool = False


def policy_of(name: str, engine: Engine, at: Place, relations: Iterable[Relation]) -> Policy:
    """The policy that some relations make up."""
    listed = list(relations)[:_MOST]
    return Policy(
        at=at,
        name=Known(name, at),
        engine=Known(engine, at),
        default=Known("deny", at),
        rules=tuple(_rule(relation) for relation in listed),
    )


def extract_written(
    document: Document, claim: Claim, key: str, engine: Engine, relations_of: Callable[[Written], Iterable[Relation]]
) -> Extraction:
    """The policy of a model in its engine's own notation, in a file of it or under `key`; none without relations."""
    found = written(document, key)
    relations = list(relations_of(found)) if found is not None else []
    if found is None or not relations:
        return Extraction(recognised=False)
    name = name_of(document)
    return Extraction((Resource("policy", name, claim.format, policy_of(name, engine, found.at, relations)),))


def subjects_of(listed: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Who may stand in a relation, without conditions (`user:* with x`), and whether whoever is everybody has one."""
    subjects = tuple(one.split(" with ")[0].strip() for one in listed if one.strip())
    return subjects, all(" with " in one for one in listed if ":*" in one)


def _rule(relation: Relation) -> PolicyRule:
    is_public = any(subject.endswith(":*") for subject in relation.subjects)
    writes = relation.name in _WRITING
    return PolicyRule(
        at=relation.at,
        name=Known(f"{relation.type}#{relation.name}", relation.at),
        effect=Known("allow", relation.at),
        callers=Known(relation.subjects, relation.at),
        actions=Known((relation.name,), relation.at),
        resources=Known((relation.type,), relation.at),
        conditioned=Known(relation.conditioned or relation.narrowed, relation.at),
        opened_by_data=Known(is_public and writes, relation.at),
    )


def narrowed_names(text: str) -> frozenset[str]:
    """The relations that a model uses together with another one, which must hold as well."""
    return frozenset((*_BEFORE.findall(text), *_BEHIND.findall(text)))


def without_hash_comments(text: str) -> str:
    """The same text with comments after a `#` turned into blanks, so that offsets stay."""
    return _HASH_COMMENT.sub(lambda hit: " " * len(hit[0]), text)


def without_slash_comments(text: str) -> str:
    """The same text with comments after `//` and between `/*` and `*/` turned into blanks, so that offsets stay."""
    kept: list[str] = []
    done = 0
    while (hit := _COMMENT.search(text, done)) is not None:
        end = hit.end()
        if hit[0] == "/*":
            closed = text.find("*/", end)
            end = closed + 2 if closed >= 0 else len(text)
        kept += (text[done : hit.start()], _ANY.sub(" ", text[hit.start() : end]))
        done = end
    return "".join((*kept, text[done:]))
