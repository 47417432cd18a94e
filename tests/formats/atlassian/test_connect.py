from __future__ import annotations

import json

import pytest
from formats.app_reading import app, resources, shown

BASE = {
    "key": "planner",
    "name": "Planner",
    "baseUrl": "https://planner.acme-apps.com",
    "authentication": {"type": "jwt"},
}


def connect(**rest):
    return app("atlassian", "atlassian-connect.json", json.dumps(BASE | rest))


def test_scopes_and_host():
    facts = connect(scopes=["READ", "ADMIN"])
    assert shown(facts) == [("READ", "high"), ("ADMIN", "critical")]
    assert facts.endpoints[0].host.value == "planner.acme-apps.com"
    assert facts.entrances == ()


def test_acting_as_people_is_impersonation():
    assert connect(scopes=["READ", "act_as_user"]).impersonates.at.pointer == ("scopes", 1)
    assert connect(scopes=["READ"]).impersonates.value is False


def test_without_authentication_anybody_may_pose_as_the_product():
    assert connect(authentication={"type": "none"}).entrances[0].open_to.value == "anyone"


@pytest.mark.parametrize("value", [[], {}, {"key": "a"}, {"key": "a", "baseUrl": "b"}, {"baseUrl": "b", "modules": {}}])
def test_look_alikes_are_left_alone(value):
    assert resources("atlassian", "atlassian-connect.json", json.dumps(value)) == ()
