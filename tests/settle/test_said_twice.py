"""One finding for what would be said several times, with the other places beside it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nhilint.model.finding import Confidence, Disposition, Finding, Severity, Subject
from nhilint.model.place import Place
from nhilint.report.chain import chain_of
from nhilint.settle.said_twice import each_place, said_once


def finding(
    path, *, name="github", message="github runs x in whatever version is newest", check="unpinned", kind="tool", **more
):
    return Finding(
        check=check,
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH,
        message=message,
        place=Place(path, ("mcpServers", name)),
        subject=Subject(kind, name),
        fingerprint=f"of {path}",
        **more,
    )


def test_the_same_server_in_the_files_of_two_clients():
    found = said_once([finding(".cursor/mcp.json"), finding(".mcp.json", check="other"), finding(".mcp.json")])
    assert [(f.check, f.place.path) for f in found] == [("unpinned", ".cursor/mcp.json"), ("other", ".mcp.json")]
    assert [note.place.path for note in found[0].related] == [".mcp.json"]
    assert [copy.fingerprint for copy in found[0].copies] == ["of .mcp.json"]


@pytest.mark.parametrize("path", ["tools/.mcp.json", "servers.json", "tools/servers.json"])
def test_files_of_another_folder_are_another_decision(path):
    both = (finding(".mcp.json"), finding(path))
    assert said_once(both) == both


def test_two_workflows_are_told_each_by_itself():
    both = [finding(f".github/workflows/{name}.yml", kind="workflow") for name in ("one", "two")]
    assert said_once(both) == tuple(both)
    assert len(said_once([both[0], both[0]])) == 1


def test_other_words_another_name_and_another_severity_stay_apart():
    others = [
        finding(".a/mcp.json"),
        finding(".b/mcp.json", message="github runs y in whatever version is newest"),
        finding(".c/mcp.json", name="gitlab"),
        replace(finding(".d/mcp.json"), severity=Severity.HIGH),
    ]
    assert said_once(others) == tuple(others)


def test_an_excepted_place_covers_no_other_one():
    waived = replace(finding(".a/mcp.json"), disposition=Disposition.WAIVED)
    assert said_once([waived, finding(".b/mcp.json"), finding(".c/mcp.json")])[:1] == (waived,)
    assert said_once([waived, finding(".b/mcp.json"), finding(".c/mcp.json")])[1].place.path == ".b/mcp.json"


def test_every_place_can_be_had_again():
    all_of_them = [finding(".a/mcp.json"), finding(".b/mcp.json"), finding(".c/mcp.json")]
    assert [f.fingerprint for f in each_place(said_once(all_of_them))] == [
        "of .a/mcp.json",
        "of .b/mcp.json",
        "of .c/mcp.json",
    ]


def test_places_of_the_same_words_are_no_chain():
    assert chain_of(said_once([finding(".a/mcp.json"), finding(".b/mcp.json")])[0]) == ()
