"""What a path of a Vault policy reaches."""

from __future__ import annotations

import pytest

from nhilint.formats.vault.paths import covers, gives_rights, is_everything, narrows_store, opens_store


@pytest.mark.parametrize(
    ("pattern", "path", "holds"),
    [
        ("secret/*", "secret/data/app", True),
        ("secret/data/te*", "secret/data/team/x", True),
        ("secret/data/te*", "secret/data/app", False),
        ("secret/+/app", "secret/data/app", True),
        ("secret/+/app", "secret/data/app/x", False),
        ("+/data/*", "kv/data/x/y", True),
        ("secret/app", "secret/app", True),
        ("secret/app", "secret/app/x", False),
        ("secret/data/*", "secret", False),
    ],
)
def test_star_stands_for_any_rest_and_plus_for_one_part(pattern, path, holds):
    assert covers(pattern, path) is holds


@pytest.mark.parametrize(
    "pattern",
    [
        "sys/*",
        "sys/policies/*",
        "sys/policies/acl/*",
        "sys/policy/*",
        "identity/*",
        "identity/group/*",
        "auth/*",
        "auth/approle/role/*",
        "auth/userpass/users/*",
        "auth/+/role/*",
    ],
)
def test_writing_any_policy_role_or_membership_gives_rights(pattern):
    assert gives_rights(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "sys/policies/acl/team-*",
        "sys/mounts/*",
        "auth/approle/role/ci",
        "auth/approle/role/ci/secret-id",
        "auth/approle/role/team-*",
        "auth/token/renew-self",
        "identity/oidc/*",
        "secret/*",
    ],
)
def test_naming_them_does_not(pattern):
    assert not gives_rights(pattern)


@pytest.mark.parametrize("pattern", ["secret/*", "secret/data/*", "kv/*", "+/data/*", "*"])
def test_whole_stores(pattern):
    assert opens_store(pattern)


@pytest.mark.parametrize(
    "pattern", ["secret/data/app/*", "secret/metadata/*", "kv/data/{{identity.entity.id}}/*", "database/*"]
)
def test_parts_of_stores(pattern):
    assert not opens_store(pattern)


def test_only_a_bare_star_is_everything():
    assert is_everything("*")
    assert not is_everything("secret/*")


@pytest.mark.parametrize(
    ("pattern", "denied", "narrows"),
    [
        ("secret/*", "secret/data/admin/*", True),
        ("kv/*", "kv/priv", True),
        ("*", "secret/data/admin", True),
        ("secret/*", "secret/metadata/*", False),
        ("secret/*", "secret/destroy/*", False),
        ("secret/*", "kv/data/admin/*", False),
        ("*", "sys/*", False),
        ("secret/*", "secret/*", False),
    ],
)
def test_a_denied_part_of_the_values_narrows_a_store(pattern, denied, narrows):
    assert narrows_store(pattern, denied) is narrows
