"""What a chart's own values switch off is not there when the chart is installed, and is left out of the cluster.

An object, rule, subject or setting of a pod stands between `{{ if .Values.x }}` and `{{ end }}`; `values.yaml` beside
the folder of templates says what x is unless a user says else. It counts as off where the condition is known to fail
by that file, and by every other file of values of the same folder, or of the one that a chart of no other chart lies
in, laid over it. A chart below another's `charts` takes that one's values for it first, and is off where the parent's
`condition` for it is false. A kind that the same switch
widens (Role, ClusterRole) is the narrow one then. A chart without such a file is judged as it stands. Sources, read
2026-11-22: https://helm.sh/docs/chart_template_guide/values_files/, https://helm.sh/docs/topics/charts/ (`condition`,
`alias`) and https://helm.sh/docs/chart_template_guide/subcharts_and_globals/.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.charted import program_of_image, with_chart_name
from nhilint.formats.kubernetes.parts import (
    Manifest,
    OnlyIf,
    StatedBinding,
    StatedChart,
    StatedHelpers,
    StatedRole,
    StatedValues,
    StatedWorkload,
)
from nhilint.formats.kubernetes.switches import UNSET, Worth, holds, worth_of, worth_of_expression
from nhilint.formats.kubernetes.values_rules import route_of, rule_lists
from nhilint.formats.node import Node
from nhilint.model.fact import Known, Unknown
from nhilint.model.place import Place
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.deferred import Deferred
from nhilint.source.template_definitions import definitions
from nhilint.source.template_guards import guards

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nhilint.formats.kubernetes.parts import Part
    from nhilint.model.place import Pointer
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document
    from nhilint.source.span import Position
    from nhilint.source.template_definitions import Piece

_MOST_VALUES = 20_000
_DEEPEST = 20
_CHARTS = "charts"
_TEMPLATES = "templates/"
_CHART = "Chart.yaml"
_OWN = ("values.yaml", "values.yml")
_FOR_ALL = "global."
_HELPERS = ".tpl"
_PLAIN = Deferred(r"[\w.-]{1,80}")
_ASKS = Deferred(r"\.Values\.|include |(?:^|[\s(])\$?\.[a-z]\w*(?=[\s)]|$)|\$[A-Za-z]\w*\.\w")
"""What a condition has that the files of a chart answer, or a variable holds that the template sets."""


def switches_of(document: Document, format_id: str) -> Manifest | None:
    """The values of a chart as conditions see them, its named templates, or what its `Chart.yaml` asks of other charts.

    None for a file that holds no mapping and no named template, or too much.
    """
    folder, slash, name = document.path.rpartition("/")
    at = Place(document.path, ())
    part: Part
    if name.endswith(_HELPERS):
        chart, printing = _chart_of(document.path), definitions(document.text)
        if chart is None or not printing:
            return None
        part = StatedHelpers(name, at, chart, printing)
    elif not isinstance(document.value, dict):
        return None
    elif name == _CHART:
        root = Node.root(document)
        part = StatedChart(name, at, folder + slash, dict(_conditions(root["dependencies"])), _called(root["name"]))
    else:
        worths = {route: worth_of(value) for route, value in islice(_routes(document.value, ""), _MOST_VALUES)}
        if len(worths) == _MOST_VALUES:
            return None
        part = StatedValues(name, at, folder + slash, worths, rule_lists(Node.root(document), document.text))
    facts = Identity(at=at, name=Known(name, at), provider=Known("kubernetes", at))
    return Manifest("identity", name, format_id, facts, part=part)


def _called(name: Node) -> str:
    return name.value if isinstance(name.value, str) and _PLAIN.fullmatch(name.value) else ""


def _conditions(dependencies: Node) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The conditions of the charts that are asked for once: under another name a chart may be on where it is off."""
    asked = [(item["name"].value, item) for item in dependencies.items()]
    times = Counter(name for name, _ in asked if isinstance(name, str))
    for name, item in asked:
        condition = item["condition"].value
        is_once = isinstance(name, str) and times[name] == 1 and not item["alias"].exists
        if isinstance(name, str) and isinstance(condition, str) and is_once:
            yield name, tuple(one.strip() for one in condition.split(","))


def _routes(value: Mapping[str, object], route: str, depth: int = 0) -> Iterator[tuple[str, object]]:
    for key, inner in value.items():
        yield f"{route}{key}", inner
        if isinstance(inner, dict) and depth < _DEEPEST:
            yield from _routes(inner, f"{route}{key}.", depth + 1)


class Guarding:
    """The conditions of one file, for the places of its parts."""

    def __init__(self, document: Document) -> None:
        self._document = document
        found = guards(document.text) if "{{" in document.text and _TEMPLATES in document.path else ()
        asking = [one for one in found if any(map(_ASKS.search, one.conditions))]
        self._stretches = [(document.lines.span(one.start, one.end), one.conditions) for one in asking]

    def told(self, manifest: Manifest, node: Node) -> Manifest:
        """The same, with what its places need."""
        if not self._stretches or manifest.part is None:
            return manifest
        wanted = (*_places(manifest.part), *(inner.at for inner in (node["kind"], node.at_path("roleRef", "kind"))))
        needs = tuple(OnlyIf(at, conditions) for at in wanted if (conditions := self._conditions(at)))
        return replace(manifest, only_if=needs) if needs else manifest

    def _conditions(self, at: Place) -> tuple[str, ...]:
        start: Position = self._document.span(at.pointer).start
        around = (conditions for span, conditions in self._stretches if span.start <= start < span.end)
        return tuple(dict.fromkeys(one for conditions in around for one in conditions))


def _places(part: Part) -> Iterator[Place]:
    yield part.at
    if isinstance(part, StatedRole):
        yield from (one.at for one in part.rules if part.printed or not isinstance(one, Unknown))
    elif isinstance(part, StatedBinding):
        yield from (one.at for one in part.subjects)
    elif isinstance(part, StatedWorkload):
        yield from (one.at for one in part.hazards)


class _Values(NamedTuple):
    """The values of one chart, by the file's name, of the charts around it with the route that leads to it, and the
    chart's named templates."""

    files: dict[str, StatedValues]
    around: tuple[tuple[str, StatedValues], ...]
    helpers: dict[str, tuple[Piece, ...] | None]

    def worth(self, route: str, overlay: StatedValues | None, own: StatedValues) -> Worth:
        """What a value is worth, by the outermost file that states it."""
        for prefix, outer in self.around:
            for stated in (f"{prefix}{route}", *((route,) if route.startswith(_FOR_ALL) else ())):
                if stated in outer.worths:
                    return outer.worths[stated]
        if overlay is not None and route in overlay.worths:
            return overlay.worths[route]
        return own.worths.get(route, UNSET)

    def is_off(self, conditions: Sequence[str]) -> bool:
        """Whether one of the conditions fails, whichever file of values is taken."""
        own = _own(self.files)
        if own is None:
            return False
        others = (one for one in self.files.values() if one is not own)
        return all(self._fails(conditions, over, own) for over in (None, *others))

    def is_optional(self, conditions: Sequence[str]) -> bool:
        """Whether the chart's own values do not say that all of the conditions hold."""
        own = _own(self.files)
        if own is None:
            return False

        def lookup(route: str) -> Worth:
            return self.worth(route, None, own)

        return not all(holds(condition, lookup, self.helpers) for condition in conditions)

    def rules(self, role: StatedRole, needs: Sequence[OnlyIf]) -> StatedRole:
        """A role with the rules that the chart's own values state, where the template prints their list."""
        own = _own(self.files)
        if own is None:
            return role
        around = {one.at: need.conditions for one in role.rules for need in needs if need.at == one.at}
        route = route_of(role.printed, next(iter(around.values()), ()), own.rules)
        is_stated_around = any(f"{prefix}{route}" in outer.worths for prefix, outer in self.around)
        return replace(role, rules=own.rules[route], printed="") if route and not is_stated_around else role

    def program(self, image: str) -> str:
        """A mark of an image by the chart's own values; empty where they do not tell it."""
        own = _own(self.files)
        if own is None:
            return ""

        def ask(expression: str) -> Worth:
            return worth_of_expression(expression, lambda route: self.worth(route, None, own), self.helpers)

        return program_of_image(image, ask)

    def _fails(self, conditions: Sequence[str], overlay: StatedValues | None, own: StatedValues) -> bool:
        def lookup(route: str) -> Worth:
            return self.worth(route, overlay, own)

        return any(holds(condition, lookup, self.helpers) is False for condition in conditions)


def as_installed(manifests: Iterable[Resource]) -> list[Manifest]:
    """The manifests without what the values of their chart switch off, with the names and programs that these tell."""
    every = [one for one in manifests if isinstance(one, Manifest)]
    charts = _Charts(every)
    kept = [one for one in every if not isinstance(one.part, StatedValues | StatedChart | StatedHelpers)]
    return [shown for one in kept if (shown := charts.installed(one)) is not None] if charts.known else kept


class _Charts:
    """The charts of a repository by their folders."""

    def __init__(self, manifests: Iterable[Manifest]) -> None:
        self.values: dict[str, dict[str, StatedValues]] = defaultdict(dict)
        self._stated: dict[str, StatedChart] = {}
        self._known: dict[str, _Values] = {}
        self._helpers: dict[str, dict[str, tuple[Piece, ...] | None]] = defaultdict(dict)
        for one in manifests:
            if isinstance(one.part, StatedValues):
                self.values[one.part.folder][one.part.name] = one.part
            elif isinstance(one.part, StatedChart):
                self._stated[one.part.folder] = one.part
            elif isinstance(one.part, StatedHelpers):
                known = self._helpers[one.part.folder]
                known |= {name: None if name in known else pieces for name, pieces in one.part.printing.items()}

    @property
    def known(self) -> bool:
        """Whether anything is known of any chart."""
        return bool(self.values or self._stated)

    def installed(self, manifest: Manifest) -> Manifest | None:
        """A manifest as its chart prints it; None where the chart leaves it out, or is left out itself."""
        chart = _chart_of(manifest.at.path)
        if chart is None or manifest.part is None:
            return manifest
        if any(self._is_off(outer, name) for outer, name in _outer_charts(chart)):
            return None
        shown = self._switched(manifest, manifest.part, self._of(chart)) if manifest.only_if else manifest
        if shown is None or shown.part is None:
            return None
        if isinstance(shown.part, StatedRole) and shown.part.printed:
            shown = replace(shown, part=self._of(chart).rules(shown.part, manifest.only_if))
        if isinstance(shown.part, StatedWorkload) and (program := self._of(chart).program(shown.part.main_image)):
            shown = replace(shown, part=replace(shown.part, program=program))
        called = self._stated[chart].called if chart in self._stated else ""
        return with_chart_name(shown, called) if called else shown

    @staticmethod
    def _switched(manifest: Manifest, stated: Part, values: _Values) -> Manifest | None:
        off = frozenset(need.at for need in manifest.only_if if values.is_off(need.conditions))
        if stated.at in off:
            return None
        part = _without(stated, off)
        if isinstance(part, StatedWorkload):
            whole = (need for need in manifest.only_if if need.at == part.at)
            part = replace(part, optional=any(values.is_optional(need.conditions) for need in whole))
        return replace(manifest, part=part, only_if=())

    def _of(self, chart: str) -> _Values:
        if chart not in self._known:
            files = {**self._beside(chart), **self.values.get(chart, {})}
            self._known[chart] = _Values(files, tuple(self._around(chart)), self._helpers.get(chart, {}))
        return self._known[chart]

    def _beside(self, chart: str) -> dict[str, StatedValues]:
        """The values in the folder that a chart's folder lies in, which scripts there install the chart with."""
        above = "".join(f"{step}/" for step in chart.split("/")[:-2])
        if chart not in self.values or above == chart or above in self._stated:
            return {}
        return {f"../{name}": stated for name, stated in self.values.get(above, {}).items()}

    def _around(self, chart: str) -> Iterator[tuple[str, StatedValues]]:
        """The values of the charts around one, outermost first, each with the route under which it sets this one's."""
        outer = tuple(_outer_charts(chart))
        for number, (folder, _) in enumerate(outer):
            own = _own(self.values.get(folder, {}))
            if own is not None:
                yield "".join(f"{name}." for _, name in outer[number:]), own

    def _is_off(self, outer: str, name: str) -> bool:
        """Whether the chart around one switches it off by the first of its conditions that a value is stated for; what
        the charts around that one state counts first."""
        wanted = self._stated[outer].conditions.get(name, ()) if outer in self._stated else ()
        for stated in ([*self._stating(outer, route)] for route in wanted):
            decides = next((own.worths[as_told] for files, as_told in stated if (own := _own(files))), None)
            if decides is not None:
                laid_over = (one.worths[as_told] for files, as_told in stated for one in _others(files))
                return decides.holds is False and all(one.holds is False for one in laid_over)
        return False

    def _stating(self, chart: str, route: str) -> Iterator[tuple[dict[str, StatedValues], str]]:
        """The files of values that state a value of a chart, outermost first, each with the route by which they do."""
        around = tuple(_outer_charts(chart))
        for number, (folder, _) in enumerate((*around, (chart, ""))):
            prefix = "".join(f"{name}." for _, name in around[number:])
            for told in dict.fromkeys((f"{prefix}{route}", *((route,) if route.startswith(_FOR_ALL) else ()))):
                files = {name: one for name, one in self.values.get(folder, {}).items() if told in one.worths}
                if files:
                    yield files, told


def _own(files: Mapping[str, StatedValues]) -> StatedValues | None:
    """The file of values that a chart is installed with, of all that lie beside it."""
    return next((files[name] for name in _OWN if name in files), None)


def _others(files: Mapping[str, StatedValues]) -> Iterator[StatedValues]:
    """The files of values that are laid over a chart's own."""
    return (one for name, one in files.items() if name not in _OWN)


def _outer_charts(chart: str) -> Iterator[tuple[str, str]]:
    """The folders of the charts around one, outermost first, each with the name of the next one within."""
    steps = chart.rstrip("/").split("/")
    for index, step in enumerate(steps[:-1]):
        if step == _CHARTS:
            yield "".join(f"{outer}/" for outer in steps[:index]), steps[index + 1]


def _chart_of(path: str) -> str | None:
    """The folder of the chart that a template belongs to, with a slash unless it is the root; None for no template.

    A folder called `templates` at the top may hold whole charts: the innermost one of that name is the chart's."""
    folder, found, _ = path.rpartition("/" + _TEMPLATES)
    if found:
        return folder + "/"
    return "" if path.startswith(_TEMPLATES) else None


def _without(part: Part, off: frozenset[Place]) -> Part:
    """A part without what is off; of a kind that a switch widens the narrow one."""
    if not off:
        return part
    if isinstance(part, StatedRole):
        rules = tuple(one for one in part.rules if isinstance(one, Unknown) or one.at not in off)
        return replace(part, kind=_kind(part.kind, part.at.pointer[:-2], off), rules=rules)
    if isinstance(part, StatedBinding):
        return replace(
            part,
            kind=_kind(part.kind, part.at.pointer[:-2], off),
            role_kind=_kind(part.role_kind, part.role_at.pointer[:-1], off),
            subjects=tuple(one for one in part.subjects if one.at not in off),
        )
    if isinstance(part, StatedWorkload):
        return replace(part, hazards=tuple(one for one in part.hazards if one.at not in off))
    return part


def _kind(kind: str, beside: Pointer, off: frozenset[Place]) -> str:
    """The kind that is stated below `beside`, narrow where that is off but its object is not."""
    is_off = any(at.pointer == (*beside, "kind") for at in off)
    return kind.removeprefix("Cluster") if is_off else kind
