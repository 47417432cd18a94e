"""Only the library of the syntax that is read gets imported, and positions cost nothing until asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from source_slices import document

from nhilint.source import json_reader, yaml_reader
from nhilint.source.document import Syntax

READ = """
import sys
from nhilint.source.document import Syntax, read
doc = read("x", {data!r}, Syntax({syntax!r}))
{then}
print(*sorted(name for name in {watched!r} if name in sys.modules))
"""
WATCHED = ["_ruamel_yaml", "ruamel.yaml", "tree_sitter", "tree_sitter_hcl", "tree_sitter_toml", "tomllib", "json"]


@pytest.mark.parametrize(
    ("syntax", "data", "then", "expected"),
    [
        ("json", b"[1]", "", "json"),
        ("json", b"[1]", "doc.span((0,)); doc.comments()", "json"),
        ("jsonc", b"[1,]", "", "json"),
        ("yaml", b"a: 1", "doc.span(('a',)); doc.comments()", "_ruamel_yaml ruamel.yaml"),
        ("toml", b"a = 1", "", "tomllib"),
        ("toml", b"a = 1", "doc.span(('a',))", "tomllib tree_sitter tree_sitter_toml"),
        ("hcl", b"a = 1", "", "tree_sitter tree_sitter_hcl"),
        ("text", b"a = 1", "doc.span(())", ""),
    ],
)
def test_libraries_of_other_syntaxes_stay_out(syntax, data, then, expected):
    script = READ.format(data=data, syntax=syntax, then=then, watched=WATCHED)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == expected


def test_places_are_looked_for_once_and_only_on_demand(monkeypatch):
    calls = []
    for module, name in ((yaml_reader, "YAML"), (json_reader, "JSON")):
        reader = getattr(module, name)

        def places(text, limits, reader=reader):
            calls.append(text)
            return reader.places(text, limits)

        monkeypatch.setattr(module, name, reader._replace(places=places))
    for syntax, text in ((Syntax.YAML, "a: 1"), (Syntax.JSON, '{"a": 1}')):
        doc = document(text, syntax)
        assert calls == []
        doc.span(("a",))
        doc.span(("b",))
        assert calls == [text]
        calls.clear()
