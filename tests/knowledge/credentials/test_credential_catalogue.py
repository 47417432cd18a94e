"""The data is whole, the package is lazy, and fingerprints keep what they stand for."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys

import pytest

from nhilint.knowledge.credentials import alternative, fingerprint, shape, shapes
from nhilint.knowledge.credentials.checksums import sealed
from nhilint.knowledge.credentials.records import DATA, Run, Structure, Text, catalogue
from nhilint.knowledge.credentials.sample import sample


def test_every_shape_is_complete():
    ids = [one.id for one in shapes()]
    assert len(ids) == len(set(ids)) > 380
    for one in shapes():
        assert one.principal in {"human", "workload", "app", "unknown"}, one.id
        assert one.severity in {"critical", "high", "medium", "low"}, one.id
        assert one.url.startswith("https://"), one.id
        assert one.names, one.id
        assert one.better, one.id
        assert all(alternative(better) for better in one.better), one.id
        assert one.lifetime_days is None or one.lifetime_days > 0, one.id
        assert not (one.never_expires and one.lifetime_days), one.id


def test_every_grammar_is_one_the_engine_knows():
    for record in catalogue().records:
        structures = [part for part in record.parts if isinstance(part, Structure)]
        assert len(structures) == 0 or len(record.parts) == 1
        assert record.anchor != "self" or any(isinstance(part, Text) for part in record.parts), record.shape.id
        for part in record.parts:
            if isinstance(part, Run):
                assert 0 <= part.least <= part.most, record.shape.id
        sealed(record.checksum, "prefix-" + "a" * 30 + "_bbbbbbbb")


def test_marks_agree_with_what_shapes_are():
    assert shape("openai-admin-key").admin
    assert shape("supabase-anon-key").publishable
    assert shape("stripe-test-key").test
    assert not any(one.publishable and one.admin for one in shapes())


def test_lifetimes_are_days_and_never_is_told_from_unknown():
    assert (shape("github-app-install-token").lifetime_days, shape("github-app-install-token").never_expires) == (
        0.0417,
        False,
    )
    assert (shape("openai-project-key").lifetime_days, shape("openai-project-key").never_expires) == (None, True)
    assert (shape("github-pat-classic").lifetime_days, shape("github-pat-classic").never_expires) == (None, None)


def test_unknown_ids_are_errors():
    for look_up in (alternative, shape, sample):
        with pytest.raises(KeyError):
            look_up("no-such-id")
    with pytest.raises(ValueError, match="file"):
        sample("pkcs12-file")


def test_samples_are_the_same_every_time_and_differ_by_number():
    assert sample("groq-api-key", 1) == sample("groq-api-key", 1) != sample("groq-api-key", 2)


def test_the_data_keeps_one_record_a_line():
    lines = DATA.read_text(encoding="utf-8").splitlines()
    records = [json.loads(line.rstrip(",")) for line in lines if line.startswith('{"id"')]
    assert sum("anchor" in record for record in records) == len(shapes())


def test_a_fingerprint_is_a_keyed_hash_and_not_the_value():
    made = fingerprint("value", b"key")
    assert made == hmac.new(b"key", b"value", hashlib.sha256).hexdigest()[:16]
    assert made != fingerprint("value", b"other") != fingerprint("other", b"other")
    assert len(fingerprint("\ud800", b"key")) == 16


def test_importing_loads_neither_the_data_nor_the_automaton():
    code = (
        "import sys, nhilint.knowledge.credentials as c; from nhilint.knowledge.credentials.records import catalogue;"
        "assert catalogue.cache_info().currsize == 0; c.judge('${TOKEN}', name='TOKEN');"
        "assert not {'ahocorasick', 'hashlib', 'hmac', 'random', 'base64'} & set(sys.modules), sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
