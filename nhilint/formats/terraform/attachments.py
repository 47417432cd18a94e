"""Which policies of a module belong to which of its principals.

Source: the pages of `aws_iam_*` below registry.terraform.io/providers/hashicorp/aws/latest/docs/resources, read
2026-11-22. A principal is referred to by an attribute of its block or by the name that the block states.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeGuard

from msgspec import Struct

from nhilint.formats.terraform.groups_looked_up import group_looked_up
from nhilint.formats.terraform.handed_back import document_handed_back
from nhilint.formats.terraform.known_in_part import told_of_module
from nhilint.formats.terraform.module import NOWHERE, Spot
from nhilint.formats.terraform.referents import attribute_of, resource_named
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value

PRINCIPALS = {"aws_iam_role": "role", "aws_iam_user": "user", "aws_iam_group": "group"}
INLINE = {"aws_iam_role_policy": "role", "aws_iam_user_policy": "user", "aws_iam_group_policy": "group"}
"""Resources that hold one document, with the attribute that names its principal."""
_ATTACHMENTS: dict[str, tuple[str, ...]] = {
    "aws_iam_role_policy_attachment": ("role",),
    "aws_iam_user_policy_attachment": ("user",),
    "aws_iam_group_policy_attachment": ("group",),
    "aws_iam_policy_attachment": ("roles", "users", "groups"),
}
_EXCLUSIVE = {f"aws_iam_{name}_policy_attachments_exclusive": name for name in ("role", "user", "group")}
"""Resources that list all that a principal has, with what kind it is: what is missing they attach."""
ATTACHING = frozenset({*_ATTACHMENTS, *_EXCLUSIVE})
"""Resources that give principals policies that stand by themselves."""
_MEMBERSHIPS = {"aws_iam_group_membership": ("users", "group"), "aws_iam_user_group_membership": ("user", "groups")}
"""Resources that put users into groups, with the attributes that name both."""
_LISTS = frozenset({"toset", "tolist", "concat", "compact", "distinct"})
"""Functions that give a list of what they are given."""
_PUT_TOGETHER = ("local.", "[for ", "[ for ")
_EACH = Deferred(r'^"?(?:\$\{)?\s*each\.(?:value|key)\s*\}?"?$')
_OF_EACH = Deferred(r"\beach\.(?:value|key)\b")
_OWN_POLICY = str(attribute_of("aws_iam_policy", "", "arn"))
_COUNTED = Deferred(r"^((?:var|local)\.\w+)\[count\.index\]$")
_COUNT = Expression("count.index")
_NAME_OF_ONE = Deferred(
    r"^((?:(?:var|local)\.\w+|module\.\w+\.\w+|data\.aws_iam_(?:role|user|group)\.\w+)(?:\[[^\[\]]*\])?)\.(?:name|id)$"
)
"""The attributes of one principal that both give its name, for the resources that take a name."""

Key = tuple[str, str]


class Attached(Struct):
    """What a module attaches to one principal."""

    documents: list[Node]
    managed: list[Node]
    carried: list[Block]
    """the managed policies that the module declares"""


class Stranger(Struct, frozen=True):
    """A principal that the module does not declare and attaches policies to; `block` is the first that does."""

    kind: str
    name: str
    block: Block
    attached: Attached


class Attachments:
    """The policies of a module, by the principal that they are attached to."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._by_principal: dict[Key, Attached] = defaultdict(lambda: Attached([], [], []))
        self._taken: set[Key] = set()
        self._named = {
            (kind, str(name)): (kind, block.label)
            for kind in PRINCIPALS
            for block in resolver.module.of_kind(kind)
            if isinstance(name := block.body.get("name"), str)
        }
        self.strangers: dict[Key, Stranger] = {}
        """Principals of other modules, by their kind and what the module calls them."""
        self.boundaries: set[Key] = set()
        for kind in PRINCIPALS:
            for block in resolver.module.of_kind(kind):
                self._by_block(block)
        self._by_others()
        self._groups: dict[Key, list[Key]] = defaultdict(list)
        self._looked_up: dict[Key, list[Value]] = defaultdict(list)
        for kind, (users, groups) in _MEMBERSHIPS.items():
            for block in resolver.module.of_kind(kind):
                self._by_membership(block, block.body.get(users), block.body.get(groups))

    def of(self, block: Block, key: str | None = None) -> Attached:
        """What is attached to a principal, or to the instance of it that has the key."""
        one = f"{block.label}[" if key is None else f"{block.label}[{key}]"
        return _together(
            attached
            for (kind, label), attached in self._by_principal.items()
            if kind == block.kind and (label == block.label or label.startswith(one))
        )

    def of_groups(self, block: Block) -> Attached:
        """What the groups have that a user is put into by the module, also those that it looks up by name."""
        user = (block.kind, block.label)
        held = [self._by_principal[group] for group in dict.fromkeys(self._groups.get(user, ()))]
        meant = (group_looked_up(one, self._resolver) for one in self._looked_up.get(user, ()))
        held.extend(Attachments(home).of(group) for home, group in filter(None, meant))
        return _together(held)

    def is_attached(self, block: Block) -> bool:
        """Whether a principal of the module has the policy."""
        return (block.kind, block.label) in self._taken

    def principal(self, kind: str, value: Value) -> Key | None:
        """The principal that an attribute names, if it is one of the module."""
        key = resource_named(value)
        if key is not None and key[0] != kind and key in self._resolver.module.resources:
            value = self._resolver.module.resources[key].body.get("name")  # one of another kind lends its name
        elif key is not None:
            return key if key in self._resolver.module.resources else None
        return self._named.get((kind, value)) if isinstance(value, str) else None

    def _by_block(self, block: Block) -> None:
        bound = resource_named(block.body.get("permissions_boundary"))
        if bound is not None:
            self.boundaries.add(bound)
        named = block.body.get("managed_policy_arns")
        for value, spot in self._entries(named, block.spot.to("managed_policy_arns")):
            self._attach(self._by_principal[block.kind, block.label], value, spot)

    def _by_others(self) -> None:
        for kind, name in INLINE.items():
            for block in self._resolver.module.of_kind(kind):
                for key in self._resolver.instance_keys(block):
                    self._by_document(block, f"aws_iam_{name}", block.body.get(name), key)
        for kind, names in _ATTACHMENTS.items():
            for block in self._resolver.module.of_kind(kind):
                for name in names:
                    self._by_attachment(block, name)
        for kind, name in _EXCLUSIVE.items():
            for block in self._resolver.module.of_kind(kind):
                self._by_exclusion(block, name)
        for kind, name in INLINE.items():
            blocks = [block for block in self._resolver.module.of_kind(kind) if not self.is_attached(block)]
            self._meet_strangers(blocks, name)
            for block in blocks:
                self._by_document_of_stranger(block, name)

    def _meet_strangers(self, blocks: list[Block], name: str) -> None:
        """A principal that is declared elsewhere and gets several documents here: each alone would be judged without
        what the others deny. One document says the same of a policy as of who has it, and stays by itself; and a
        resource that nobody declares tells an excerpt."""
        first: dict[str, Block] = {}
        for block in blocks:
            value = block.body.get(name)
            earlier = first.setdefault(_told_by(value), block)
            if earlier is not block and _is_lent(value) and not _of_each(value):
                self._stranger(earlier, name, value)

    def _by_exclusion(self, block: Block, name: str) -> None:
        """What a principal shall have and nothing besides; what it has already counts once."""
        owner = self._owner(f"aws_iam_{name}", block.body.get(f"{name}_name"))
        if owner is None:
            return
        attached = self._by_principal[owner]
        held = {node.value for node in attached.managed if node.is_text}
        for value, spot in self._entries(block.body.get("policy_arns"), block.spot.to("policy_arns")):
            if resource_named(value) is None and self._resolver.text(value, spot) not in held:
                self._attach(attached, value, spot)

    def _by_membership(self, block: Block, users: Value, groups: Value) -> None:
        for user in self._listed(users):
            member = self.principal("aws_iam_user", user)
            for group in self._listed(groups):
                into = self.principal("aws_iam_group", group)
                if member is not None and into is not None:
                    self._groups[member].append(into)
                elif member is not None and "provider" not in block.body:
                    self._looked_up[member].append(group)

    def _by_attachment(self, block: Block, name: str) -> None:
        named = block.body.get(name)
        if "for_each" in block.body and self._by_instances(block, name, named):
            return
        for value in self._listed(named):
            owner = self._owner(f"aws_iam_{name.rstrip('s')}", value)
            attached = self._by_principal[owner] if owner is not None else self._stranger(block, name, value)
            if attached is not None:
                for policy, spot in self._policies(block):
                    self._attach(attached, policy, spot)

    def _by_instances(self, block: Block, name: str, named: Value) -> bool:
        """Whether the instances differ in more than their policy, and could be gone through one by one."""
        policy = block.body.get("policy_arn")
        composed = _of_each(policy) and not _EACH.match(policy.text)
        if not composed and not _of_each(named):
            return False
        keys = self._resolver.instance_keys(block)
        for key in keys if keys != [None] else ():
            with self._resolver.instance(block, key):
                self._by_instance(block, name)
        return keys != [None]

    def _by_instance(self, block: Block, name: str) -> None:
        named, policy, spot = block.body.get(name), block.body.get("policy_arn"), block.spot.to("policy_arn")
        if _of_each(policy) and resource_named(policy) is None:
            stated = self._resolver.stated(policy.text)
            spot = Spot(stated.at) if stated is not None else spot
            policy = self._resolver.text(policy, spot)
        for value in self._listed(named):
            owner = self._owner(f"aws_iam_{name.rstrip('s')}", value)
            if owner is not None:
                self._attach(self._by_principal[owner], policy, spot)

    def _by_document(self, block: Block, kind: str, named: Value, key: str | None) -> None:
        with self._resolver.instance(block, key):
            owner = self._owner(kind, named)
        if owner is not None:
            self._by_principal[owner].documents.append(self._resolver.block_document(block, key))
            self._taken.add((block.kind, block.label))

    def _by_document_of_stranger(self, block: Block, name: str) -> None:
        """A document of a principal that is declared elsewhere, where the module attaches policies to it as well."""
        stranger = self.strangers.get((name, _told_by(block.body.get(name))))
        if stranger is None:
            return
        keys = self._resolver.instance_keys(block)
        stranger.attached.documents.extend(self._resolver.block_document(block, key) for key in keys)
        self._taken.add((block.kind, block.label))

    def _owner(self, kind: str, value: Value) -> Key | None:
        """The principal that an attribute names; with its key where it names one of several instances."""
        if _of_each(value) and resource_named(value) is None:
            told = self._resolver.text(value, NOWHERE)
            return (kind, told) if (kind, told) in self._resolver.module.resources else self._named.get((kind, told))
        owner = self.principal(kind, value)
        key = self._resolver.key_of(value.text) if owner is not None and isinstance(value, Expression) else None
        return owner if owner is None or key is None else (kind, f"{owner[1]}[{key}]")

    def _stranger(self, block: Block, name: str, value: Value) -> Attached | None:
        """The policies of a principal that is declared elsewhere; None where nobody is named, or each of a list."""
        text = _told_by(value)
        if not text or _EACH.match(text) or "count.index" in text:
            return None
        kind = name.rstrip("s")
        told = self._resolver.text(value, block.spot.to(name))
        call = ".".join(text.split(".")[:2]) if text.startswith("module.") and block.kind in INLINE else block.label
        called = call if "${" in told else told_of_module(told, text, block.label)
        found = self.strangers.setdefault((kind, text), Stranger(kind, called, block, Attached([], [], [])))
        return found.attached

    def _policies(self, block: Block) -> Iterator[tuple[Value, Spot]]:
        """The policy of an attachment; every one of them where it is made for each of a list."""
        value, spot = block.body.get("policy_arn"), block.spot.to("policy_arn")
        if isinstance(value, Expression):
            counted = _COUNTED.match(value.text)
            if _EACH.match(value.text) and "for_each" in block.body:
                yield from self._entries(block.body["for_each"], block.spot.to("for_each"))
                return
            if counted:
                yield from self._entries(Expression(counted[1]), spot.fix())
                return
            if value.function == "element" and len(value.arguments) == 2 and value.arguments[1] == _COUNT:
                yield from self._entries(value.arguments[0], spot.to(0))
                return
        yield value, spot

    def _listed(self, value: Value) -> list[Value]:
        """The entries of a list, be it put together; any other value by itself."""
        if isinstance(value, list):
            return value
        together = isinstance(value, Expression) and (value.function in _LISTS or value.text.startswith(_PUT_TOGETHER))
        return [entry for entry, _ in self._entries(value, NOWHERE)] or [value] if together else [value]

    def _entries(self, value: Value, spot: Spot) -> Iterator[tuple[Value, Spot]]:
        """The entries of a list, references kept where it is written out; nothing where it states none."""
        if isinstance(value, Expression) and value.function in _LISTS:
            for index, argument in enumerate(value.arguments):
                yield from self._entries(argument, spot.to(index))
        elif isinstance(value, Expression) and value.text.startswith("local."):
            local = self._resolver.module.locals.get(value.text[6:])
            if local is not None and isinstance(local.value, list | dict):
                yield from self._entries(local.value, local.spot)
            else:
                yield value, spot
        elif isinstance(value, list):
            yield from ((item, spot.to(index)) for index, item in enumerate(value))
        elif isinstance(value, dict):
            yield from ((item, spot.to(key)) for key, item in value.items())
        elif value is not None:
            node = self._resolver.node(value, spot)
            yield from ((item.value, Spot(item.at)) for item in node.items())

    def _attach(self, attached: Attached, value: Value, spot: Spot) -> None:
        """A policy of the module counts with its document, any other by its ARN."""
        handed = document_handed_back(value, self._resolver)
        if handed is not None:
            attached.documents.append(handed)
            return
        key = resource_named(value)
        if key is None and isinstance(value, str) and value.startswith(_OWN_POLICY):
            key = ("aws_iam_policy", value.removeprefix(_OWN_POLICY))
        policy = self._resolver.module.resources.get(key) if key and key[0] == "aws_iam_policy" else None
        if key is None or policy is None:
            attached.managed.append(self._resolver.node(value, spot))
            return
        one = self._resolver.key_of(value.text) if isinstance(value, Expression) else None
        attached.documents.append(self._resolver.block_document(policy, one))
        attached.carried.append(policy)
        self._taken.add(key)


def _together(parts: Iterable[Attached]) -> Attached:
    held = list(parts)
    return Attached(
        [document for attached in held for document in attached.documents],
        [policy for attached in held for policy in attached.managed],
        [policy for attached in held for policy in attached.carried],
    )


def _of_each(value: Value) -> TypeGuard[Expression]:
    """Whether a value is another one in each instance of its block."""
    return isinstance(value, Expression) and _OF_EACH.search(value.text) is not None


def _is_lent(value: Value) -> bool:
    """Whether a value comes in from outside of the module's own resources."""
    return isinstance(value, Expression) and value.text.startswith(("var.", "local.", "module.", "data."))


def _told_by(value: Value) -> str:
    """What tells a principal from others: its name, or the reference without the attribute that gives its name."""
    if isinstance(value, Expression):
        found = _NAME_OF_ONE.match(value.text)
        return found[1] if found else value.text
    return value if isinstance(value, str) else ""
