"""What expressions come to with inputs that are known."""

from __future__ import annotations

import pytest

from nhilint.formats.github.evaluation import LONGEST, filled_in

INPUTS = {"tools": "Bash(*),Read", "more": "", "no": "false"}
TOOLS = "inputs.tools != '' && format('--allowedTools ''{0}{1}''', inputs.tools, inputs.more != '' && 'x' || '') || ''"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("inputs.tools", "Bash(*),Read"),
        ("inputs.TOOLS", "Bash(*),Read"),
        (TOOLS, "--allowedTools 'Bash(*),Read'"),
        ("inputs.more && format('--x {0}', inputs.more)", ""),
        ("inputs.no && 'the text false counts as true' || 'it does not'", "the text false counts as true"),
        ("inputs.more == 'a' || inputs.tools == 'bash(*),read'", "true"),
        ("!inputs.more", "true"),
        ("inputs.more && github.actor", ""),
        ("inputs.tools || github.actor", "Bash(*),Read"),
        ("format('{{{0}}}', inputs.no)", "{false}"),
        ("contains(inputs.tools, 'bash') && startsWith(inputs.tools, 'b') && endsWith(inputs.tools, 'READ')", "true"),
        ("null", ""),
    ],
)
def test_what_is_known_is_filled_in(source, text):
    assert filled_in(f"a ${{{{ {source} }}}} b", INPUTS) == f"a {text} b"


@pytest.mark.parametrize(
    "source",
    [
        "inputs.other",
        "github.actor",
        "github.actor && inputs.tools",
        "inputs.other || inputs.tools",
        "format('{1}', inputs.tools)",
        "format('{0}', github.actor)",
        "inputs.no == true",
        "inputs.tools < 'b'",
        "fromJSON(inputs.no)",
        "join(inputs.tools, 'x')",
        "format()",
        "1.50",
        "inputs.tools &&",
    ],
)
def test_what_is_not_known_stays_as_written(source):
    text = f"a ${{{{ {source} }}}} b"
    assert filled_in(text, INPUTS) == text


def test_a_text_that_grows_without_end_stays_as_written():
    text = "${{ format('{0}{0}{0}', inputs.long) }}"
    assert filled_in(text, {"long": "x" * (LONGEST // 2)}) == text
    assert filled_in("${{ inputs.long }}" * 3, {"long": "x" * (LONGEST // 2)}) == "${{ inputs.long }}" * 3
