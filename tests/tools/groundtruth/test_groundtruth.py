"""The ground-truth comparison on a made-up peer: what it lays out, what it counts, and when it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "groundtruth"
HEADER = "suite\trepo\tcommit\tfile\tlocator\tpeer_rule_id\texpected\tfamily\tpeer_rule_name\tlicence\n"
ADMIN = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
READER = '{"Statement": [{"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}]}'


@pytest.fixture(autouse=True)
def _on_the_path(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOL))
    yield
    for name in ("cases", "layout", "inline_cases", "judging", "mapping", "table", "escalation", "peers"):
        sys.modules.pop(name, None)


def table(tmp_path, *rows):
    path = tmp_path / "cases.tsv"
    lines = (f"{suite}\tacme/peer\t0\t{file}\t{where}\t{rule}\t{expected}\taws_iam\t{rule}\tMIT" for
             suite, file, where, rule, expected in rows)  # fmt: skip
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines))
    return path


def checkout(tmp_path, **files):
    root = tmp_path / "co" / "acme__peer"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return tmp_path / "co"


def run(table_path, folder, *options):
    command = [sys.executable, str(TOOL), "--table", str(table_path), "--repositories", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_counts_recall_and_false_alarms_by_family_and_rule(tmp_path):
    folder = checkout(tmp_path, **{"tests/bad.json": ADMIN, "tests/good.json": READER})
    rows = table(
        tmp_path,
        ("checkov-x", "tests/bad.json", "(file)", "CKV_AWS_62", "fail"),
        ("checkov-x", "tests/good.json", "(file)", "CKV_AWS_62", "pass"),
    )
    done = run(rows, folder)
    assert done.returncode == 0, done.stderr
    assert ["aws_iam", "1/1", "0/1"] in [line.split() for line in done.stdout.splitlines()]
    assert ["CKV_AWS_62", "1/1", "0/1"] in [line.split() for line in done.stdout.splitlines()]


def test_a_miss_is_listed_and_fails_the_run(tmp_path):
    folder = checkout(tmp_path, **{"a/bad.json": READER})
    done = run(table(tmp_path, ("checkov-x", "a/bad.json", "(file)", "CKV_AWS_62", "fail")), folder, "--show")
    assert done.returncode == 1
    assert "miss  CKV_AWS_62 a/bad.json#(file)" in done.stdout


def test_declined_rules_count_for_nobody_and_say_why(tmp_path):
    folder = checkout(tmp_path, **{"a/bad.json": READER})
    done = run(table(tmp_path, ("parliament", "a/bad.json", "(file)", "RESOURCE_STAR", "fail")), folder)
    assert done.returncode == 0
    assert "0 of 1 cases are on mapped rows" in done.stdout
    assert "1 declined: any write or read at all" in done.stdout


def test_a_rule_in_neither_list_stops_the_run(tmp_path):
    folder = checkout(tmp_path, **{"a/bad.json": READER})
    done = run(table(tmp_path, ("newcomer", "a/bad.json", "(file)", "NEW-1", "fail")), folder)
    assert done.returncode != 0
    assert "NEW-1" in done.stderr


def test_an_address_tells_one_resource_of_a_file_from_another(tmp_path):
    policy = 'resource "aws_iam_policy" "%s" {\n  policy = jsonencode(%s)\n}\n'
    folder = checkout(tmp_path, **{"m/main.tf": policy % ("bad", ADMIN) + policy % ("good", READER)})
    rows = table(
        tmp_path,
        ("checkov-x", "m/main.tf", "aws_iam_policy.bad", "CKV_AWS_62", "fail"),
        ("checkov-x", "m/main.tf", "aws_iam_policy.good", "CKV_AWS_62", "pass"),
    )
    assert run(rows, folder).returncode == 0


def test_a_text_in_a_test_of_the_peer_is_read_and_not_run():
    from inline_cases import inline_text

    source = f"raise SystemExit\ndef test_it():\n    p = '''{ADMIN}'''\n    analyze_policy_string(p)\n"
    assert inline_text(source, "test_it#1", "ANY") == (ADMIN, ".json")
    assert inline_text(source, "test_it#2", "ANY") is None
    assert inline_text(source, "test_other#1", "ANY") is None


def test_an_assertion_names_the_policy_that_it_asks():
    from inline_cases import inline_text

    source = (
        "def test_it():\n"
        f"    one = PolicyDocument({ADMIN})\n"
        f"    two = PolicyDocument({READER})\n"
        "    self.assertTrue(one.service_wildcard)\n"
        "    self.assertFalse(two.service_wildcard)\n"
    )
    second = inline_text(source, "test_it#2", "service_wildcard", earlier=1)
    assert second is not None
    assert json.loads(second[0]) == json.loads(READER)


def test_a_line_belongs_to_its_step():
    from cases import Case
    from judging import Mark, is_there

    source = b"jobs:\n  a:\n    steps:\n      - run: one\n        env: {A: b}\n      - run: two\n"
    case = Case("zizmor", "r", "w.yml", "line 5 [default]", "x", fails=True, family="gha")
    assert is_there(Mark("c", "said", (), 4, 4, "n"), case, source)
    assert not is_there(Mark("c", "said", (), 6, 6, "n"), case, source)


@pytest.mark.parametrize(
    ("locator", "there"),
    [
        ("RoleBinding.shop.read-pods", True),
        ("RoleBinding.shop.read", False),
        ("ServiceAccount.shop.default", True),
        ("Microsoft.Sql/servers.[parameters('name')]", True),
    ],
)
def test_a_finding_stands_at_what_it_names_and_at_a_name_that_a_template_makes_up(locator, there):
    from cases import Case
    from judging import Mark, is_there

    mark = Mark("c", "shop/default holds pod-reader by RoleBinding read-pods.", ("subjects", 0), 4, 4, "shop/default")
    assert is_there(mark, Case("checkov-x", "acme/peer", "a.yaml", locator, "X", fails=True, family="f"), b"") is there


def test_every_line_of_the_mapping_is_about_one_thing():
    from mapping import Mapping

    from nhilint.policies import load_policies

    assert Mapping({check.id for check in load_policies((), None).checks}).unknown == ()
