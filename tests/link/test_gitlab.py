"""Files of one GitLab pipeline put together: includes in turn, hidden jobs of other files, variables, parts of nobody."""

from __future__ import annotations

import pytest

from nhilint.formats.gitlab.claims import CLAIMS
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.link.gitlab import join
from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.source.document import read

LOGIN = "gcloud auth activate-service-account --key-file $GCP_KEY"
MAIN = "include: {local: /ci/base.yml}\ndeploy: {extends: .deploy, stage: x}\n"
BASE = f".deploy: {{script: ['{LOGIN}'], stage: x}}\n"


def linked(files: dict[str, str]) -> dict[str, Workflow]:
    resources = []
    for path, text in files.items():
        for claim in Recogniser(CLAIMS).recognise(path, text.encode()):
            found = reader_of(claim).extract(read(path, text.encode(), claim.syntax), claim)
            if found.recognised:
                resources += found.resources
                break
    return {r.at.path: r.facts for r in join(tuple(resources)) if isinstance(r.facts, Workflow)}


def test_a_job_logs_in_as_what_it_extends_in_an_included_file():
    (step,) = known_records(linked({".gitlab-ci.yml": MAIN, "ci/base.yml": BASE})[".gitlab-ci.yml"].steps)
    assert (value_of(step.job), value_of(step.login.by), step.login.at.path) == ("deploy", "static", "ci/base.yml")


def test_it_holds_what_the_hidden_job_names():
    base = ".deploy: {script: ['curl -H $DEPLOY_TOKEN x'], stage: x}\n"
    (job,) = known_records(linked({".gitlab-ci.yml": MAIN, "ci/base.yml": base})[".gitlab-ci.yml"].jobs)
    assert value_of(job.rights) == "strong"
    assert [value_of(one.name) for one in known_records(job.secrets)] == ["DEPLOY_TOKEN"]
    assert value_of(job.held) == ("the variable DEPLOY_TOKEN",)


def test_a_variable_that_an_included_file_gives_a_value_is_no_secret():
    main = "include: ci/v.yml\nbuild: {script: ['x $API_TOKEN $OTHER_TOKEN'], stage: x}\n"
    values = "variables: {API_TOKEN: none}\n.b: {stage: x}\n"
    (job,) = known_records(linked({".gitlab-ci.yml": main, "ci/v.yml": values})[".gitlab-ci.yml"].jobs)
    assert [value_of(one.name) for one in known_records(job.secrets)] == ["OTHER_TOKEN"]
    both = linked({".gitlab-ci.yml": main.replace(" $OTHER_TOKEN", ""), "ci/v.yml": values})
    assert value_of(known_records(both[".gitlab-ci.yml"].jobs)[0].rights) == "default"


@pytest.mark.parametrize(
    ("include", "found"),
    [
        ("/ci/a.yml", True),
        ("ci/*.yml", True),
        ("/ci/**.yml", True),
        ("[{local: ci/a.yml}]", True),
        ("ci/b.yml", False),
        ("'$CI_A'", False),
        ("https://acme.example/ci/a.yml", False),
        ("{project: acme/ci, file: ci/a.yml}", False),
        ("../ci/a.yml", False),
    ],
)
def test_a_part_counts_only_where_a_pipeline_includes_it(include, found):
    files = {".gitlab-ci.yml": f"include: {include}\n", "ci/a.yml": "test: {script: [x], stage: y}\n"}
    assert ("ci/a.yml" in linked(files)) == found


def test_includes_are_followed_in_turn_and_circles_end():
    files = {
        ".gitlab-ci.yml": "include: ci/a.yml\n",
        "ci/a.yml": "include: ci/b.yml\na: {extends: .b, stage: x}\n",
        "ci/b.yml": f"include: ci/a.yml\n.b: {{extends: .c, stage: x}}\n.c: {{extends: [.b, .d], script: ['{LOGIN}']}}\n",
    }
    found = linked(files)
    assert sorted(found) == sorted(files)
    assert [value_of(step.job) for step in known_records(found["ci/a.yml"].steps)] == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "script: {stage: x}\nother: 3\n",
        "a: {script: [x]}\n",
        "jobs:\n  build: {steps: [{script: x}]}\n",
        "- script: x\n",
    ],
)
def test_a_file_that_only_looks_alike_is_no_part(text):
    assert linked({".gitlab-ci.yml": "include: ci/a.yml\n", "ci/a.yml": text}).keys() == {".gitlab-ci.yml"}


def test_a_part_of_a_telling_name_counts_by_itself():
    assert linked({".gitlab/ci/build.yml": "a: {script: [x]}\n"}).keys() == {".gitlab/ci/build.yml"}
