"""How the cost of a scan grows: in proportion to what is recognised, hardly at all with what is not."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.pipeline import gather, scan
from nhilint.policies import load_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree
from tests.running import OPEN_SCRIPT, nhilint, surroundings

SETTINGS = Settings(root=Path("repo"), now=datetime(2026, 11, 22, tzinfo=UTC))
TENFOLD = 15
"""What ten times the input may cost at most; ten would be exact, and clocks are not."""

POLICY = {"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "sqs:Send*"], "Resource": "arn:aws:s3:::b/*"}]}
SLACK = "display_information: {name: digest}\noauth_config: {scopes: {bot: [commands, 'chat:write']}}\n"


@pytest.fixture(scope="module")
def checks():
    return load_policies((), None).checks


def least(work, times=3):
    """The least CPU time of several runs, in seconds. What other tests left in memory is kept out of the collector."""
    spent = []
    gc.collect()
    gc.freeze()
    for _ in range(times):
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    gc.unfreeze()
    return min(spent)


def files(number):
    """So many files of each of three kinds."""
    found = {}
    for index in range(number):
        found[f"a/{index}/appsscript.json"] = OPEN_SCRIPT
        found[f"p/{index}/policy.json"] = json.dumps(POLICY)
        found[f"s/{index}/slack-manifest.yaml"] = SLACK
    return found


def test_ten_times_the_files_cost_about_ten_times(checks):
    few, many = MemoryTree(files(30)), MemoryTree(files(300))
    scan(few, SETTINGS, checks)
    small, large = (least(lambda tree=tree: scan(tree, SETTINGS, checks)) for tree in (few, many))
    assert large < TENFOLD * small


@pytest.mark.parametrize(
    ("path", "key", "entry"),
    [
        ("policy.json", "Statement", POLICY["Statement"][0]),
        ("appsscript.json", "oauthScopes", "https://www.googleapis.com/auth/userinfo.email"),
    ],
    ids=["statements", "scopes"],
)
def test_ten_times_the_entries_of_one_file_cost_about_ten_times(checks, path, key, entry):
    few, many = (MemoryTree({path: json.dumps({key: [entry] * number})}) for number in (200, 2000))
    scan(few, SETTINGS, checks)
    small, large = (least(lambda tree=tree: scan(tree, SETTINGS, checks)) for tree in (few, many))
    assert large < TENFOLD * small


def test_files_that_nobody_reads_cost_next_to_nothing():
    names = [f"src/{number % 97}/module_{number}.{('py', 'ts', 'go', 'md')[number % 4]}" for number in range(10_000)]
    tree = MemoryTree(dict.fromkeys(names, b"x" * 100))
    one = MemoryTree({"appsscript.json": OPEN_SCRIPT})
    gather(one, SETTINGS)
    assert least(lambda: gather(tree, SETTINGS)) < 200 * max(least(lambda: gather(one, SETTINGS)), 0.001)


LARGE = """
import resource, sys
from nhilint.cli import run
run(["check", "--format", "json"])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def test_a_large_folder_takes_little_memory(folder):
    root = folder({f"{number % 100}/{number}.txt": b"" for number in range(10_000)})
    nhilint("check", cwd=root)  # the policies are compiled now
    # A process starts with the largest size that the one it was forked from ever had: a small shell stands between.
    run = ["sh", "-c", '"$0" "$@"; exit $?', sys.executable, "-c", LARGE]
    done = subprocess.run(run, cwd=root, env=surroundings(), capture_output=True, check=True)
    assert json.loads(done.stdout)["counts"]["files"]["seen"] == 10_000
    kilobytes = int(done.stderr.split()[-1]) // (1024 if sys.platform == "darwin" else 1)
    assert kilobytes < 150_000


def test_measure_a_scan(benchmark, checks):
    tree = MemoryTree(files(100))
    benchmark.pedantic(scan, (tree, SETTINGS, checks), rounds=5, iterations=1, warmup_rounds=1)
