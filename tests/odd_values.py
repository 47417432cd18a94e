"""Values that no sane file holds, to show that a reader neither raises nor runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=6)
)


def odd_values(keys: Iterable[str], words: Iterable[object] = ()) -> st.SearchStrategy[object]:
    """Values of any shape under the keys of a format; `words` are those that it knows, or nearly knows."""
    scalars = _SCALARS | st.sampled_from(list(words)) if words else _SCALARS
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(list(keys)), inner, max_size=5),
        max_leaves=14,
    )
