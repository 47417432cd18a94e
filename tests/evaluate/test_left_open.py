"""Many elements of a list are judged as few are: what common facts rule out changes nothing that is said."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nhilint.catalogue.load import with_conditions
from nhilint.evaluate import expression
from nhilint.evaluate.engine import judge
from nhilint.evaluate.expression import compile_expression
from nhilint.evaluate.nearby import narrowed
from nhilint.model.fact import Known, Unknown
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.tool import Package, Tool
from nhilint.policies import builtin_folder, compile_policies

AT = Place("f", ("x",))
MANY = 120


@pytest.fixture(scope="module")
def like():
    """Makes checks of packages out of any check there is."""
    check = compile_policies((builtin_folder(),)).checks[0]

    def make(name, *when):
        bare = replace(
            check, id=name, subject="tool", each="extra_packages", message=name, place="", related=(), flow=(),
        )  # fmt: skip
        return with_conditions(bare, when, compile_expression)

    return make


def package(index):
    """Every tenth is named `odd`, the pin of every seventh is not known."""
    at = Place("f", ("packages", index))
    pin = Unknown("a variable", at) if index % 7 == 0 else Known("tag", at)
    return Package(at=at, name=Known("odd" if index % 10 == 0 else "plain", at), pin=pin)


def said_of(checks, packages):
    tool = Tool(at=AT, extra_packages=tuple(packages))
    judgement = judge(checks, [Resource("tool", "t", "form", tool)])
    return (
        {(f.check, f.place) for f in judgement.findings},
        {(u.check, u.place, u.missing) for u in judgement.undecided},
        judgement.problems,
    )


def test_many_elements_are_judged_as_one_by_one(like):
    checks = [like("is-odd", "item.name == 'odd'"), like("is-none", "item.pin == 'none'", "item.name != 'odd'")]
    packages = [package(index) for index in range(MANY)]
    findings, undecided, problems = said_of(checks, packages)
    apart = [said_of([check], [one]) for check in checks for one in packages]
    assert findings == set().union(*(found for found, _, _ in apart))
    assert undecided == set().union(*(open_ for _, open_, _ in apart))
    assert {place.pointer[1] for _, place in findings} == set(range(0, MANY, 10))
    assert undecided
    assert problems == ()


def test_what_common_facts_of_elements_rule_out_is_asked_once_for_each_of_their_kinds(like, monkeypatch):
    ran = []
    real = expression.run
    monkeypatch.setattr(expression, "run", lambda compiled, over: ran.append(compiled) or real(compiled, over))
    tagged = like("is-tagged-a", "item.pin == 'none'", "item.name == 'a'")
    assert said_of([tagged], [package(index) for index in range(1, 7)])[0] == set()
    assert ran == [tagged.item_at_first.compiled]


def test_a_fault_of_one_check_is_still_told(like):
    checks = [like("is-odd", "item.name == 'odd'"), like("at-fault", "item.name > 3")]
    _, _, problems = said_of(checks, [package(1)] * MANY)
    assert [problem.kind for problem in problems] == ["check-error"]


def test_an_element_is_seen_with_the_facts_that_conditions_name():
    item = {"name": "a", "pin": "tag", "version": None}
    assert narrowed(("item.name == 'a'", "subject.pin == 'x'"), item) == {"name": "a"}
    assert narrowed(("has(item.version) && item . pin == 'tag'",), item) == {"pin": "tag", "version": None}
    assert narrowed(("[item].exists(i, i.pin == 'tag')",), item) == {"pin": "tag"}


def test_a_long_list_is_compared_with_itself_where_little_of_it_is_in_question(like):
    packages = [package(index) for index in range(1_200)]
    among_all = "!subject.extra_packages.exists(p, p.name == 'absent' && p.name == item.name)"
    odd = like("is-odd", "item.name == 'odd'", among_all)
    findings, _, problems = said_of([odd, like("is-none", "item.pin == 'none'")], packages)
    assert {place.pointer[1] for _, place in findings} == set(range(0, 1_200, 10))
    assert problems == ()


def test_a_list_too_long_to_be_compared_with_itself_is_said(like):
    packages = [package(index) for index in range(1_200)]
    compared = "!subject.extra_packages.exists(p, p.name == 'absent' && p.name == item.name)"
    whole = like("among-all", "item.name in ['odd', 'plain']", compared)
    findings, undecided, problems = said_of([whole, like("is-odd", "item.name == 'odd'")], packages)
    assert {check for check, _ in findings} == {"is-odd"}
    assert [(problem.kind, problem.incomplete) for problem in problems] == [("limit", True)]
    assert "1,200 elements" in problems[0].message
    assert not undecided


def test_what_is_asked_of_the_subject_alone_is_asked_once_and_not_before_an_element_is_a_case(like, monkeypatch):
    ran = []
    real = expression.run
    monkeypatch.setattr(
        expression, "run", lambda compiled, activation: ran.append(compiled) or real(compiled, activation)
    )
    of_tool = like("of-tool", "subject.name == 'other'", "item.name == 'odd'")
    assert said_of([of_tool], [package(1)] * 5) == (set(), set(), ())
    assert ran == [of_tool.of_item.compiled]
    ran.clear()
    assert said_of([of_tool], [package(10)] * 5) == (set(), set(), ())
    assert ran == [of_tool.of_item.compiled, of_tool.of_subject.compiled]


def test_an_undecided_subject_leaves_open_what_its_elements_hold(like):
    unknown = like("is-odd", "subject.client == 'other'", "item.name == 'odd'")
    tool = Tool(at=AT, extra_packages=(package(10), package(11)), client=Unknown("a variable", AT))
    judgement = judge([unknown], [Resource("tool", "t", "form", tool)])
    assert judgement.findings == ()
    assert [u.place.pointer[1] for u in judgement.undecided] == [10]
