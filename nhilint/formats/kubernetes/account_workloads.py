"""Workloads of an account, each once, with the token that it mounts and the credentials that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.names import in_words
from nhilint.model.fact import Known
from nhilint.model.vocabulary.cluster import ClusterWorkload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.kubernetes.parts import (
        StatedAccount,
        StatedWorkload,
    )


def workloads_of(workloads: Sequence[StatedWorkload], account: StatedAccount | None) -> Iterator[ClusterWorkload]:
    """Every workload once, since overlays and releases state the same one again; those that are made only on request
    come last."""
    seen: set[tuple[str, str, str]] = set()
    programs: set[str] = set()
    for one in sorted(workloads, key=lambda one: one.optional):
        called = (one.kind, one.namespace, one.name)
        if called not in seen:
            repeats = (bool(one.program) and one.program in programs) or _apart_by_system(one, workloads)
            yield _workload(one, account, repeats=repeats)
            seen.add(called)
            programs.add(one.program)


def _apart_by_system(workload: StatedWorkload, others: Sequence[StatedWorkload]) -> bool:
    """Whether it is what another one is, but for nodes of Windows: called alike but for the system."""
    kind, stem = workload.kind, workload.name.removesuffix("-windows")
    alike = (one for one in others if one.kind == kind and one.namespace == workload.namespace and not one.on_windows)
    return workload.on_windows and any(one.name in (stem, f"{stem}-linux") for one in alike if one is not workload)


def _workload(workload: StatedWorkload, account: StatedAccount | None, *, repeats: bool) -> ClusterWorkload:
    mounts = workload.mounts
    if mounts is None and account is not None:
        mounts = account.automounts
    holder = Known(f"{workload.kind} {in_words(workload.name)}", workload.at)
    return ClusterWorkload(
        at=workload.account_at,
        name=Known(in_words(workload.name), workload.at),
        kind=Known(workload.kind, workload.at),
        names_account=Known(workload.account is not None, workload.account_at),
        mounts_token=mounts if mounts is not None else Known(value=True, at=workload.account_at),
        credentials=tuple(replace(one, workload=holder) for one in workload.credentials),
        installs_once=Known(workload.installs_once, workload.at),
        of_control_plane=Known(workload.of_control_plane, workload.at),
        repeats=Known(repeats, workload.at),
        optional=Known(workload.optional, workload.at),
        runs_agent=Known(workload.runs_agent, workload.at),
    )
