"""An Azure Resource Manager template becomes the identities and roles that it deploys.

Source: learn.microsoft.com/azure/azure-resource-manager/templates/syntax, …/linked-templates and
…/deploy-to-subscription, read 2026-11-22: the schema's name says to what a template is deployed; parameters with
defaults and variables are taken in, other expressions are left open; a nested template is read with the names of its
own when it says so. An artifact of a blueprint holds a template in `properties.template`
(learn.microsoft.com/rest/api/blueprints/artifacts/create-or-update, same day).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.azure.identities import identities
from nhilint.formats.azure.own_keys import SERVICES, key_keepers
from nhilint.formats.azure.stated import Default, property_of
from nhilint.formats.azure.syntax import Parser
from nhilint.formats.azure.template import TemplateResource, stated_of
from nhilint.formats.azure.template_outputs import shown_in_template
from nhilint.formats.azure.tokens import TooDeep, tokens
from nhilint.formats.azure.values import Values, spelled, type_of
from nhilint.formats.azure.written import written_in_template
from nhilint.formats.node import ABSENT, Node
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.azure.stated import ScopeLevel
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_SCHEMA = Deferred(r"/(tenant|managementGroup|subscription|)[dD]eploymentTemplate\.json#?$")
_LEVELS: dict[str, ScopeLevel] = {
    "tenant": "tenant",
    "managementGroup": "management_group",
    "subscription": "subscription",
    "": "resource_group",
}
_OF_INTEREST = (
    "microsoft.authorization/role",
    "/roleassignments",
    "microsoft.managedidentity/",
    "microsoft.keyvault/vaults",
)
_NESTED = "microsoft.resources/deployments"
_DEEPEST = 6
COMPILED = "copied"
"""The setting of a template that a compiler wrote: what it was written from is what people change."""
_MOST_NODES = 40_000
_MOST_TURNS = 60


def extract(document: Document, claim: Claim) -> Extraction:
    """The principals and roles of a template."""
    root = _template_of(Node.root(document))
    level = _level_of(root)
    if level is None or not (root["resources"].is_list or root["resources"].is_mapping):
        return Extraction(recognised=False)
    resources = list(_Template(root, level, 0).resources())
    found = identities(stated_of(resources))
    setting = COMPILED if _is_compiled(root) else "production"
    named = (Resource("identity", name, claim.format, facts, setting) for name, facts in found)
    kept = (Resource("resource_policy", name, claim.format, facts, setting) for name, facts in key_keepers(resources))
    shown = shown_in_template(root, claim) if setting != COMPILED else ()
    return Extraction((*named, *kept, *shown, *written_in_template(document, root.at.pointer, claim)))


def _template_of(root: Node) -> Node:
    """The template of a file: the whole, or what an artifact of a blueprint carries."""
    carried = root.at_path("properties", "template")
    return carried if carried.is_mapping and not root["$schema"].exists else root


def _is_compiled(root: Node) -> bool:
    """Whether a template was made from a Bicep file, as the compiler writes at its top."""
    return bool(root.at_path("metadata", "_generator", "name").value == "bicep")


def _level_of(template: Node) -> Fact[ScopeLevel]:
    schema = template["$schema"]
    match = _SCHEMA.search(str(schema.value)) if schema.is_text else None
    return Known(_LEVELS[match[1]], schema.at) if match else None


class _Template:
    """One template with its own parameters and variables."""

    def __init__(
        self,
        root: Node,
        level: Fact[ScopeLevel],
        depth: int,
        outer: _Template | None = None,
        given: tuple[_Template, Node] | None = None,
    ) -> None:
        self._root = root
        self._level = level
        self._depth = depth
        self._outer = outer
        self._given = given  # the template that deploys this one, and the parameters that it hands over
        self._known: dict[str, Node | None] = {}
        self._left = _MOST_NODES
        self._turns: list[tuple[str, int]] = []
        """The loops that are gone through, by name, each with the number of its turn."""

    def resources(self) -> Iterator[TemplateResource]:
        """Every resource of interest, with the children and nested templates that it holds."""
        listed = self._root["resources"]
        for node in [inner for _, inner in listed.entries()] if listed.is_mapping else list(listed.items()):
            yield from self._each(node, "", "")

    def _each(self, node: Node, parent_type: str, parent_name: str) -> Iterator[TemplateResource]:
        """A resource, once for every turn of its `copy` where the number of them is known."""
        copied = node["copy"] if node.is_mapping else node
        count = self._evaluated(copied["count"]).value if copied.is_mapping else None
        if isinstance(count, bool) or not isinstance(count, int | float) or not 0 <= count <= _MOST_NODES:
            yield from self._resource(node, parent_type, parent_name)
            return
        for turn in range(min(int(count), _MOST_TURNS)):
            self._turns.append((str(copied["name"].value).lower(), turn))
            yield from self._resource(node, parent_type, parent_name)
            self._turns.pop()

    def _resource(self, node: Node, parent_type: str, parent_name: str) -> Iterator[TemplateResource]:
        if not node.is_mapping or self._depth > _DEEPEST:
            return
        stated = str(node["type"].value).lower() if node["type"].is_text else ""
        kind = f"{parent_type}/{stated}" if parent_type and "." not in stated else stated
        if kind == _NESTED:
            yield from self._nested(node)
            return
        name = spelled(self._evaluated(node["name"])) if node["name"].is_text else "${name}"
        whole = f"{parent_name}/{name}" if parent_name and "/" not in name else name
        if kind in SERVICES or any(mark in kind for mark in _OF_INTEREST):
            existing = node["existing"].value is True
            yield TemplateResource(kind, _key(kind, whole), self._body(node), node["type"].at, self._level, existing)
        for child in list(node["resources"].items())[:200]:
            yield from self._each(child, kind, whole)

    def _nested(self, node: Node) -> Iterator[TemplateResource]:
        inner = node.at_path("properties", "template")
        if not inner.is_mapping:
            return
        level = self._level
        if node["resourceGroup"].exists:
            level = Known("resource_group", node["resourceGroup"].at)
        elif _level_of(inner) is not None and not isinstance(_level_of(inner), Unknown):
            level = _level_of(inner)
        own = node.at_path("properties", "expressionEvaluationOptions", "scope")
        is_own = own.is_text and str(own.value).lower() == "inner"
        if is_own:
            given = (self, node.at_path("properties", "parameters"))
            yield from _Template(inner, level, self._depth + 1, given=given).resources()
        else:
            yield from _Template(inner, level, self._depth + 1, self).resources()

    def _body(self, node: Node) -> Node:
        body = {key: self._evaluated(inner) for key, inner in node.entries() if key != "resources"}
        return mapping(body, node.at)

    def _evaluated(self, node: Node) -> Node:
        self._left -= 1
        if self._left < 0:
            return Assembled("${too much}", node.at)
        if node.is_mapping:
            return mapping({key: self._evaluated(inner) for key, inner in node.entries()}, node.at)
        if node.is_list:
            return sequence([self._evaluated(item) for item in node.items()], node.at)
        if not node.is_text:
            return Assembled(node.value if node.value is not None else ABSENT, node.at)
        return self._expression(str(node.value), node)

    def _expression(self, text: str, node: Node) -> Node:
        stripped = text.strip()
        if not stripped.startswith("[") or stripped.startswith("[[") or not stripped.endswith("]"):
            return Assembled(text, node.at)
        source = stripped[1:-1]
        try:
            expression = Parser(source, tokens(source, doubled=True), doubled=True).expression()
            return _placed(Values(self.lookup, lambda _start, _end: node.at).node(expression), node)
        except TooDeep:
            return Assembled("${expression}", node.at)

    def lookup(self, name: str) -> Node | None:
        if name.startswith("copyindex:") and self._turns:
            wanted = name.partition(":")[2].lower()
            turn = next((at for loop, at in reversed(self._turns) if wanted in ("", loop)), None)
            return Assembled(turn, self._root.at) if turn is not None else None
        if self._outer is not None:
            return self._outer.lookup(name)
        if name.startswith("copyindex:"):
            return None
        if name not in self._known:
            self._known[name] = None
            section, _, key = name.partition(":")
            handed = self._handed_over(key) if section == "parameters" else None
            if handed is not None:
                self._known[name] = handed
                return handed
            stated = property_of(self._root[section], key)
            value = property_of(stated, "defaultValue") if section == "parameters" else stated
            usable = value.exists and value.value not in ("", None)
            self._known[name] = self._evaluated(value) if usable else Assembled(f"${{{key}}}", self._root.at)
            if isinstance(value.value, bool) and section == "parameters":
                self._known[name] = Default(value.value, value.at)
        return self._known[name]

    def _handed_over(self, key: str) -> Node | None:
        if self._given is None:
            return None
        caller, parameters = self._given
        value = property_of(property_of(parameters, key), "value")
        return caller._evaluated(value) if value.exists else None  # noqa: SLF001 - another one of the same class


def _placed(found: Node, node: Node) -> Node:
    """A scalar keeps the place of its use: a default elsewhere is not what a reader has to change."""
    return type_of(found)(found.value, node.at) if not found.is_mapping and not found.is_list else found


def _key(kind: str, name: str) -> str:
    """The id by which other resources of the template refer to it."""
    provider, *types = kind.split("/")
    if kind == "microsoft.authorization/roledefinitions":
        return f"{kind}/{name}"
    segments = [f"{one}/{part}" for one, part in zip(types, name.split("/"), strict=False)]
    open_ = "/subscriptions/<subscription>/resourceGroups/<group>/providers/"
    return open_ + "/".join([provider, *segments]).replace("${", "<").replace("}", ">")
