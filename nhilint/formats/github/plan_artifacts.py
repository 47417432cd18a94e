"""Finds saved plans of Terraform that a job uploads as an artifact with the value of a secret inside.

A saved plan holds the value of every variable, of a sensitive one too, in clear; an artifact is open to whoever may
read the runs. Told only where a secret that is called like a credential is seen to fill a variable (`-var`,
`TF_VAR_…`) of the very plan that is uploaded by its own path. Sources, read 2026-11-22:
developer.hashicorp.com/terraform/language/manage-sensitive-data; for who may take an artifact
docs.github.com/en/actions/how-tos/manage-workflow-runs/download-workflow-artifacts (from a survey, page not re-read).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.secrets import secrets_in
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.node import Node

_PLANS = Deferred(
    r"(?:^|[;&|({]|\bif\b|!)\s*(?:terraform|tofu|terragrunt)\b[^\n;|]{0,300}?\splan\b", flags=re.MULTILINE
)
_OUT = Deferred(r"\s-out[= ][\"']?(?:[^\s\"';|]{0,200}/)?([\w.-]{1,100})[\"']?(?=\s|$)")
_VARIABLE = Deferred(r"\s-var[= ][\"']?([A-Za-z_][\w-]{0,100})=([^\n]{0,300})")
_SHELL = Deferred(r"\$\{?([A-Za-z_]\w{0,100})")
_FROM_OUTSIDE = "TF_VAR_"
_MOST_STEPS = 200


def secrets_of_plan(inputs: Node, earlier: Sequence[Node], around: Sequence[Node]) -> Known[tuple[str, ...]] | None:
    """The secrets inside of the plan that an upload takes along; `earlier` are the steps of its job before it.

    `around` are the environments that hold for every step. None where it takes no plan, or nothing secret is seen.
    """
    path = inputs["path"]
    if not isinstance(path.value, str):
        return None
    files = {line.strip().rpartition("/")[2] for line in path.value.splitlines()}
    found: list[str] = []
    for step in earlier[:_MOST_STEPS]:
        script = step.value_under("run")
        if not isinstance(script, str) or "plan" not in script or _PLANS.search(script) is None:
            continue
        if not files.isdisjoint(_OUT.findall(script)):
            found.extend(_filled(script, (step["env"], *around)))
    return Known(tuple(dict.fromkeys(found)), path.at) if found else None


def _filled(script: str, environments: Sequence[Node]) -> Iterator[str]:
    """The secrets that fill variables of a plan, by their names."""
    for name, text in _VARIABLE.findall(script):
        yield from _credentials(name, text)
        for variable in _SHELL.findall(text):
            yield from _credentials(name, _value(variable, environments))
    for environment in environments:
        for name, node in environment.entries():
            if name.startswith(_FROM_OUTSIDE) and isinstance(node.value, str):
                yield from _credentials(name.removeprefix(_FROM_OUTSIDE), node.value)


def _value(variable: str, environments: Sequence[Node]) -> str:
    stated = (environment.value_under(variable) for environment in environments)
    return next((value for value in stated if isinstance(value, str)), "")


def _credentials(name: str, text: str) -> Iterator[str]:
    for mention in secrets_in([(text, ())]):
        if is_credential_name(name) and is_credential_name(mention.name):
            yield mention.name
