"""Every reason is listed, and each is a module with the one function."""

from __future__ import annotations

import inspect
from importlib import import_module
from pathlib import Path

import nhilint.settle.less_grave as reasons

FOLDER = Path(reasons.__file__).parent
LISTED = [module for module, _ in reasons._REASONS]


def test_every_module_that_retells_findings_is_asked_once():
    written = {path.stem for path in FOLDER.glob("*.py") if "\ndef retold(" in path.read_text(encoding="utf-8")}
    assert sorted(LISTED) == sorted(written)


def test_each_takes_findings_resources_and_the_tree():
    for module in LISTED:
        taken = inspect.signature(import_module(f"{reasons.__name__}.{module}").retold).parameters.values()
        assert [one.annotation for one in taken] == ["tuple[Finding, ...]", "tuple[Resource, ...]", "Tree"], module
