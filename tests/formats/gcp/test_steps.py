"""The links of a way through several roles: one for each place, with all that it gives."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nhilint.formats.gcp.effective import steps
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.vocabulary.escalation import Escalation

ACT, RUN = "iam.serviceAccounts.actAs", "run.services.create"
HERE, THERE = Place("main.tf", ("resource", "a")), Place("main.tf", ("resource", "b"))


def given(at, name, *permissions):
    return SimpleNamespace(place=SimpleNamespace(at=at), told=SimpleNamespace(name=name), held=frozenset(permissions))


@pytest.mark.parametrize(
    ("found", "links"),
    [
        ([given(HERE, "user", ACT), given(THERE, "admin", RUN)], {HERE: f"{ACT} by user", THERE: f"{RUN} by admin"}),
        ([given(HERE, "user", ACT), given(HERE, "admin", RUN)], {HERE: f"{ACT} by user and {RUN} by admin"}),
        ([given(HERE, "both", ACT, RUN)], {HERE: f"{ACT} by both"}),
    ],
)
def test_each_place_tells_every_role_that_it_gives(found, links):
    way = Escalation(at=HERE, actions=Known((ACT, RUN), HERE))
    assert {step.at: step.does.value for step in steps(way, found)} == links
