"""What holds for every report alike."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from factories import a_context, a_full_run, a_hostile_run, a_run, many_findings

from nhilint.report import FORMATS, render

HEAVY = ("sarif_om", "attr", "jinja2", "jsonschema", "git")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("run", [a_run, a_full_run, a_hostile_run], ids=lambda run: run.__name__)
def test_every_format_renders_every_run_as_text_that_can_be_written(name, run):
    context = a_context(show_suppressed=True, show_undecided=True)
    report = render(name, run(), context)
    assert report.endswith("\n")
    assert not report.endswith("\n\n")
    report.encode("utf-8", "strict")
    assert report == render(name, run(), context)


def test_an_unknown_format_is_refused():
    with pytest.raises(KeyError):
        render("yaml", a_run(), a_context())


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "sarif"])
def test_only_sarif_pays_for_its_library(name):
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from factories import a_run, a_context\n"
        f"from nhilint.report import render; before = set(sys.modules); render({name!r}, a_run(), a_context())\n"
        f"print(sorted((set(sys.modules) - before) & set({HEAVY!r})))"
    )
    here = str(Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", program, here], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", FORMATS)
def test_cost_grows_with_the_findings_and_no_faster(name):
    context = a_context(lines=lambda path: "    token: abc\n" * 60)

    def cost(run):
        render(name, run, context)
        return min(seconds(lambda: render(name, run, context)) for _ in range(3))

    assert cost(many_findings(2_000)) < 4 * 4 * max(cost(many_findings(500)), 0.001)


def seconds(action):
    before = time.process_time()
    action()
    return time.process_time() - before
