"""What no Application of the repository's own Argo CD gets to."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import SECRETS, bound, identities, role

OWN = "https://git.example.com/team/platform.git"
BOT = role([SECRETS]) + bound()


def application(name, source, kind="Application"):
    spec = f"{{project: default, source: {source}}}"
    spec = f"{{generators: [GENERATED], template: {{metadata: {{name: x}}, spec: {spec}}}}}" if "Set" in kind else spec
    return f"apiVersion: argoproj.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n"


def of_path(path, url=OWN, more=""):
    return f"{{repoURL: '{url}', path: '{path}'{more}}}"


FILES = {
    "setup/all.yaml": application("all", of_path("apps")),
    "apps/web.yaml": application("web", of_path("apps/web")),
    "apps/data.yaml": application("data", of_path("apps/data", url="git@git.example.com:team/platform")),
    "apps/web/all.yaml": role([SECRETS], name="web"),
    "apps/data/all.yaml": role([SECRETS], name="data"),
    "apps/left/all.yaml": BOT,
}


def is_unapplied(files):
    return value_of(identities(files)["ops/bot"].unapplied)


def test_a_folder_beside_those_that_applications_name_is_not_applied():
    assert is_unapplied(FILES) is True


@pytest.mark.parametrize(
    "more",
    [
        {"setup/all.yaml": application("all", of_path("apps", more=", directory: {recurse: true}"))},
        {"apps/data.yaml": application("data", of_path("apps/left"))},
        {"apps/web/kustomization.yaml": "resources: [all.yaml, ../left/all.yaml]"},
        {"setup/all.yaml": application("all", of_path("apps", url="https://git.example.com/team/other"))},
        {"apps/data.yaml": application("data", of_path("{{ path }}"))},
        {"apps/data.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: data}\n"},
        {"apps/more.yaml": application("more", of_path("apps/{{ name }}"), kind="ApplicationSet")},
        {"apps/kustomization.yaml": "resources: [web.yaml, data.yaml]\npatches: [{target: {kind: Application}, patch: x}]"},
        {"apps/left/all.yaml": role([SECRETS]), "apps/web/bound.yaml": bound()},
    ],
    ids=["recurse", "named", "listed", "another-repository", "filled-in", "one-alone", "set", "patched", "bound-elsewhere"],
)  # fmt: skip
def test_where_it_may_be_applied_nothing_is_told(more):
    assert is_unapplied(FILES | more) is None


def test_what_a_set_generates_begins_at_the_patterns_of_its_folders():
    generated = application("more", of_path("{{ path }}"), kind="ApplicationSet")
    of_teams = generated.replace("GENERATED", "{matrix: {generators: [{git: {directories: [{path: 'teams/*'}]}}]}}")
    of_apps = generated.replace("GENERATED", "{git: {directories: [{path: 'apps/*'}]}}")
    assert is_unapplied(FILES | {"apps/more.yaml": of_teams}) is True
    assert is_unapplied(FILES | {"apps/more.yaml": of_apps}) is None


@pytest.mark.parametrize("path", ["apps/bootstrap/all.yaml", "apps/left/chart/templates/all.yaml", "tools/all.yaml"])
def test_what_is_applied_otherwise_is_left_alone(path):
    files = {key: text for key, text in FILES.items() if "left" not in key}
    assert is_unapplied(files | {path: BOT}) is None
