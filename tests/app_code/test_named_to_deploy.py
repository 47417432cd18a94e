"""Templates of Sceptre that no stack is made of, and jobs of Nomad that stand in comments alone."""

from __future__ import annotations

import pytest

from nhilint.app_code.named_to_deploy import with_what_nothing_deploys
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import Identity
from nhilint.tree import MemoryTree

ROLE = "ops/templates/deployer-role.json"
STACKS = {
    "ops/config/config.yaml": "project_code: ops\n",
    "ops/config/prod/accounts.yaml": "template:\n  type: file\n  path: accounts.yaml\nstack_name: accounts\n",
    "ops/templates/accounts.yaml": "Resources: {}\n",
    ROLE: "{}",
}
JOB = "nomad/apps/watch.nomad.hcl"
LIVE = 'resource "nomad_job" "shop" {\n  jobspec = file("${local.apps}/shop.nomad.hcl")\n}\n'
TAKEN_OUT = '# resource "nomad_job" "watch" {\n#   jobspec = file("${local.apps}/watch.nomad.hcl")\n# }\n'


def setting(path, files, earlier=None):
    kind = "nomad-job" if path.endswith(".hcl") else "aws-cloudformation"
    one = Resource("identity", "x", kind, Identity(at=Place(path)))
    before = MemoryTree(earlier) if earlier is not None else None
    return with_what_nothing_deploys([one], MemoryTree(files), before)[0].setting


def test_a_template_that_no_stack_names_is_kept_like_an_example():
    assert setting(ROLE, STACKS) == "example"
    assert setting("ops/templates/accounts.yaml", STACKS) == "production"


@pytest.mark.parametrize(
    "more",
    [
        {"ops/config/prod/role.yaml": "template_path: templates/deployer-role.json\n"},
        {"deploy.sh": "aws cloudformation deploy --template-file ops/templates/deployer-role.json\n"},
        {"ops/config/prod/any.yaml": 'template:\n  path: "{{ var.name }}.json"\n'},
    ],
)
def test_not_where_a_stack_or_a_script_names_it_or_may(more):
    assert setting(ROLE, STACKS | more) == "production"


def test_nor_below_templates_without_stacks():
    assert setting(ROLE, {ROLE: "{}", "ops/config/app.yaml": "template: dark\n"}) == "production"


def test_a_stack_that_a_change_takes_away_does_not_hide_its_template():
    before = STACKS | {"ops/config/prod/role.yaml": "template:\n  path: deployer-role.json\n"}
    assert setting(ROLE, STACKS, before) == "production"
    assert setting(ROLE, STACKS, STACKS) == "example"


def test_a_job_that_stands_in_comments_alone_is_kept_like_an_example():
    files = {JOB: "", "nomad/main.tf": LIVE + TAKEN_OUT}
    assert setting(JOB, files) == "example"


@pytest.mark.parametrize(
    "terraform",
    [
        LIVE,
        TAKEN_OUT,
        LIVE + TAKEN_OUT.replace("# ", ""),
        LIVE + TAKEN_OUT + 'locals {\n  all = fileset(path.module, "apps/*.nomad.hcl")\n}\n',
    ],
)
def test_not_one_that_is_taken_over_or_mentioned_nowhere(terraform):
    assert setting(JOB, {JOB: "", "nomad/main.tf": terraform}) == "production"


OLD = "api/old_template.yaml"


@pytest.mark.parametrize(
    ("path", "files", "told"),
    [
        (OLD, {OLD: "", "api/template.yaml": ""}, "example"),
        ("api/template-old.yaml", {"api/template-old.yaml": "", "api/template.yaml": ""}, "example"),
        (OLD, {OLD: ""}, "production"),
        (OLD, {OLD: "", "template.yaml": ""}, "production"),
        (OLD, {OLD: "", "api/template.yaml": "", "api/deploy.bat": "sam deploy -t old_template.yaml"}, "production"),
        ("api/household.yaml", {"api/household.yaml": "", "api/.yaml": ""}, "production"),
    ],
)
def test_a_template_that_is_called_old_beside_the_one_that_took_its_name(path, files, told):
    assert setting(path, files) == told
    assert setting(path, files, {path: ""}) == "production"
