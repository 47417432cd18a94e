"""nhilint and its peers on the cases that the peers' own test suites label: recall and false alarms, in one run.

    python tools/groundtruth --table cases.tsv --repositories folder [--peers folder] [--show]

`folder` holds one checkout a peer, named `owner__name`, at the commits that the table gives; nothing is fetched. With
`--peers`, the programs checkov, parliament, cloudsplaining and zizmor found there run on the same files. `--show` lists
every miss and false alarm. Exit code 1 when a family misses its bar.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from cases import read_cases
from escalation import escalation_table
from judging import is_flagged, marks_of, near
from layout import lay_out
from mapping import Mapping
from peers import flagged_by_peer
from table import Outcome, printed, rows_by

from nhilint.policies import load_policies

if TYPE_CHECKING:
    from cases import Case


def main() -> int:
    """Run the comparison and print it."""
    options = _options()
    by_repository: dict[str, list[Case]] = defaultdict(list)
    for case in read_cases(options.table):
        by_repository[case.repository].append(case)
    checks = load_policies((), None).checks
    mapping = Mapping({check.id for check in checks})
    outcomes: list[Outcome] = []
    for repository, cases in by_repository.items():
        layout = lay_out(options.repositories / repository.replace("/", "__"), cases)
        marks = marks_of(layout.files, checks)
        peers = flagged_by_peer(layout, cases, options.peers) if options.peers else {}
        for case in cases:
            answer = mapping.answer(case)
            home = layout.home.get(case)
            flagged = home is not None and is_flagged(case, layout.files[home], near(case, home, marks), answer.checks)
            outcomes.append(Outcome(case, answer, flagged, read=home is not None, by_peer=peers.get(case)))
    print(printed(outcomes, show=options.show))
    paths = options.repositories / "DataDog__pathfinding.cloud"
    if paths.is_dir():
        print("\n" + escalation_table(paths, checks, options.peers))
    if mapping.unknown:
        print(f"named in the mapping, but no check: {', '.join(mapping.unknown)}")
    return int(any(row.misses_bar for row in rows_by(outcomes, "family")))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--repositories", type=Path, required=True)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--show", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
