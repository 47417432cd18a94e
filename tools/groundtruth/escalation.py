"""The listed escalation paths in four shapes: one statement, two statements, two attached policies, two files.

A path that only shows in one statement is no use on real accounts, where permissions come together from several places.
Each shape is one scan of all paths; a path counts when a finding of an escalation check stands in its own folder. With
peers, parliament and cloudsplaining read the policies of one statement, and checkov the modules of two policies.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from judging import Mark, marks_of
from peers import run_checkov, run_library
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from nhilint.catalogue.check import Check

_CHECKS = frozenset({"identity-can-escalate", "identity-may-start-any-build-or-job", "identity-may-assume-any-role"})
_HARMLESS = "s3:ListAllMyBuckets"
"""Stands beside a path of a single permission, so that it too has two parts."""

_LIBRARIES = {"parliament": "PRIVILEGE_ESCALATION", "cloudsplaining": "allows_privilege_escalation"}
"""What the two libraries call an escalation."""

_ROLE = """resource "aws_iam_role" "holder" {
  assume_role_policy = jsonencode({ Statement = [{ Action = "sts:AssumeRole", Effect = "Allow",
    Principal = { Service = "lambda.amazonaws.com" } }] })
}
"""
_POLICY = """resource "aws_iam_policy" "%(name)s" {
  policy = jsonencode(%(document)s)
}
resource "aws_iam_role_policy_attachment" "%(name)s" {
  role       = aws_iam_role.holder.name
  policy_arn = aws_iam_policy.%(name)s.arn
}
"""


def needed(path: Path) -> list[str]:
    """The permissions that a file of pathfinding.cloud lists as required."""
    reader = YAML(typ="safe")
    reader.allow_duplicate_keys = True
    return [entry["permission"] for entry in reader.load(path.read_bytes())["permissions"]["required"]]


def document(*parts: list[str]) -> str:
    """A policy document with one statement for each part."""
    statements = [{"Effect": "Allow", "Action": part, "Resource": "*"} for part in parts]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=1)


def _halves(actions: list[str]) -> tuple[list[str], list[str]]:
    return (actions[:1], actions[1:]) if len(actions) > 1 else (actions, [_HARMLESS])


def _one_statement(actions: list[str]) -> dict[str, str]:
    return {"policy.json": document(actions)}


def _two_statements(actions: list[str]) -> dict[str, str]:
    return {"policy.json": document(*_halves(actions))}


def _two_policies(actions: list[str]) -> dict[str, str]:
    parts = [_POLICY % {"name": f"part{n}", "document": document(half)} for n, half in enumerate(_halves(actions))]
    return {"main.tf": _ROLE + "".join(parts)}


def _two_files(actions: list[str]) -> dict[str, str]:
    parts = {
        f"part{n}.tf": _POLICY % {"name": f"part{n}", "document": document(h)} for n, h in enumerate(_halves(actions))
    }
    return {"role.tf": _ROLE, **parts}


_SHAPES: dict[str, Callable[[list[str]], dict[str, str]]] = {
    "one statement": _one_statement,
    "two statements": _two_statements,
    "two attached policies": _two_policies,
    "two files": _two_files,
}


def escalation_table(checkout: Path, checks: tuple[Check, ...], peers: Path | None) -> str:
    """How many of the paths are found in each shape."""
    paths = {path.stem: needed(path) for path in sorted((checkout / "data/paths").rglob("*.yaml"))}
    lines = ["escalation paths of pathfinding.cloud"]
    for shape, spell in _SHAPES.items():
        files = {
            f"{name}/{file}": text.encode() for name, actions in paths.items() for file, text in spell(actions).items()
        }
        found = {path.partition("/")[0] for path, held in marks_of(files, checks).items() if _speaks(held)}
        line = f"  {shape:<24} nhilint {len(found)}/{len(paths)}"
        if peers is not None and shape == "one statement":
            for peer, rule in (
                ("parliament", "PRIVILEGE_ESCALATION"),
                ("cloudsplaining", "allows_privilege_escalation"),
            ):
                line += f"  {peer} {_by_library(peer, rule, files, peers)}/{len(paths)}"
        if peers is not None and shape == "two attached policies":
            line += f"  checkov {len(_by_checkov(files, peers))}/{len(paths)}"
        lines.append(line)
    return "\n".join(lines)


def _speaks(held: list[Mark]) -> bool:
    return any(mark.check in _CHECKS for mark in held)


def _by_library(peer: str, rule: str, files: dict[str, bytes], peers: Path) -> int:
    said = run_library(peer, files, peers)
    return sum(any(found == rule for found, _ in places) for places in said.values())


def _by_checkov(files: dict[str, bytes], peers: Path) -> set[str]:
    said = run_checkov(files, peers)
    return {path.partition("/")[0] for path, places in said.items() if any(rule == "CKV_AWS_286" for rule, _ in places)}
