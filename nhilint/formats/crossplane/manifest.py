"""A file of Crossplane becomes the module that Terraform's reader understands, and what that declares.

Upbound's provider is made from Terraform's, and the older one says the same in words of its own, which are renamed. A
reference (`roleNameRef`) or selector (`policyArnSelector`) that means one object of the file becomes a reference to it;
places stay those of the file. What a composition patches in later is not known, and objects of other files are met by
nobody. Kubernetes' own objects beside them are read as what they are. Sources: see `objects`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.role_chains import Member, with_role_chains
from nhilint.formats.crossplane.objects import Stated, objects
from nhilint.formats.kubernetes import manifest
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.formats.terraform.attachments import PRINCIPALS, Attachments
from nhilint.formats.terraform.files import PolicyFiles
from nhilint.formats.terraform.module import Block, Module, Spot
from nhilint.formats.terraform.principals import arns_of, loose_policies, principals
from nhilint.formats.terraform.resolver import Resolver
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.format import Claim
    from nhilint.model.place import Pointer
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_RENAMED = {
    "assumeRolePolicyDocument": "assume_role_policy",
    "document": "policy",
    "roleName": "role",
    "userName": "user",
    "groupName": "group",
}
_MEANT = {"role": "aws_iam_role", "user": "aws_iam_user", "group": "aws_iam_group", "policy_arn": "aws_iam_policy"}
"""What an attribute refers to."""
_POINTING = re.compile(r"^(\w{2,40})(Ref|Selector)$")
_CAPITAL = re.compile(r"(?<=[a-z0-9])[A-Z]")
_ODD = re.compile(r"[^\w-]+")


class _ObjectSpot(Spot, frozen=True):
    """A spot of an object: the first step is Terraform's name, whose place in the file `routes` tells."""

    routes: tuple[tuple[str, Pointer], ...] = ()

    def to(self, *steps: str | int) -> Spot:
        """The spot some steps further."""
        routes = dict(self.routes)
        if steps and steps[0] in routes:
            return Spot(Place(self.place.path, (*routes[str(steps[0])], *steps[1:])))
        return Spot(self.place)


def extract(document: Document, claim: Claim) -> Extraction:
    """The roles, users, groups and loose policies of a file."""
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
    return Extraction((*(Resource("identity", name, claim.format, facts) for name, facts in found), *of_cluster))


def _module(stated: Sequence[Stated]) -> Module:
    module = Module()
    labels = [_label(index, one, stated) for index, one in enumerate(stated)]
    for label, one in zip(labels, stated, strict=True):
        body, routes = _body(one, stated, labels)
        if one.name_at is not None:
            body["name"] = str(one.name_at.value)
            routes["name"] = one.name_at.pointer
        kind = f"aws_iam_{_attribute(one.kind)}"
        spot = _ObjectSpot(Place(one.wanted.path, one.wanted.pointer), routes=tuple(routes.items()))
        module.resources[kind, label] = Block(kind, label, body, spot)
    return module


def _label(index: int, one: Stated, stated: Sequence[Stated]) -> str:
    """A label that a reference can spell, its own where several objects of a kind have one name."""
    plain = _ODD.sub("-", one.name).strip("-")[:60] or "unnamed"
    is_taken = any(other.name == one.name and other.kind == one.kind for other in stated[:index])
    return f"{plain}-{index}" if is_taken else plain


def _body(one: Stated, stated: Sequence[Stated], labels: Sequence[str]) -> tuple[dict[str, Value], dict[str, Pointer]]:
    body: dict[str, Value] = {}
    routes: dict[str, Pointer] = {}
    for key, node in one.wanted.entries():
        pointing = _POINTING.match(key)
        name = _RENAMED.get(pointing[1] if pointing else key) or _attribute(pointing[1] if pointing else key)
        value = _pointed(node, name, pointing[2], stated, labels) if pointing else node.value
        if value not in (None, "") and not (pointing and name in body):
            body[name] = value
            routes[name] = node.pointer
    for key in one.patched:
        name = _RENAMED.get(key) or _attribute(key)
        body[name] = Expression("var.patched")
        routes.setdefault(name, one.wanted.pointer)
    return body, routes


def _pointed(node: Node, name: str, how: str, stated: Sequence[Stated], labels: Sequence[str]) -> Value:
    """The reference to the one object that is meant; None where no object of the file, or more than one, is."""
    kind = _MEANT.get(name)
    candidates = [at for at, one in enumerate(stated) if kind == f"aws_iam_{_attribute(one.kind)}"]
    if how == "Ref":
        candidates = [at for at in candidates if stated[at].name == node["name"].value]
    else:
        wanted = frozenset((key, str(value.value)) for key, value in node["matchLabels"].entries())
        candidates = [at for at in candidates if wanted <= stated[at].labels]
    attribute = "arn" if name == "policy_arn" else "name"
    return Expression(f"{kind}.{labels[candidates[0]]}.{attribute}") if len(candidates) == 1 else None


def _attribute(name: str) -> str:
    """Terraform's name of a kind or field: `RolePolicyAttachment` is `role_policy_attachment`."""
    return _CAPITAL.sub(lambda hit: f"_{hit[0]}", name).lower()
