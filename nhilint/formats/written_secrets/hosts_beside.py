"""What a password opens, by the host that stands beside it: `db = { host = "localhost", password = … }`.

A host that is this machine makes the password worth nothing to anybody else. A name without a dot does not, since it
may be a service of a cluster, and neither does a file that speaks of a proxy or a tunnel, through which this machine is
another one.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from nhilint.knowledge.credentials.examples import is_loopback
from nhilint.knowledge.credentials.names import is_password_name, words_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.source.value import Value

_HOSTS = frozenset({"host", "hostname", "server", "address", "addr", "endpoint", "url", "uri"})
_ELSEWHERE_AFTER_ALL = Deferred(r"(?i)proxy|tunnel|bastion|port-?forward|jump-?host|cloud-?sql")


class HostsBeside:
    """The hosts of one mapping, looked for once, when the first password is met."""

    def __init__(self, beside: dict[str, Value]) -> None:
        self._beside = beside

    def are_this_machine(self, key: str) -> bool:
        """Whether a key is a password's and every host beside it that goes by the same first words is this machine."""
        return is_password_name(key) and self._here.get(words_of(key)[:-1], False)

    @cached_property
    def _here(self) -> dict[tuple[str, ...], bool]:
        """By the words before them, whether all hosts are this machine."""
        found: dict[tuple[str, ...], bool] = {}
        for name, value in self._beside.items():
            words = _words(name)
            if words and words[-1] in _HOSTS:
                here = isinstance(value, str) and is_loopback(value)
                found[words[:-1]] = found.get(words[:-1], True) and here
        return found


def _words(name: object) -> tuple[str, ...]:
    """The words of a key; none of a number, which YAML lets a key be too."""
    return words_of(name) if isinstance(name, str) else ()


def leads_elsewhere(text: str) -> bool:
    """Whether a file speaks of what makes another machine appear on this one."""
    return _ELSEWHERE_AFTER_ALL.search(text) is not None
