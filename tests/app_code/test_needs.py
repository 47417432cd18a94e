from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code import with_code
from nhilint.gather import gather
from nhilint.model.fact import Unknown
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

GOOGLE = "https://www.googleapis.com/auth/"


def app(files):
    tree = MemoryTree({name: text if isinstance(text, str) else json.dumps(text) for name, text in files.items()})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    (found,) = with_code(gathered.resources, tree)
    return found.facts


def script(*scopes, **more):
    return {"timeZone": "UTC", "oauthScopes": [GOOGLE + scope for scope in scopes], **more}


def unused(files):
    return [scope.id.value.removeprefix(GOOGLE) for scope in app(files).unused]


def why_open(files):
    (found,) = app(files).unused
    assert isinstance(found, Unknown)
    return found.reason


def test_unused_scopes_come_the_gravest_first():
    code = "function f() { return MailApp.sendEmail(a, b, c) }"
    scopes = ("script.external_request", "script.send_mail", "drive", "calendar")
    assert unused({"appsscript.json": script(*scopes), "a.gs": code}) == [
        "drive",
        "calendar",
        "script.external_request",
    ]


@pytest.mark.parametrize("ending", ["gs", "js", "ts", "html"])
def test_every_kind_of_file_that_a_script_has_counts(ending):
    files = {"appsscript.json": script("drive"), "a.gs": "Session.getUser()", f"b.{ending}": "x = DriveApp.getFiles()"}
    assert unused(files) == []


def test_a_name_inside_another_is_no_use():
    assert unused({"appsscript.json": script("drive"), "a.gs": "MyDriveApp2(); Utilities.sleep(1)"}) == ["drive"]


def test_a_service_that_the_manifest_switches_on_is_a_use():
    services = {"enabledAdvancedServices": [{"userSymbol": "Drive", "serviceId": "drive", "version": "v3"}]}
    files = {"appsscript.json": script("drive", dependencies=services), "a.gs": "Utilities.sleep(1)"}
    assert unused(files) == []


def test_code_of_the_project_around_the_manifest_counts_and_other_code_does_not():
    files = {
        "one/dist/appsscript.json": script("drive", "calendar"),
        "one/.clasp.json": "{}",
        "one/src/main.ts": "DriveApp.getFiles()",
        "two/main.gs": "CalendarApp.getEvents()",
    }
    assert unused(files) == ["calendar"]


def test_code_that_hands_its_token_on_leaves_the_question_open():
    files = {"appsscript.json": script("drive"), "a.gs": "UrlFetchApp.fetch(u, {t: ScriptApp.getOAuthToken()})"}
    assert "token" in why_open(files)


def test_foreign_libraries_leave_the_question_open():
    libraries = {"libraries": [{"userSymbol": "L", "libraryId": "1abc", "version": "3"}]}
    files = {"appsscript.json": script("drive", dependencies=libraries), "a.gs": "Utilities.sleep(1)"}
    assert "foreign code" in why_open(files)


def test_a_manifest_without_code_says_nothing():
    assert unused({"appsscript.json": script("drive"), "a.gs": "const a = 1"}) == []


def test_too_much_code_leaves_the_question_open():
    files = {"appsscript.json": script("drive"), "a.gs": "Utilities.sleep(1)\n" + " " * 13_000_000}
    assert "more code" in why_open(files)


def test_only_a_scope_that_could_be_narrower_leaves_that_open():
    code = "ScriptApp.getOAuthToken()"
    assert app({"appsscript.json": script("tasks"), "a.gs": code}).wider_than_used == ()
    assert len(app({"appsscript.json": script("drive"), "a.gs": code}).wider_than_used) == 1


@pytest.mark.parametrize(
    ("code", "wider"),
    [
        ("SpreadsheetApp.getActiveSpreadsheet()", ["spreadsheets.currentonly"]),
        ("SpreadsheetApp.getActiveSpreadsheet(); SpreadsheetApp.create('a')", []),
        ("SpreadsheetApp.getActiveSpreadsheet(); SpreadsheetApp\n    .openByUrl(u)", []),
        ("SpreadsheetApp.getActiveSpreadsheet(); DocumentApp.openById(id)", ["spreadsheets.currentonly"]),
        ("SpreadsheetApp.getActiveSpreadsheet(); Sheets.Spreadsheets.get(id)", []),
        ("SpreadsheetApp.getUi()", []),
    ],
)
def test_a_script_that_opens_only_its_own_sheet_does_with_that(code, wider):
    found = app({"appsscript.json": script("spreadsheets"), "a.gs": code}).wider_than_used
    assert [scope.narrower.value[0].removeprefix(GOOGLE) for scope in found] == wider


def slack(*scopes, events=()):
    return {
        "display_information": {"name": "bot"},
        "oauth_config": {"scopes": {"bot": list(scopes)}},
        "settings": {"event_subscriptions": {"bot_events": list(events)}},
    }


@pytest.mark.parametrize(
    "call",
    [
        "client.conversations_create(name=n)",
        "await client.conversations.create({ name })",
        "methods.conversationsCreate(r -> r.name(n))",
        "api.CreateConversation(params)",
        'requests.post("https://slack.com/api/conversations.create")',
    ],
)
def test_methods_are_known_in_every_language(call):
    files = {"slack-manifest.json": slack("channels:manage"), "bot.py": f"chat_postMessage(); {call}"}
    assert unused(files) == []


def test_an_event_that_the_manifest_asks_for_is_a_use():
    files = {"slack-manifest.json": slack("groups:history", events=["message.groups"]), "bot.py": "chat_postMessage()"}
    assert unused(files) == []


def test_scopes_in_the_manifest_and_in_others_are_no_use():
    files = {
        "slack-manifest.json": slack("channels:manage", "files:read"),
        "bot.py": "chat_postMessage()",
        "old/slack-app.json": "{}",
    }
    assert unused(files) == ["channels:manage", "files:read"]


def test_an_extension_uses_what_it_calls_by_any_spelling():
    manifest = {"manifest_version": 3, "name": "n", "version": "1", "permissions": ["cookies", "debugger", "history"]}
    code = "const {cookies} = chrome; window.history.back()"
    assert unused({"manifest.json": manifest, "a.js": code}) == ["debugger"]


def needed(files):
    return {scope.id.value.removeprefix(GOOGLE): scope.needed and scope.needed.value for scope in app(files).scopes}


def test_a_scope_is_needed_where_the_code_uses_it_and_no_narrower_one_does():
    code = "DriveApp.getFileById(x).setTrashed(true); SpreadsheetApp.getActiveSheet().appendRow([1])"
    scopes = ("drive", "calendar", "spreadsheets", "adwords")
    assert needed({"appsscript.json": script(*scopes), "a.gs": code}) == {
        "drive": True,
        "calendar": False,
        "spreadsheets": False,
        "adwords": None,
    }


@pytest.mark.parametrize(("host", "used"), [("aiplatform.googleapis.com", True), ("api.example.com", False)])
def test_the_scope_of_all_clouds_services_is_needed_where_the_code_calls_one_of_them(host, used):
    code = f"UrlFetchApp.fetch('https://us-central1-{host}/v1/projects')"
    assert needed({"appsscript.json": script("cloud-platform"), "a.gs": code}) == {"cloud-platform": used}


def test_code_that_may_do_anything_leaves_open_what_it_does_not_name():
    code = "DriveApp.getFileById(x).setTrashed(true); ScriptApp.getOAuthToken()"
    assert needed({"appsscript.json": script("drive", "calendar"), "a.gs": code}) == {"drive": True, "calendar": None}


def test_what_lies_beside_the_manifest_is_used_however_much_code_there_is_elsewhere():
    manifest = json.dumps({"manifest_version": 3, "name": "Relay", "version": "1", "permissions": ["debugger"]})
    files = {"package.json": "{}", "ext/manifest.json": manifest, "ext/b.js": "chrome.debugger.attach(t)"}
    (scope,) = app({**files, "src/a.js": "chrome.tabs\n" + " " * 13_000_000}).scopes
    assert scope.needed.value is True


def test_administration_is_needed_by_code_that_makes_repositories():
    manifest = "name: a\npublic: false\ndefault_events: [push]\ndefault_permissions: {administration: write}\n"
    code = "const o = new Octokit(); o.repos.{}({{ owner }})"
    for method, needs in (("createInOrg", True), ("get", False)):
        (scope,) = app({"app.yml": manifest, "src/a.ts": code.format(method)}).scopes
        assert scope.needed.value is needs


@pytest.mark.parametrize(
    ("code", "superseded"), [("fetch('https://www.google.com/m8/feeds/x')", False), ("C.x()", True)]
)
def test_an_old_scope_that_names_the_interface_which_the_code_calls_has_no_successor(code, superseded):
    scopes = {"timeZone": "UTC", "oauthScopes": ["https://www.google.com/m8/feeds"]}
    (scope,) = app({"appsscript.json": scopes, "a.gs": f"UrlFetchApp.getRequest(); {code}"}).scopes
    assert scope.superseded.value is superseded
