"""Settings that a workflow gives to Codex by options and by a file that a script writes."""

from __future__ import annotations

import pytest

from nhilint.formats.github.codex_settings import overridden, under
from nhilint.model.fact import value_of
from tests.formats.github.test_agents import agent_of

FILE = """on: issues
jobs:
  j:
    runs-on: x
    steps:
      - run: |
          {before} {target} <<{quoted}
          {body}
          EOF
      - run: codex exec x
"""
OPEN = 'sandbox_mode = "danger-full-access"'


def written(body=OPEN, target="~/.codex/config.toml", before="cat >", quoted="'EOF'"):
    text = FILE.format(body=body.replace("\n", "\n          "), target=target, before=before, quoted=quoted)
    return value_of(agent_of(text).command_reach)


@pytest.mark.parametrize("target", ["~/.codex/config.toml", '"$CODEX_HOME/config.toml"', "${CODEX_HOME}/config.toml"])
@pytest.mark.parametrize("quoted", ["EOF", "'EOF'"])
def test_a_file_that_a_script_wrote_counts(target, quoted):
    assert written(target=target, quoted=quoted) == "any"


def test_network_that_the_file_opens():
    assert written(body="[sandbox_workspace_write]\nnetwork_access = true") == "any"
    assert written(body='sandbox_mode = "read-only"\n[sandbox_workspace_write]\nnetwork_access = true') == "sandboxed"


@pytest.mark.parametrize(
    ("body", "target", "before"),
    [
        (OPEN, "app/config.toml", "cat >"),
        (OPEN, "~/.codex/config.json", "cat >"),
        ("sandbox_mode = ", "~/.codex/config.toml", "cat >"),
        ("# nothing", "~/.codex/config.toml", "tee"),
    ],
)
def test_other_files_do_not(body, target, before):
    assert written(body, target, before) == "sandboxed"


@pytest.mark.parametrize(
    "words",
    [
        ("-c", "a.b=1"),
        ("--config", "a.b=1"),
        ("--config=a.b=1",),
        ("-ca.b=1",),
        ("-c", "a={b=1}"),
    ],
)
def test_every_spelling_of_an_override(words):
    assert under(overridden({}, words), "a", "b") == 1


def test_an_override_stands_over_the_file_and_odd_ones_are_left():
    assert overridden({"a": 1}, ("-c", "a=text")) == {"a": "text"}
    assert overridden({"a": 1}, ("-c", "a.b=true")) == {"a": {"b": True}}
    assert overridden({}, ("-c", "=1", "-c", "novalue", "-c")) == {}


def test_long_scripts_end():
    text = "cat > ~/.codex/config.toml <<EOF\n" * 1_500
    indented = text.replace("\n", "\n          ")
    assert value_of(agent_of(FILE.format(before=indented + "cat >", target="x", quoted="EOF", body="a")).command_reach)
