"""How a shell text is taken apart: words with their parts and places, assignments, functions and here-documents."""

from __future__ import annotations

import pytest

from nhilint.formats.shell_grants.parts import Part
from nhilint.formats.shell_grants.scanner import DEEPEST, LONGEST, scan
from nhilint.formats.shell_grants.sequence import RefusedError


def lines(text):
    """Every command as its words, with a mark for each part that is no text."""
    return [[_said(word) for word in command.words] for command in scan(text).commands]


def _said(word):
    return "".join(part.text if part.kind == "text" else f"<{part.kind}>" for part in word.parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b\nc", [["a", "b"], ["c"]]),
        ("a \\\n  b \\\r\n  c", [["a", "b", "c"]]),
        ("a b # c\nd#e", [["a", "b"], ["d#e"]]),
        ("a 'b c'\"d e\"f\\ g", [["a", "b cd ef g"]]),
        ("a && b || c; d & e | f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
        ("if ! a b; then c; fi", [["a", "b"], ["c"]]),
        (
            'a "$X" ${Y} $1 "${Z[@]}" $(b c)',
            [["b", "c"], ["a", "<variable>", "<variable>", "<argument>", "<list>", "<output>"]],
        ),
        ('a "${X:-${Y}}" b', [["a", "<output>", "b"]]),
        ("a $((1 + (2))) b", [["a", "<output>", "b"]]),
        ("a 2>/dev/null >out <in b", [["a", "b"]]),
        ('[[ -z "$X" && ( a == b ) ]] && c', [["[[", "-z", "<variable>", "a", "==", "b", "]]"], ["c"]]),
        ('case "$1" in\n  a|b) c d ;;\n  *) e ;;\nesac', [["case", "<argument>", "in"], ["c", "d"], ["e"]]),
        (
            "case x in a) b ;; esac; c $(case y in d) e ;; esac)",
            [["case", "x", "in"], ["b"], ["case", "y", "in"], ["e"], ["c", "<output>"]],
        ),
        ("a {b,c}", [["a", "<output>"]]),
        ("echo 'a\nb'\nc", [["echo", "a\nb"], ["c"]]),
        ("a `b c` d", [["b", "c"], ["a", "<output>", "d"]]),
        ("a <(b) c", [["b"], ["a", "<output>", "c"]]),
    ],
)
def test_words(text, expected):
    assert lines(text) == expected


def test_places_are_those_of_the_text():
    (command,) = scan("  a --role='b c'").commands
    assert [(word.start, word.end) for word in command.words] == [(2, 3), (4, 16)]


@pytest.mark.parametrize(
    ("text", "name", "certain"),
    [
        ("A=b", "A", True),
        ("export A=b", "A", True),
        ("local A=b", "A", True),
        ("if x; then A=b; fi", "A", False),
        ("x && A=b", "A", False),
        ("case x in y) A=b ;; esac", "A", False),
        ("A+=b", "A", False),
        ("( A=b )", "A", True),
        ("for x in y; do A=b; done", "A", True),
    ],
)
def test_assignments(text, name, certain):
    (found,) = scan(text).assignments
    assert (found.name, found.certain) == (name, certain)
    assert found.values[0].plain == "b"


def test_a_list_has_a_word_for_each_element():
    (found,) = scan("ROLES=(\n  a # the first\n  'b c'\n)").assignments
    assert found.is_list
    assert [word.plain for word in found.values] == ["a", "b c"]


def test_a_variable_of_one_program_is_not_the_scripts():
    assert scan("A=b program").assignments == []


def test_commands_know_their_function():
    script = scan("a() {\n b\n}\nfunction c { d; }\nfunction e() { if f; then g; fi; }\nh")
    assert script.functions == {"a", "c", "e"}
    assert [(command.function, command.words[0].plain) for command in script.commands] == [
        ("a", "b"), ("c", "d"), ("e", "f"), ("e", "g"), ("", "h"),
    ]  # fmt: skip


def test_here_documents_are_no_commands():
    script = scan("cat > f <<EOF\na b\nEOF\ncat <<-'X' | c\n\td\n\tX\ne")
    assert [command.words[0].plain for command in script.commands] == ["cat", "cat", "c", "e"]
    first, second = script.commands[0].documents[0], script.commands[1].documents[0]
    assert (script.text[first.start : first.end], first.is_filled) == ("a b\n", True)
    assert (script.text[second.start : second.end], second.is_filled) == ("\td\n", False)
    assert [word.plain for word in script.commands[0].written] == ["f"]


def test_what_a_substitution_prints():
    (found,) = scan('A=$(cat <<EOF\n{"b": 1}\nEOF\n)').assignments
    (part,) = found.values[0].parts
    assert part == Part("document", "14:23:1")


def test_what_is_too_long_or_too_deep_is_refused():
    with pytest.raises(RefusedError, match="longer"):
        scan(" " * (LONGEST + 1))
    with pytest.raises(RefusedError, match="deep"):
        scan("$(" * (DEEPEST + 1))
    with pytest.raises(RefusedError, match="commands"):
        scan("a\n" * 9_000)
