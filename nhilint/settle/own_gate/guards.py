"""Code owners that a change takes away from the files which decide about the gate, and ignore files that hide some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.settle import baseline, waiver_file
from nhilint.settle.code_owners import code_owners
from nhilint.settle.own_gate import configuration
from nhilint.settle.own_gate.invocations import files_that_run_it
from nhilint.settle.own_gate.seen import Seen, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.settle.own_gate.seen import Both


def lost(both: Both) -> Iterator[Seen]:
    """Owners that had to agree to a change of the gate and need not any more."""
    if not both.owners.stated:
        return
    now = code_owners(both.after)
    own = (configuration.FILE, waiver_file.FILE, baseline.FILE)
    decided_by = (*own, both.owners.file, *files_that_run_it(both.before))
    said: set[tuple[str, ...]] = set()
    for path in decided_by:
        before, after = both.owners.of(path), now.of(path)
        gone = tuple(owner for owner in before if owner not in after)
        if not gone or gone in said:
            continue
        said.add(gone)
        rest = f"; left: {', '.join(after)}" if after else ""
        at = whole(now.file or both.owners.file)
        yield Seen("codeowners", f"lets {path} be changed without {', '.join(gone)}{rest}", at)
