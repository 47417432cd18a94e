"""What the words of a hook say about its purpose."""

from __future__ import annotations

import pytest

from nhilint.formats.guarding_hooks import any_guards, guards


@pytest.mark.parametrize(
    ("command", "is_guard"),
    [
        ("hooks/block-dangerous.sh", True),
        ("bash .kiro/hooks/dcg-guard.sh", True),
        ("jq -e '.tool_input' || exit 2", True),
        ("python3 hooks/log-and-block.py", True),
        ("./hooks/check_command.py", True),
        ("npx prettier --check .", False),
        ("echo started >> ~/agent.log", False),
        ("osascript -e 'display notification'", False),
        ("./hooks/pre.sh", None),
    ],
)
def test_what_a_command_is_there_for(command, is_guard):
    assert guards(command) is is_guard


def test_one_guard_among_several_is_enough_and_an_unknown_one_leaves_it_open():
    assert any_guards(("npx prettier .", "./block.sh")) is True
    assert any_guards(("npx prettier .", "./pre.sh")) is None
    assert any_guards(("npx prettier .",)) is False
    assert any_guards(()) is False
