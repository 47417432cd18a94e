"""How many findings on real repositories hold: draws some at random for readers, and counts what the readers said.

    python tools/precision.py draw --repositories folder --output sheet.json [--findings 100] [--seed 1] [--topics aws]
    python tools/precision.py count sheet.json …

`draw` scans every checkout (a folder named owner__name) as the gate does and writes findings that it tells, at most two
a repository and check, in an order that the seed alone decides. A reader opens the file of each, follows what it rests
on as far as needed, and fills in `mark` and `why`:

- right: true, and worth a change at about that severity;
- lower: true and worth telling, at a lower severity;
- waved: true in the letter, and nothing that a reviewer would ask to change;
- wrong: not true, or rests on something misread.

`count` prints the shares as a Markdown table, each with the bounds within which it lies with 95 % (Wilson's interval).
Whoever mends checks by what one set says reads the next figure off another set.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MARKS = ("right", "lower", "waved", "wrong")
MOST_OF_ONE_KIND = 2
"""Findings of one check on one repository: more of them tell little that is new."""
_ROOT = Path(__file__).parent.parent
_SHOWN = ("check", "severity", "confidence", "message", "path", "line", "related", "flow")

Finding = dict[str, Any]


def main() -> int:
    """Draw a sheet, or count filled ones."""
    options = _options()
    if options.command == "draw":
        found = [finding for folder in _checkouts(options.repositories) for finding in told(folder)]
        topics = frozenset(options.topics.split(",")) if options.topics else None
        sheet = drawn(found, options.findings, options.seed, topics)
        options.output.write_text(json.dumps(sheet, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        repositories = {finding["repository"] for finding in sheet}
        print(f"{len(sheet)} of {len(found)} findings, of {len(repositories)} repositories: {options.output}")
        return 0
    marks = [finding for path in options.sheets for finding in json.loads(path.read_text(encoding="utf-8"))]
    if unmarked := [finding for finding in marks if finding["mark"] not in MARKS]:
        print(f"{len(unmarked)} of {len(marks)} findings have no mark of {', '.join(MARKS)}", file=sys.stderr)
        return 2
    print("\n".join(table(marks)))
    return 0


def told(checkout: Path) -> list[Finding]:
    """What the gate tells of one checkout, each finding with its repository and a topic: the folder of its check."""
    repository = checkout.name.replace("__", "/", 1)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "nhilint", "check", ".", "--format", "json", "--output", str(report)]
        surroundings = {**os.environ, "PYTHONPATH": str(_ROOT), "GITHUB_REPOSITORY": repository}
        subprocess.run(command, cwd=checkout, env=surroundings, capture_output=True, check=False)
        said = json.loads(report.read_text(encoding="utf-8"))
    topics = {path.stem: path.parent.name for path in (_ROOT / "checks").rglob("*.yaml")}
    where = {"repository": repository, "revision": said["revision"]}
    return [
        {**where, "topic": topics[finding["check"]], **{name: finding[name] for name in _SHOWN}}
        for finding in said["findings"]
        if finding["disposition"] == "active"
    ]


def drawn(found: Iterable[Finding], wanted: int, seed: int, topics: frozenset[str] | None = None) -> list[Finding]:
    """Findings by lot, with room for a reader's mark and reason."""
    left = [finding for finding in found if topics is None or finding["topic"] in topics]
    random.Random(seed).shuffle(left)  # noqa: S311 - a lot that can be drawn again
    kinds: Counter[tuple[str, str]] = Counter()
    sheet: list[Finding] = []
    for finding in left:
        kind = finding["repository"], finding["check"]
        kinds[kind] += 1
        if kinds[kind] <= MOST_OF_ONE_KIND and len(sheet) < wanted:
            sheet.append({**finding, "mark": "", "why": ""})
    return sheet


def table(marked: Sequence[Finding]) -> Iterator[str]:
    """Each mark's share, and those of the two readings of precision, as lines of a Markdown table."""
    counts = Counter(finding["mark"] for finding in marked)
    rows = [(mark, counts[mark]) for mark in MARKS]
    rows += [("worth telling (right or lower)", counts["right"] + counts["lower"])]
    rows += [("true (not wrong)", len(marked) - counts["wrong"])]
    yield f"| of {len(marked)} findings | how many | share | 95 % interval |"
    yield "|---|---|---|---|"
    for name, count in rows:
        low, high = interval(count, len(marked))
        yield f"| {name} | {count} | {count / len(marked):.0%} | {low:.0%} to {high:.0%} |"


def interval(count: int, of: int) -> tuple[float, float]:
    """Wilson's interval of a share at 95 % (E. B. Wilson, JASA 22, 1927)."""
    z = 1.96
    share = count / of
    middle = share + z * z / (2 * of)
    spread = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return (middle - spread) / scale, (middle + spread) / scale


def _checkouts(repositories: Path) -> list[Path]:
    return sorted(path for path in repositories.iterdir() if "__" in path.name and path.is_dir())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    draw = commands.add_parser("draw", help="write a sheet of findings for readers")
    draw.add_argument("--repositories", type=Path, required=True)
    draw.add_argument("--output", type=Path, required=True)
    draw.add_argument("--findings", type=int, default=100)
    draw.add_argument("--seed", type=int, default=1)
    draw.add_argument("--topics", default="", help="folders of checks, such as aws,gcp; all of them otherwise")
    count = commands.add_parser("count", help="count the marks of filled sheets")
    count.add_argument("sheets", type=Path, nargs="+")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
