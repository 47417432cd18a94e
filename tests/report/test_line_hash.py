"""Line hashes are GitHub's.

The expected values were computed by src/fingerprints.ts of github/codeql-action at commit
f3f1edbedfb4a1d188d344570834df2996d45d39, run on these texts.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.report.line_hash import LineHashes

END = "c129715d7a2bc9a3:1"


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", [END]),
        ("alpha\r\n\tbeta  gamma\r\n", ["3f3e04d7788c45a8:1", "62fef159388bae20:1", END]),
        (
            "one\rtwo\n\r\nthree \r four",
            [
                "f733d5f22e44fc3b:1",
                "13e6bc47904edb17:1",
                "2ceff95e9084a98f:1",
                "868ee4a4e40bef41:1",
                "253087c0fc0524d3:1",
            ],
        ),
        (
            "- name: x\n" * 14,
            [
                "7a51445ad488a111:1",
                "7a51445ad488a111:2",
                "7a51445b9a3fb8ab:1",
                "185a232cb9583ff5:1",
                "c92629730f105bff:1",
                "cb716587fcbfb4c9:1",
                "d64dc325240f253:1",
                "12f437f13691bc9d:1",
                "7e5048ddc72bba7:1",
                "49d3833e83079771:1",
                "8ba2a1d54276f7fb:1",
                "205be7a5248a8545:1",
                "8bddfcf8094ee74f:1",
                "89c18e1fd7b3c619:1",
                END,
            ],
        ),
        ("key: \U0001f511\nvalue: \U0001f511\U0001f511\n", ["daf3f075273796f:1", "f8b365d4fadc2918:1", END]),
        ('\ufeff{\n  "a": 1\n}\n', ["c2f2906220fe0544:1", "8266b7077bdffbc:1", "32dce9ccfdbc9d3e:1", END]),
        ("x" * 250 + "\ny\n", ["52b56201ffb58620:1", "c33be7e0cf7c3ca:1", END]),
        ("a\0b\nc", ["5cedd5735fb9b56f:1", "188ff2f224477a1e:1"]),
    ],
    ids=["empty", "crlf", "mixed ends", "repeated", "astral", "bom", "long", "nul"],
)
def test_hashes_equal_those_of_the_action(text, hashes):
    computed = LineHashes(text)
    assert [computed.of(line) for line in range(1, len(hashes) + 1)] == hashes
    assert computed.of(len(hashes) + 1) is None
    assert computed.of(0) is None


def rolled(text: str) -> list[str]:
    """The same by a window that moves over the text one unit at a time, as the action does it."""
    encoded = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16-le", "surrogatepass")
    units = [int.from_bytes(encoded[i : i + 2], "little") for i in range(0, len(encoded), 2)]
    stream = [u for u in units if chr(u) not in " \t"] + [65535]
    starts = [0] + [i + 1 for i, unit in enumerate(stream[:-1]) if unit == 10]
    value, ready, counts, hashes = 0, {start + 100: start for start in starts}, {}, []
    window = [0] * 100
    for position, unit in enumerate(stream + [0] * 101):
        if position in ready:
            counts[value] = counts.get(value, 0) + 1
            hashes.append(f"{value:x}:{counts[value]}")
        value = (value * 37 + unit - window[position % 100] * 37**100) % 2**64
        window[position % 100] = unit
    return hashes


@given(st.text(st.sampled_from("ab \t\n\r\0é\uffff\U0001f511"), max_size=400))
def test_direct_and_rolling_computation_agree(text):
    expected = rolled(text)
    computed = LineHashes(text)
    assert [computed.of(line) for line in range(1, len(expected) + 1)] == expected
