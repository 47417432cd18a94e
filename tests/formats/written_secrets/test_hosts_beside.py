"""A password beside a host of this machine opens nothing for others; beside any other host it may."""

from __future__ import annotations

import pytest

from nhilint.formats.written_secrets.hosts_beside import HostsBeside, leads_elsewhere


@pytest.mark.parametrize(
    "beside",
    [
        {"host": "localhost"},
        {"host": "127.0.0.1:5432"},
        {"url": "http://localhost:8080/path"},
        {"hostname": "[::1]"},
    ],
)
def test_this_machine(beside: dict[str, str]):
    assert HostsBeside({**beside, "password": "x"}).are_this_machine("password")


@pytest.mark.parametrize(
    "beside",
    [
        {},
        {"host": "db"},
        {"host": "db.acme.io"},
        {"host": "localhost.acme.io"},
        {"cache_host": "localhost"},
        {"host": "localhost", "url": "https://db.acme.io"},
        {"host": ["localhost"]},
        {1: "localhost"},
    ],
)
def test_another_machine(beside: dict[object, object]):
    assert not HostsBeside(beside).are_this_machine("password")


def test_the_host_of_the_same_first_words_counts():
    assert HostsBeside({"db_host": "localhost", "mail_host": "mail.acme.io"}).are_this_machine("db_password")
    assert not HostsBeside({"db_host": "localhost", "mail_host": "mail.acme.io"}).are_this_machine("mail_password")
    assert not HostsBeside({"api_host": "localhost"}).are_this_machine("api_key")


def test_a_proxy_makes_another_machine_appear_here():
    assert leads_elsewhere("image: gcr.io/cloudsql-docker/gce-proxy")
    assert not leads_elsewhere("image: postgres")
