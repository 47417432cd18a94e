"""The roles that templates export, and what other templates of the repository use them for by `Fn::ImportValue`.

An export is `Outputs.NAME.Export.Name`, unique in an account and Region; another stack gets its value under that name.
Names are often put together from the name of the stack, which only a deployment tells: the template that imports has a
parameter in its place. A role is meant where just one export of the repository fits. Source:
docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html and
…/UserGuide/outputs-section-structure.html, read 2026-11-23.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from nhilint.formats.cloudformation.conditions import call_of
from nhilint.formats.cloudformation.declared import declared, referred, referred_branch
from nhilint.formats.cloudformation.resolver import Resolver
from nhilint.formats.cloudformation.scope import Scope, section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.kept import KeptTemplate
    from nhilint.source.value import Value

_MOST_OUTPUTS: Final = 200
_MOST_ROLES: Final = 500
_MOST_IMPORTS: Final = 4_000
_LONGEST: Final = 500
_OWN_STACK: Final = "${AWS.StackName}"
_A_STACK: Final = r"(?:\$\{[\w.-]{1,60}\}|[A-Za-z][A-Za-z0-9-]{0,127})"
"""What a template that imports has in the place of another stack's name: a parameter, or its default."""
_OPEN: Final = re.compile(r"^\$\{[^{}]*\}$")
_ROLE: Final = "AWS::IAM::Role"
_PROFILE: Final = "AWS::IAM::InstanceProfile"
_FUNCTIONS: Final = ("Ref", "GetAtt", "ImportValue")
_MOST_VALUES: Final = 5_000

Role = tuple[str, str]
"""The path of a template, and the logical id of a role in it."""
Use = tuple[str, str]
"""The type of a resource, and the property of it that names a role."""


def uses_of_exported_roles(kept: Iterable[KeptTemplate]) -> dict[Role, frozenset[Use]]:
    """What each role that a template exports is used for in all templates, its own too; only roles of which that is
    known to the end."""
    templates = [(one.at.path, _Template(one)) for one in kept if one.exports or one.imports]
    exported = dict(islice((pair for _, one in templates for pair in one.exported()), _MOST_ROLES))
    if not exported:
        return {}
    found: dict[Role, set[Use]] = defaultdict(set)
    for path, template in templates:
        for logical_id, use in template.uses():
            found[path, logical_id].add(use)
    unclear: set[Role] = set()
    imports = [imported for _, one in templates for imported in islice(one.imported(), _MOST_IMPORTS)]
    for name, use in islice(imports, _MOST_IMPORTS):
        meant = _meant(name, use, exported)
        (found[meant[0]].add(use) if len(meant) == 1 else unclear.update(meant))
    if len(imports) > _MOST_IMPORTS:
        return {}
    return {role: frozenset(found[role]) for role in exported if role not in unclear}


def _meant(name: str, use: Use, exported: dict[Role, str]) -> list[Role]:
    """The exported roles that an imported name may mean; of one that nobody can tell, all, where it is for a role."""
    if _OPEN.match(name):
        return list(exported) if "Role" in use[1] else []
    return [role for role, export in exported.items() if len(name) < _LONGEST and _fits(name, export)]


def _fits(name: str, export: str) -> bool:
    return re.fullmatch(_A_STACK.join(map(re.escape, export.split(_OWN_STACK))), name) is not None


class _Template:
    """One kept template with what its values refer to."""

    def __init__(self, kept: KeptTemplate) -> None:
        content = kept.document.value if kept.document is not None else None
        self._value: dict[str, Value] = content if isinstance(content, dict) else {}
        self._path = kept.at.path
        self._scope = Scope(self._value)
        self._resolver = Resolver(self._scope, self._path)

    def exported(self) -> Iterator[tuple[Role, str]]:
        """The roles that it exports, each with the name of the export."""
        for name, output in islice(self._scope.outputs.items(), _MOST_OUTPUTS):
            export = section(section({"": output}, ""), "Export").get("Name")
            held = output.get("Value") if isinstance(output, dict) else None
            role = referred(held)
            if export is not None and self._scope.types.get(role) == _ROLE:
                called = self._resolver.text(export, ("Outputs", name, "Export", "Name"))
                if len(called) < _LONGEST and not _OPEN.match(called) and called.count(_OWN_STACK) <= 1:
                    yield (self._path, role), called

    def uses(self) -> Iterator[tuple[str, Use]]:
        """The logical ids that properties of its resources name, but for those of IAM, with what names them."""
        for kind, name, value in self._properties():
            logical_id = referred(value) or referred_branch(value)
            if logical_id:
                yield logical_id, (kind, name)

    def imported(self) -> Iterator[tuple[str, Use]]:
        """The names that properties import, with what imports them."""
        for kind, name, value in self._properties():
            function, argument = call_of(value)
            if function == "ImportValue":
                yield self._resolver.text(argument, ()), (kind, name)

    def _properties(self) -> Iterator[tuple[str, str, Value]]:
        for one in declared(self._value, self._resolver):
            if not one.kind.startswith("AWS::IAM::") or one.kind == _PROFILE:
                yield from ((one.kind, name, value) for name, value in _within(one.raw))


def _within(held: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    """Every value of properties, however deep, with the last key that leads to it."""
    waiting: list[tuple[str, Value]] = list(held.items())
    left = _MOST_VALUES
    while waiting and left:
        left -= 1
        name, value = waiting.pop()
        yield name, value
        if isinstance(value, list):
            waiting.extend((name, one) for one in value)
        elif isinstance(value, dict) and not call_of(value)[0].startswith(_FUNCTIONS):
            waiting.extend(value.items())
