"""Scopes as written, judged for who holds them."""

from __future__ import annotations

from nhilint.formats.node import Node
from nhilint.formats.scopes import scope_grants, sensitive_as_user
from nhilint.model.fact import Unknown


def grants(names, provider="slack", acts_as="user"):
    return tuple(scope_grants(Node(names, "manifest.json", ("user",)), provider, acts_as))


def test_the_holder_decides_how_sensitive_a_scope_is():
    assert grants(["im:history"])[0].sensitivity.value == "high"
    assert grants(["im:history"], acts_as="app")[0].sensitivity.value == "low"


def test_what_reaches_content_in_a_persons_name_the_gravest_first():
    names = ["users:read", "chat:write", "files:read", "im:history", "users:read.email"]
    assert [g.id.value for g in sensitive_as_user(grants(names))] == ["im:history", "files:read", "chat:write"]
    assert sensitive_as_user(grants(names, acts_as="app")) == ()


def test_unheard_of_scopes_stay_and_are_unknown_in_every_way():
    (grant,) = sensitive_as_user(grants(["quantum"]))
    assert all(isinstance(fact, Unknown) for fact in (grant.sensitivity, grant.restricted, grant.narrower))
    (unread,) = sensitive_as_user(grants([["nested"]]))
    assert isinstance(unread, Unknown)
