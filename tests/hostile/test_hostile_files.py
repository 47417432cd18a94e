"""Files made to exhaust or to confuse a reader are refused, or read with a remark, within a bounded time."""

from __future__ import annotations

import time

import pytest

from nhilint.source.document import Syntax, Unreadable, read

YAML, JSON, TOML, HCL, MARKDOWN = Syntax.YAML, Syntax.JSON, Syntax.TOML, Syntax.HCL, Syntax.MARKDOWN
SECONDS = 8.0
"""CPU time allowed for any one file; the slowest here takes a quarter of it on a laptop."""


def filled(piece: str, size: int = 400_000) -> str:
    return piece * (size // len(piece))


def laughs(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


REFUSED = {
    "json lists": (JSON, "[" * 100_000, "too-deep"),
    "json closed lists": (JSON, "[" * 100_000 + "]" * 100_000, "too-deep"),
    "json a hundred and one lists": (JSON, "[" * 101 + "]" * 101, "too-deep"),
    "json objects": (JSON, filled('{"a":'), "too-deep"),
    "json brackets in text do not count": (JSON, '["' + "]" * 300 + '",' + "[" * 200 + "]" * 200 + "]", "too-deep"),
    "json many nodes": (JSON, "[" + "1," * 500_000 + "1]", "too-many-nodes"),
    "json quotes": (JSON, filled('"'), "malformed"),
    "json escaped quotes": (JSON, filled('\\"'), "malformed"),
    "json open comment": (JSON, "/*" + filled("*"), "malformed"),
    "json open comments": (JSON, filled("/*"), "malformed"),
    "json commas": (JSON, filled(",  "), "malformed"),
    "json digits": (JSON, filled("9"), "malformed"),
    "json nul": (JSON, '"' + "x" * 9000 + '\x00"', "malformed"),
    "json cut short": (JSON, '{"a": {"b": [1, 2', "malformed"),
    "yaml flow": (YAML, "[" * 100_000, "too-deep"),
    "yaml flow mappings": (YAML, filled("{a: "), "too-deep"),
    "yaml sequences": (YAML, filled("- "), "too-deep"),
    "yaml complex keys": (YAML, filled("? "), "too-deep"),
    "yaml indentation": (YAML, "".join(" " * n + "a:\n" for n in range(600)), "too-deep"),
    "yaml laughs": (YAML, laughs(12), "alias-bomb"),
    "yaml cycle": (YAML, "a: &a [*a]", "alias-bomb"),
    "yaml merge cycle": (YAML, "a: &a {<<: *a}", "alias-bomb"),
    "yaml indirect cycle": (YAML, "a: &a {b: &b [*a], c: *b}", "alias-bomb"),
    "yaml many aliases": (YAML, "a: &a 1\nb: [" + "*a, " * 20_000 + "]", "alias-bomb"),
    "yaml merges": (
        YAML,
        "a: &a {" + ", ".join(f"k{n}: 1" for n in range(10_000)) + "}\n" + "b: {<<: *a}\n" * 9_000,
        "alias-bomb",
    ),
    "yaml aliases that nest": (
        YAML,
        "a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [[[[*a{n - 1}]]]]" for n in range(1, 40)),
        "too-deep",
    ),
    "yaml many nodes": (YAML, "[" + "1," * 600_000 + "]", "too-many-nodes"),
    "yaml nul": (YAML, "a: " + "x" * 9000 + "\x00", "malformed"),
    "yaml tabs": (YAML, "a:\n" + filled("\t"), "malformed"),
    "yaml tag directives": (YAML, filled("%TAG ! a\n"), "malformed"),
    "yaml cut short": (YAML, 'a: [1, {b: "c', "malformed"),
    "yaml surrogate": (YAML, 'a: "\\udc00"', "malformed"),
    "toml lists": (TOML, "a = " + "[" * 100_000, "too-deep"),
    "toml tables": (TOML, filled("a = {", 300_000), "too-deep"),
    "toml dotted key": (TOML, filled("a.") + "b = 1", "too-deep"),
    "toml dotted header": (TOML, "[" + filled("a.") + "b]", "too-deep"),
    "toml digits": (TOML, "a = " + filled("9"), "malformed"),
    "toml nul": (TOML, "a = '" + "x" * 9000 + "\x00'", "malformed"),
    "toml cut short": (TOML, 'a = [1, "b', "malformed"),
    "hcl open lists": (HCL, "a = " + "[" * 100_000, "malformed"),
    "hcl lists": (HCL, "a = " + "[" * 100_000 + "]" * 100_000, "too-deep"),
    "hcl parentheses": (HCL, "a = " + "(" * 100_000 + "1" + ")" * 100_000, "too-deep"),
    "hcl calls": (HCL, "a = " + "f(" * 100_000 + ")" * 100_000, "too-deep"),
    "hcl blocks": (HCL, "a {\n" * 50_000 + "}\n" * 50_000, "too-deep"),
    "hcl open blocks": (HCL, filled("a {"), "malformed"),
    "hcl open operations": (HCL, filled("a = 1 + "), "too-large"),
    "hcl open heredoc": (HCL, "a = <<E\n" + filled("x\n"), "malformed"),
    "hcl large": (HCL, "#" * 500_001, "too-large"),
    "hcl nul": (HCL, "a = " + "x" * 9000 + "\x00\x00", "malformed"),
    "hcl cut short": (HCL, 'a "b" {\n c = ["d"', "malformed"),
    "markdown deep": (MARKDOWN, "---\na: " + "[" * 100_000 + "\n---\n", "too-deep"),
    "markdown laughs": (MARKDOWN, f"---\n{laughs(12)}\n---\n", "alias-bomb"),
    "markdown loose keys": (MARKDOWN, "---\n" + filled("a: b: c\n") + "---\n", "malformed"),
}

READ_ALL_THE_SAME = {
    "json text": (JSON, '"' + filled("x") + '"'),
    "json escapes": (JSON, '"' + filled('\\"') + '"'),
    "json repeated key": (JSON, "{" + filled('"a":1,') + '"a":1}'),
    "yaml scalar": (YAML, "a: " + filled("x ")),
    "yaml repeated key": (YAML, filled("a: 1\n")),
    "yaml documents": (YAML, filled("---\n")),
    "yaml blank block": (YAML, "a: |\n" + filled(" \n")),
    "yaml blocks": (YAML, filled("a: |\n  x\n\n\n\n")),
    "yaml comments": (YAML, filled("# c\n")),
    "yaml odd tags": (YAML, "- " + "!" * 1 + "x" * 500 + " y\n- !!python/object:os.system z"),
    "yaml hex digits": (YAML, "a: 0x" + filled("f")),
    "toml tables": (TOML, "".join(f"[a{n}]\n" for n in range(30_000))),
    "toml arrays of tables": (TOML, filled("[[a]]\n", 200_000)),
    "toml keys": (TOML, "\n".join("a" + ".a" * 90 + f".x{n} = 1" for n in range(1_500))),
    "toml escapes": (TOML, 'a = "' + filled("\\t") + '"'),
    "hcl operations": (HCL, "a = " + filled("1 + ") + "1"),
    "hcl signs": (HCL, "a = " + filled("-") + "1"),
    "hcl attributes": (HCL, filled("a = 1\n")),
    "hcl blocks": (HCL, filled('a "b" {}\n')),
    "hcl indices": (HCL, "a = a" + filled("[0]")),
    "markdown open fence": (MARKDOWN, filled("``` \n")),
    "markdown open comments": (MARKDOWN, filled("<!--")),
    "markdown ticks": (MARKDOWN, filled("` `` ")),
    "markdown rules": (MARKDOWN, filled("---\n")),
    "markdown blank": (MARKDOWN, filled(" \n") + "---\n"),
    "markdown one loose key": (MARKDOWN, "---\nk: b: c\n" + filled(" x\n") + "---\n"),
}


@pytest.fixture(autouse=True)
def _bounded():
    """Fail a test that used up its share of CPU time."""
    before = time.process_time()
    yield
    assert time.process_time() - before < SECONDS


@pytest.mark.parametrize(("syntax", "text", "kind"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(syntax, text, kind):
    with pytest.raises(Unreadable) as caught:
        read("x", text.encode(), syntax)
    assert caught.value.kind == kind
    assert caught.value.message
    assert "xxxx" not in str(caught.value)


@pytest.mark.parametrize(("syntax", "text"), READ_ALL_THE_SAME.values(), ids=READ_ALL_THE_SAME.keys())
def test_read_all_the_same(syntax, text):
    doc = read("x", text.encode(), syntax)
    doc.span(("a", "b", 0))
    doc.comments()
    assert len(doc.warnings) <= 101


@pytest.mark.parametrize("syntax", list(Syntax))
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"a\x00b", "binary"),
        (b"\x7fELF\x02\x01\x01\x00", "binary"),
        ("a: 1".encode("utf-16"), "encoding"),
        ('{"a": 1}'.encode("utf-16-be"), "encoding"),
        (b"caf\xe9", "encoding"),
        (b"\xed\xa0\x80", "encoding"),
        (b"\xff\xff\xff", "encoding"),
        (b"x" * 2_000_001, "too-large"),
    ],
)
def test_what_is_no_text_is_refused_in_every_syntax(syntax, data, kind):
    with pytest.raises(Unreadable) as caught:
        read("x", data, syntax)
    assert caught.value.kind == kind
