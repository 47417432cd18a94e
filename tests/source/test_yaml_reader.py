from __future__ import annotations

import math

import pytest
from source_slices import cut, document

from nhilint.source.document import Stream, Syntax, Tagged, Unreadable


def yaml(text):
    return document(text, Syntax.YAML).value


def refusal(text) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        yaml(text)
    return caught.value


def kinds(text):
    return [remark.kind for remark in document(text, Syntax.YAML).warnings]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("true", True), ("True", True), ("FALSE", False), ("null", None), ("~", None), ("", None),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("off", "off"), ("y", "y"), ("tRUE", "tRUE"),
        ("12", 12), ("-3", -3), ("+4", 4), ("012", 12), ("0o17", 15), ("0x1F", 31), ("0b1", "0b1"), ("0o8", "0o8"),
        ("0x", "0x"), ("-0x1", "-0x1"), ("1_000", "1_000"), ("12:30", "12:30"), ("2024-01-01", "2024-01-01"),
        ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("-1.5E-2", -0.015), ("1.2.3", "1.2.3"), ("-", "-"),
        ("+", "+"), (".", "."), (".inf", math.inf), ("-.INF", -math.inf), ("=", "="), ("e3", "e3"),
    ],
)  # fmt: skip
def test_plain_scalars_follow_the_core_schema(source, expected):
    found = yaml(f"k: {source}" if source != "-" else "k: '-'")["k"]
    assert found == expected
    assert type(found) is type(expected)


def test_not_a_number():
    assert math.isnan(yaml("k: .NaN")["k"])


def test_quoted_scalars_are_text():
    assert yaml("""[ '1', "true", '~', "" ]""") == ["1", "true", "~", ""]


def test_integers_too_long_to_print_stay_text():
    assert yaml("- " + "9" * 5000) == ["9" * 5000]
    assert yaml("- 0x" + "f" * 5000) == ["0x" + "f" * 5000]


def test_keys_are_their_source_text():
    text = "on: 1\ntrue: 2\n1.50: 3\nnull: 4\n~: 5\n'q': 6\n? [a, b]\n: 7\n? {c: d}\n: 8\n"
    assert list(yaml(text)) == ["on", "true", "1.50", "null", "~", "q", "[a, b]", "{c: d}"]


def test_an_alias_as_key_is_its_source():
    assert yaml("a: &x k\n*x : v") == {"a": "k", "*x": "v"}


class TestTags:
    def test_local_tags_are_kept(self):
        assert yaml("a: !Ref x\nb: !Sub [y, {z: 1}]\nc: !Map {d: e}") == {
            "a": Tagged("!Ref", "x"),
            "b": Tagged("!Sub", ["y", {"z": 1}]),
            "c": Tagged("!Map", {"d": "e"}),
        }

    def test_core_tags_are_applied(self):
        assert yaml("[!!str 12, !!int '12', !!float 3, !!bool 'true', !!null '', !!seq [], !!map {}, ! 12]")[:7] == [
            "12", 12, 3.0, True, None, [], {},
        ]  # fmt: skip

    def test_a_tag_that_does_not_fit_is_kept(self):
        assert yaml("!!int abc") == Tagged("!!int", "abc")

    def test_no_tag_constructs_anything(self):
        found = yaml('!!python/object/apply:os.system ["true"]')
        assert found == Tagged("!!python/object/apply:os.system", ["true"])

    def test_a_tag_hides_no_scalar_style(self):
        assert yaml("!Sub '1'") == Tagged("!Sub", "1")


class TestStreams:
    def test_one_document_is_its_value(self):
        assert yaml("---\na: 1\n...\n") == {"a": 1}

    def test_several_documents_are_a_stream(self):
        found = yaml("a: 1\n---\n- 2\n---\nx\n")
        assert isinstance(found, Stream)
        assert found == [{"a": 1}, [2], "x"]

    def test_empty_documents_yield_to_others(self):
        assert yaml("# head\n---\n---\na: 1\n---\n# nothing\n") == {"a": 1}

    @pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n", "---\n---\n"])
    def test_nothing_at_all_is_null(self, text):
        assert yaml(text) is None

    def test_pointers_start_with_the_number_of_the_document(self):
        doc = document("a: 1\n---\nb: {c: 2}\n", Syntax.YAML)
        assert cut(doc, doc.span((1, "b", "c"))) == "2"

    def test_anchors_end_with_their_document(self):
        assert refusal("a: &x 1\n---\nb: *x\n").kind == "malformed"


class TestAliasesAndMerges:
    def test_an_alias_is_the_very_object(self):
        found = yaml("a: &x {b: 1}\nc: *x")
        assert found["c"] is found["a"]

    def test_merging_fills_in_what_is_missing(self):
        text = "base: &b {x: 1, y: 2}\nmore: &m {y: 3, z: 4}\nall:\n  y: 0\n  <<: [*b, *m]\n"
        assert yaml(text)["all"] == {"x": 1, "y": 0, "z": 4}

    def test_earlier_sources_win(self):
        assert yaml("- &a {k: 1}\n- &b {k: 2}\n- <<: [*a, *b]\n")[2] == {"k": 1}

    def test_a_quoted_merge_key_is_a_key(self):
        assert yaml("a: &x {k: 1}\nb: {'<<': *x}")["b"] == {"<<": {"k": 1}}

    def test_a_merge_of_no_mapping_is_remarked(self):
        assert yaml("a: {<<: 1}") == {"a": {"<<": 1}}
        assert kinds("a: {<<: 1}") == ["odd-merge"]

    def test_a_merged_key_is_shown_where_it_is_written(self):
        doc = document("base: &b\n  token: x\njob:\n  <<: *b\n", Syntax.YAML)
        assert doc.span(("job", "token"), "key").start == (2, 3)

    def test_an_aliased_scalar_is_shown_where_it_is_used(self):
        doc = document("a: &x secret\nb: *x\n", Syntax.YAML)
        assert cut(doc, doc.span(("b",))) == "*x"
        assert cut(doc, doc.span(("b",), within=(1, 3))) == "*x"
        assert cut(doc, doc.span(("a",), within=(1, 3))) == "ec"


def test_duplicate_keys_are_remarked_and_the_last_counts():
    doc = document("a: 1\nb: 2\na: 3\n", Syntax.YAML)
    assert doc.value == {"a": 3, "b": 2}
    assert [(remark.kind, remark.line, remark.column) for remark in doc.warnings] == [("duplicate-key", 3, 1)]
    assert cut(doc, doc.span(("a",))) == "3"


def test_line_ends_of_windows_and_byte_order_marks_change_nothing():
    assert yaml("\ufeffa: b\r\nc: |\r\n  d\r\n  e\r\n") == {"a": "b", "c": "d\ne\n"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: b: c", 1, 5),
        ("a: [1, 2", 1, 9),
        ("é: 'x", 1, 6),
        ("a: 1\n\tb: 2", 2, 1),
        ("ok: 1\nbell: \x07", 2, 7),
        ("a: *nowhere", 1, 4),
        ("x: 1\ny: &a [*a]", 2, 8),
        ('k: "\\ud800"', 1, 7),
    ],
)
def test_faults_have_a_place(text, line, column):
    error = refusal(text)
    assert (error.line, error.column) == (line, column)


class TestYaml12ThatLibyamlRefuses:
    def test_colons_and_question_marks_inside_flow_scalars(self):
        text = 'Action: [s3:GetObject, "k":1, arn:aws:iam::1:role/x]\nurl: {a: http://h/?q=1, b:1}\n'
        assert yaml(text) == {
            "Action": ["s3:GetObject", {"k": 1}, "arn:aws:iam::1:role/x"],
            "url": {"a": "http://h/?q=1", "b:1": None},
        }

    def test_keys_tags_and_complex_keys_come_through(self):
        assert yaml("{a:b: [c:d], e: !x:y z, [f:g]: h}") == {"a:b": ["c:d"], "e": Tagged("!x:y", "z"), "[f:g]": "h"}

    def test_places_stay_true(self):
        doc = document("a: [é:b, c:d] # x:y\n", Syntax.YAML)
        assert cut(doc, doc.span(("a", 1))) == "c:d"
        assert cut(doc, doc.span(("a", 1), within=(2, 3))) == "d"
        assert [comment.text for comment in doc.comments()] == ["x:y"]

    def test_the_version_directive(self):
        assert yaml("%YAML 1.2\n---\na: [b:c]") == {"a": ["b:c"]}

    def test_separators_of_unicode_end_no_line(self):
        assert yaml("a: x\u2028y\nb: 'p\x85q'\nc: |\n  1\u20292\n") == {
            "a": "x\u2028y",
            "b": "p\x85q",
            "c": "1\u20292\n",
        }

    def test_a_text_that_uses_the_stand_ins_is_refused_as_before(self):
        assert refusal("a: [b:c, \ue03a]").kind == "malformed"
        assert yaml("a: b:\ue03a") == {"a": "b:\ue03a"}

    def test_a_real_fault_is_still_one(self):
        assert refusal("a: [b:c\nd: e").kind == "malformed"
