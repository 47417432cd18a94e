"""Which checks run: every way to name them, and a mistake for every name that fits none."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nhilint.errors import UsageError
from nhilint.model.finding import Severity
from nhilint.policies import builtin_folder, compile_policies, load_all_frameworks
from nhilint.settle.select import by_known_id, choose

OAUTH = ("critical-scope", "plain-http-redirect", "public-script-runs-as-owner")


@pytest.fixture(scope="module")
def checks():
    """Three checks of the pack and one that is deprecated, with an alias."""
    pack = compile_policies((builtin_folder(),))
    found = [pack.find(check_id) for check_id in OAUTH]
    old = replace(found[0], id="old-scope", status="deprecated", aliases=("older-scope",), topic="aws", frameworks={})
    return (*found, old)


def chosen(checks, select=(), ignore=()):
    return [check.id for check in choose(checks, select, ignore, load_all_frameworks)]


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ([], [], OAUTH),
        (["critical-scope"], [], ["critical-scope"]),
        (["*-scope"], [], ["critical-scope", "old-scope"]),
        (["older-scope"], [], ["old-scope"]),
        (["oauth"], ["critical-*"], ["plain-http-redirect", "public-script-runs-as-owner"]),
        (["owasp-nhi-2025/NHI5:2025"], [], ["critical-scope"]),
        (["NHI5"], [], ["critical-scope"]),
        (["owasp-nhi-2025"], [], OAUTH),
        ([], ["NHI5:2025", "plain-http-redirect"], ["public-script-runs-as-owner"]),
        (["critical-scope", "plain-http-redirect"], [], ["critical-scope", "plain-http-redirect"]),
    ],
)
def test_ids_globs_aliases_topics_frameworks_and_controls(checks, select, ignore, left):
    assert chosen(checks, select, ignore) == list(left)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("critical-scopes", "no check or control is called 'critical-scopes'; did you mean 'critical-scope'?"),
        ("none-*", "no check matches 'none-*'; 'nhilint checks list' shows them all"),
        ("owasp-nhi-2025/NHI55", "did you mean owasp-nhi-2025/NHI5:2025"),
        ("owasp-nhi-2025/NHI1:2025", "no check matches 'owasp-nhi-2025/NHI1:2025'"),
        ("owasp-nih-2025/NHI1:2025", "owasp-nhi-2025"),
    ],
)
@pytest.mark.parametrize("way", ["select", "ignore"])
def test_a_name_that_fits_nothing_is_a_mistake(checks, pattern, told, way):
    with pytest.raises(UsageError) as caught:
        chosen(checks, **{way: [pattern]})
    assert told in str(caught.value)


def test_a_gate_without_checks_is_a_mistake(checks):
    with pytest.raises(UsageError, match="every check is ignored"):
        chosen(checks, ["oauth"], ["oauth"])
    assert chosen((), [], []) == []


def test_frameworks_are_read_only_for_a_name_that_is_no_check(checks):
    def unread():
        raise AssertionError("read")

    assert len(choose(checks, ["critical-scope", "plain-*"], ["plain-http-redirect"], unread)) == 1


def test_severities_are_set_by_id_or_alias(checks):
    given = {"critical-scope": Severity.LOW, "older-scope": Severity.INFO}
    assert by_known_id(checks, given) == {"critical-scope": Severity.LOW, "old-scope": Severity.INFO}
    with pytest.raises(UsageError, match="did you mean 'critical-scope'"):
        by_known_id(checks, {"critical-scop": Severity.LOW})
