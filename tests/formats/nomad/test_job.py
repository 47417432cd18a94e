"""Jobs of Nomad: tasks with a token of Vault, what opens their node, credentials in clear, and other files."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.nomad import job
from nhilint.formats.nomad.claims import CLAIMS
from nhilint.formats.registry import claims
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values

CLAIM = next(claim for claim in CLAIMS if claim.format == "nomad-job")
JOB = """
job "shop" {{
  type = "{type}"
  group "web" {{
    {group}
    task "run" {{
      {task}
    }}
  }}
}}
"""


def extraction(text, path="shop.nomad"):
    document = read(path, text.encode(), Syntax.HCL)
    return job.extract(document, CLAIM)


def facts(text):
    return [resource.facts for resource in extraction(text).resources]


def of(task, group="", kind="service"):
    return facts(JOB.format(task=task, group=group, type=kind))


def ways(task, **more):
    (found,) = of(task + "\nvault {}", **more)
    return [(value_of(way.id), value_of(way.through)) for way in known_records(found.escalations)]


def test_a_task_holds_the_policies_of_its_vault_block():
    (found,) = of('driver = "exec"\nvault { policies = ["a", "b"] }', 'vault { policies = ["c"] }')
    assert value_of(found.provider) == "vault"
    assert value_of(found.managed) == ("a", "b")


def test_the_block_of_the_group_holds_for_its_tasks():
    (found,) = of('driver = "exec"', 'vault { policies = ["c"] }')
    assert value_of(found.name) == "shop/web/run"
    assert value_of(found.managed) == ("c",)


def test_a_task_without_vault_is_no_identity():
    assert of('driver = "raw_exec"') == []


@pytest.mark.parametrize(
    ("task", "found"),
    [
        ('driver = "raw_exec"', ["nomad-raw-exec"]),
        ('driver = "raw_exec"\nuser = "root"', ["nomad-raw-exec"]),
        ('driver = "raw_exec"\nuser = "nobody"', []),
        ('driver = "exec"\nconfig { privileged = true }', []),
        ('driver = "docker"\nconfig { privileged = true }', ["nomad-privileged"]),
        ('driver = "docker"\nconfig { privileged = false }', []),
        ('driver = "docker"\nconfig { volumes = ["/var/run/docker.sock:/x", "local/a:/b"] }', ["nomad-engine-socket"]),
        ('driver = "docker"\nconfig { volumes = ["/:/host:ro", "/etc:/etc"] }', ["nomad-host-path"]),
        ('driver = "docker"\nconfig { volumes = ["/srv/data:/data"] }', []),
        ('driver = "podman"\nconfig {\nmount {\nsource = "/run/docker.sock"\n}\n}', ["nomad-engine-socket"]),
    ],
)
def test_what_opens_the_node(task, found):
    assert [way for way, _ in ways(task)] == found


@pytest.mark.parametrize(("kind", "through"), [("service", "task run"), ("system", "system job run")])
def test_a_job_of_the_node_is_told_apart(kind, through):
    assert ways('driver = "raw_exec"', kind=kind) == [("nomad-raw-exec", through)]


def test_a_type_that_is_no_text_is_none():
    (found,) = facts(JOB.format(task='driver = "raw_exec"\nvault {}', group="", type="x").replace('"x"', '["system"]'))
    assert [value_of(way.through) for way in known_records(found.escalations)] == ["task run"]


@pytest.mark.parametrize("task", ["driver = var.x", 'driver = "docker"\nconfig { privileged = var.x }'])
def test_what_is_filled_in_later_is_unknown(task):
    (found,) = of(task + "\nvault {}")
    assert isinstance(found.escalations[0], Unknown)


def test_credentials_in_clear():
    value = sha256(b"a made-up value").hexdigest()[:40]
    text = f'env {{\nAPP_TOKEN = "{value}"\n}}\ntemplate {{\ndata = <<EOT\nA=b\nDB_PASSWORD={value}\nC={{{{ env `X` }}}}\nEOT\n}}'
    found = of('driver = "docker"\n' + text)
    assert [value_of(one.name) for one in found if isinstance(one, Credential)] == [
        "APP_TOKEN of job shop",
        "DB_PASSWORD of job shop",
    ]


def test_the_default_of_a_variable():
    text = f'variable "api_token" {{\n default = "{sha256(b"a made-up value").hexdigest()[:40]}"\n}}\n'
    found = facts(text + JOB.format(task='driver = "exec"', group="", type="batch"))
    assert [value_of(one.name) for one in found] == ["api_token"]


@pytest.mark.parametrize("text", ["", 'job "x" {}', 'job "x" { steps = ["a"] }', 'resource "a" "b" {}'])
def test_other_files_are_left(text):
    assert not extraction(text).recognised


def test_every_suffix_of_a_job_has_its_claim():
    suffixes = {suffix for claim in claims() if claim.format == "nomad-job" for suffix in claim.suffixes}
    assert suffixes == {".nomad", ".hcl", ".job"}


KEYS = ["job", "group", "task", "vault", "policies", "driver", "config", "privileged", "volumes", "mount", "source", "env",
        "template", "data", "variable", "default", "type", "user", "x"]  # fmt: skip
odd = odd_values(KEYS, ["raw_exec", "docker", "${x}", "/", "system", "a:b"])


@given(st.dictionaries(st.sampled_from(KEYS[:5]), odd, max_size=4) | odd, odd)
@settings(max_examples=300, deadline=None)
def test_any_value_is_read_or_left(value, task):
    for whole in (
        value,
        {
            "job": {
                "a": [{"group": {"b": [{"task": {"c": [task, {"vault": task, "driver": "docker", "config": task}]}}]}}]
            }
        },
    ):
        for resource in job.extract(Document("x.nomad", Syntax.HCL, "", whole), CLAIM).resources:
            activate(resource.facts)
