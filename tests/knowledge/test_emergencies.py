"""Names and comments that say of an account or a policy that it is for emergencies."""

from __future__ import annotations

import pytest

from nhilint.knowledge.emergencies import is_called_after_emergencies, is_said_to_be_for_emergencies


@pytest.mark.parametrize(
    "name",
    [
        "break-glass",
        "Break Glass",
        "sa_breakglass_prod",
        "OrgBreakGlassRole",
        "emergency-access",
        "EmergencyAccessRole",
    ],
)
def test_names_that_say_so(name: str) -> None:
    assert is_called_after_emergencies(name)


@pytest.mark.parametrize(
    "name", ["emergency", "emergencyroom-api", "emergency_accesses", "nonemergency-access", "glass"]
)
def test_names_that_do_not(name: str) -> None:
    assert not is_called_after_emergencies(name)


@pytest.mark.parametrize(("name", "told"), [("emergency", True), ("team-emergency", True), ("emergencyroom", False)])
def test_one_word_is_enough_where_only_people_enter(name: str, told: bool) -> None:
    assert is_called_after_emergencies(name, only_people_enter=True) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [("# for emergency use, revoke afterwards", True), ("# emergency writes", True), ("# in an emergency call", False)],
)
def test_comments(words: str, told: bool) -> None:
    assert is_said_to_be_for_emergencies(words) == told
