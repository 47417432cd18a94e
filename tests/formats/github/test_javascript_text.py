"""What a pasted JSON value can end in a JavaScript text, and what it cannot."""

from __future__ import annotations

import pytest

from nhilint.formats.github.javascript_text import is_whole_literal

_JSON = "${{ toJson(github.event.head_commit.message) }}"


@pytest.mark.parametrize(
    "script",
    [
        f"if ({_JSON}.startsWith('release:')) {{ }}",
        f"// it's said before\nconst text = {_JSON}",
        f"const a = 'it\\'s', b = \"`\"; /* don't */ f({_JSON})",
        f"f(`told: ${{ {_JSON} }}`)",
        f"f(`told: ${{ {{a: 1}}.a }}`, {_JSON})",
    ],
)
def test_outside_of_strings_it_is_a_literal(script: str) -> None:
    start = script.index(_JSON)
    assert is_whole_literal(script, start, start + len(_JSON))


@pytest.mark.parametrize(
    "script",
    [
        f"JSON.parse('{_JSON}')",
        f'const a = "{_JSON}"',
        f"const a = `{_JSON}`",
        f"f(`told: ${{ a }} {_JSON}`)",
        f"// said: {_JSON}",
        f"/* said: {_JSON} */",
    ],
)
def test_inside_of_a_string_a_template_or_a_comment_it_ends_what_it_stands_in(script: str) -> None:
    start = script.index(_JSON)
    assert not is_whole_literal(script, start, start + len(_JSON))


def test_text_that_is_not_whole_json_is_none() -> None:
    for expression in ("github.event.issue.title", "format('{0}', toJson(github.event.issue.title))"):
        script = f"f(${{{{ {expression} }}}})"
        start = script.index("$")
        assert not is_whole_literal(script, start, len(script) - 1)
