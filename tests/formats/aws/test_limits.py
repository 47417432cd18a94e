"""Names that say a document only ever limits."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.identity import LIMITS


@pytest.mark.parametrize(
    "path",
    [
        "iam/AcmeCICDBoundary.json",
        "AppBoundaryPolicy.json",
        "iam/TeamGuardrails.json",
        "scp/a.json",
        "dev-boundary.json",
    ],
)
def test_names_of_limits(path):
    assert LIMITS.search(path)


@pytest.mark.parametrize(
    "path", ["iam/BoundaryLayerReader.json", "Boundaryless.json", "iam/unboundary.json", "SCPReader.json"]
)
def test_other_names(path):
    assert not LIMITS.search(path)
