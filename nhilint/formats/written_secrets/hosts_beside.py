"""What a password opens, by the host that stands beside it: `db = { host = "localhost", password = … }`.

A host that is this machine makes the password worth nothing to anybody else. A name without a dot does not, since it
may be a service of a cluster, and neither does a file that speaks of a proxy or a tunnel, through which this machine is
another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.credentials.examples import is_loopback
from nhilint.knowledge.credentials.names import is_password_name, words_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.source.value import Value

_HOSTS = frozenset({"host", "hostname", "server", "address", "addr", "endpoint", "url", "uri"})
_ELSEWHERE_AFTER_ALL = Deferred(r"(?i)proxy|tunnel|bastion|port-?forward|jump-?host|cloud-?sql")


def opens_this_machine(key: str, beside: dict[str, Value]) -> bool:
    """Whether a key is a password's and every host beside it that goes by the same first words is this machine."""
    if not is_password_name(key):
        return False
    first = words_of(key)[:-1]
    hosts = [value for name, value in beside.items() if _is_host(name, first)]
    return bool(hosts) and all(isinstance(value, str) and is_loopback(value) for value in hosts)


def _is_host(name: object, first: tuple[str, ...]) -> bool:
    """Whether a key, which YAML lets be a number too, is that of a host with these words before it."""
    words = words_of(name) if isinstance(name, str) else ()
    return bool(words) and words[-1] in _HOSTS and words[:-1] == first


def leads_elsewhere(text: str) -> bool:
    """Whether a file speaks of what makes another machine appear on this one."""
    return _ELSEWHERE_AFTER_ALL.search(text) is not None
