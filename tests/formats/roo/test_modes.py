"""Modes of Roo Code and Kilo Code: the tools of their groups."""

from __future__ import annotations

from nhilint.model.fact import known_records, value_of
from tests.formats.assistants import agents, extract

MODES = """\
customModes:
  - slug: writer
    description: Writes
    roleDefinition: You write.
    groups: [read, edit, mcp]
  - slug: notes
    whenToUse: Notes
    groups:
      - read
      - [edit, {fileRegex: '\\.md$'}]
      - {type: command}
  - slug: talker
    groups: []
"""


def names(agent):
    return [value_of(tool.name) for tool in known_records(agent.tools)]


def test_groups_are_tools():
    writer, notes, talker = agents("roo", ".roomodes", MODES)
    assert "write_to_file" in names(writer)
    assert value_of(writer.servers) == ("*",)
    assert "write_to_file" not in names(notes)
    assert "execute_command" in names(notes)
    assert value_of(notes.purpose) == "Notes"
    assert value_of(talker.tools_exposed) == "none"


def test_json_and_the_product_by_the_files_name():
    (found,) = agents("roo", ".kilocodemodes", '{"customModes": [{"slug": "a", "groups": ["command"]}]}')
    assert value_of(found.product) == "kilo-code"


def test_other_files_are_not_taken():
    assert not extract("roo", "custom_modes.yaml", "other: {a: customModes}\n").recognised
