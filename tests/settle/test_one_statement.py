"""Two checks that would have one statement narrowed alike tell it once, as the graver of them has it."""

from __future__ import annotations

import json

import pytest

from nhilint.api import scan

BOTH = ["identity-can-escalate", "whole-service-wildcard"]
WIDE = {"Effect": "Allow", "Action": ["kms:*", "lambda:UpdateFunctionCode"], "Resource": "*"}
KEYS, CODE = WIDE | {"Action": "kms:*"}, WIDE | {"Action": "lambda:UpdateFunctionCode"}


@pytest.mark.parametrize(("statements", "told"), [([WIDE], 1), ([KEYS, CODE], 2)])
def test_a_statement_that_opens_a_service_and_leads_to_more(tmp_path, statements, told):
    (tmp_path / "worker.json").write_text(json.dumps({"Statement": statements}))
    found = scan(tmp_path, select=BOTH).findings
    assert len(found) == told
    every = {one.check for finding in found for one in (finding, *finding.copies)}
    assert every == set(BOTH)
    assert any("Replace the code" in note.message for one in found for note in one.related) == (told == 1)
