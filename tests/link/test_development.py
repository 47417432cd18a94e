from __future__ import annotations

import pytest

from nhilint.link.development import join
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.app import App


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
