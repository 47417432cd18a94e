from __future__ import annotations

import pytest

from nhilint.link.development import join
from nhilint.model.fact import Known, Unknown
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.app import App
from nhilint.model.vocabulary.capability import Endpoint


def said(path, name="planner"):
    at = Place(path)
    (resource,) = join((Resource("app", name, "slack-manifest", App(at=at, name=Known(name, at))),), None)
    return resource.facts.for_development.value


@pytest.mark.parametrize(
    "path",
    [
        "slack-manifest-dev.yml",
        "manifest.dev.json",
        "aad.manifest.local.json",
        "local.manifest.json",
        "dev/manifest.json",
        "config/Local/manifest.json",
        "manifest_development.yaml",
    ],
)
def test_names_of_files_for_development(path):
    assert said(path) is True


@pytest.mark.parametrize(
    "path", ["manifest.json", "dev-tools-manifest.json", "developer/manifest.json", "dev.json", "manifest-devices.yml"]
)
def test_names_of_other_files(path):
    assert said(path) is False


@pytest.mark.parametrize(
    ("name", "expected"), [("Planner (dev)", True), ("planner-local", True), ("Local Weather", False), ("Dev", False)]
)
def test_names_of_apps(name, expected):
    assert said("manifest.json", name) is expected


def ends(*reaches):
    at = Place("app.yaml")
    known = tuple(
        Endpoint(at=at, reach=Known(reach, at)) if reach else Unknown("filled in later", at) for reach in reaches
    )
    (resource,) = join((Resource("app", "a", "oauth-client", App(at=at, name=Known("a", at), redirects=known)),), None)
    return resource.facts.stays_local.value


@pytest.mark.parametrize(
    ("reaches", "local"),
    [
        (("loopback", "loopback"), True),
        (("loopback", "public"), False),
        (("loopback", None), False),
        ((), False),
    ],
)
def test_redirects_to_the_machine_of_whoever_signs_in(reaches, local):
    assert ends(*reaches) is local
