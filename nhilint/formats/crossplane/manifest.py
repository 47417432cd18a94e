"""A file of Crossplane becomes the module that Terraform's reader understands, and what that declares.

Upbound's provider is made from Terraform's, and the older one says the same in words of its own, which are renamed. A
reference (`roleNameRef`) or selector (`policyArnSelector`) that means one object of the file becomes a reference to it;
places stay those of the file. What a composition patches in later is not known, and objects of other files are met by
nobody, but for those of Google Cloud, whose accounts are met by their address. Kubernetes' own objects beside them are
read as what they are. Sources: see `kinds` and `objects`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.role_chains import Member, with_role_chains
from nhilint.formats.crossplane.kinds import BLOCKS, NAMES, attribute_of, field_of, kind_of, meant_by
from nhilint.formats.crossplane.objects import Stated, objects
from nhilint.formats.kubernetes import manifest
from nhilint.formats.kubernetes.names import in_words
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.formats.terraform.attachments import PRINCIPALS, Attachments
from nhilint.formats.terraform.files import PolicyFiles
from nhilint.formats.terraform.module import Block, Module, Spot
from nhilint.formats.terraform.principals import arns_of, loose_policies, principals
from nhilint.formats.terraform.resolver import Resolver
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.crossplane.kinds import Meant
    from nhilint.formats.format import Claim
    from nhilint.formats.gcp.declared import Binding
    from nhilint.model.place import Pointer
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_POINTING = Deferred(r"^(\w{2,40})(Ref|Selector)$")
_ODD = Deferred(r"[^\w-]+")


class _BlockSpot(Spot, frozen=True):
    """A spot inside of a block, whose keys the file spells otherwise than Terraform does."""

    def to(self, *steps: str | int) -> Spot:
        """The spot some steps further."""
        spelled = (field_of(step) if isinstance(step, str) else step for step in steps)
        return _BlockSpot(Place(self.place.path, (*self.place.pointer, *spelled)))


class _ObjectSpot(Spot, frozen=True):
    """A spot of an object: the first step is Terraform's name, whose place in the file `routes` tells.

    `lone` are blocks that the file holds as one mapping, where Terraform has a list.
    """

    routes: tuple[tuple[str, Pointer], ...] = ()
    lone: frozenset[str] = frozenset()

    def to(self, *steps: str | int) -> Spot:
        """The spot some steps further."""
        routes = dict(self.routes)
        if not steps or steps[0] not in routes:
            return Spot(self.place)
        start, further = Spot(Place(self.place.path, routes[str(steps[0])])), steps[1:]
        if steps[0] not in BLOCKS:
            return start.to(*further)
        skipped = steps[0] in self.lone and further[:1] == (0,)
        return _BlockSpot(start.place).to(*further[1:] if skipped else further)


def extract(document: Document, claim: Claim) -> Extraction:
    """The identities, loose policies and custom roles of a file."""
    stated = list(objects(Node.root(document, braces)))
    if not stated:
        return Extraction(recognised=False)
    module = _module(stated)
    resolver = Resolver(module)
    attachments, files = Attachments(resolver), PolicyFiles({}, set())
    declared = list(principals(resolver, attachments, files))
    blocks = {block.at: block for (kind, _), block in module.resources.items() if kind in PRINCIPALS}
    members = [Member(facts, arns_of(blocks[facts.at]) if facts.at in blocks else ()) for _, facts in declared]
    found = [(name, facts) for (name, _), facts in zip(declared, with_role_chains(members), strict=True)]
    found.extend(loose_policies(resolver, attachments, files))
    of_cluster = manifest.extract(document, replace(claim, format="kubernetes")).resources
    own = (Resource("identity", in_words(name), claim.format, _told_in_words(facts)) for name, facts in found)
    return Extraction((*own, *_of_other_clouds(resolver, document.path, claim), *of_cluster))


def _told_in_words(facts: Identity) -> Identity:
    """The same, its name without the braces of a chart's template."""
    name = facts.name
    return replace(facts, name=Known(in_words(name.value), name.at)) if isinstance(name, Known) else facts


def _of_other_clouds(resolver: Resolver, path: str, claim: Claim) -> Iterator[Resource]:
    """The subjects of Google Cloud and Azure; their readers are imported only for a file that has some."""
    kinds = {kind.partition("_")[0] for kind, _ in resolver.module.resources}
    if "google" in kinds:
        from nhilint.formats.terraform.google import google_declarations

        at = Place(path)
        home = Resource("identity", path, claim.format, Identity(at=at, name=Known(path, at)))
        for declared in google_declarations(resolver.module, {path: home}):
            bindings = tuple(map(_by_its_kind, declared.content.bindings))
            yield replace(declared, content=replace(declared.content, bindings=bindings))
    if "azurerm" in kinds:
        from nhilint.formats.terraform.azure_subjects import azure_subjects

        for name, facts in azure_subjects(resolver):
            if isinstance(facts, Identity):
                yield Resource("identity", name, claim.format, facts)


def _by_its_kind(binding: Binding) -> Binding:
    """A binding under the name that its own file has for it."""
    type_name, _, label = binding.policy.partition(".")
    return replace(binding, policy=f"{kind_of(type_name)} {label}")


def _module(stated: Sequence[Stated]) -> Module:
    module = Module()
    labels = [_label(index, one, stated) for index, one in enumerate(stated)]
    for label, one in zip(labels, stated, strict=True):
        body, routes = _body(one, stated, labels)
        if one.name_at is not None:
            named = NAMES.get(one.type, "name")
            body.setdefault(named, str(one.name_at.value))
            routes.setdefault(named, one.name_at.pointer)
        lone = frozenset(name for name in BLOCKS if isinstance(one.wanted[name].value, dict))
        spot = _ObjectSpot(Place(one.wanted.path, one.wanted.pointer), routes=tuple(routes.items()), lone=lone)
        module.resources[one.type, label] = Block(one.type, label, body, spot)
    return module


def _label(index: int, one: Stated, stated: Sequence[Stated]) -> str:
    """A label that a reference can spell, its own where several objects of a kind have one name.

    Objects of Google Cloud are joined over the files of a folder, in which two compositions may call an entry alike.
    """
    file = one.wanted.path.rpartition("/")[2].partition(".")[0] if one.name_at is None else ""
    name = f"{one.name}-{file}" if file and one.type.startswith("google_") else one.name
    plain = _ODD.sub("-", name).strip("-")[:60] or "unnamed"
    is_taken = any(other.name == one.name and other.type == one.type for other in stated[:index])
    return f"{plain}-{index}" if is_taken else plain


def _body(one: Stated, stated: Sequence[Stated], labels: Sequence[str]) -> tuple[dict[str, Value], dict[str, Pointer]]:
    body: dict[str, Value] = {}
    routes: dict[str, Pointer] = {}
    for key, node in one.wanted.entries():
        pointing = _POINTING.match(key)
        name = attribute_of(one.type, pointing[1] if pointing else key)
        value = _pointed(node, meant_by(one.type, name), pointing[2], stated, labels) if pointing else _inner(node)
        if value not in (None, "") and not (pointing and name in body):
            body[name] = value
            routes[name] = node.pointer
    for key in one.patched:
        name = attribute_of(one.type, key)
        body[name] = Expression("var.patched")
        routes.setdefault(name, one.wanted.pointer)
    return body, routes


def _inner(node: Node) -> Value:
    """The value of a field; a block's in Terraform's words."""
    value: Value = node.value
    if node.key not in BLOCKS:
        return value
    listed = value if isinstance(value, list) else [value]
    return [{attribute_of("", k): v for k, v in one.items()} if isinstance(one, dict) else one for one in listed]


def _pointed(node: Node, meant: Meant | None, how: str, stated: Sequence[Stated], labels: Sequence[str]) -> Value:
    """The reference to the one object that is meant; None where no object of the file, or more than one, is."""
    if meant is None:
        return None
    candidates = [at for at, one in enumerate(stated) if one.type == meant.type]
    if how == "Ref":
        candidates = [at for at in candidates if stated[at].name == node["name"].value]
    else:
        wanted = frozenset((key, str(value.value)) for key, value in node["matchLabels"].entries())
        candidates = [at for at in candidates if wanted <= stated[at].labels]
    return Expression(f"{meant.type}.{labels[candidates[0]]}.{meant.attribute}") if len(candidates) == 1 else None
