"""What nhilint and its peers say of agent files that others labelled, in one run: a Markdown table.

    python tools/bench_agents.py --repositories folder --peers folder [--show]

`--repositories` holds checkouts named owner__name of the projects below; each case is laid out alone in a neutral
folder, a skill under `.claude/skills`, a configuration of servers as `.mcp.json`, so that no path tells what it is for.
`--peers` holds one virtual environment a program (agnix/bin/agnix …); one that is not there gives an empty column, and
nothing is installed or fetched. Counted is whether a program says anything at its default settings; what it says may
still be about something else than what the label means, so that a high share of flawed cases proves less than quiet on
the harmless ones does. `--show` lists what nhilint says, case by case.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HARMLESS, HARMFUL = "skills said to be harmless", "skills said to be harmful"
DECLARED = "skills that declare more or less than they use"
FLAWED = "configurations of servers with flaws"
SOUND = "configurations of servers without flaws"


class Case(NamedTuple):
    """One labelled folder or file: the set it belongs to, where it lies, and what it is called when laid out."""

    group: str
    source: Path
    target: str


def cases(repositories: Path) -> Iterator[Case]:
    """Every labelled case of the checkouts that are there."""
    yield from _skills_of_cisco(repositories / "cisco-ai-defense__skill-scanner" / "evals")
    yield from _skills_of_snyk(repositories / "snyk__agent-scan" / "tests" / "skills")
    yield from _skills_of_nvidia(repositories / "NVIDIA__SkillSpector" / "tests" / "fixtures")
    yield from _of_agent_audit(repositories / "HeadyZhang__agent-audit" / "tests" / "fixtures")
    samples = repositories / "sattyamjjain__agent-audit-kit" / "benchmarks" / "sample_configs"
    for found in sorted(samples.glob("*.json")):
        yield Case(SOUND if "clean" in found.name else FLAWED, found, ".mcp.json")


def _skill(group: str, folder: Path) -> Case:
    return Case(group, folder, ".claude/skills/one")


def _skills_of_cisco(evals: Path) -> Iterator[Case]:
    for label in sorted(evals.glob("**/_expected.json")):
        safe = json.loads(label.read_text("utf-8")).get("expected_safe")
        yield _skill(HARMLESS if safe else HARMFUL, label.parent)


def _skills_of_snyk(skills: Path) -> Iterator[Case]:
    for found in sorted(skills.glob("*/SKILL.md")):
        yield _skill(HARMFUL if found.parent.name.startswith("malicious") else HARMLESS, found.parent)


def _skills_of_nvidia(fixtures: Path) -> Iterator[Case]:
    for found in sorted(fixtures.glob("**/SKILL.md")):
        name = found.parent.name
        if "clean" in name or name == "safe_skill":
            yield _skill(HARMLESS, found.parent)
        elif name.startswith(("mcp_over", "mcp_under", "mcp_mis")):
            yield _skill(DECLARED, found.parent)
        elif not name.startswith(("sqp", "sdi")):  # those are about style and about prose beside code
            yield _skill(HARMFUL, found.parent)


def _of_agent_audit(fixtures: Path) -> Iterator[Case]:
    for found in sorted(fixtures.glob("openclaw_skills/*/SKILL.md")):
        yield _skill(HARMLESS if found.parent.name.startswith("clean") else HARMFUL, found.parent)
    for found in sorted(fixtures.glob("mcp_configs/*.json")):
        yield Case(FLAWED, found, found.name if found.name.startswith("claude_desktop") else ".mcp.json")


def _nhilint(folder: Path) -> list[str]:
    report = _json([sys.executable, "-m", "nhilint", "check", "--root", str(folder), "--format", "json"])
    return [f"{one['check']}: {one['message']}" for one in report["findings"] if one["disposition"] == "active"]


def _agnix(program: Path, folder: Path) -> list[str]:
    report = _json([str(program), "--format", "json", str(folder)])
    return [one["rule"] for one in report["diagnostics"] if one["level"] in ("error", "warning")]


def _agent_audit(program: Path, folder: Path) -> list[str]:
    report = _json([str(program), "scan", str(folder), "--format", "json"])
    return [one["rule_id"] for one in report["findings"]]


def _agent_audit_kit(program: Path, folder: Path) -> list[str]:
    report = _json([str(program), "scan", str(folder), "--format", "json"])
    return [str(one.get("rule_id", one.get("ruleId"))) for one in report["findings"]]


PEERS: dict[str, Callable[[Path, Path], list[str]]] = {
    "agnix": _agnix,
    "agent-audit": _agent_audit,
    "agent-audit-kit": _agent_audit_kit,
}


def _json(command: list[str]) -> dict:  # type: ignore[type-arg]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    text = done.stdout.decode("utf-8", "replace")
    found = json.loads(text[text.index("{") :])
    if not isinstance(found, dict):
        raise TypeError(f"{command[0]} prints no report")
    return found


def main() -> int:
    """Lay out, ask, and print."""
    parser = argparse.ArgumentParser(description="What nhilint and its peers say of labelled agent files.")
    parser.add_argument("--repositories", type=Path, required=True)
    parser.add_argument("--peers", type=Path, default=Path())
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    programs: dict[str, Callable[[Path], list[str]]] = {"nhilint": _nhilint}
    for name, ask in PEERS.items():
        if (program := options.peers / name / "bin" / name).exists():
            programs[name] = lambda folder, ask=ask, program=program: ask(program, folder)  # type: ignore[misc]
    spoken: dict[str, dict[str, int]] = {}
    total: dict[str, int] = {}
    for case in cases(options.repositories):
        total[case.group] = total.get(case.group, 0) + 1
        with tempfile.TemporaryDirectory() as made:
            _lay_out(case, Path(made))
            for name, ask_it in programs.items():
                said = ask_it(Path(made))
                row = spoken.setdefault(case.group, dict.fromkeys(programs, 0))
                row[name] += bool(said)
                if options.show and name == "nhilint":
                    print(case.group, case.source, *said, sep="\n    ")
    print("| labelled set | cases |", " | ".join(programs), "|")
    print("|---" * (len(programs) + 2) + "|")
    for group, row in spoken.items():
        print(f"| {group} | {total[group]} |", " | ".join(str(row[name]) for name in programs), "|")
    return 0


def _lay_out(case: Case, folder: Path) -> None:
    target = folder / case.target
    target.parent.mkdir(parents=True, exist_ok=True)
    if case.source.is_dir():
        shutil.copytree(case.source, target, ignore=shutil.ignore_patterns("_expected.json"))
    else:
        shutil.copyfile(case.source, target)


if __name__ == "__main__":
    sys.exit(main())
