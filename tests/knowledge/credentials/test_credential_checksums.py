"""Checksums are recomputed against published values: the CRC-32 check value and GitHub's revoked example."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials import Reading, judge, scan
from nhilint.knowledge.credentials.checksums import sealed, verify
from nhilint.knowledge.credentials.sample import sample

CHECK_VALUE = 0xCBF43926  # CRC-32 of "123456789" (ISO 3309, RFC 1952)
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
GITHUB_BODY = "zQWBuTSOoRi4A9s" + "pHcVY5ncnsDkxkJ"  # published with the revoked token it belonged to


def number_in_base_62(text: str) -> int:
    number = 0
    for digit in text:
        number = number * 62 + BASE62.index(digit)
    return number


def test_github_and_npm_write_the_crc_of_the_body_in_base_62():
    made = sealed("crc32-base62-6", "npm_" + "123456789" + "??????")
    assert number_in_base_62(made[-6:]) == CHECK_VALUE
    assert verify("crc32-base62-6", "ghp_" + GITHUB_BODY + "0mLq17") == "passed"
    assert verify("crc32-base62-6", "ghp_" + GITHUB_BODY + "0mLq18") == "failed"


def test_gitlab_writes_length_and_crc_of_all_before_in_base_36():
    made = sealed("crc32-base36-7", "glpat-" + "Ab_-9" * 6 + ".??" + "???????")
    body, _, ending = made.partition(".")
    assert int(ending[:2], 36) == len(body) - len("glpat-")
    assert len(ending) == 9
    assert verify("crc32-base36-7", made) == "passed"
    assert verify("crc32-base36-7", made.replace("Ab_", "Ac_", 1)) == "failed"


def test_atlassian_writes_the_crc_in_upper_case_hexadecimal():
    assert sealed("crc32-hex-8", "123456789" + "????????").endswith(f"{CHECK_VALUE:08X}")


def test_grafana_writes_it_least_significant_byte_first():
    assert sealed("crc32-hex-le-8", "123456789" + "_" + "????????").endswith("2639f4cb")


def test_without_an_algorithm_nothing_is_said():
    assert verify(None, "anything") == "none"
    assert sealed(None, "anything") == "anything"


def test_an_unknown_algorithm_is_an_error_and_not_a_pass():
    with pytest.raises(KeyError):
        verify("crc64", "anything")


@pytest.mark.parametrize("shape", ["github-pat-classic", "npm-token", "gitlab-pat-routable", "atlassian-api-token"])
def test_a_failed_checksum_is_a_placeholder_and_a_passed_one_is_told(shape: str):
    real = sample(shape, 3)
    last = "0" if real[-1] != "0" else "1"
    assert [match.checksum for match in scan(real)] == ["passed"]
    assert not [match for match in scan(real[:-1] + last) if match.shape.id == shape]
    said = judge(real[:-1] + last, name="SOME_TOKEN")
    assert said.reading is Reading.PLACEHOLDER
    assert "checksum" in said.reason
