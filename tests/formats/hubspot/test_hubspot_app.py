from __future__ import annotations

import json

import pytest
from formats.app_reading import app, resources


def hubspot(path, value):
    return app("hubspot", path, json.dumps(value))


def test_the_three_shapes():
    private = hubspot("src/app/app.json", {"uid": "a", "scopes": ["crm.export"], "public": False})
    public = hubspot(
        "src/app/public-app.json",
        {"name": "a", "auth": {"requiredScopes": ["crm.export"], "redirectUrls": ["https://*"]}},
    )
    current = hubspot(
        "src/app/app-hsmeta.json",
        {"uid": "a", "config": {"distribution": "marketplace", "auth": {"requiredScopes": ["crm.export"]}}},
    )
    assert [found.scopes[0].id.value for found in (private, public, current)] == ["crm.export"] * 3
    assert (private.distribution.value, public.distribution, current.distribution.value) == ("single", None, "public")
    assert public.redirects[0].wildcard.value == "any"


def test_scopes_that_a_customer_may_refuse():
    facts = hubspot(
        "src/app/app-hsmeta.json",
        {
            "config": {
                "auth": {
                    "requiredScopes": ["oauth"],
                    "optionalScopes": ["a.read"],
                    "conditionallyRequiredScopes": ["b.read"],
                }
            }
        },
    )
    assert [scope.optional.value for scope in facts.scopes] == [False, True, True]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("app.json", {"name": "expo", "scopes": ["x"]}),
        ("src/app/cards/card-hsmeta.json", {"uid": "card", "type": "card", "config": {"description": "scope"}}),
    ],
)
def test_look_alikes_are_left_alone(path, value):
    assert resources("hubspot", path, json.dumps(value)) == ()
