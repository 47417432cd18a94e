"""Names in quotes, as Terraform before 0.12 had them in the bodies of blocks."""

from __future__ import annotations

import pytest

from nhilint.source.document import Syntax, read
from nhilint.source.hcl_names import with_bare_names
from nhilint.source.unreadable import Unreadable

OLD = 'resource "a" "b" {\n  options {\n    "rest.action" = "true"\n  }\n  tags = {\n    "x.y" = 1\n  }\n}\n'


def test_an_old_file_is_read_with_the_names_of_its_objects_as_they_are():
    document = read("main.tf", OLD.encode(), Syntax.HCL)
    body = document.value["resource"]["a"]["b"][0]
    assert body["options"] == [{"rest_action": "true"}]
    assert body["tags"] == {"x.y": 1}
    assert document.span(("resource", "a", "b", 0, "options", 0, "rest_action")).start.line == 3


def test_places_stay():
    assert len(with_bare_names(OLD)) == len(OLD)
    assert with_bare_names('locals {\n  a = { "b" = 1 }\n}\n') == 'locals {\n  a = { "b" = 1 }\n}\n'


def test_what_is_faulty_in_another_way_stays_refused_at_its_place():
    with pytest.raises(Unreadable):
        read("main.tf", b'a {\n  "b.c" = = 1\n}\n', Syntax.HCL)
