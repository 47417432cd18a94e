"""What a team of Docker's agent runner may do in a step that runs it, and whose team that is."""

from __future__ import annotations

import pytest

from nhilint.formats.frameworks.claims import CLAIMS
from nhilint.formats.registry import Recogniser, reader_of
from nhilint.link.docker_agents_in_pipelines import join
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import read
from tests.formats.github.reading import SHA, resources_of

STEP = """on: {on}
permissions: {{contents: write}}
jobs:
  j:
    runs-on: x
    steps:
      - uses: docker/{action}@{sha}
        with: {{agent: "{team}", prompt: "${{{{ github.event.issue.title }}}}"{more}}}
"""
TEAM = """agents:
  root:
    model: m
    instruction: help
    toolsets: [{type: %s}]
permissions:
%s
"""
ALLOWS = "  allow: ['shell:cmd=go *']"
PATH = ".github/agents/team.yaml"


def joined(
    tool="shell", rules=ALLOWS, more="", path=PATH, team="${{ github.workspace }}/" + PATH, on="issues",
    action="cagent-action",
):  # fmt: skip
    text = STEP.format(on=on, action=action, sha=SHA, team=team, more=more)
    steps = resources_of(text, ".github/workflows/w.yml")
    file = (TEAM % (tool, rules)).encode()
    (claim,) = Recogniser(CLAIMS).recognise(path, file)
    found = join((*steps, *reader_of(claim).extract(read(path, file, claim.syntax), claim).resources))
    step = next(one.facts for one in found if one.kind == "agent" and one.format == "github-workflow")
    return step, next(one.facts for one in found if one.kind == "agent" and one.format == "cagent")


def reach(**changes):
    found = joined(**changes)[0].command_reach
    return "unknown" if isinstance(found, Unknown) else value_of(found)


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({}, "any"),
        ({"action": "docker-agent-action"}, "any"),
        ({"team": f"./{PATH}"}, "any"),
        ({"tool": "think"}, "none"),
        ({"rules": "  deny: [shell]"}, "none"),
        ({"more": ", yolo: 'false'"}, "listed"),
        ({"more": ", yolo: 'false'", "rules": "  ask: [shell]"}, "none"),
        ({"team": "docker/code-analyzer"}, "unknown"),
        ({"team": ".github/agents/other.yaml"}, "unknown"),
        ({"team": "${{ inputs.team }}.yaml"}, "unknown"),
    ],
)
def test_a_step_runs_the_commands_of_its_team(changes, left):
    assert reach(**changes) == left


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "service"),
        ({"more": ", yolo: 'false'"}, "settings"),
        ({"path": "team.yaml", "team": "team.yaml"}, "settings"),
        ({"team": ".github/agents/other.yaml"}, "settings"),
    ],
)
def test_a_team_below_the_pipelines_folder_is_that_of_the_step_which_approves_everything(changes, kind):
    assert value_of(joined(**changes)[1].kind) == kind


@pytest.mark.parametrize(("on", "open_to"), [("issues", "anyone"), ("issue_comment", "writers")])
def test_the_action_turns_away_strangers_who_comment_and_nobody_else(on, open_to):
    step = joined(on=on)[0]
    assert value_of(step.open_to) == open_to
    assert value_of(step.untrusted_input) == ("github.event.issue.title",)
    assert value_of(step.rights) == "strong"


def test_another_action_of_docker_is_no_agent():
    text = STEP.format(on="issues", action="login-action", sha=SHA, team="x", more="")
    assert all(one.kind != "agent" for one in resources_of(text))
