"""Values of a module that speak of Google Cloud: accounts, roles and pools by reference, blocks made for each.

What the module declares itself has a stand-in: `LABEL@own.iam.gserviceaccount.com` for an account, `own` where a
project would stand. No real project has so short an id. Source: the attribute references of the pages below
registry.terraform.io/providers/hashicorp/google/latest/docs/resources, read 2026-11-22.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping
from nhilint.formats.gcp.members import OWN, has_gap
from nhilint.formats.node import ABSENT
from nhilint.formats.terraform.resolver import Resolver
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.gcp.declared import Member
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block, Called, Spot
    from nhilint.model.fact import Fact
    from nhilint.source.value import Value

_MOST_INSTANCES = 200
_REFERENCE = Deferred(
    r"^(data\.)?(google_\w+)\.([\w-]+)(?:\[((?:[^\[\]]|\[[^\[\]]{0,100}\]){0,100})\])?\.(\w+)(?:\[(?:0|\"?\w*\"?)\])?$"
)
_WHOLE_GAP = Deferred(r"\$\{[^{}]*\}")
_DATA_ACCOUNTS = {
    "google_compute_default_service_account": "${project}-compute@developer.gserviceaccount.com",
    "google_app_engine_default_service_account": "${project}@appspot.gserviceaccount.com",
    "google_storage_project_service_account": "service-${project}@gs-project-accounts.iam.gserviceaccount.com",
    "google_bigquery_default_service_account": "bq-${project}@bigquery-encryption.iam.gserviceaccount.com",
    "google_storage_transfer_project_service_account": (
        "project-${project}@storage-transfer-service.iam.gserviceaccount.com"
    ),
}
"""Accounts that every project has, by the data source that looks them up."""


class GoogleResolver(Resolver):
    """Resolves what belongs to Google Cloud besides what any module knows."""

    each: tuple[str, Node] | None = None
    """Key and value of the instance that is being read."""

    counted: tuple[str, Node] | None = None
    """The list that `count` goes through and its item, for the instance that is being read."""

    through: str | None = None
    """The account, by its type and label, whose instances the `for_each` of the block goes through that is being read.

    Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each (chaining for_each between resources),
    known, page not re-read.
    """

    def instances(self, block: Block | Called) -> Iterator[None]:
        """Once for every instance of a block whose `for_each` or list to count can be told, else once."""
        home = self._account_gone_through(block)
        self.through = f"{home.kind}.{home.label}" if home is not None else None
        yield from self._instances(home if home is not None and "for_each" in home.body else block)
        self.through = None

    def _account_gone_through(self, block: Block | Called) -> Block | None:
        """The account that `for_each` names as a whole, so that each value is one of its instances."""
        named = block.body.get("for_each")
        kind, _, label = named.text.strip().partition(".") if isinstance(named, Expression) else ("", "", "")
        return self.module.resources.get((kind, label)) if kind == "google_service_account" else None

    def _instances(self, block: Block | Called) -> Iterator[None]:
        made = self.node(block.body["for_each"], block.spot.to("for_each")) if "for_each" in block.body else None
        if made is None and "count" in block.body:
            yield from self._counted(block)
            return
        entries: list[tuple[str, Node]] = []
        if made is not None and made.is_mapping:
            entries = list(made.entries())
        elif made is not None and made.is_list:
            entries = [(str(item.value), item) for item in made.items()]
        if not entries:
            yield None
            return
        for entry in entries[:_MOST_INSTANCES]:
            self.each = entry
            yield None
        self.each = None

    def _counted(self, block: Block | Called) -> Iterator[None]:
        count = block.body["count"]
        named = count.arguments[0] if isinstance(count, Expression) and count.function == "length" else None
        made = self.node(named, block.spot.to("count").fix()) if isinstance(named, Expression) else None
        if made is None or not made.is_list or not isinstance(named, Expression):
            yield None
            return
        for index, item in enumerate(list(made.items())[:_MOST_INSTANCES]):
            self.counted = (f"{named.text}[count.index]", item)
            place = block.spot.place
            with self.binding({"count": mapping({"index": Assembled(index, place)}, place)}):
                yield None
        self.counted = None

    def member(self, value: Value, spot: Spot) -> Member:
        """A text that may hold gaps; unknown where it is nothing but one."""
        return member_of(self.node(value, spot))

    def members(self, value: Value, spot: Spot) -> tuple[Member, ...]:
        """The texts of a list."""
        return tuple(member_of(item) for item in self.node(value, spot).items())

    def fact(self, value: Value, spot: Spot) -> Fact[str]:
        """A text that is wholly or partly known; None where nothing is stated."""
        node = self.node(value, spot)
        return member_of(node) if node.exists and node.value is not None else None

    def _reference(self, text: str, spot: Spot) -> Assembled:
        if self.counted is not None and text == self.counted[0]:
            item = self.counted[1]
            return item if isinstance(item, Assembled) else Assembled(item.value, item.at)
        if text.startswith("each.value.") and self.through is not None:
            index = f'["{self.each[0]}"]' if self.each is not None else ""
            text = f"{self.through}{index}.{text.removeprefix('each.value.')}"
        if text.startswith("each.") and self.each is not None:
            found = self._of_each(text)
            return found if found is not None else self._unknown(text, spot)
        told = self._google(text, spot) if "google_" in text else None
        if text.startswith("module."):
            told = self._of_call(text)
        return Assembled(told, spot.place) if told is not None else super()._reference(text, spot)

    def _of_each(self, text: str) -> Assembled | None:
        key, node = self.each or ("", None)
        steps = re.findall(r"\w[\w-]*", text)[1:]
        if node is None or not steps:
            return None
        if steps[0] == "key":
            return Assembled(key, node.at)
        for step in steps[1:]:
            node = _within(node, step)
            if node is None or not node.exists:
                return None
        return node if isinstance(node, Assembled) else Assembled(node.value, node.at)

    def _google(self, text: str, spot: Spot) -> str | None:
        """What a reference to a block of this provider stands for."""
        found = _REFERENCE.match(text.removeprefix("resource.").replace(".*.", "[*]."))
        if found is None:
            return None
        data, kind, label, index, attribute = found.groups()
        if data and kind in _DATA_ACCOUNTS:
            return _account_attribute(_DATA_ACCOUNTS[kind], attribute)
        key = self._index(index, spot) if index and index not in ("0", "count.index", "*") else None
        if key is not None:
            label = f"{label}.{key}"
        if not data and kind.endswith(("google_service_account", "_iam_custom_role")):
            label = f"{label}{self.module.way}"
        if kind.endswith("_service_identity"):  # the agent of one of Google's services
            return _account_attribute(f"service-{label}@gcp-sa-own.iam.gserviceaccount.com", attribute)
        if kind == "google_service_account":
            home = OWN.replace("own", "data") if data else OWN
            return _account_attribute(f"{label}{home}", attribute)
        return None if data else _attribute(kind, label, attribute)

    def _of_call(self, text: str) -> str | None:
        """What an output of a call stands for: the account that it makes, by Google's modules or the repository's."""
        from nhilint.formats.terraform.google_handed_back import account_handed_back
        from nhilint.formats.terraform.google_modules import account_of_call

        _, name, attribute = (*text.split("."), "", "")[:3]
        called = next((one for one in self.module.of_google if one.name == name), None)
        if called is not None and text.count(".") == 2:
            return account_of_call(called, attribute)
        return account_handed_back(text, self)

    def _index(self, index: str, spot: Spot) -> str | None:
        """The key that is meant; None where no file tells it, so that the block stands for all of its instances."""
        if index.startswith('"') or index.isdecimal():
            return index.strip('"')
        if index.startswith("each."):
            found = self._of_each(index) if self.each is not None else None
        else:
            found = self._reference(index, spot)
        told = str(found.value) if found is not None and isinstance(found.value, str | int) else None
        return None if told is None or has_gap(told) else told


def _within(node: Node, step: str) -> Node | None:
    """The entry of an object, or the element of a list by its number."""
    if node.is_list and step.isdecimal():
        return next(islice(node.items(), int(step[:6]), None), None)
    return node[step] if node.is_mapping else None


def member_of(node: Node) -> Member:
    """The text of a node, gaps left in; unknown where it is nothing but a gap or no text."""
    if not isinstance(node.value, str):
        return Unknown("not of the expected type", node.at)
    if _WHOLE_GAP.fullmatch(node.value):
        return Unknown("an expression", node.at)
    return Known(node.value, node.at)


def label_of(block: Block, resolver: GoogleResolver) -> str:
    """The label of a block, with the key of the instance that is being read."""
    label = f"{block.label}.{resolver.each[0]}" if resolver.each is not None else block.label
    return f"{label}{resolver.module.way}"


def bodies(value: Value) -> list[dict[str, Value]]:
    """The bodies of nested blocks; one mapping counts as one."""
    listed = value if isinstance(value, list) else [value]
    return [body for body in listed if isinstance(body, dict)]


def is_dynamic(body: dict[str, Value], name: str) -> bool:
    """Whether a nested block is made by a `dynamic` one."""
    dynamic = body.get("dynamic")
    return isinstance(dynamic, dict) and name in dynamic


def is_stated(node: Node) -> bool:
    """Whether a node is there and not null."""
    return node.value is not ABSENT and node.value is not None


def _account_attribute(email: str, attribute: str) -> str | None:
    if attribute in ("email", "email_address", "unique_id"):
        return email
    if attribute == "member":
        return f"serviceAccount:{email}"
    if attribute in ("name", "id"):
        return f"projects/own/serviceAccounts/{email}"
    return email.partition("@")[0] if attribute == "account_id" else None


def _attribute(kind: str, label: str, attribute: str) -> str | None:
    if kind.endswith("_iam_custom_role"):
        parent = "organizations" if "organization" in kind else "projects"
        return label if attribute == "role_id" else f"{parent}/own/roles/{label}"
    if kind == "google_iam_workload_identity_pool":
        if attribute == "workload_identity_pool_id":
            return label
        return f"projects/own/locations/global/workloadIdentityPools/{label}" if attribute in ("name", "id") else None
    if kind.endswith("_service_identity") and attribute in ("email", "member"):
        return _account_attribute("service-${project}@gcp-sa-service.iam.gserviceaccount.com", attribute)
    return None
