"""A step that ends its job for everybody but Dependabot, by the release that asks who wrote the commit."""

from __future__ import annotations

import pytest

from nhilint.formats.github.guards import fails_unless_dependabots
from nhilint.formats.node import Node
from nhilint.source.document import Syntax, read


@pytest.mark.parametrize(
    ("version", "asks"),
    [("v1", True), ("v1.2.1", True), ("v2.4.0", True), ("main", True), ("v1.1.1", False), ("v1.0.0", False),
     ("1.2.0", False), ("v1.10.0", True), ("1" * 40, True)],
)  # fmt: skip
def test_releases_that_ask_for_the_author(version, asks):
    text = f"uses: dependabot/fetch-metadata@{version}"
    step = Node.root(read("step.yml", text.encode(), Syntax.YAML))
    assert fails_unless_dependabots(step) is asks
