"""Which packages a script fetches and runs at a version that moves."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.github.reading import steps_of

TEXT = """
on: push
jobs:
  j:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo start
          %s
        env: {K: "${{ secrets.%s }}"}
"""


def read(line: str, secret: str = "LEDGER_KEY") -> tuple[str | None, tuple[str, ...]]:
    found = steps_of(TEXT % (line, secret))
    if not found:
        return None, ()
    return value_of(found[0].downloads), value_of(found[0].foreign_secrets) or ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("npx -y tidy@latest run", "tidy at latest from npm"),
        ("sudo bunx @acme/tidy@next run", "@acme/tidy at next from npm"),
        ("npx --package tidy@^2 -- tidy run", "tidy at ^2 from npm"),
        ("pnpm dlx tidy", "tidy at the newest version from npm"),
        ("yarn dlx tidy", "tidy at the newest version from npm"),
        ("uvx --python 3.12 tidy", "tidy at the newest version from PyPI"),
        ("uvx --from tidy-tools tidy", "tidy-tools at the newest version from PyPI"),
        ("uv tool run tidy", "tidy at the newest version from PyPI"),
        ("pipx run --spec tidy-tools tidy", "tidy-tools at the newest version from PyPI"),
        # what the lockfile may have installed, what is fixed, what is the caller's own
        ("npx tidy run", None),
        ("npx tidy@2.4.1 run", None),
        ("uvx tidy==2.4.1", None),
        ("uvx --from . tidy", None),
        ("uvx --from git+https://github.com/acme/tidy tidy", None),
        ("npx tidy@${{ env.V }}", None),
        ("npx tidy@$V", None),
        ("uvx --version", None),
        ("echo run npx tidy@latest", None),
        # where the program is missing that was looked for
        ("tidy run || npx -y tidy@1 run", None),
    ],
)
def test_a_version_that_moves(line, said):
    assert read(line)[0] == said


@pytest.mark.parametrize(
    ("line", "secret", "foreign"),
    [
        ("npx wrangler@latest deploy", "CLOUDFLARE_API_TOKEN", False),
        ("npx vercel@latest deploy", "VERCEL_TOKEN", False),
        ("npx npm@latest publish", "NPM_TOKEN", False),
        ("npx tidy@latest", "CLOUDFLARE_API_TOKEN", True),
    ],
)
def test_the_key_to_the_packages_own_service_is_no_strangers(line, secret, foreign):
    assert bool(read(line, secret)[1]) is foreign


def test_a_services_own_tool_may_bring_the_other_secrets_there():
    both = TEXT.replace("env: {K:", 'env: {C: "${{ secrets.CLOUDFLARE_API_TOKEN }}", K:')
    (step,) = steps_of(both % ("npx wrangler@4 secret put", "LEDGER_KEY"))
    assert value_of(step.foreign_secrets) == ()


BRANCHES = """if [ -x "$TIDY" ]; then
            "$TIDY"
          elif command -v pnpm; then
            npx -y tidy@1 run
          else
            npx -y tidy@1 run
          fi"""


def test_what_runs_where_a_program_is_missing_is_no_rule():
    assert read(BRANCHES) == (None, ())
    assert read("if ! command -v tidy; then\n            npx -y tidy@1\n          fi") == (None, ())


def test_what_runs_besides_a_test_for_something_else_is():
    assert read(BRANCHES.replace("tidy@1", "sweep@1"))[0] == "sweep at 1 from npm"
    assert read(BRANCHES + "\n          npx -y tidy@1")[0] == "tidy at 1 from npm"
    assert read('if [ "$TIDY" = 1 ]; then\n            npx -y tidy@1\n          fi')[0] == "tidy at 1 from npm"
    assert read("lint || npx -y tidy@1")[0] == "tidy at 1 from npm"
    assert read('if [ ! -x "$TIDY" ]; then echo none; fi\n          npx -y tidy@1')[0] == "tidy at 1 from npm"
