"""nhilint and its peers on the same files in one run: CPU seconds and their ratio, as a Markdown table.

    python tools/bench_peers.py --repositories folder --peers folder

`--repositories` holds checkouts named owner__name; the files of a case are copied out of all of them into a folder of
their own. `--peers` holds one virtual environment a program (checkov/bin/checkov …); a peer that is not there gives no
row, and nothing is installed or fetched. The least of three runs counts, for nhilint without a cache of the files, and
for a peer that is done within ten seconds; a slower one runs once. Modules are compiled beforehand, as pip leaves them.
Seconds depend on the machine, the ratio much less.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

RUNS = 3
_LONG = 10.0
"""Seconds after which once is enough."""
_MANAGED = 450
_PARLIAMENT = """
import sys
from parliament import analyze_policy_string
for name in sys.argv[2:]:
    try:
        text = open(name, encoding="utf-8").read()
        analyze_policy_string(text, ignore_private_auditors=True, include_community_auditors=sys.argv[1] == "all")
    except Exception:
        pass
"""


class Peer(NamedTuple):
    """A program, how it is said in the table, and its command for some files by its path and their names."""

    program: str
    said: str
    command: Callable[[Path, list[str]], list[str]]


class Case(NamedTuple):
    """Files to lay out (name in the new folder, source or content) and the peers that read them."""

    name: str
    files: Callable[[Path], Iterator[tuple[str, Path | bytes]]]
    peers: tuple[Peer, ...]


def _parliament(rules: str) -> Callable[[Path, list[str]], list[str]]:
    return lambda program, names: [str(program.parent / "python"), "-c", _PARLIAMENT, rules, *names]


_PARLIAMENTS = (
    Peer("parliament", "parliament", _parliament("all")),
    Peer("parliament", "parliament without its community rules", _parliament("few")),
)
"""What it says of escalation, of credentials and of grants of permissions are its community rules."""


def workflows(repositories: Path) -> Iterator[tuple[str, Path | bytes]]:
    """Every workflow, under one `.github/workflows`."""
    for found in sorted(repositories.glob("*/.github/workflows/*.y*ml")):
        yield f".github/workflows/{found.parts[-4]}-{found.name}", found


def policies(repositories: Path) -> Iterator[tuple[str, Path | bytes]]:
    """AWS policy documents in JSON files of their own."""
    for top in sorted(repositories.iterdir()):
        for found in sorted(top.resolve().glob("**/*.json")):
            if found.is_file() and not found.is_symlink():
                head = found.read_bytes()[:200].translate(None, b" \t\r\n")
                if head.startswith((b'{"Version":"2012-10-17","Statement"', b'{"Version":"2012-10-17","Id"')):
                    yield "-".join((top.name, *found.parts[-3:])), found


def managed_policies(repositories: Path) -> Iterator[tuple[str, Path | bytes]]:
    """Every third of AWS' own policies, as the collection keeps what AWS answers."""
    for found in sorted((repositories / "zoph-io__MAMIP" / "policies").glob("*"))[::3][:_MANAGED]:
        document = json.loads(found.read_bytes())["PolicyVersion"]["Document"]
        yield f"{found.name}.json", json.dumps(document, indent=2).encode()


def terraform(repositories: Path) -> Iterator[tuple[str, Path | bytes]]:
    """The module of IAM that most people use."""
    top = repositories / "terraform-aws-modules__terraform-aws-iam"
    for found in sorted(top.glob("**/*.tf")):
        yield str(found.relative_to(top)).replace("examples/", "live/"), found


def templates(repositories: Path) -> Iterator[tuple[str, Path | bytes]]:
    """CloudFormation and SAM templates of one collection, without those that stop the peer: they have no resource."""
    top = repositories / "aws-samples__serverless-patterns"
    for found in sorted(top.glob("*/template.y*ml")):
        if b"\nResources:\n  " in found.read_bytes():
            yield f"{found.parent.name}/{found.name}", found


CASES = (
    Case(
        "GitHub workflows",
        workflows,
        (
            Peer(
                "zizmor",
                "zizmor",
                lambda program, _: [str(program), "--offline", "--no-exit-codes", "--no-progress", "."],
            ),
        ),
    ),
    Case("AWS policies in JSON", policies, _PARLIAMENTS),
    Case("AWS' own policies", managed_policies, _PARLIAMENTS),
    Case(
        "Terraform module of IAM",
        terraform,
        (
            Peer(
                "checkov",
                "checkov",
                lambda program, _: [str(program), "-d", ".", "--framework", "terraform", "--quiet", "--compact"],
            ),
        ),
    ),
    Case("SAM templates", templates, (Peer("cfn-lint", "cfn-lint", lambda program, names: [str(program), *names]),)),
)


def cpu_seconds(command: Sequence[str], folder: Path) -> float:
    """What a command and its children take, user and system together."""
    surroundings = {**os.environ, "CHECKOV_RUN_SCA_PACKAGE_SCAN": "false", "NO_COLOR": "1"}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, check=False)
    last = (ended.stderr.splitlines() or [b""])[-1].decode(errors="replace")
    if re.match(r"\w+(?:Error|Exception)\b", last):
        sys.exit(f"{command[0]} ended early: {last}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def least(command: Sequence[str], folder: Path) -> float:
    """The CPU seconds of the quickest of some runs; of the one run, where that is long."""
    first = cpu_seconds(command, folder)
    return first if first > _LONG else min(first, *(cpu_seconds(command, folder) for _ in range(RUNS - 1)))


def lines_of(case: Case, repositories: Path, peers: Path) -> Iterator[str]:
    """The rows of one case; none where no file or no peer of it is there."""
    programs = [(peer, peers / peer.program / "bin" / peer.program) for peer in case.peers]
    there = [(peer, program) for peer, program in programs if program.exists()]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        names = []
        for name, source in case.files(repositories):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source if isinstance(source, bytes) else source.read_bytes())
            names.append(name)
        if not names or not there:
            return
        scan = [sys.executable, "-m", "nhilint", "check", "--root", str(folder), "--format", "json"]
        cpu_seconds(scan, folder)  # compiles modules and policies
        own = least(scan, folder)
        for peer, program in there:
            theirs = least(peer.command(program, names), folder)
            yield f"| {case.name} | {len(names):,} | {own:.1f} | {peer.said} {theirs:.1f} | {theirs / own:.1f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repositories", type=Path, required=True)
    parser.add_argument("--peers", type=Path, required=True)
    options = parser.parse_args()
    sys.stdout.write("| files | how many | nhilint, CPU s | peer, CPU s | peer by nhilint |\n|---|---|---|---|---|\n")
    for case in CASES:
        for line in lines_of(case, options.repositories.resolve(), options.peers.absolute()):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
