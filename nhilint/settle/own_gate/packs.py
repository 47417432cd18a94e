"""Checks of the repository's own policy folders that a change edits or removes. A new check loosens nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.settle.own_gate.seen import Seen, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.settle.own_gate.seen import Both


def edited(both: Both) -> Iterator[Seen]:
    """Files of the packs that are not what they were."""
    for folder in both.packs:
        prefix = folder.strip("/").removeprefix("./") + "/"
        for path in both.before.paths():
            if not path.startswith(prefix) or not path.endswith(".yaml") or not both.touched(path):
                continue
            before, after = both.texts(path)
            if after is None:
                yield Seen("policy_pack", f"removes {path}", whole(path))
            elif before != after:
                yield Seen("policy_pack", f"edits {path}", whole(path))
