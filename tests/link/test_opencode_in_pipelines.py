"""What the settings of a repository leave to opencode in its pipelines."""

from __future__ import annotations

import pytest

from nhilint.formats.opencode.claims import CLAIMS
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.link.opencode_in_pipelines import join
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import read
from tests.formats.github.reading import SHA, resources_of

STEP = "on: issue_comment\njobs: {j: {runs-on: x, steps: [{%s}]}}\n"
ACTION = f"uses: anomalyco/opencode/github@{SHA}"


def settings_of(text, path):
    (claim,) = Recogniser(CLAIMS).recognise(path, text.encode())
    return reader_of(claim).extract(read(path, text.encode(), claim.syntax), claim).resources


def reach(files, step=ACTION):
    steps = resources_of(STEP % step, ".github/workflows/oc.yml")
    settings = [one for path, text in files.items() for one in settings_of(text, path)]
    found = next(
        one.facts for one in join((*steps, *settings)) if one.format == "github-workflow" and one.kind == "agent"
    )
    return "unknown" if isinstance(found.command_reach, Unknown) else value_of(found.command_reach)


@pytest.mark.parametrize(
    ("permission", "left"),
    [
        ('{"bash": "ask"}', "none"),
        ('{"edit": "deny", "bash": "deny"}', "none"),
        ('{"bash": {"*": "ask", "git diff *": "allow"}}', "listed"),
        # the last rule that matches decides: here it allows
        ('{"bash": {"git diff *": "ask", "*": "allow"}}', "any"),
        ('{"edit": "ask"}', "any"),
    ],
)
def test_what_the_settings_ask_about_is_not_done(permission, left):
    assert reach({"opencode.json": f'{{"permission": {permission}}}'}) == left


def test_only_settings_of_the_project_that_bind_every_agent_count():
    asked = '{"permission": {"bash": "ask"}}'
    assert reach({}) == "any"
    assert reach({".opencode/opencode.jsonc": asked}) == "none"
    assert reach({"examples/opencode.json": asked}) == "any"
    assert reach({"opencode.json": asked, ".opencode/opencode.json": '{"permission": "allow"}'}) == "any"
    free = '{"permission": {"bash": "ask"}, "agent": {"ci": {"permission": {"bash": "allow"}}}}'
    assert reach({"opencode.json": free}) == "any"


def test_a_command_line_keeps_to_them_unless_a_flag_lifts_the_questions():
    asked = {"opencode.json": '{"permission": {"bash": "ask"}}'}
    assert reach(asked, "run: opencode run fix") == "none"
    assert reach({}, "run: opencode run fix") == "unknown"
    assert reach(asked, "run: opencode run --auto fix") == "any"
