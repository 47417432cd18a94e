"""The peers themselves on the same files: what checkov, parliament, cloudsplaining and zizmor say of their own rules.

Each is a program or a Python of its own under one folder (a virtual environment), which the caller names; none is
installed or fetched here. A peer is asked only about cases of its own suite, on the tree that nhilint scans. Peers that
are not there give no column.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cases import Case
    from layout import Layout

Said = dict[str, set[tuple[str, str]]]
"""By file of the laid-out tree, the rules that a peer flags with where it says so: an address, a line, or nothing."""

_LIBRARY = """
import json, sys
found = {}
for name in sys.argv[2:]:
    text = open(name, encoding="utf-8").read()
    try:
        if sys.argv[1] == "parliament":
            from parliament import analyze_policy_string
            said = analyze_policy_string(text, ignore_private_auditors=True, include_community_auditors=True)
            found[name] = sorted({finding.issue for finding in said.findings})
        else:
            from cloudsplaining.scan.policy_document import PolicyDocument
            policy = PolicyDocument(json.loads(text))
            asked = ("allows_privilege_escalation", "allows_data_exfiltration_actions",
                     "permissions_management_without_constraints", "write_actions_without_constraints",
                     "credentials_exposure", "service_wildcard", "infrastructure_modification")
            found[name] = [rule for rule in asked if getattr(policy, rule)]
    except Exception as error:
        found[name] = [type(error).__name__]
print(json.dumps(found))
"""


def flagged_by_peer(layout: Layout, cases: list[Case], peers: Path) -> dict[Case, bool]:
    """What the peer whose suite labelled a case says of it; cases whose peer is not there are left out."""
    with tempfile.TemporaryDirectory() as folder:
        root = _written(layout.files, Path(folder))
        said: dict[str, Said] = {}
        verdicts: dict[Case, bool] = {}
        for case in cases:
            peer = case.suite.partition("-")[0]
            home = layout.home.get(case)
            if home is None or peer not in _RUNS:
                continue
            if peer not in said:
                files = sorted({h for c, h in layout.home.items() if c.suite.partition("-")[0] == peer})
                said[peer] = _RUNS[peer](root, files, peers)
            if said[peer]:
                verdicts[case] = _is_flagged(case, said[peer].get(home, set()))
        return verdicts


def run_checkov(files: Mapping[str, bytes], peers: Path) -> Said:
    """What checkov says of a tree."""
    with tempfile.TemporaryDirectory() as folder:
        return _checkov(_written(files, Path(folder)), [], peers)


def run_library(name: str, files: Mapping[str, bytes], peers: Path) -> Said:
    """What parliament or cloudsplaining says of every JSON file of a tree."""
    with tempfile.TemporaryDirectory() as folder:
        return _library(name, _written(files, Path(folder)), sorted(files), peers)


def _written(files: Mapping[str, bytes], root: Path) -> Path:
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def _is_flagged(case: Case, said: set[tuple[str, str]]) -> bool:
    if case.rule == "ANY":
        return bool(said)
    places = {place for rule, place in said if rule == case.rule}
    if case.suite == "zizmor" and case.locator.startswith("line "):
        return any(place and abs(int(place) - int(case.locator.split()[1])) <= 1 for place in places)
    address = case.locator.partition(" ")[0]
    names_resource = "." in address and not case.file.endswith(".py") and case.family != "gha"
    return address in places if names_resource else bool(places)


def _checkov(root: Path, _files: list[str], peers: Path) -> Said:
    told = _run([_program(peers, "checkov"), "-d", str(root), "-o", "json", "--compact", "--quiet"])
    reports = json.loads(told) if told else []
    said: Said = defaultdict(set)
    for report in reports if isinstance(reports, list) else [reports]:
        for failed in report.get("results", {}).get("failed_checks", []):
            said[failed["file_path"].lstrip("/")].add((failed["check_id"], failed["resource"]))
    return said


def _zizmor(root: Path, files: list[str], peers: Path) -> Said:
    command = [_program(peers, "zizmor"), "--offline", "--no-config", "--persona=auditor", "--format=json"]
    said: Said = defaultdict(set)
    for file in files:
        for finding in json.loads(_run([*command, str(root / file)]) or "[]"):
            for location in finding["locations"]:
                line = location["concrete"]["location"]["start_point"]["row"] + 1
                said[file].add((finding["ident"], str(line)))
    return said


def _library(name: str, root: Path, files: list[str], peers: Path) -> Said:
    python = _program(peers, "python")
    policies = [file for file in files if file.endswith(".json")]
    told = _run([python, "-c", _LIBRARY, name, *(str(root / file) for file in policies)])
    found = json.loads(told) if told else {}
    return {file: {(rule, "") for rule in found.get(str(root / file), ())} for file in policies if found}


_RUNS: dict[str, Callable[[Path, list[str], Path], Said]] = {
    "checkov": _checkov,
    "zizmor": _zizmor,
    "parliament": lambda root, files, peers: _library("parliament", root, files, peers),
    "cloudsplaining": lambda root, files, peers: _library("cloudsplaining", root, files, peers),
}


def _program(peers: Path, name: str) -> str:
    """The program of a peer in one of the environments under a folder; its bare name where it is in none."""
    places = [*peers.glob(f"*/bin/{name}"), *peers.glob(f"bin/{name}")]
    if name == "python":
        places = [place for place in places if (place.parent / "parliament").exists()]
    return str(places[0]) if places else name


def _run(command: list[str]) -> str:
    """What a program prints, whatever its exit code; nothing where it is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    except OSError as error:
        print(f"{command[0]}: {error}", file=sys.stderr)
        return ""
    return done.stdout
