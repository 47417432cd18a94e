"""Command lines made to cost time or to confuse: bounded work, an answer for every one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.tools import look_up_server, shell_reach, unwrap, unwrap_text

SIZE = 65_000
TEXTS = {
    "one long word": "a" * 100_000,
    "open quotes": '"' * SIZE,
    "alternating quotes": "'\"" * (SIZE // 2),
    "open substitutions": "$(" * (SIZE // 2),
    "open process substitutions": "<(" * (SIZE // 2),
    "backticks": "`" * SIZE,
    "parentheses": "(" * SIZE,
    "conditions": "[[ " * (SIZE // 3),
    "redirections": "1>" * (SIZE // 2),
    "here documents": "<<A " * (SIZE // 4) + "\n" * 50,
    "operators": "&" * SIZE,
    "commands": ";a" * (SIZE // 2),
    "words": "docker run " + "-a " * (SIZE // 4),
    "shells, fifty deep": 'sh -c "' * 50 + "npx x",
    "shells, many": "sh -c '" * 9000,
    "nul and newlines": "\0\n\r" * 1000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_texts_cost_little(text):
    start = time.process_time()
    unwrap_text(text)
    unwrap("bash", ["-c", text])
    unwrap(text)
    shell_reach(text)
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("sudo", ["sudo"] * 4000),
        ("docker", ["run", "-" + "i" * 60_000, "img"]),
        ("docker", ["run", *["-" + "i" * 60] * 3000, "img"]),
        ("npx", ["@" * 100_000]),
        ("uvx", ["--from", "git+https://" + "@" * 100_000]),
        ("npx", ["supergateway", *["x", "y"] * 2000]),
        ("npx", ["mcp-remote", *["x", "--header", "a:b"] * 1300]),
        ("cmd", ["/c"] * 4000),
    ],
)
def test_argument_lists_cost_little(command, args):
    start = time.process_time()
    unwrap(command, args)
    assert time.process_time() - start < 2


def test_what_is_too_long_is_unknown_not_guessed():
    assert "longer than" in (unwrap_text("npx a;" + "x" * 70_000)[0].unknown or "")
    assert "too long" in (unwrap("npx", ["x" * 300_000]).unknown or "")


def test_real_nesting_is_followed_to_its_bound():
    line = "npx some-mcp"
    for _ in range(5):
        line = "sh -c '" + line.replace("'", "'\\''") + "'"
    (launch,) = unwrap_text(line)
    assert launch.package is not None
    assert launch.package.name == "some-mcp"
    assert launch.wrappers == ("shell",) * 5


def test_wrappers_beyond_the_bound_are_unknown():
    assert unwrap("env", [*["env"] * 30, "npx", "x"]).unknown == "wrappers are nested too deep"


def test_a_long_address_is_looked_up_in_little_time():
    start = time.process_time()
    assert look_up_server(url="https://" + "a." * 100_000 + "example") is None
    assert look_up_server(url="https://x.example/" + "a/" * 100_000) is None
    assert time.process_time() - start < 1


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=8))
def test_any_command_has_an_answer(command, args):
    launch = unwrap(command, args)
    told = (launch.package, launch.shell, launch.remote_url)
    assert (launch.unknown is None) == any(part is not None for part in told)


WORDS = "npx -y uvx --from docker run -e A=1 sh -c && | ' $( ) curl sudo mcp-remote https://x.example -- env python -m x@1.0.0"
PIECES = st.sampled_from([*WORDS.split(), "supergateway", "--stdio", '"', "\n", ">", "f"])


@given(st.lists(PIECES, max_size=14))
def test_any_mixture_of_known_words_has_an_answer(pieces):
    unwrap_text(" ".join(pieces))
    unwrap(pieces[0] if pieces else "", pieces[1:])
    shell_reach(" ".join(pieces))
