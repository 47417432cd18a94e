"""What stands in a part of a GitLab pipeline that nothing includes is doubtful."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Confidence

PART = "test: {script: ['az login --service-principal -u $AZURE_CLIENT_ID -p $AZURE_CLIENT_SECRET -t $T'], stage: x}\n"
ROOT = "include: {local: /.gitlab/ci/%s.yml}\nbuild: {script: ['make'], stage: x}\n"


@pytest.mark.parametrize(
    ("others", "is_doubtful"),
    [
        ({}, True),
        ({".gitlab/ci/start.yml": ROOT % "build", ".gitlab/ci/build.yml": "b: {script: [make], stage: x}\n"}, True),
        ({".gitlab/ci/start.yml": ROOT % "test"}, False),
        ({".gitlab/ci/start.yml": ROOT % "*"}, False),
        ({".gitlab-ci.yml": ROOT % "test"}, False),
        ({".gitlab-ci.yml": "build: {script: ['make'], stage: x}\n"}, False),
    ],
)
def test_a_part_runs_only_where_something_includes_it(tmp_path, others, is_doubtful):
    for path, text in {".gitlab/ci/test.yml": PART, **others}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (found,) = scan(tmp_path, select=["stored-cloud-key-in-workflow"]).findings
    assert (found.confidence is Confidence.LOW) is is_doubtful
    assert bool(found.doubt) is is_doubtful
