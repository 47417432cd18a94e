"""What the comment right above a value gives as an example is no credential."""

from __future__ import annotations

from hashlib import sha256

import pytest

from nhilint.formats.settings_files.claims import CLAIMS
from nhilint.formats.settings_files.environment import extract as of_settings
from nhilint.formats.shown_as_example import told_by_examples
from nhilint.model.fact import Known, value_of
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary import Credential
from nhilint.source.document import Syntax, read

VALUE = sha256(b"a value that nobody has").hexdigest()[:32]


def is_sample(text, syntax=Syntax.YAML, *, verified=None, source="literal"):
    at = Place("a", () if syntax is Syntax.TEXT else ("token",))
    if syntax is Syntax.TEXT:
        at = at.within_text(text.rindex(VALUE), text.rindex(VALUE) + len(VALUE))
    facts = Credential(at=at, source=Known(source, at), verified=None if verified is None else Known(verified, at))
    document = read("a", text.encode(), syntax)
    (found,) = told_by_examples((Resource("credential", "token", "kubernetes", facts),), document)
    return value_of(found.facts.sample) is True


@pytest.mark.parametrize(
    "above",
    [
        f"# e.g. {VALUE}",
        f"# The token of the shop\n# E.g.: {VALUE}",
        f"# Example:\n#   token: {VALUE}",
        f"# (for instance `{VALUE}`)",
        f"# looks like {VALUE}, without a space",
        f"# example value: {VALUE}",
    ],
)
def test_the_example_of_the_comment_above_is_a_sample(above):
    assert is_sample(f"a: b\n{above}\ntoken: {VALUE}\n")
    assert is_sample(f'{above}\nexport TOKEN="{VALUE}"\n', Syntax.TEXT)
    assert not is_sample(f"a: b\n{above}\ntoken: {VALUE}\n", verified=True)
    assert not is_sample(f"a: b\n{above}\ntoken: {VALUE}\n", source="ci_secret")


@pytest.mark.parametrize(
    "text",
    [
        f"# token: {VALUE}\ntoken: {VALUE}\n",  # a copy that was commented out
        f"# for example the one of the shop, which was\n# token: {VALUE}\ntoken: {VALUE}\n",
        f"# e.g. {VALUE}x\ntoken: {VALUE}\n",
        f"# e.g. {VALUE}\n\ntoken: {VALUE}\n",
        f"# e.g. 0000\ntoken: {VALUE}\n",
        f"token: {VALUE} # e.g. {VALUE}\n",
    ],
)
def test_a_value_that_no_comment_above_gives_as_an_example_is_taken_for_real(text):
    assert not is_sample(text)


def test_settings_say_where_a_value_stands():
    (claim,) = (one for one in CLAIMS if one.format == "environment-settings")
    text = f"# e.g. {VALUE}\nexport SHOP_API_TOKEN={VALUE}\n"
    document = read("shop.env", text.encode(), Syntax.TEXT)
    (found,) = told_by_examples(of_settings(document, claim).resources, document)
    assert value_of(found.facts.sample) is True
