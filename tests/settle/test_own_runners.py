"""Whether the name that a job asks for is that of machines which the repository sets up itself."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, value_of
from nhilint.settle.own_runners import with_own_runners
from nhilint.tree import MemoryTree
from tests.formats.github.reading import resources_of

JOB = "on: %s\njobs: {plan: {runs-on: [%s], steps: [{run: make}]}}\n"
RELEASE = """
kind: HelmRelease
metadata:
  name: &name site-runner-${CLUSTER}
spec:
  chartRef: {kind: OCIRepository, name: gha-runner-scale-set}
"""
STATED = RELEASE + "  values:\n    runnerScaleSetName: builders\n"


@pytest.mark.parametrize(
    ("event", "label", "file", "own"),
    [
        ("pull_request", "site-runner-east", RELEASE, True),
        ("pull_request", "site-runner", RELEASE, None),
        ("pull_request", "other-runner-east", RELEASE, None),
        ("pull_request", "builders", STATED, True),
        ("pull_request", "site-runner-east", STATED, None),
        ("pull_request", "site-runner-east", RELEASE.replace("gha-runner-scale-set", "site"), None),
        ("pull_request", "ubuntu-latest", RELEASE.replace("site-runner-${CLUSTER}", "ubuntu-latest"), False),
        ("pull_request", "anything", RELEASE.replace("site-runner-", "r-"), None),
        # a job that no outsider starts is not worth the search
        ("push", "site-runner-east", RELEASE, None),
    ],
)
def test_the_release_of_the_chart_names_the_machines(event, label, file, own):
    read = resources_of(JOB % (event, label), ".github/workflows/plan.yml")
    (workflow,) = with_own_runners(read, MemoryTree({"cluster/runners.yaml": file}))
    told = workflow.facts.jobs[0].self_hosted
    assert value_of(told) is own
    assert own is not None or isinstance(told, Unknown)


def test_a_file_that_is_known_not_to_name_the_chart_is_not_read_again():
    class Watched(MemoryTree):
        def read(self, path):
            asked.append(path)
            return super().read(path)

    asked = []
    read = resources_of(JOB % ("pull_request", "builders"), ".github/workflows/plan.yml")
    tree = Watched({"a.yaml": "a: 1\n", "b.yaml": STATED})
    (workflow,) = with_own_runners(read, tree, {"a.yaml"})
    assert asked == ["b.yaml"]
    assert value_of(workflow.facts.jobs[0].self_hosted) is True
