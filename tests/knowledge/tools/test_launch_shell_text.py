"""Splitting shell texts into simple commands."""

from __future__ import annotations

import shlex
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.tools.shell_text import LONGEST_TEXT, MOST_COMMANDS, TextTooLongError, split_commands


def words(text: str, dialect="posix") -> list[list[str]]:
    return [command.words for command in split_commands(text, dialect)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b  c", [["a", "b", "c"]]),
        ("a && b || c; d | e & f\ng", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["g"]]),
        ("a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]),
        ("a \"x\\\"y\" 'it'\\''s'", [["a", 'x"y', "it's"]]),
        ("a # comment\nb#c", [["a"], ["b#c"]]),
        ("(a; b) && { c; }", [["a"], ["b"], ["c"]]),
        ("if a; then b; else c; fi", [["a"], ["b"], ["c"]]),
        ("while a; do b; done", [["a"], ["b"]]),
        ("a >out 2>&1 <in b", [["a", "b"]]),
        ("a &>log; b 2>/dev/null", [["a"], ["b"]]),
        ("cat <<EOF\nnot a command\nEOF\nb", [["cat"], ["b"]]),
        ("cat <<-'X' | b\nno\n\tX\nc", [["cat"], ["b"], ["c"]]),
        ("[[ -n $a && b =~ (x|y) ]] && c", [["[[", "-n", "$a", "&&", "b", "=~", "(x|y)", "]]"], ["c"]]),
        ("((x++)); a", [["a"]]),
        ("case $x in a|b) c;; *) d;; esac", [["case", "$x", "in", "a"], ["c"], ["d"]]),
        ("a \\\n b", [["a", "b"]]),
        ("a 'unbalanced", [["a", "unbalanced"]]),
        ('a "unbalanced', [["a", "unbalanced"]]),
        ("a $(b 'c)' d) e", [["a", "$(b 'c)' d)", "e"]]),
        ("", []),
        ("  \n ; ", []),
    ],
)
def test_posix(text, expected):
    assert words(text) == expected


def test_other_shells_keep_backslashes():
    assert words("C:\\x\\y.exe a & b", "cmd") == [["C:\\x\\y.exe", "a"], ["b"]]
    assert words("& 'C:\\x y.exe' a; b", "powershell") == [["C:\\x y.exe", "a"], ["b"]]


def test_operators_substitutions_and_written_files_are_kept():
    first, second, third = split_commands('curl "$(a b)" > f | `c` d && e <(g)')
    assert (first.operator, first.substitutions, first.written) == ("", ["a b"], ["f"])
    assert (second.operator, second.substitutions) == ("|", ["c"])
    assert (third.operator, third.substitutions) == ("&&", ["g"])


def test_single_quotes_keep_substitutions_from_counting():
    assert split_commands("a '$(b)'")[0].substitutions == []


@pytest.mark.parametrize("text", ["a" * (LONGEST_TEXT + 1), ";a" * (MOST_COMMANDS + 1)])
def test_too_much_is_refused_as_a_whole(text):
    with pytest.raises(TextTooLongError, match="the command line"):
        split_commands(text)


@given(st.lists(st.text(string.ascii_letters + " '\"\\-/=.@:", min_size=1, max_size=12), min_size=1, max_size=6))
def test_quoted_words_come_back_as_they_were(parts):
    text = shlex.join(["x", *parts])
    assert words(text) == [["x", *parts]]
