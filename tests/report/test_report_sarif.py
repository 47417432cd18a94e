"""SARIF is valid, and is what GitHub code scanning makes the most of."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from factories import (
    AGENT,
    ROLE,
    SERVER,
    TOKEN,
    a_check,
    a_context,
    a_finding,
    a_flow_finding,
    a_full_run,
    a_hostile_run,
    a_run,
    many_findings,
    settled_findings,
)
from jsonschema import Draft7Validator

from nhilint.catalogue.check import Pack
from nhilint.model.finding import Note, Problem, Severity, Subject, Undecided, Verdict
from nhilint.model.place import Place
from nhilint.model.run import Located
from nhilint.report import render, sarif
from nhilint.report.line_hash import LineHashes
from nhilint.report.sarif_places import uri_of
from nhilint.report.sarif_rules import LONGEST_DESCRIPTION, MOST_TAGS, pascal_case

SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0.schema.json"
RUNS = {"full": a_full_run, "hostile": a_hostile_run, "clean": a_run}


def run_of(run, **context):
    log = json.loads(render("sarif", run, a_context(**context)))
    (only,) = log["runs"]
    return only


def result_of(*findings, **context):
    return run_of(a_run(*findings), **context)["results"][0]


def rules_of(run, **context):
    return {rule["id"]: rule for rule in run_of(run, **context)["tool"]["driver"]["rules"]}


@cache
def validator():
    return Draft7Validator(json.loads(SCHEMA.read_text()))


def dicts(value):
    if isinstance(value, dict):
        yield value
        for entry in value.values():
            yield from dicts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from dicts(entry)


class TestValidity:
    @pytest.mark.parametrize("shown", [False, True])
    @pytest.mark.parametrize("name", RUNS)
    def test_every_run_is_valid(self, name, shown):
        text = render(
            "sarif",
            RUNS[name](),
            a_context(
                show_suppressed=shown,
                show_undecided=shown,
                lines=lambda path: "a\nb\nc\nd\ne\nf\ng\n",
                repository="https://github.com/acme/shop",
            ),
        )
        log = json.loads(text)
        assert not [error.message for error in validator().iter_errors(log)]
        assert all("startLine" in d["region"] for d in dicts(log) if "region" in d)
        assert not [d for d in dicts(log) for value in d.values() if value is None or value == ""]

    def test_the_validator_bites(self):
        log = json.loads(render("sarif", a_full_run(), a_context()))
        log["runs"][0]["results"][0]["suppressions"] = [{"kind": "external", "state": "accepted"}]
        assert list(validator().iter_errors(log))

    def test_hostile_text_is_never_raw(self):
        text = render("sarif", a_hostile_run(), a_context(show_suppressed=True, show_undecided=True))
        assert all(char.isprintable() or char == "\n" for char in text)
        assert "##[" not in text
        assert "\\u202e" not in text.replace("\\\\u202e", "")

    def test_equal_runs_give_equal_bytes(self):
        assert render("sarif", a_full_run(), a_context()) == render("sarif", a_full_run(), a_context())


class TestRun:
    def test_a_clean_run_has_an_empty_list_of_results(self):
        assert run_of(a_run())["results"] == []

    def test_the_head(self):
        run = run_of(a_run())
        assert run["tool"]["driver"]["name"] == "nhilint"
        assert run["tool"]["driver"]["semanticVersion"] == "0.1.0"
        assert run["automationDetails"] == {"id": "nhilint/"}
        assert run["columnKind"] == "unicodeCodePoints"
        assert run["originalUriBaseIds"] == {"%SRCROOT%": {"description": {"text": "The root of the scanned tree."}}}
        assert "versionControlProvenance" not in run

    @pytest.mark.parametrize("address", ["", "https://example.org/nhilint"])
    def test_the_address_of_the_project_is_written_once_there_is_one(self, monkeypatch, address):
        monkeypatch.setattr(sarif, "PROJECT_URL", address)
        assert run_of(a_run())["tool"]["driver"].get("informationUri", "") == address

    def test_provenance_needs_revision_and_repository_and_holds_no_password(self):
        run = run_of(a_full_run(), repository="https://user:word@github.com/acme/shop.git?x#y")
        (provenance,) = run["versionControlProvenance"]
        assert provenance["repositoryUri"] == "https://github.com/acme/shop.git"
        assert provenance["revisionId"] == a_full_run().revision
        assert provenance["mappedTo"] == {"uriBaseId": "%SRCROOT%"}
        assert run["properties"] == {"revision": a_full_run().revision}

    @pytest.mark.parametrize("repository", ["", "git@github.com:a/b", "file:///srv/x", "http://[", "https://"])
    def test_other_addresses_are_left_out(self, repository):
        assert "versionControlProvenance" not in run_of(a_full_run(), repository=repository)

    def test_the_invocation_tells_how_it_went(self):
        (invocation,) = run_of(a_full_run())["invocations"]
        assert invocation["exitCode"] == 4
        assert invocation["executionSuccessful"] is False
        assert invocation["startTimeUtc"] == "2026-11-22T01:38:00Z"
        assert [note["level"] for note in invocation["toolExecutionNotifications"]] == ["error", "note"]

    @pytest.mark.parametrize("code", [0, 1, 3])
    def test_a_failed_gate_is_a_successful_execution(self, code):
        (invocation,) = run_of(a_run(verdict=Verdict(code == 0, code, "because")))["invocations"]
        assert invocation["executionSuccessful"] is True

    def test_notifications_point_at_their_place_and_description(self):
        run = run_of(a_full_run())
        kinds = run["tool"]["driver"]["notifications"]
        first, second = run["invocations"][0]["toolExecutionNotifications"]
        assert kinds[first["descriptor"]["index"]]["id"] == first["descriptor"]["id"] == "malformed"
        assert kinds[second["descriptor"]["index"]]["id"] == "duplicate-key"
        assert first["locations"][0]["physicalLocation"] == {
            "artifactLocation": {"uri": "broken.yaml", "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": 3, "startColumn": 7},
        }

    def test_a_problem_without_a_line_names_the_file_only(self):
        run = run_of(a_run(problems=(Problem("a.yaml", "too-large", "too large"), Problem("", "limit", "enough"))))
        first, second = run["invocations"][0]["toolExecutionNotifications"]
        assert "region" not in first["locations"][0]["physicalLocation"]
        assert "locations" not in second


class TestRules:
    def test_every_check_that_ran_is_a_rule_in_that_order(self):
        ids = ["literal-credential-in-mcp-server", "ungated-agent-reaches-admin-role"]
        assert list(rules_of(a_run())) == ids

    def test_what_github_requires_is_there(self):
        for rule in rules_of(a_run(), pack=Pack((a_check(),))).values():
            for name in ("shortDescription", "fullDescription", "help"):
                assert rule[name]["text"]
            assert rule["name"] == pascal_case(rule["id"])
            assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}

    def test_texts_come_from_the_check(self):
        rule = rules_of(a_run())["literal-credential-in-mcp-server"]
        assert rule["shortDescription"]["text"] == "Credential written in clear in an MCP server's configuration."
        assert rule["fullDescription"]["text"].startswith("Whoever can read the file can use the credential. It out")
        assert rule["helpUri"] == "https://modelcontextprotocol.io/specification"
        assert "## What to do\n\nReference an environment variable" in rule["help"]["markdown"]
        assert "| OWASP NHI Top 10 | [NHI2:2025](https://example.org/NHI2:2025) |" in rule["help"]["markdown"]
        assert "<details" not in rule["help"]["markdown"]

    @pytest.mark.parametrize(
        ("severity", "level", "figure"),
        [
            (Severity.CRITICAL, "error", "9.5"),
            (Severity.HIGH, "error", "8.0"),
            (Severity.MEDIUM, "warning", "5.5"),
            (Severity.LOW, "note", "2.0"),
            (Severity.INFO, "note", None),
        ],
    )
    def test_severity_becomes_level_and_figure(self, severity, level, figure):
        run = run_of(a_run(), pack=Pack((a_check(severity=severity),)))
        rule = run["tool"]["driver"]["rules"][0]
        assert rule["defaultConfiguration"]["level"] == level
        assert rule["properties"].get("security-severity") == figure
        assert ("problem.severity" in rule["properties"]) == (figure is None)

    def test_a_severity_that_was_set_for_this_run_ranks_the_rule(self):
        rule = rules_of(a_run(a_finding(severity=Severity.LOW)))["literal-credential-in-mcp-server"]
        assert rule["properties"]["security-severity"] == "2.0"

    def test_tags_begin_with_security_and_owasp_and_are_ten_at_most(self):
        many = {"zzz": tuple(f"Z-{n}" for n in range(20)), "owasp-nhi-2025": ("NHI2:2025",)}
        few = rules_of(a_run())["literal-credential-in-mcp-server"]["properties"]["tags"]
        full = rules_of(a_run(), pack=Pack((a_check(frameworks=many),)))["literal-credential-in-mcp-server"]
        assert few == [
            "security",
            "owasp-nhi-2025/NHI2:2025",
            "owasp-nhi-2025/NHI7:2025",
            "owasp-agentic-2026/ASI03",
            "nist-csf-2.0/PR.AA-01",
            "external/cwe/cwe-798",
        ]
        assert full["properties"]["tags"][:2] == ["security", "owasp-nhi-2025/NHI2:2025"]
        assert len(full["properties"]["tags"]) == MOST_TAGS
        assert len(full["relationships"]) == 22

    def test_short_cwe_numbers_are_padded_as_github_writes_them(self):
        assert (
            "external/cwe/cwe-020"
            in rules_of(a_run(), pack=Pack((a_check(cwe=("CWE-20",)),)))["literal-credential-in-mcp-server"][
                "properties"
            ]["tags"]
        )

    def test_long_rationales_fit(self):
        rule = rules_of(a_run(), pack=Pack((a_check(rationale="A sentence of words. " * 100),)))
        text = rule["literal-credential-in-mcp-server"]["fullDescription"]["text"]
        assert len(text) <= LONGEST_DESCRIPTION
        assert text.endswith(".")

    def test_relationships_lead_to_taxa(self):
        run = run_of(a_run())
        for rule in run["tool"]["driver"]["rules"]:
            for relationship in rule["relationships"]:
                target = relationship["target"]
                taxonomy = run["taxonomies"][target["toolComponent"]["index"]]
                assert taxonomy["name"] == target["toolComponent"]["name"]
                assert taxonomy["taxa"][target["index"]]["id"] == target["id"]
        supported = run["tool"]["driver"]["supportedTaxonomies"]
        assert [entry["name"] for entry in supported] == [taxonomy["name"] for taxonomy in run["taxonomies"]]
        assert [taxonomy["name"] for taxonomy in run["taxonomies"]] == [
            "owasp-nhi-2025",
            "owasp-agentic-2026",
            "nist-csf-2.0",
            "CWE",
        ]
        assert run["taxonomies"][0]["organization"] == "OWASP"
        assert run["taxonomies"][0]["taxa"][0]["shortDescription"]["text"] == "Title of NHI2:2025"

    def test_a_framework_that_is_not_at_hand_is_named_all_the_same(self):
        run = run_of(a_run(), frameworks=None)
        assert run["taxonomies"][0] == {"name": "owasp-nhi-2025", "taxa": [{"id": "NHI2:2025"}, {"id": "NHI7:2025"}]}

    def test_old_ids_are_kept(self):
        rule = rules_of(a_run(), pack=Pack((a_check(aliases=("old-name",)),)))["literal-credential-in-mcp-server"]
        assert rule["deprecatedIds"] == ["old-name"]


class TestResults:
    def test_a_result_names_rule_level_place_and_fingerprint(self):
        result = result_of(a_finding())
        assert result["ruleId"] == "literal-credential-in-mcp-server"
        assert result["ruleIndex"] == 0
        assert result["level"] == "error"
        assert result["message"] == {"text": "MCP server github carries GITHUB_TOKEN in clear."}
        assert result["locations"] == [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": ".mcp.json", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 7, "startColumn": 25, "endLine": 7, "endColumn": 47},
                }
            }
        ]
        assert result["fingerprints"] == {"nhilint/v1": "0123456789abcdef0123456789abcdef"}
        assert "partialFingerprints" not in result
        assert "baselineState" not in result
        assert "suppressions" not in result

    def test_the_level_is_written_even_where_it_is_the_default(self):
        assert result_of(a_finding(severity=Severity.MEDIUM))["level"] == "warning"

    def test_a_span_of_many_lines_is_kept_to_its_first(self):
        region = result_of(a_finding(ROLE))["locations"][0]["physicalLocation"]["region"]
        assert region == {"startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": 35}

    def test_a_finding_of_a_check_that_was_not_listed_finds_its_rule(self):
        run = run_of(a_run(a_finding(check="expired-waiver")))
        result = run["results"][0]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "expired-waiver"

    def test_related_places_are_linked_from_the_message(self):
        notes = (Note("the [odd\\one]", SERVER), Note("", ROLE))
        result = result_of(a_finding(related=notes))
        text = result["message"]["text"]
        assert text.endswith("in clear. See [the \\[odd\\\\one\\]](1), [infra/iam.tf](2).")
        assert [location["id"] for location in result["relatedLocations"]] == [1, 2]
        assert "message" not in result["relatedLocations"][1]

    def test_many_related_places_are_linked_as_far_as_a_reader_follows(self):
        result = result_of(a_finding(related=(Note("x", SERVER),) * 1500))
        assert result["message"]["text"].endswith("[x](10) and 1490 more.")
        assert len(result["relatedLocations"]) == 1000

    def test_a_message_cannot_hold_a_link_of_its_own(self):
        text = result_of(a_finding(message="see [docs](https://evil.example) {0}"))["message"]["text"]
        assert not re.search(r"(?<!\\)\]\(", text)

    def test_the_flow_becomes_a_code_flow(self):
        result = run_of(a_run(a_flow_finding()))["results"][0]
        steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
        uris = [step["location"]["physicalLocation"]["artifactLocation"]["uri"] for step in steps]
        assert uris == [".github/workflows/triage.yml", ".mcp.json", "infra/iam.tf"]
        assert steps[0]["location"]["message"]["text"] == "agent triage runs without approval"

    def test_related_places_in_other_files_make_a_flow_where_there_is_none(self):
        across = result_of(a_finding(TOKEN, related=(Note("the agent", AGENT),)))
        steps = across["codeFlows"][0]["threadFlows"][0]["locations"]
        assert len(steps) == 2
        assert "codeFlows" not in result_of(a_finding(TOKEN, related=(Note("the server", SERVER),)))

    def test_line_hashes_need_the_text_of_the_file(self):
        text = "x = 1\n" * 6 + "token\n"
        asked = []

        def lines(path):
            asked.append(path)
            return text if path == ".mcp.json" else None

        run = run_of(a_run(a_finding(TOKEN), a_finding(SERVER), a_finding(AGENT)), lines=lines)
        hashes = [result.get("partialFingerprints") for result in run["results"]]
        expected = LineHashes(text)
        assert hashes == [
            {"primaryLocationLineHash": expected.of(7)},
            {"primaryLocationLineHash": expected.of(3)},
            None,
        ]
        assert sorted(asked) == [".github/workflows/triage.yml", ".mcp.json"]

    def test_the_properties_hold_subject_confidence_and_pointer(self):
        assert result_of(a_finding())["properties"] == {
            "severity": "high",
            "confidence": "high",
            "subject": {"kind": "tool", "name": "github"},
            "pointer": "/mcpServers/github/env/GITHUB_TOKEN",
        }


class TestSuppressed:
    def test_they_are_left_out_by_default(self):
        assert run_of(a_run(*settled_findings()))["results"] == []

    def test_they_say_why_on_request(self):
        results = run_of(a_run(*settled_findings()), show_suppressed=True)["results"]
        assert [result["suppressions"] for result in results] == [
            [{"kind": "external", "status": "accepted", "justification": text}]
            for text in (
                "waived: approved by @alex until 2027-01-31",
                "baselined: in the baseline",
                "hidden: its confidence is low",
            )
        ]

    def test_with_a_baseline_the_others_are_new(self):
        run = a_run(a_finding(), *settled_findings())
        assert [r["baselineState"] for r in run_of(run)["results"]] == ["new"]
        states = [r["baselineState"] for r in run_of(run, show_suppressed=True)["results"]]
        assert states == ["new", "new", "unchanged", "new"]

    def test_undecided_conditions_are_open_results_on_request(self):
        undecided = Undecided("literal-credential-in-mcp-server", Subject("tool", "jira"), SERVER, "env.TOKEN")
        run = a_run(undecided=(undecided,))
        assert run_of(run)["results"] == []
        (result,) = run_of(run, show_undecided=True)["results"]
        assert (result["kind"], result["level"]) == ("open", "none")
        assert result["message"]["text"].startswith("tool jira: env.TOKEN is not known")


class TestLimits:
    def test_a_cut_keeps_the_worst_and_says_so(self, monkeypatch):
        monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
        low, high, critical = (
            a_finding(severity=severity, fingerprint=severity.word)
            for severity in (Severity.LOW, Severity.HIGH, Severity.CRITICAL)
        )
        run = run_of(a_run(low, high, critical))
        assert [result["fingerprints"]["nhilint/v1"] for result in run["results"]] == ["critical", "high"]
        (note,) = run["invocations"][0]["toolExecutionNotifications"]
        assert note["message"]["text"].startswith("1 of 3 findings are left out")

    def test_more_than_github_keeps_is_said(self, monkeypatch):
        monkeypatch.setattr(sarif, "MOST_KEPT", 2)
        run = run_of(many_findings(3))
        assert len(run["results"]) == 3
        assert (
            "keeps the 2 worst of these 3" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
        )

    def test_undecided_conditions_do_not_push_it_over(self, monkeypatch):
        monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
        undecided = Undecided("literal-credential-in-mcp-server", Subject("tool", "jira"), SERVER, "env.TOKEN")
        run = a_run(a_finding(), undecided=(undecided,) * 5)
        assert len(run_of(run, show_undecided=True)["results"]) == 2


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.json", "a/b.json"),
        (".github/workflows/x.yml", ".github/workflows/x.yml"),
        ("with space.json", "with%20space.json"),
        ("app/(shop)/[id].ts", "app/(shop)/%5Bid%5D.ts"),
        ("100%.json", "100%25.json"),
        ("a:b/c", "a%3Ab/c"),
        ("q?x#y", "q%3Fx%23y"),
        ("naïve/日.json", "na%C3%AFve/%E6%97%A5.json"),
        ("byte\udcff.json", "byte%FF.json"),
        ("", "."),
    ],
)
def test_paths_become_relative_references(path, uri):
    assert uri_of(path) == uri
    assert not path or unquote(uri, errors="surrogateescape") == path


def test_hostile_paths_are_encoded_in_every_location():
    text = render("sarif", a_hostile_run(), a_context(show_suppressed=True))
    for uri in re.findall(r'"uri": "([^"]*)"', text):
        assert re.fullmatch(r"[A-Za-z0-9._~/!$&'()*+,;=@%-]+", uri)


@pytest.mark.parametrize(
    ("check_id", "name"),
    [
        ("unpinned-mcp-server", "UnpinnedMcpServer"),
        ("allow-all-but-a-few", "AllowAllButAfew"),
        ("a2a-card", "A2aCard"),
        ("single", "Single"),
    ],
)
def test_names_are_pascal_case_as_validators_read_it(check_id, name):
    assert pascal_case(check_id) == name


def test_a_place_that_was_not_located_is_the_first_character():
    result = result_of(a_finding(Place("gone.json")))
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_an_instant_without_a_zone_is_utc():
    run = a_run(started=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).replace(tzinfo=None))
    assert run_of(run)["invocations"][0]["startTimeUtc"] == "2026-01-02T03:04:05Z"


def test_columns_count_code_points():
    place = Place("x.json", ("a",))
    run = a_run(a_finding(place), positions={place: Located(1, 3, 1, 4, "🔑 x", "/a")})
    region = run_of(run)["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (3, 4)
