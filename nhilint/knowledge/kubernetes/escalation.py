"""Rules of one subject become the known ways to gain more privilege with them.

The paths are reviewed data, one JSON record a line. Shapes of rules come from rbac-police (MIT, commit 1ec5d029f008),
the attack reference of KubeHound (Apache-2.0, commit 53da187ac341), Kubernetes' RBAC good practices and this project's
analysis; names are this project's words. Where Kubernetes asks for two permissions before it does what a path needs
(approval and signer of a certificate, filling and reading a token secret), the path asks for both, whichever role gives
them. Paths of the planes `pod` and `subject` are named here and found by those who read pods and bindings.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from nhilint.knowledge.kubernetes.rule import Rule, Shape, allows

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATA = Path(__file__).parent.parent / "data" / "kubernetes-escalations.jsonl"

Kind = Literal[
    "self-escalation", "principal-access", "new-passrole", "existing-passrole", "resource-access", "node-access"
]


class Escalation(msgspec.Struct, frozen=True):
    """One known path to more privilege."""

    id: str
    name: str
    """what the holder does, an imperative without a full stop"""
    plane: Literal["rbac", "urls", "pod", "subject"]
    kind: Kind
    severity: Literal["low", "medium", "high", "critical"]
    needs: tuple[tuple[Shape, ...], ...]
    """steps, each a choice of shapes; every step must be allowed by some rule"""
    open_names: tuple[str, ...]
    """patterns of object names with which the path stays open although the rule names its objects"""
    url: str


def opened(rules: Sequence[Rule], *, cluster_wide: Sequence[bool]) -> tuple[tuple[Escalation, int], ...]:
    """Every path that the rules open together, with the index of the rule that gives its first step.

    `cluster_wide` says of each rule whether it was granted for the whole cluster; such a rule is named before others.
    """
    first: dict[tuple[int, int], int] = {}
    order = sorted(range(len(rules)), key=lambda index: not cluster_wide[index])
    for index in order:
        for step in _steps(rules[index], cluster_wide=cluster_wide[index]):
            first.setdefault(step, index)
    if not first:
        return ()
    return tuple(
        (path, first[number, 0])
        for number, path in enumerate(all_escalations())
        if path.needs and all((number, step) in first for step in range(len(path.needs)))
    )


@cache
def all_escalations() -> tuple[Escalation, ...]:
    """Every known path, in the order of the data."""
    return tuple(msgspec.json.Decoder(Escalation).decode_lines(_DATA.read_bytes()))


@cache
def by_id() -> dict[str, Escalation]:
    """Every known path by its public id."""
    return {path.id: path for path in all_escalations()}


@lru_cache(maxsize=4096)
def _steps(rule: Rule, *, cluster_wide: bool) -> tuple[tuple[int, int], ...]:
    """The steps of paths that one rule gives, as numbers of path and step: a role is often held by many."""
    return tuple(
        (number, step)
        for number, path in enumerate(all_escalations())
        for step, shapes in enumerate(path.needs)
        if any(
            (cluster_wide or not shape.cluster_wide)
            and allows(rule, shape, path.open_names, of_urls=path.plane == "urls")
            for shape in shapes
        )
    )
