"""The data files: every record decodes, points at real scopes, and says nothing twice."""

from __future__ import annotations

import json

import pytest

from nhilint.knowledge.scopes import look_up, providers
from nhilint.knowledge.scopes.catalogue import _FOLDER, DOCUMENTATION, REVIEWED, entries
from nhilint.knowledge.scopes.grammar import judge

LEVELS = ("low", "medium", "high", "critical")


def test_a_file_for_every_provider_and_no_other():
    assert {path.stem for path in _FOLDER.iterdir()} == set(DOCUMENTATION)
    assert set(DOCUMENTATION) >= REVIEWED


def test_an_unknown_provider_is_a_key_error():
    with pytest.raises(KeyError):
        entries("nosuchprovider")


@pytest.mark.parametrize("provider", providers())
def test_records(provider):
    names = [entry.id for entry in entries(provider)]
    assert names == sorted(names)
    assert len({name.lower() for name in names}) == len(names)
    for entry in entries(provider):
        assert entry.id not in entry.narrower
        assert set(entry.narrower) <= set(names), "narrower scopes are real"
        assert entry.as_user is None or LEVELS.index(entry.as_user) > LEVELS.index(entry.sensitivity)
        assert entry.as_app is None or LEVELS.index(entry.as_app) > LEVELS.index(entry.sensitivity)
        assert not (entry.acts_as and (entry.as_user or entry.as_app)), "one holder, one judgement"


@pytest.mark.parametrize("provider", sorted(REVIEWED))
def test_narrower_scopes_are_never_worse(provider):
    by_name = {entry.id: entry for entry in entries(provider)}
    for entry in entries(provider):
        for name in entry.narrower:
            assert LEVELS.index(by_name[name].sensitivity) <= LEVELS.index(entry.sensitivity), (entry.id, name)


@pytest.mark.parametrize("provider", providers())
def test_lines_are_compact_so_that_a_changed_judgement_is_one_short_line(provider):
    for line in (_FOLDER / f"{provider}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        assert line == json.dumps(record, ensure_ascii=False)
        assert all(value not in (None, "", [], False) or key == "verified" for key, value in record.items())


def test_aliases_and_guids_lead_to_one_record_each():
    for provider in providers():
        spellings = [
            spelling.lower()
            for entry in entries(provider)
            for spelling in {entry.id, *entry.aliases, entry.user_guid, entry.app_guid}
            if spelling
        ]
        assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("provider", providers())
def test_the_grammar_is_milder_than_the_catalogue_is_allowed_to_be(provider):
    """It never says critical, and on known names with the provider's form it agrees about reading and changing."""
    pairs = [(entry, judgement) for entry in entries(provider) if (judgement := judge(provider, entry.id))]
    assert all(judgement.sensitivity != "critical" for _, judgement in pairs)
    agreed = [(entry.access == "read") == (judgement.access == "read") for entry, judgement in pairs]
    assert sum(agreed) >= 0.9 * len(agreed)
    near = [
        abs(LEVELS.index(judgement.sensitivity) - LEVELS.index(entry.sensitivity)) <= 1 for entry, judgement in pairs
    ]
    assert sum(near) >= 0.85 * len(near)


def test_every_known_scope_is_found_by_its_own_name():
    for provider in providers():
        for entry in entries(provider):
            found = look_up(provider, entry.id)
            assert found is not None
            assert found.id == entry.id
            assert not found.inferred
