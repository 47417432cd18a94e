"""A password beside a host of this machine opens nothing for others; beside any other host it may."""

from __future__ import annotations

import pytest

from nhilint.formats.written_secrets.hosts_beside import leads_elsewhere, opens_this_machine


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
    assert opens_this_machine("password", {**beside, "password": "x"})


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
    assert not opens_this_machine("password", beside)


def test_the_host_of_the_same_first_words_counts():
    assert opens_this_machine("db_password", {"db_host": "localhost", "mail_host": "mail.acme.io"})
    assert not opens_this_machine("mail_password", {"db_host": "localhost", "mail_host": "mail.acme.io"})
    assert not opens_this_machine("api_key", {"api_host": "localhost"})


def test_a_proxy_makes_another_machine_appear_here():
    assert leads_elsewhere("image: gcr.io/cloudsql-docker/gce-proxy")
    assert not leads_elsewhere("image: postgres")
