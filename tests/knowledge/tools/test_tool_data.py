"""The data files themselves: closed vocabularies, unique names, fresh indices, flags that agree with capabilities."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from nhilint.knowledge.tools.capabilities import ACCESS_LEVELS, CATEGORIES, Capability
from nhilint.knowledge.tools.program_table import programs
from nhilint.knowledge.tools.records import all_records, find_records
from nhilint.knowledge.tools.runner_table import DATA, runner_table

FILES = ("servers", "builtins", "frameworks")
RECORDS = [(file, record) for file in FILES for record in all_records(file)]


def test_the_vocabulary_is_documented_and_complete():
    meanings = json.loads((DATA / "categories.json").read_text(encoding="utf-8"))
    assert tuple(meanings["categories"]) == CATEGORIES
    assert tuple(meanings["access"]) == ACCESS_LEVELS
    assert set(meanings["flags"]) == {"reads_untrusted", "egress", "private_data"}
    with pytest.raises(ValueError, match="no capability"):
        Capability.read_pair("files:own", "known")


def test_capabilities_stay_inside_the_vocabulary():
    for _, record in RECORDS:
        assert record.capabilities, record.id
        assert len(set(record.capabilities)) == len(record.capabilities), record.id
        for pair in record.capabilities:
            Capability.read_pair(pair, "known")


def test_ids_are_unique():
    for file in FILES:
        counted = Counter(record.id for kind, record in RECORDS if kind == file)
        assert not [identity for identity, count in counted.items() if count > 1]


def test_a_package_image_or_address_means_one_server():
    index = json.loads((DATA / "servers.index.json").read_text(encoding="utf-8"))
    for group in ("npm", "pypi", "image", "url"):
        assert not [name for name, lines in index[group].items() if len(lines) > 1]


def test_switches_name_capabilities_that_the_server_has():
    for _, record in RECORDS:
        held = {*record.capabilities, *(pair.partition(":")[0] for pair in record.capabilities)}
        for narrowing in record.narrowings:
            assert narrowing.leaves_read or narrowing.drops, record.id
            assert narrowing.drops <= held, record.id
            assert (narrowing.when is None) != (narrowing.unless is None), record.id


def test_sending_to_others_is_egress():
    for file, record in RECORDS:
        if any(pair in {"mail:send", "payments:send"} for pair in record.capabilities) and file == "servers":
            assert record.egress is True, record.id


def test_code_on_servers_is_executed_and_may_reach_out():
    for file, record in RECORDS:
        if file == "servers" and any(pair.startswith("code_execution:") for pair in record.capabilities):
            assert "code_execution:execute" in record.capabilities, record.id
            assert record.egress is not False, record.id


def test_every_line_is_found_by_its_index():
    record = next(all_records("builtins"))
    assert find_records("builtins", record.home, record.name.lower()) == (record,)


def test_indices_are_fresh():
    script = Path(__file__).parents[3] / "tools" / "refresh" / "tools.py"
    done = subprocess.run(
        [sys.executable, str(script), "--index", "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "stale: nothing")


def test_runners_are_well_formed():
    kinds = {runner.kind for runners in runner_table().by_command.values() for runner in runners}
    assert {"fetch", "wrapper", "interpreter", "container", "bridge", "shell"} <= kinds
    for runners in runner_table().by_command.values():
        assert sum(1 for runner in runners if not runner.subcommands) <= 1
        for runner in runners:
            assert all(option.startswith(("-", "+")) for option in runner.values | runner.pairs), runner.id
            assert set(runner.roles) <= runner.values | runner.pairs, runner.id


def test_reasons_of_programs_are_clauses():
    for name, program in programs().items():
        reasons = [program.reason, *(item.reason for item in program.subcommands if item.grade)]
        assert all(reason and reason[0].islower() and not reason.endswith(".") for reason in reasons), name


def test_no_record_holds_what_looks_like_a_secret():
    for file in (*FILES, "runners", "shell-programs"):
        text = (DATA / f"{file}.json").read_text(encoding="utf-8")
        shapes = r"\b(?:gh[pousr]_|sk-|xox[abp]-|AKIA|glpat-|eyJ)[A-Za-z0-9_-]{16,}"
        assert re.search(shapes, text) is None, file
