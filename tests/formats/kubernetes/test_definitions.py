"""Which operators are a project's own: those that keep a kind that the repository defines."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import SECRETS, bound, identities, role

KEEPS = 'apiGroups: ["example.org"], resources: [widgets/status], verbs: [update]'
DEFINITION = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: %s\n"
SYNC = """
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: cluster}
spec: {path: ./deploy, sourceRef: {kind: GitRepository, name: flux-system}}
"""
OPERATOR = role([SECRETS, KEEPS]) + bound()


@pytest.mark.parametrize(
    ("files", "own"),
    [
        ({"config/crd/widgets.yaml": DEFINITION % "example.org"}, True),
        ({"config/crd/widgets.yaml": DEFINITION % '"example.org"'}, True),
        ({"charts/widgets/templates/crd.yaml": "{{- if .Values.crds }}\n" + DEFINITION % "example.org"}, True),
        ({"config/crd/widgets.yaml": DEFINITION % "example.net"}, None),
        ({"config/crd/widgets.yaml": DEFINITION.replace("  group", "    group") % "example.org"}, None),
        ({"third_party/widgets.yaml": DEFINITION % "example.org"}, None),
        # a repository that Flux applies installs other people's operators
        ({"config/crd/widgets.yaml": DEFINITION % "example.org", "clusters/main.yaml": SYNC}, None),
        ({"charts/w/crds/w.yaml": DEFINITION % "example.org", "clusters/main.yaml": SYNC}, True),
        ({}, None),
    ],
)
def test_an_operator_of_a_kind_that_the_repository_defines(files, own):
    facts = identities({"deploy/all.yaml": OPERATOR, **files})["ops/bot"]
    assert value_of(facts.reconciles) is True
    assert value_of(facts.reconciles_own) is own


def test_a_role_that_nothing_binds_is_known_as_well():
    files = {"deploy/role.yaml": role([SECRETS, KEEPS]), "config/crd/widgets.yaml": DEFINITION % "example.org"}
    assert value_of(identities(files)["reader"].reconciles_own) is True


@pytest.mark.parametrize(("verbs", "keeps"), [("watch, update", True), ("get, update", False), ("watch", False)])
def test_who_watches_and_writes_ones_own_kinds_keeps_them(verbs, keeps):
    whole = f'apiGroups: ["example.org"], resources: [widgets], verbs: [{verbs}]'
    files = {"deploy/role.yaml": role([SECRETS, whole]), "config/crd/widgets.yaml": DEFINITION % "example.org"}
    facts = identities(files)["reader"]
    assert (value_of(facts.reconciles), value_of(facts.reconciles_own) is True) == (keeps, keeps)


@pytest.mark.parametrize(
    ("name", "keeps"), [("bot", True), ("gitops-runner", False), ("runner-controller", True), ("forerunner", True)]
)
def test_a_runner_of_jobs_is_no_controller_of_what_it_writes(name, keeps):
    whole = OPERATOR.replace("bot", name)
    assert value_of(identities({"deploy/all.yaml": whole})[f"ops/{name}"].reconciles) is keeps


@pytest.mark.parametrize(("image", "keeps"), [("ghcr.io/actions/actions-runner:2.329.0", False), ("acme/bot:1", True)])
def test_a_runner_of_jobs_is_known_by_its_image(image, keeps):
    pod = (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: worker, namespace: ops}\n"
        f"spec: {{serviceAccountName: bot, containers: [{{name: main, image: '{image}'}}]}}\n"
    )
    files = {"deploy/all.yaml": OPERATOR, "deploy/pod.yaml": pod}
    assert value_of(identities(files)["ops/bot"].reconciles) is keeps
