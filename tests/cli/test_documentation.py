"""The pages about writing checks, concepts and exit codes say what the program does."""

from __future__ import annotations

import re

import pytest

from nhilint.catalogue.load import load_examples
from nhilint.catalogue.schema import CHECK_SCHEMA
from nhilint.evaluate.template_limits import _FILTERS
from nhilint.model.vocabulary import KINDS
from nhilint.policies import builtin_folder, compile_policies
from nhilint.setting import setting_of
from nhilint.testing import idle_clauses, mistakes
from tests.running import ROOT, nhilint

PAGES = ("ci", "concepts", "configuration", "exit-codes", "output", "writing-checks")


def page(name):
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture
def documented_check(tmp_path):
    """The whole check that the page shows, in a policy folder of its own."""
    text = page("writing-checks").split("## A whole check")[1].split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "checks" / "custom" / "script-open-to-strangers.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_the_check_that_is_shown_passes_its_own_examples(documented_check, tmp_path):
    pack = compile_policies((builtin_folder(), tmp_path))
    check = pack.find(documented_check.stem)
    examples = load_examples(documented_check, tmp_path)
    assert {example.name: mistakes(check, example, pack) for example in examples} == {e.name: () for e in examples}
    assert idle_clauses(check, examples, pack) == ()


def test_every_key_of_a_check_and_of_an_example_is_explained():
    text = page("writing-checks")
    properties = CHECK_SCHEMA["properties"]
    keys = {*properties, *properties["examples"]["items"]["properties"]}  # type: ignore[misc,index,call-overload]
    assert [key for key in sorted(keys) if f"\n| `{key}` |" not in text] == []
    required = {key for key in properties if f"\n| `{key}` | required |" in text}  # type: ignore[attr-defined]
    assert required == set(CHECK_SCHEMA["required"])  # type: ignore[call-overload]


def test_kinds_and_filters_are_those_that_exist():
    text = page("writing-checks")
    assert [kind for kind in KINDS if f"`{kind}`" not in text] == []
    assert [name for name in _FILTERS if f"`{name}`" not in text] == []


def test_settings_of_paths_are_as_the_table_says():
    rows = re.findall(r"^\| (example|template|test) \| (.+?) \|", page("concepts"), re.MULTILINE)
    assert [name for name, _ in rows] == ["example", "template", "test"]
    for name, paths in rows:
        for path in re.findall(r"`([^`]+)`", paths):
            assert setting_of(path.replace("*", "x") + ("x.json" if path.endswith("/") else "")) == name


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_lead_somewhere(name):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page(name)):
        assert (ROOT / "docs" / target).is_file(), target


@pytest.mark.parametrize("name", PAGES)
def test_options_on_the_pages_exist(name, tmp_path):
    known = set(re.findall(r"--[a-z-]+", "".join(nhilint(*c, "--help", cwd=tmp_path).out for c in _COMMANDS)))
    mentioned = {
        option
        for line in page(name).split("\n")
        if "git " not in line
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)
    }
    assert mentioned - known == set()


_COMMANDS = (
    *([name] for name in ("check", "diff", "explain", "schema", "waive", "init")),
    *(["checks", name] for name in ("list", "new", "test")),
    *(["baseline", name] for name in ("write", "prune")),
)
