"""The files of one folder become one module: blocks by type and name, locals, and variables with their defaults.

Source: developer.hashicorp.com/terraform/language/files (all files of a folder are one module),
language/values/variables and language/values/locals; partly re-read 2026-11-22. A default is what the module gets when
its caller says nothing, so it is taken; `terraform.tfvars` and `*.auto.tfvars` are loaded without being named and come
before it.
"""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from nhilint.formats.terraform.json_syntax import as_hcl
from nhilint.formats.terraform.old_provider import versions_of
from nhilint.formats.terraform.optional_parts import filled_by_type
from nhilint.formats.terraform.terragrunt import Borrowed, borrowed_by, called_by, from_top, is_terragrunt
from nhilint.model.place import Place
from nhilint.source.deferred import Deferred
from nhilint.source.document import Syntax, read
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.source.value import Value

_MOST_BLOCKS = 5_000
_READ_ELSEWHERE = Deferred(r"//modules/iam-|terraform-aws-modules/(?:terraform-aws-)?lambda")
_OF_GOOGLE = Deferred(r"terraform-google-modules/|cloud-foundation-fabric")
_CLUSTERS = Deferred(r"terraform-aws-modules/(?:eks/aws|terraform-aws-eks)(?:\.git|//modules/aws-auth)?(?:\?|$)")
_ENDPOINTS = Deferred(r"vpc[-_]?endpoint")
_ANY = Deferred(r"")
_LOADED = Deferred(r"(?:^|/)terraform\.tfvars$|\.auto\.tfvars$")
_OVERRIDES = Deferred(r"(?:^|/|_)override\.tf(?:\.json)?$")
_CALLS = Deferred(r'\bsource\s*=\s*"(\.\.?/[^"\n]*)"')


class Spot(Struct, frozen=True):
    """Where a value stands. A fixed spot stays where it is, as the parts of a longer text do."""

    place: Place
    fixed: bool = False

    def to(self, *steps: str | int) -> Spot:
        """The spot some steps further."""
        return self if self.fixed else Spot(Place(self.place.path, (*self.place.pointer, *steps)))

    def fix(self) -> Spot:
        """The same spot, from which no step leads away."""
        return Spot(self.place, fixed=True)


class Block(Struct, frozen=True):
    """One `resource` or `data` block."""

    kind: str
    label: str
    body: dict[str, Value]
    spot: Spot

    @property
    def at(self) -> Place:
        """The place of its header."""
        return self.spot.place


class Lent(Struct, frozen=True):
    """A value with a name."""

    value: Value
    spot: Spot


class Called(Struct, frozen=True):
    """One `module` block that calls another folder of the repository."""

    source: str
    body: dict[str, Value]
    spot: Spot

    @property
    def name(self) -> str:
        """What its module calls it."""
        return str(self.spot.place.pointer[-1 if len(self.spot.place.pointer) < 2 else 1])


class Run(Struct):
    """How a module is put in force in its own folder: whether a file says so, by where its state is kept or that
    Terragrunt runs it; the variables that Terragrunt fills in with outputs of other folders, and the modules there,
    which are told once all of the repository are known."""

    is_seen: bool = False
    borrowed: dict[str, Borrowed] = {}
    lenders: dict[str, Module] = {}


class Module(Struct, eq=False):
    """The blocks and named values of a folder."""

    resources: dict[tuple[str, str], Block] = {}
    data: dict[tuple[str, str], Block] = {}
    locals: dict[str, Lent] = {}
    variables: dict[str, Value] = {}
    types: dict[str, Value] = {}
    lists_at: dict[str, Place] = {}
    """Where the values of variables stand that are lists or objects: their parts are told apart by their places."""
    unset: set[str] = set()
    """Variables whose default is null: who says nothing has no value."""
    given: set[str] = set()
    """Variables to which a file that is loaded by itself gives a value."""
    left_empty: set[str] = set()
    """Variables with an empty default that no call of the repository names; filled in with the arguments."""
    calls: list[Called] = []
    fetched: list[Called] = []
    """Calls of modules from elsewhere whose address says what they make."""
    of_google: list[Called] = []
    """Calls of modules that Google publishes."""
    elsewhere: list[Called] = []
    """Calls of all modules from elsewhere."""
    endpoints: list[Called] = []
    """Calls of modules from elsewhere that make VPC endpoints: their policies name `*` and open nothing."""
    clusters: list[Called] = []
    """Calls of the module from elsewhere that makes clusters of EKS."""
    arguments: dict[str, Node] = {}
    """What the callers hand over, as they mean it; filled in once all modules of the repository are known."""
    literal: set[str] = set()
    """Those of them that the callers write out, so that no run can change them; filled in likewise."""
    callers: list[tuple[Module, Called]] = []
    """The modules that call it, each by the block that does; filled in likewise."""
    apart: list[Module] = []
    """What it is in each way in which it is called, where these differ; filled in likewise."""
    way: str = ""
    """Which of those ways it is, as a mark behind the labels of what it declares; empty for the first."""
    idle: list[Called] = []
    """Those of its own calls whose `count` or `for_each` makes nothing; filled in once that can be told."""
    templates: Mapping[str, Value] = {}
    """JSON policies of the repository with gaps for a module to fill, by path; filled in likewise."""
    outputs: dict[str, Value] = {}
    run: Run = field(default_factory=Run)
    """How it is put in force where it stands, as far as that is seen."""
    provider_versions: list[str] = []
    """The versions of the AWS provider that it asks for, as written."""
    children: dict[str, Module] = {}
    """The modules of the repository that it calls, by the names it has for them; filled in likewise."""
    counted: set[str] = set()
    """The names of those whose call counts: one from an example or a test does not for a module elsewhere."""
    carried: set[tuple[str, str]] = set()
    """Resources of its own that principals of a calling module carry, and are judged by; filled in by those."""
    handed_on: set[str] = set()
    """Policy documents of `data` blocks that a module of the repository takes over, and is judged by."""

    def of_kind(self, kind: str) -> Iterator[Block]:
        """The resources of a type, in file order."""
        return (block for (found, _), block in self.resources.items() if found == kind)

    def spot_of(self, variable: str, use: Spot) -> Spot:
        """Where the parts of a variable's value stand: in another file that lists them, else where it is used."""
        at = self.lists_at.get(variable)
        return Spot(at) if at is not None and use.place.path not in ("", at.path) else use.fix()


def module_of(fragments: Iterable[Fragment]) -> Module:
    """The module that some files make up."""
    module = Module()
    for fragment in sorted(fragments, key=_rank):
        path, content = fragment.at.path, fragment.content
        value = parsed(path, content) if isinstance(content, str) else content
        if path.endswith(".json") and isinstance(value, dict):
            value = as_hcl(value)
        if path.endswith(".tfvars") and isinstance(value, dict):
            set_to = ((name, given) for name, given in value.items() if given is not None)
            module.variables.update((name, filled_by_type(given, module.types.get(name))) for name, given in set_to)
            module.lists_at.update(_lists_at(value, Place(path)))
            module.unset.difference_update(name for name, given in value.items() if given is not None)
            module.given.update(value if _LOADED.search(path) else ())
        elif isinstance(value, dict):
            _add_values(module, path, value)
            module.provider_versions.extend(versions_of(dict(value)))
            module.calls.extend(_calls(path, value))
            module.calls.extend(_of_terragrunt(path, value))
            module.run.is_seen = module.run.is_seen or _is_run(path, value)
            module.run.borrowed.update(borrowed_by(path, value) if is_terragrunt(path) else {})
            module.elsewhere.extend(one for one in _fetched(path, value, _ANY) if not one.source.startswith("."))
            module.endpoints.extend(_fetched(path, value, _ENDPOINTS))
            if not isinstance(content, str):
                module.fetched.extend(_fetched(path, value, _READ_ELSEWHERE))
                module.clusters.extend(_fetched(path, value, _CLUSTERS))
                module.of_google.extend(_fetched(path, value, _OF_GOOGLE))
                _keep(module.resources, _blocks(path, value, "resource"))
                _keep(module.data, _blocks(path, value, "data"))
    return module


def _rank(fragment: Fragment) -> tuple[bool, bool, str]:
    """Files of values after those of variables, the later ones winning: `terraform.tfvars`, then the others by name."""
    path = fragment.at.path
    return path.endswith(".tfvars"), path.endswith(".auto.tfvars"), path


def called_folders(fragment: Fragment) -> set[str]:
    """The folders that a file may call; a text is only searched, so that it can be left unparsed."""
    content, home = fragment.content, fragment.at.path.rpartition("/")[0]
    if isinstance(content, str):
        return {folder_of(home, source) for source in _CALLS.findall(from_top(fragment.at.path, content))}
    return {folder_of(home, called.source) for called in _calls("", _mapping(content))}


def folder_of(home: str, source: str) -> str:
    """The folder that a path means, seen from another folder; the top of the repository is the empty one."""
    path = normpath(f"{home}/{source}").lstrip("/")
    return "" if path == "." else path


def _mapping(value: object) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def _calls(path: str, value: dict[str, Value]) -> Iterator[Called]:
    for name, bodies in _mapping(value.get("module")).items():
        for index, body in enumerate(bodies_of(bodies)):
            source = body.get("source")
            if isinstance(source, str) and source.startswith(("./", "../")):
                yield Called(source.partition("?")[0], body, Spot(Place(path, ("module", name, index))))


def _is_run(path: str, value: dict[str, Value]) -> bool:
    """Whether a file says that its folder is run by itself (developer.hashicorp.com/terraform/language/backend)."""
    stated = bodies_of(value.get("terraform"))
    return is_terragrunt(path) or any("backend" in body or "cloud" in body for body in stated)


def _of_terragrunt(path: str, value: dict[str, Value]) -> Iterator[Called]:
    """The one call that a file of Terragrunt is; none for other files."""
    called = called_by(path, value) if is_terragrunt(path) else None
    if called is not None:
        yield Called(called.source, called.inputs, Spot(Place(path, ("inputs",))))


def _fetched(path: str, value: dict[str, Value], address: Deferred) -> Iterator[Called]:
    for name, bodies in _mapping(value.get("module")).items():
        for index, body in enumerate(bodies_of(bodies)):
            source = body.get("source")
            if isinstance(source, str) and address.search(source) and body.get("count") != 0:
                yield Called(source, body, Spot(Place(path, ("module", name, index))))


def parsed(path: str, text: str) -> Value:
    """The value of a file that was kept as text; None where it cannot be read."""
    try:
        return read(path, text.encode("utf-8", "surrogatepass"), Syntax.HCL).value
    except (Unreadable, UnicodeError):
        return None


def _add_values(module: Module, path: str, value: dict[str, Value]) -> None:
    for index, body in enumerate(bodies_of(value.get("locals"))):
        for name, local in body.items():
            module.locals[name] = Lent(local, Spot(Place(path, ("locals", index, name))))
    for name, bodies in _mapping(value.get("output")).items():
        for body in bodies_of(bodies):
            module.outputs[name] = body.get("value")
    variables = value.get("variable")
    for name, bodies in (variables if isinstance(variables, dict) else {}).items():
        for body in bodies_of(bodies):
            module.types[name] = body.get("type")
            module.variables[name] = filled_by_type(body.get("default"), module.types[name])
            default = _lists_at({"default": body.get("default")}, Place(path, ("variable", name, 0)))
            module.lists_at.update((name, at) for at in default.values())
            module.unset.update([name] if body.get("default", "") is None else [])


def _lists_at(values: dict[str, Value], at: Place) -> dict[str, Place]:
    """Where those of some values stand that are lists or objects."""
    lists = [name for name, value in values.items() if isinstance(value, list | dict) and value]
    return {name: Place(at.path, (*at.pointer, name)) for name in lists}


def _blocks(path: str, value: dict[str, Value], section: str) -> Iterator[tuple[tuple[str, str], Block]]:
    kinds = value.get(section)
    count = 0
    for kind, labels in (kinds if isinstance(kinds, dict) else {}).items():
        for label, bodies in (labels if isinstance(labels, dict) else {}).items():
            for index, body in enumerate(bodies_of(bodies)):
                count += 1
                if count > _MOST_BLOCKS:
                    return
                spot = Spot(Place(path, (section, kind, label, index)))
                if body.get("count") != 0:
                    yield (kind, label), Block(kind, label, body, spot)


def _keep(held: dict[tuple[str, str], Block], found: Iterable[tuple[tuple[str, str], Block]]) -> None:
    """Keep every block. The last of a name is the one that references mean, as override files want it.

    Terraform refuses two of a name in one module, so such files are alternatives or examples, each of which counts; the
    earlier one moves to a name that no reference can have.
    """
    for key, block in found:
        earlier = held.get(key)
        if earlier is not None and not _OVERRIDES.search(block.at.path):
            held[block.kind, f"{block.label} {len(held)}"] = earlier
        held[key] = block


def bodies_of(value: Value) -> list[dict[str, Value]]:
    """The bodies of the blocks of one name."""
    return [body for body in value if isinstance(body, dict)] if isinstance(value, list) else []


NOWHERE = Spot(Place(""), fixed=True)
"""For values whose place nobody asks for: parts of a text that has a place of its own."""
