"""How far away a host is, judged by its name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.hosts import Reach, host_of, is_shared_platform, publisher_of_host, reach

REACHES = {
    Reach.LOOPBACK: "localhost LOCALHOST app.localhost 127.0.0.1 127.1 2130706433 0x7f000001 0177.0.0.1 0.0.0.0 ::1 [::1] ::ffff:127.0.0.1",
    Reach.LOCAL_NAME: "jenkins db mcp.svc mcp.default.svc.cluster.local host.docker.internal printer.local metadata.google.internal x.home.arpa",
    Reach.PRIVATE: "10.0.0.1 172.16.0.1 192.168.1.2 169.254.169.254 100.64.0.1 fd00::1 fe80::1%eth0 ::ffff:10.0.0.1",
    Reach.PUBLIC: "8.8.8.8 mcp.linear.app example.com. 1e100.net 172.32.0.1 100.128.0.1 2606:4700::1 localhost.example.com 127.0.0.1.nip.io",
    Reach.UNKNOWN: "${HOST} {{host}} $HOST.example.com %HOST% <host> x.${DOMAIN}",
}


@pytest.mark.parametrize(
    ("host", "expected"), [(host, kind) for kind, hosts in REACHES.items() for host in hosts.split()]
)
def test_reach(host, expected):
    assert reach(host) is expected


def test_nothing_is_unknown():
    assert reach("") is Reach.UNKNOWN


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://user:pw@Example.com:443/x?y=@z", "example.com"),
        ("http://[::1]:8080/mcp", "::1"),
        ("http://localhost:${PORT}/mcp", "localhost"),
        ("mcp.example.com/mcp", "mcp.example.com"),
        ("wss://h", "h"),
        ("https://a@b@c/", "c"),
        ("https://evil.example\\@good.example/", "evil.example"),
        ("https://${HOST}/x", "${host}"),
        ("", ""),
    ],
)
def test_host_of(url, host):
    assert host_of(url) == host


def test_publishers():
    assert publisher_of_host("api.githubcopilot.com") == "GitHub"
    assert publisher_of_host("mcp.sentry.dev.") == "Sentry"
    assert publisher_of_host("sentry.dev.example.com") is None
    assert publisher_of_host("mine.workers.dev") is None
    assert publisher_of_host("example.com") is None


def test_shared_platforms():
    assert is_shared_platform("mine.workers.dev")
    assert is_shared_platform("abc.ngrok-free.app")
    assert not is_shared_platform("workers.dev.example.com")
    assert not is_shared_platform("notworkers.dev")


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text):
    assert reach(text) in Reach
    host_of(text)
    publisher_of_host(text)
