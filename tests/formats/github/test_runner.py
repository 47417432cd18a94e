"""On whose machine a job runs, and what that says of the actions of the machine's owner."""

from __future__ import annotations

import pytest

from tests.formats.github.reading import steps_of

JOB = "on: push\njobs:\n  j:\n    runs-on: %s\n    strategy: {matrix: {os: [depot-ubuntu-24.04, %s]}}\n"
STEPS = "    steps: [{uses: depot/build-push-action@v1}, {uses: acme/build@v1}]\n"


@pytest.mark.parametrize(
    ("label", "other", "own"),
    [
        ("depot-ubuntu-24.04", "x", True),
        ("ubuntu-latest", "x", False),
        ("${{ matrix.os }}", "depot-windows-2025", True),
        ("${{ matrix.os }}", "ubuntu-latest", False),
        ("${{ inputs.machine }}", "x", False),
        ("[]", "x", False),
    ],
)
def test_an_action_of_the_service_that_runs_the_machine_is_its_own(label, other, own):
    first, second = steps_of(JOB % (label, other) + STEPS)
    assert (first.action.first_party.value, second.action.first_party.value) == (own, False)
