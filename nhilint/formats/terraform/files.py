"""A policy that a module takes from a JSON file counts with what that file was read as.

`file("${path.module}/policy.json")` and `templatefile` name files that the format of JSON policies has read by itself.
What it found there becomes part of the identity that carries the policy, and no longer stands alone. Ways to more
privilege that need statements of several files at once are not found. Source:
developer.hashicorp.com/terraform/language/functions/file and …/templatefile, partly re-read 2026-11-22.
"""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.aws.assembled import Assembled
from nhilint.formats.aws.holders import taken_by
from nhilint.formats.aws.identity import statements_of_boundary
from nhilint.formats.aws.policy_template import PolicyTemplate
from nhilint.formats.aws.whole_services import told_besides
from nhilint.formats.secret_operators import brings_secrets
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.identity import Identity, ResourcePolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.formats.node import Node
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.escalation import Escalation, EscalationStep
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.source.value import Value

_FORMATS = ("aws-iam-policy", "terraform-policy")
"""Files of policies, and templates that are one only for the module that fills them in."""
_FOLDERS = ("${path.module}/", "${path.root}/", "${path.cwd}/", "./")


class FileText(Assembled):
    """The text of a file that is not at hand; `file` is its path in the repository."""

    __slots__ = ("file",)

    def __init__(self, file: str, place: Place) -> None:
        super().__init__("${file}", place)
        self.file = file


def path_named(text: str, home: str) -> str | None:
    """The path that an argument of `file` means, seen from a file of the module; None where it cannot be told."""
    for folder in _FOLDERS:
        text = text.removeprefix(folder)
    if "${" in text or text.startswith(("/", "~")) or not text:
        return None
    path = normpath(f"{home.rpartition('/')[0]}/{text}").lstrip("/")
    return None if path.startswith("..") else path


class PolicyFiles(Struct):
    """The JSON policies of the repository by path, and those of them that became part of an identity."""

    by_path: dict[str, Resource]
    taken: set[str]
    kept: set[str] = set()
    """those that stand on a resource as they are, whatever else takes them"""

    @property
    def templates(self) -> dict[str, Value]:
        """What those hold that have gaps for a module to fill."""
        return {path: held.content for path, held in self.by_path.items() if isinstance(held, PolicyTemplate)}

    @classmethod
    def of(cls, resources: Iterable[Resource]) -> PolicyFiles:
        """Those that hold one whole document."""
        whole = (r for r in resources if r.format in _FORMATS and not r.at.pointer)
        return cls({resource.at.path: resource for resource in whole}, set())

    def is_resource_policy(self, document: Node) -> bool:
        """Whether a document was read from its file as a policy on a resource, which is judged there."""
        found = self.by_path.get(document.file) if isinstance(document, FileText) else None
        if found is None or not isinstance(found.facts, ResourcePolicy):
            return False
        self.kept.add(found.at.path)
        return True

    def shield(self, document: Node) -> None:
        """Say that the file of a document stands on a resource that strangers do not reach."""
        self.taken.update({document.file if isinstance(document, FileText) else document.at.path} & self.by_path.keys())

    def of_boundary(self, document: Node) -> Many[Grant] | None:
        """The statements of a permissions boundary, from its file where it has one; None where they are not at hand."""
        found = self.by_path.get(document.file) if isinstance(document, FileText) else None
        if found is None or not isinstance(found.facts, Identity):
            return statements_of_boundary(document)
        return found.facts.grants

    def complete(
        self, identity: Identity, documents: Sequence[Node], trust: Node | None, *, lent: bool = False
    ) -> Identity:
        """An identity with what the files of its documents hold in place of the gaps that they left; `lent` says that
        groups give it more."""
        for document in (*documents, *([trust] if trust is not None else [])):
            self.taken.update({document.at.path} & self.by_path.keys())
            held = self._identity(document)
            if held is not None:
                identity = _with(identity, held, document.at, alone=len(documents) == 1, lent=lent)
        return identity

    def _identity(self, document: Node) -> Identity | None:
        found = self.by_path.get(document.file) if isinstance(document, FileText) else None
        if found is None or not isinstance(found.facts, Identity):
            return None
        self.taken.add(found.at.path)
        return found.facts


def _with(identity: Identity, held: Identity, gap: Place, *, alone: bool, lent: bool) -> Identity:
    if held.trusts and not held.grants:
        trusts = (*_without(identity.trusts, gap), *_listed(held.trusts))
        kind, name = value_of(identity.kind) or "", value_of(identity.name) or ""
        managed = value_of(identity.managed) or ()
        taker = taken_by(kind, name, trusts, identity.at, (), managed)
        brings = brings_secrets(name, trusts, identity.at)
        return replace(identity, trusts=trusts, taken_by=taker, brings_secrets=brings)
    beside = _without(identity.grants, gap)
    grants = (*beside, *_listed(held.grants))
    if alone and not lent and not beside and (identity.managed is None or value_of(identity.managed) == ()):
        identity = replace(
            identity,
            only_reads=held.only_reads,
            only_sends_mail=held.only_sends_mail,
            only_reports=held.only_reports,
        )
    escalations: Many[Escalation] = _listed(held.escalations) if alone else _joined(identity, held)
    admin = held.admin if alone or (isinstance(held.admin, Known) and held.admin.value) else identity.admin
    steps = (*known_records(identity.escalation_steps), *known_records(held.escalation_steps))
    return replace(
        identity,
        grants=grants,
        escalations=escalations,
        escalation_steps=_steps_of_first(escalations, steps),
        admin=admin,
        slips=(*_listed(identity.slips), *_listed(held.slips)),
        whole_services=told_besides((*_listed(identity.whole_services), *_listed(held.whole_services)), escalations),
    )


def _joined(identity: Identity, held: Identity) -> Many[Escalation]:
    """Known ways first, above all those that IAM alone opens: without one, that there may be some stays said."""
    known = (*known_records(identity.escalations), *known_records(held.escalations))
    return tuple(sorted(known, key=_rank)) or _listed(identity.escalations)


def _rank(way: Escalation) -> tuple[bool, bool]:
    by_iam = all(action.startswith("iam:") for action in value_of(way.actions) or ())
    return value_of(way.kind) == "resource-access", not by_iam


def _steps_of_first(ways: Many[Escalation], steps: tuple[EscalationStep, ...]) -> tuple[EscalationStep, ...]:
    """The links of the way that is told, of those that several files have."""
    first = next(iter(known_records(ways)), None)
    named = frozenset(value_of(first.actions) or ()) if first is not None else frozenset()
    return tuple(one for one in steps if named.issuperset((value_of(one.does) or "").split(" and ")))


def _without(many: Many, gap: Place) -> tuple:  # type: ignore[type-arg]
    return tuple(element for element in _listed(many) if not (isinstance(element, Unknown) and element.at == gap))


def _listed(many: Many) -> tuple:  # type: ignore[type-arg]
    return (many,) if isinstance(many, Unknown) else many
