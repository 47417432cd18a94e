"""Whether the functions of a script that take requests ask for what only the holder of a script property can make."""

from __future__ import annotations

import pytest

from nhilint.app_code.script_callers import all_ask_for_proof

SECRET = "function secret() { return PropertiesService.getScriptProperties().getProperty('KEY') }"
SIGN = "function sign(id, key) { return Utilities.computeDigest(SHA_256, id + key).join('') }"
ASKS = "function doGet(e) { const want = sign(e.id, secret()); if (e.token !== want) { return no() } tidy(e.id) }"
IN_LINE = "function doPost(e) { if (sign(e.id, secret()) === e.token) { tidy(e.id) } }"
OPEN = "function doPost(e) { if (e.kind !== 'x') { return no() } tidy(e.id) }"
WORD = "function doGet(e) { const want = sign(e.id, 'open'); if (e.token !== want) { return no() } tidy(e.id) }"
UNUSED = "function doGet(e) { const want = sign(e.id, secret()); log(want); if (e.kind !== 'x') { return no() } }"


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ((SECRET, SIGN, ASKS), True),
        ((SECRET + SIGN + ASKS + IN_LINE,), True),
        ((SECRET, SIGN, ASKS, OPEN), False),
        ((SIGN, WORD), False),
        ((SECRET, SIGN, UNUSED), False),
        ((SECRET, SIGN), False),
        ((ASKS,), False),
        (("function doGet(" + "{" * 100_000,), False),
    ],
)
def test_every_function_that_takes_requests_has_to_ask(code, asks):
    assert all_ask_for_proof(code, ("doGet", "doPost")) is asks
