"""Reports for other CI systems: GitLab's two, JUnit, and the comment on a pull request."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from factories import TOKEN, a_context, a_finding, a_full_run, a_hostile_run, a_run, many_findings

from nhilint.model.delta import ActorDelta, Shift
from nhilint.model.finding import Severity
from nhilint.model.run import Compared
from nhilint.report import render
from nhilint.report.comment import MARK, MOST_BYTES, QUIET_MARK


def parsed(name, run, **context):
    return json.loads(render(name, run, a_context(**context)))


class TestCodeQuality:
    def test_one_entry_a_finding_with_what_gitlab_reads(self):
        (entry,) = parsed("gitlab", a_run(a_finding(severity=Severity.HIGH)))
        assert entry.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] == "critical"
        assert entry["location"]["path"] == TOKEN.path
        assert entry["location"]["lines"]["begin"] >= 1

    def test_fingerprints_are_unique(self):
        twice = parsed("gitlab", a_run(a_finding(), a_finding(message="another")))
        assert len({entry["fingerprint"] for entry in twice}) == len(twice) == 2

    def test_an_unreadable_file_is_an_entry(self):
        names = [entry["check_name"] for entry in parsed("gitlab", a_full_run())]
        assert any(name.startswith("nhilint-") for name in names)

    def test_nothing_is_an_empty_list(self):
        assert parsed("gitlab", a_run()) == []


class TestSast:
    def test_the_required_parts(self):
        report = parsed("gitlab-sast", a_full_run())
        assert report.keys() >= {"version", "scan", "vulnerabilities"}
        assert report["scan"].keys() >= {"analyzer", "scanner", "type", "start_time", "end_time", "status"}
        assert report["scan"]["analyzer"].keys() >= {"id", "name", "vendor", "version"}
        assert not report["scan"]["start_time"].endswith("Z")
        for entry in report["vulnerabilities"]:
            assert entry.keys() >= {"id", "identifiers", "location"}
            assert entry["severity"] in {"Info", "Low", "Medium", "High", "Critical"}
            assert entry["identifiers"][0]["type"] == "nhilint_check"
            assert len(entry.get("solution", "")) <= 7000

    def test_an_incomplete_scan_has_failed(self):
        assert parsed("gitlab-sast", a_full_run())["scan"]["status"] == "failure"
        assert parsed("gitlab-sast", a_run())["scan"]["status"] == "success"

    def test_ids_are_unique_and_stable(self):
        run = a_run(a_finding(), a_finding(message="another"))
        first, second = (parsed("gitlab-sast", run)["vulnerabilities"] for _ in range(2))
        assert [entry["id"] for entry in first] == [entry["id"] for entry in second]
        assert len({entry["id"] for entry in first}) == 2


class TestJUnit:
    def test_counts_agree_with_cases(self):
        suite = ET.fromstring(render("junit", a_full_run(), a_context())).find("testsuite")
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure")) > 0
        assert int(suite.get("errors")) == len(suite.findall("testcase/error")) > 0

    def test_only_what_fails_the_gate_is_a_failure(self):
        run = a_run(a_finding(severity=Severity.LOW))
        suite = ET.fromstring(render("junit", run, a_context())).find("testsuite")
        assert suite.findall("testcase/failure") == []
        assert "low" in suite.find("testcase/system-out").text

    def test_a_clean_run_is_one_case_that_passes(self):
        suite = ET.fromstring(render("junit", a_run(), a_context())).find("testsuite")
        assert [list(case) for case in suite.findall("testcase")] == [[]]


@pytest.mark.parametrize("name", ["gitlab", "gitlab-sast", "junit", "comment"])
def test_hostile_text_drives_nothing(name):
    text = render(name, a_hostile_run(), a_context(show_suppressed=True, show_undecided=True))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "##[" not in text
    if name == "junit":
        ET.fromstring(text)


class TestComment:
    SHIFT = Shift("widened", "may change code with its token (contents: write)", Severity.HIGH, TOKEN, line=3)
    DELTA = (ActorDelta("agent", "triage-bot", TOKEN.path, "changed", (SHIFT,), "it reads text by outsiders (issues)"),)

    def test_authority_comes_before_findings(self):
        run = a_run(a_finding(), compared=Compared("main", "1" * 40), delta=self.DELTA)
        text = render("comment", run, a_context())
        assert text.startswith(MARK)
        assert text.index("What this change does to authority") < text.index("<details")
        assert "may change code with its token" in text
        assert "it reads text by outsiders" in text

    def test_nothing_to_say_is_said_in_the_first_line(self):
        run = a_run(compared=Compared("main", "1" * 40))
        assert render("comment", run, a_context()).startswith(QUIET_MARK)

    def test_it_fits_into_a_comment(self):
        run = many_findings(2000)
        text = render("comment", run, a_context())
        assert len(text.encode()) <= MOST_BYTES + 100
        assert "left out" in text
