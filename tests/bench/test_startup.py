"""What a start costs, in CPU time of a process of its own, against the bare interpreter on the same machine.

The bars are those of the project: 60 ms for the version, 150 ms for a check of one file, on a machine whose bare
interpreter takes 11 ms. The ordinary test run fails only beyond three times that, since machines are shared; the
figures themselves are printed by `make bench`.
"""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from tests.running import command, nhilint, surroundings

BARE_SECONDS = 0.011
VERSION_SECONDS = 0.060
CHECK_SECONDS = 0.150
MARGIN = 3
RUNS = 7
OPEN_TRUST = (
    '{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": '
    '{"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}}]}'
)
"""Told by a check whose words are plain; others need the template language."""
ADMIN = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
"""A file with a finding whose message is plain text with facts in it, as most are."""


def cpu_of(run, cwd, environment):
    """The CPU time of one run of a command, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(run, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


@pytest.fixture
def least(repository):
    """The least CPU time of several runs in a small repository, modules and policies compiled before."""
    root = repository({"policy.json": ADMIN})
    environment = surroundings()

    def measure(run):
        return min(cpu_of(run, root, environment) for _ in range(RUNS + 1))

    return measure


@pytest.mark.parametrize(
    ("arguments", "bar"), [(["--version"], VERSION_SECONDS), (["check"], CHECK_SECONDS)], ids=["version", "one file"]
)
def test_a_start_stays_below_its_bar(least, arguments, bar):
    bare = least([sys.executable, "-c", "pass"])
    spent = least(command(*arguments))
    slower = max(1.0, bare / BARE_SECONDS)
    assert spent <= MARGIN * bar * slower, (
        f"{spent * 1000:.0f} ms CPU, bar {bar * 1000:.0f} ms, bare {bare * 1000:.0f} ms"
    )


LOADED = """
import os, sys
from nhilint.__main__ import main
os._exit = sys.exit
sys.argv = ["nhilint", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
print(*sys.modules, sep="\\n", file=sys.stderr)
"""
NEVER_ON_A_TEXT_RUN = (
    *(
        "jsonschema",
        "jinja2",
        "git",
        "sarif_om",
        "attr",
        "attrs",
        "rich",
        "pygments",
        "referencing",
        "importlib.metadata",
    ),
    *("ruamel.yaml", "tree_sitter", "tree_sitter_hcl", "tree_sitter_toml", "tomllib", "ahocorasick"),
    *(
        "asyncio",
        "concurrent.futures",
        "multiprocessing",
        "http",
        "http.client",
        "ssl",
        "socket",
        "email",
        "xml",
        "sqlite3",
    ),
    *("unittest", "logging", "difflib", "tempfile", "shutil", "random", "traceback", "importlib.resources", "zipfile"),
    *(
        "nhilint.catalogue.load",
        "nhilint.catalogue.schema",
        "nhilint.catalogue.framework",
        "nhilint.catalogue.strict_yaml",
    ),
    *("nhilint.report.sarif", "nhilint.report.json", "nhilint.report.markdown", "nhilint.testing", "nhilint.api"),
    *("nhilint.judged_change", "nhilint.settle.own_gate", "nhilint.coverage", "nhilint.delta", "codeowners"),
    *(
        "nhilint.knowledge.credentials",
        "nhilint.knowledge.scopes",
        "nhilint.knowledge.tools",
        "nhilint.formats.github.workflow",
        "nhilint.formats.slack.manifest",
    ),
)
"""Modules that an ordinary run, on a file that does not need them, must not load."""


def loaded(arguments, cwd):
    run = [sys.executable, "-c", LOADED.format(arguments=arguments)]
    done = subprocess.run(run, cwd=cwd, env=surroundings(), capture_output=True, text=True, check=True)
    return set(done.stderr.split("\n"))


def test_an_ordinary_run_loads_nothing_it_does_not_use(repository):
    root = repository({"policy.json": OPEN_TRUST})
    assert nhilint("check", cwd=root).code == 1  # the policies are compiled now
    assert sorted(loaded(["check"], root) & set(NEVER_ON_A_TEXT_RUN)) == []


def test_the_version_loads_next_to_nothing(tmp_path):
    names = loaded(["--version"], tmp_path)
    assert not {name.partition(".")[0] for name in names} & {"click", "msgspec", "subprocess", "json"}
    assert {name for name in names if name.startswith("nhilint")} <= {"nhilint", "nhilint.__main__", "nhilint.version"}


def test_every_watched_module_exists():
    """A name that was moved or misspelt would watch nothing."""
    from importlib.util import find_spec

    assert [name for name in NEVER_ON_A_TEXT_RUN if name not in ("rich", "pygments") and find_spec(name) is None] == []


@pytest.mark.parametrize("arguments", [["--version"], ["check"]], ids=" ".join)
def test_measure_a_start(benchmark, repository, arguments):
    root = repository({"policy.json": ADMIN})
    run, environment = command(*arguments), surroundings()
    cpu_of(run, root, environment)
    benchmark.pedantic(cpu_of, (run, root, environment), rounds=RUNS, iterations=1)
