"""What stands around a variable says whether a random value under it opens something.

A password whose host is this machine (`MYSQL_HOST=127.0.0.1` beside `MYSQL_PASSWORD`), a value below a comment that
tells how to make one's own, a file in which most secrets are evidently made up, and the key of a product that runs on
this machine (`SUPABASE_URL=http://127.0.0.1:54321`): none of them is worth a word.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from nhilint.formats.settings_files.written import RUN_BY_ONESELF, is_local_address
from nhilint.knowledge.credentials import Reading, is_credential_name, judge
from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.settings_files.variables import Variable
    from nhilint.model.vocabulary.credential import Credential

_HOSTS = frozenset({"HOST", "HOSTNAME", "SERVER", "URL", "URI", "ENDPOINT", "ADDRESS", "ADDR"})
_MAKE_YOUR_OWN = Deferred(
    r"openssl|generate|\bgen\b|change|replace|insecure|example|dummy|fake|placeholder|local(?:ly)? only|not for prod"
    r"|development only|dev only|default|python3? -c|not a secret|public",
    flags=re.IGNORECASE,
)
_FEW = 2
_MOST = 300
_NEAR = 2_000
"""How many characters before a value comments are looked for."""


class Surroundings:
    """The other lines of a file of settings."""

    def __init__(self, text: str, variables: tuple[Variable, ...]) -> None:
        self._text = text
        self._variables = variables

    def suggest_real(self, credential: Credential) -> bool:
        """Whether nothing around a value tells that it opens nothing."""
        within = credential.at.within
        if within is None or self._is_made_up:
            return False
        own = next((one for one in self._variables if one.start <= within[0] <= one.start + len(one.value)), None)
        if own is None or own.name.partition("_")[0] in self._local:
            return False
        return _MAKE_YOUR_OWN.search(self._comments(within[0])) is None

    def runs_here(self, credential: Credential) -> bool:
        """Whether the settings name this machine as the address of the product whose key this is.

        Only products that many run themselves are meant: their key then opens that one installation.
        """
        provider = value_of(credential.provider)
        if provider not in RUN_BY_ONESELF:
            return False
        word = provider.upper()
        hosts = [one.value for one in self._variables if _names_a_host(one) and word in one.name.upper().split("_")]
        return bool(hosts) and all(is_local_address(host) for host in hosts)

    @property
    def are_local(self) -> bool:
        """Whether most hosts that the file names are of this machine or network."""
        hosts = [one.value for one in self._variables if _names_a_host(one)]
        local = sum(is_local_address(host) for host in hosts)
        return local >= _FEW and 2 * local > len(hosts)

    @cached_property
    def _local(self) -> frozenset[str]:
        """First words of variables that name a host of this machine or network."""
        return frozenset(
            one.name.partition("_")[0] for one in self._variables if _names_a_host(one) and is_local_address(one.value)
        )

    @cached_property
    def _is_made_up(self) -> bool:
        """Whether at least as many secrets of the file are evidently made up as are not."""
        secrets = [one for one in self._variables if is_credential_name(one.name)]
        readings = [judge(one.value, name=one.name).reading for one in secrets[:_MOST]]
        made_up = readings.count(Reading.PLACEHOLDER) + readings.count(Reading.PLAIN)
        return made_up >= max(_FEW, readings.count(Reading.LITERAL))

    def _comments(self, at: int) -> str:
        """The comment on the line of a position and those directly above it."""
        end = self._text.find("\n", at)
        said = [self._text[at : end if end >= 0 else None].partition(" #")[2]]
        for line in reversed(self._text[max(0, at - _NEAR) : at].split("\n")[-4:-1]):
            if not line.lstrip().startswith("#"):
                break
            said.append(line)
        return " ".join(said)


def _names_a_host(variable: Variable) -> bool:
    return variable.name.rpartition("_")[2].upper() in _HOSTS
