"""Unknown is not false: what conditions make of facts that are known, not stated, and unknown."""

from __future__ import annotations

import pytest

from nhilint.evaluate.activation import activate, place_of
from nhilint.evaluate.expression import ExpressionError, bind, compile_expression, run
from nhilint.model.fact import Known, Unknown
from nhilint.model.place import Place
from nhilint.model.vocabulary.tool import Package, Tool

AT = Place("f", ("x",))


def outcome(condition, tool):
    return run(compile_expression(condition), bind(activate(tool)))


def tool(**facts):
    return Tool(at=AT, **facts)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("subject.command == 'npx'", True),
        ("subject.command == 'uvx'", False),
        ("subject.transport == 'http'", False),  # not stated reads as null
        ("subject.transport == null", True),
        ("subject.package.pin == 'none'", False),  # a record not stated reads as a record of nulls
        ("subject.elevated == true", None),  # unknown
        ("subject.elevated == true && subject.command == 'uvx'", False),
        ("subject.command == 'uvx' && subject.elevated == true", False),
        ("subject.elevated == true || subject.command == 'npx'", True),
        ("!(subject.elevated == true)", None),
    ],
)
def test_three_values(condition, holds):
    given = tool(command=Known("npx", AT), elevated=Unknown("a template", AT))
    result = outcome(condition, given)
    assert result.holds is holds
    assert result.missing == ("elevated" if holds is None else "")


def test_unknown_element_of_a_list_makes_exists_undecided_unless_another_element_holds():
    packages = (Package(at=AT, name=Known("a", AT)), Unknown("an expression", AT))
    given = tool(extra_packages=packages)
    assert outcome("subject.extra_packages.exists(p, p.name == 'a')", given).holds is True
    assert outcome("subject.extra_packages.exists(p, p.name == 'b')", given).holds is None
    assert outcome("subject.extra_packages.all(p, p.name == 'a')", given).holds is None


def test_an_error_that_is_not_a_missing_key_is_the_checks_fault():
    result = outcome("subject.command > 3", tool(command=Known("npx", AT)))
    assert result.holds is None
    assert result.missing == ""
    assert "overload" in result.error


def test_conditions_that_do_not_compile_are_refused():
    with pytest.raises(ExpressionError, match="Syntax error"):
        compile_expression("subject.name ==")


def test_place_of_a_fact_is_its_own_and_of_a_missing_one_the_records():
    inner = Place("f", ("x", "command"))
    given = tool(command=Known("npx", inner))
    assert place_of(given, "command") == inner
    assert place_of(given, "transport") == AT
    assert place_of(given, "") == AT
