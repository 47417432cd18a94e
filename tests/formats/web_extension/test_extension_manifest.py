from __future__ import annotations

import json

import pytest
from formats.app_reading import app, resources, shown

from nhilint.formats.web_extension.hosts import is_every_host
from nhilint.model.fact import Unknown

BASE = {"manifest_version": 3, "name": "Helper", "version": "1.0"}


def extension(**rest):
    return app("web_extension", "manifest.json", json.dumps(BASE | rest))


def test_permissions_hosts_and_scopes_are_grants():
    facts = extension(
        permissions=["cookies", "debugger"],
        host_permissions=["https://app.acme.example/*", "*://*/*"],
        optional_permissions=["history"],
        oauth2={"client_id": "1", "scopes": ["https://www.googleapis.com/auth/drive.file"]},
    )
    assert shown(facts) == [
        ("cookies", "medium"),
        ("debugger", "critical"),
        ("https://app.acme.example/*", "medium"),
        ("*://*/*", "high"),
        ("history", "high"),
        ("https://www.googleapis.com/auth/drive.file", "low"),
    ]
    assert [scope.optional.value for scope in facts.scopes] == [False, False, False, False, True, False]


@pytest.mark.parametrize(
    ("rest", "reach"),
    [
        ({}, "none"),
        ({"permissions": ["storage"]}, "none"),
        ({"permissions": ["<all_urls>"]}, "all"),
        ({"host_permissions": ["https://*.acme.example/*"]}, "some"),
        ({"content_scripts": [{"matches": ["https://*/*"]}]}, "all"),
        ({"optional_host_permissions": ["<all_urls>"]}, "none"),
    ],
)
def test_whose_pages_it_reaches(rest, reach):
    assert extension(**rest).page_reach.value == reach


def test_hosts_that_the_build_fills_in_are_unknown():
    assert isinstance(extension(host_permissions=["{{API}}"]).page_reach, Unknown)


@pytest.mark.parametrize(
    ("pattern", "every"),
    [
        ("*://*/*", True),
        ("http://*/", True),
        ("https://*.com/*", True),
        ("https://*.acme.example/*", False),
        ("file:///*", False),
        ("cookies", False),
        ("https://acme.example/*/x", False),
    ],
)
def test_patterns_for_every_host(pattern, every):
    assert is_every_host(pattern) is every


def test_pages_that_may_send_it_messages():
    assert extension(externally_connectable={"matches": ["https://app.acme.example/*"]}).entrances == ()
    (entrance,) = extension(externally_connectable={"matches": ["*://*/*"]}).entrances
    assert entrance.open_to.value == "anyone"


def test_a_name_from_a_language_file_is_replaced_by_the_folder():
    text = json.dumps(BASE | {"name": "__MSG_appName__"})
    assert app("web_extension", "clipper/src/manifest.json", text).name.value == "clipper"


def test_comments_are_read():
    assert app("web_extension", "manifest.json", '{"manifest_version": 3, // v3\n "name": "a"}').name.value == "a"


@pytest.mark.parametrize(
    "value", [{"manifest_version": "0.3", "name": "bundle"}, {"manifest_version": 3}, [], {"name": "pwa"}]
)
def test_look_alikes_are_left_alone(value):
    assert resources("web_extension", "manifest.json", json.dumps(value)) == ()


def test_a_native_host_and_who_may_start_it():
    text = '{"name": "com.acme", "path": "/opt/a", "type": "stdio", "allowed_origins": ["chrome-extension://abc/"]}'
    facts = app("web_extension", "hosts/com.acme.json", text)
    assert (facts.kind.value, facts.entrances) == ("native_host", ())
    assert resources("web_extension", "cors.json", '{"name": "x", "allowed_origins": ["*"]}') == ()


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("script-src 'self' 'unsafe-eval'; object-src 'none'", True),
        ({"extension_pages": "object-src 'none'; script-src 'self' 'unsafe-eval'"}, True),
        ({"extension_pages": "script-src 'self' 'wasm-unsafe-eval'"}, False),
        ("default-src 'self'", False),
    ],
)
def test_whether_its_pages_may_run_code_made_while_they_run(policy, allowed):
    assert extension(content_security_policy=policy).made_up_code.value is allowed


def test_the_policy_of_a_sandbox_is_not_that_of_its_pages():
    assert extension(content_security_policy={"sandbox": "script-src 'unsafe-eval'"}).made_up_code is None
