"""The refresh tools, on archives made here: what they keep of a package, and what they refuse."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import json
import sys
import tarfile
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[3] / "tools" / "refresh"


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))

    def load(name: str):
        spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load


def archive(files: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    return held.getvalue()


def action(name: str, level: str, *types: str) -> dict[str, object]:
    return {"name": name, "accessLevel": level, "resourceTypes": [{"name": kind} for kind in types]}


def test_actions_become_sorted_lines(tool):
    package = archive(
        {
            "package/data/actions/zed.json": json.dumps(
                {
                    "b": action("Put", "Permissions management, Write", "thing", "thing", "other"),
                    "a": action("Get", "Read"),
                }
            ),
            "package/data/conditionKeys/zed.json": json.dumps({"k": {"key": "zed:Key"}}),
            "package/data/conditionKeys/none.json": "{}",
            "package/dist/esm/globalConditionKeys.js": "[{ key: 'aws:PrincipalTag/tag-key' }]",
            "package/README.md": "x",
        }
    )
    texts = tool("aws_actions").texts(package)
    assert texts["aws-actions.txt"].split("\n\n")[1:] == ["zed\nR Get\nP Put other,thing\n"]
    keys = texts["aws-condition-keys.txt"]
    assert "zed\nzed:Key" in keys
    assert "aws:PrincipalTag/${TagKey}\n" in keys
    assert "none" not in keys


def test_resource_types_and_types_of_keys_become_lines(tool):
    module = tool("aws_actions")
    types = {"b": {"key": "bucket", "arn": "arn:${Partition}:s3:::${BucketName}"}}
    assert module.arn_lines(types) == "bucket s3 *"
    script = "[{ key: 'aws:SecureTransport', category: 'network', type: 'Bool' }]"
    package = archive({"package/dist/esm/globalConditionKeys.js": script})
    stated = {"zed": {"k": {"key": "zed:Tags", "type": "ArrayOfString"}, "l": {"key": "zed:Name", "type": "String"}}}
    told = module.keys_by_type(stated, package)
    assert told == {"ArrayOfString": "zed:tags", "Bool": "aws:securetransport"}


def test_a_level_that_aws_never_used_stops_the_run(tool):
    with pytest.raises(KeyError):
        tool("aws_actions").action_lines({"x": action("X", "Sorcery")})


def test_a_package_with_another_hash_is_refused(tool, monkeypatch):
    module = tool("aws_actions")
    monkeypatch.setattr(module.urllib.request, "urlopen", lambda *_, **__: io.BytesIO(b"other"))
    digest = base64.b64encode(hashlib.sha512(b"wanted").digest()).decode()
    with pytest.raises(ValueError, match="sha512"):
        module.download("https://example.org/x.tgz", digest)


def allow(*actions: str, **more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*", **more}


@pytest.mark.parametrize(
    ("statements", "name", "level"),
    [
        ([allow("*")], "", "admin"),
        ([allow("*"), {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}], "", "power"),
        ([{"Effect": "Allow", "NotAction": ["iam:*", "organizations:*"], "Resource": "*"}], "", "power"),
        ([allow("iam:AttachRolePolicy")], "", "iam"),
        ([allow("iam:AttachRolePolicy", Condition={"Bool": {"aws:SecureTransport": "true"}})], "", "none"),
        ([allow("s3:*")], "", "power"),
        ([allow("s3:*", Resource="arn:aws:s3:::one-bucket/*")], "", "none"),
        ([allow("ssmmessages:*", "ec2messages:*")], "", "none"),
        ([allow("s3:Get*", "s3:List*")], "", "read"),
        ([allow("s3:Get*", "s3:PutObject")], "", "none"),
    ],
)
def test_what_a_managed_policy_gives(tool, statements, name, level):
    assert tool("aws_managed_policies").level_of({"Statement": statements}, name) == level
