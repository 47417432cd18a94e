"""Secrets that the repository's own bundler writes into the page."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from nhilint.settle.built_into_page import without_page_variables
from nhilint.tree import MemoryTree
from tests.formats.github.reading import resources_of

WORKFLOW = """
on: push
permissions: {contents: read}
jobs:
  j:
    runs-on: ubuntu-latest
    steps:
      - {uses: acme/build@v1, env: {SITE_TOKEN: "${{ secrets.SITE_TOKEN || secrets.STAGING_SITE_TOKEN }}"}}
      - {uses: acme/look@v1}
"""


@pytest.mark.parametrize(
    ("files", "in_page"),
    [
        ({"webpack.config.js": "new webpack.EnvironmentPlugin({\n  SITE_TOKEN: undefined, // (needed)\n})"}, True),
        ({"ui/webpack.prod.js": "new EnvironmentPlugin(['SITE_TOKEN'])"}, True),
        ({"webpack.config.js": "new DefinePlugin({TOKEN: JSON.stringify(process.env.SITE_TOKEN)})"}, True),
        ({"vite.config.mts": "export default {define: {__T__: JSON.stringify(env.SITE_TOKEN)}}"}, True),
        ({"vite.config.ts": "define: {a: 1}, server: {t: JSON.stringify(env.SITE_TOKEN)}"}, False),
        ({"webpack.config.js": "new EnvironmentPlugin(['OTHER_TOKEN'])"}, False),
        ({"webpack.config.js": "target: 'node', plugins: [new EnvironmentPlugin(['SITE_TOKEN'])]"}, False),
        ({"webpack.config.js": "new EnvironmentPlugin(['SITE_TOKEN'"}, False),
        ({"notes.js": "new EnvironmentPlugin(['SITE_TOKEN'])"}, False),
    ],
)
def test_what_is_in_the_page_is_handed_to_everybody(files, in_page):
    (workflow,) = without_page_variables(resources_of(WORKFLOW, ".github/workflows/x.yml"), MemoryTree(files))
    built, looks = workflow.facts.steps
    assert value_of(built.foreign_secrets) == (() if in_page else ("SITE_TOKEN", "STAGING_SITE_TOKEN"))
    assert bool(value_of(looks.beside)) is not in_page


class Untouched(MemoryTree):
    """A tree that nobody looks through."""

    def paths(self):
        raise AssertionError


def test_a_tree_is_not_looked_through_where_no_step_is_said_to_hold_a_secret():
    plain = resources_of(
        "on: push\njobs: {j: {runs-on: x, steps: [{uses: acme/look@v1}]}}\n", ".github/workflows/x.yml"
    )
    assert without_page_variables(plain, Untouched({})) == tuple(plain)
