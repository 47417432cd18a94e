"""A shell script that gives rights becomes the identities that it gives them to.

What the script runs is told by `running`; what a command line gives, by one module for each cloud. Commands that are
only printed, stand in a here-document or in a function that nothing calls give nothing. A script that another
interpreter reads, and one without a grant, is none of this format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.gcp.declared import declared
from nhilint.formats.shell_grants import aws, az, gcloud, gcloud_triggers, kubectl
from nhilint.formats.shell_grants.running import Running
from nhilint.formats.shell_grants.scanner import scan
from nhilint.formats.shell_grants.sequence import RefusedError
from nhilint.model.finding import Problem
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nhilint.formats.format import Claim
    from nhilint.formats.shell_grants.running import Call
    from nhilint.source.document import Document

_WORD = Deferred(r"[-_ ]")
_TESTS = frozenset({"test", "tests", "e2e", "demo", "example"})
_STARTS = {"kind": ("create",), "minikube": ("start",), "k3d": ("cluster",), "localstack": ("start",)}
_OTHER_SHELLS = ("python", "node", "perl", "ruby", "fish", "csh", "pwsh", "expect", "awk")


def extract(document: Document, claim: Claim) -> Extraction:
    """The identities of a script."""
    first = document.text[:200].partition("\n")[0]
    if first.startswith("#!") and any(name in first for name in _OTHER_SHELLS):
        return Extraction(recognised=False)
    return grants_of(document.text, document.path, claim.format)


def grants_of(text: str, path: str, format_id: str, given: Mapping[str, str] | None = None) -> Extraction:
    """The identities of a shell text whose characters stand in the file where they stand in the text; `given` are
    variables that something else sets."""
    found = given_by(text, Place(path, (), "source"), format_id, given or {})
    return found if found.problems else replace(found, recognised=bool(found.resources))


def given_by(text: str, place: Place, format_id: str, given: Mapping[str, str]) -> Extraction:
    """The identities of a shell text that stands at a place of a file; a remark where it is refused."""
    try:
        script = scan(text)
    except RefusedError as error:
        remark = Problem(place.path, "limit", f"what its commands give was not read: {error}", incomplete=False)
        return Extraction(problems=(remark,))
    running = Running(script, lambda start, end: place._replace(within=(start, end)), given)
    return Extraction(tuple(_resources(running, place.path, format_id)))


def _resources(running: Running, path: str, format_id: str) -> Iterator[Resource]:
    by_program: dict[str, list[Call]] = {}
    for call in running.calls():
        name = running.values(call.words[0], call.frame)[0].text.rpartition("/")[2]
        by_program.setdefault(name, []).append(call)
    setting = _setting(path, by_program)
    for name, facts in aws.principals(running, by_program.get(aws.PROGRAM, ())):
        yield Resource("identity", name, format_id, facts, setting)
    for name, facts in az.principals(running, by_program.get(az.PROGRAM, ())):
        yield Resource("identity", name, format_id, facts, setting)
    commands = [call for name in kubectl.PROGRAMS for call in by_program.get(name, ())]
    yield from kubectl.manifests(running, commands, format_id, setting)
    for name, pipeline in gcloud_triggers.pipelines(running, by_program.get(gcloud.PROGRAM, ())):
        yield Resource("workflow", name, format_id, pipeline, setting)
    google = gcloud.declarations(running, by_program.get(gcloud.PROGRAM, ()))
    if google:
        yield declared(google, path, format_id, setting)


def _setting(path: str, by_program: Mapping[str, Sequence[Call]]) -> str:
    """A script that is called a test, or starts a cluster on the machine, gives rights to what is gone afterwards."""
    words = set(_WORD.split(path.rpartition("/")[2].lower().partition(".")[0]))
    on_the_machine = any(_second(call) in _STARTS.get(name, ()) for name, calls in by_program.items() for call in calls)
    return "test" if on_the_machine or not _TESTS.isdisjoint(words) else "production"


def _second(call: Call) -> str:
    return call.words[1].plain or "" if len(call.words) > 1 else ""
