"""Conditions of bindings: what they leave."""

from __future__ import annotations

import pytest

from nhilint.formats.gcp.conditions import narrowing, parts
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown
from nhilint.model.place import Place

AT = Place("p.json")
GIVING = gcp.permissions(["resourcemanager.projects.setIamPolicy"])
READING = gcp.permissions(["storage.objects.get"])


def left(expression, held):
    return narrowing(Known(expression, AT)).left_of(held)


def test_no_condition_narrows_nothing():
    assert narrowing(None).narrows is False
    assert narrowing(None).left_of(GIVING) == GIVING


@pytest.mark.parametrize(
    "expression",
    [
        "true",
        "request.time < timestamp('2027-01-01T00:00:00Z')",
        "request.time.getHours('Europe/Berlin') >= 9",
        "!resource.name.startsWith('projects/_/buckets/secret')",
        "resource.name.startsWith('projects/_/buckets/a') || true",
    ],
)
def test_conditions_that_leave_everything(expression):
    assert narrowing(Known(expression, AT)).narrows is False
    assert left(expression, GIVING | READING) == GIVING | READING


@pytest.mark.parametrize(
    "expression",
    [
        "resource.name.startsWith('projects/_/buckets/a')",
        "(resource.name == 'a' && request.time < timestamp('2027-01-01T00:00:00Z'))",
        "resource.name == 'a' || resource.name == 'b'",
        "resource.matchTag('1/env', 'dev')",
    ],
)
def test_conditions_that_name_resources_leave_nothing_certain(expression):
    assert narrowing(Known(expression, AT)).narrows is True
    assert not left(expression, GIVING | READING)


def test_a_list_of_roles_stops_the_giving_only():
    expression = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/logging.viewer'])"
    assert left(expression, GIVING | READING) == READING


def test_a_service_leaves_its_own_permissions():
    assert left("resource.service == 'storage.googleapis.com'", GIVING | READING) == READING
    assert left("resource.type == 'cloudresourcemanager.googleapis.com/Project'", GIVING | READING) == GIVING


def test_templates_cannot_be_told():
    assert narrowing(Known("${var.condition}", AT)) is None
    assert narrowing(Unknown("a template", AT)) is None
    assert narrowing(Known("resource.name == '${var.name}'", AT)).narrows is True


def test_operands_at_the_top_only():
    assert parts("a && (b || c) && 'x || y' == d", "&&") == ["a", "(b || c)", "'x || y' == d"]
    assert parts("((a || b))", "||") == ["a", "b"]
    assert parts("(a) && (b)", "&&") == ["(a)", "(b)"]
