"""Variables of environment settings become the credentials that stand in them in clear.

A provider's own shape counts in every such file. A value without one, a key that a framework makes for a new project,
and one of a product that many run themselves which nothing but its name tells, count only where the file is one that
runs something: not in a template, an example, a test, or the settings of a developer's machine (`.env.development`),
which hold made-up values so often that the others drown. What opens a host that exists on this machine, in this network
of containers or in documents alone is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.written_secrets.reading import written_credentials
from nhilint.knowledge.credentials import shape, speaks_for_itself
from nhilint.knowledge.credentials.examples import is_local_host, is_reserved_host
from nhilint.model.fact import value_of
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nhilint.formats.written_secrets.leaf import Leaf
    from nhilint.model.resource import Resource

_SHORTEST = 8
_LOGIN_HOST = Deferred(r"@\[?([^/:?#@\s\]]{1,255})")
_HOST = Deferred(r"(?:[a-z][a-z0-9+.-]{1,20}://)?(?:[^/@\s]{0,255}@)?\[?([^/:?#@\s\]]{1,255})")
_MADE_UP_PLACES = Deferred(
    r"(?:^|/)(?:[\w-]{0,40}(?:examples?|samples?|snippets?|fixtures?|templates?)|demos?|docs?|documentation|tutorials?"
    r"|quick-?starts?|workshops?|__tests__|tests?|testdata|testing|e2e|mocks?|spec|ci|dev|local|playgrounds?)/",
    flags=re.IGNORECASE,
)
_MADE_UP_NAMES = frozenset(
    "example sample template tmpl tpl dist default defaults dev development local test testing tests ci e2e docker"  # noqa: SIM905
    " examples samples usage playground demo mock fixture jinja j2 debug devcontainer override quickstart".split()
)
_WORDS = Deferred(r"[._-]+")
_OF_THE_PROJECT = frozenset({"laravel-app-key", "django-secret-key", "rails-master-key", "jwt-signing-secret"})
"""Shapes of keys that every new project makes for itself: opening nothing of a provider's."""
_WITHOUT_A_PROVIDER = frozenset({"connection_string", "password", "basic_auth", "private_key", "jwt"})
"""Kinds of credentials whose shape says nothing of who issued them."""
RUN_BY_ONESELF = frozenset(
    {"Supabase", "Grafana", "n8n", "Langfuse", "LiteLLM", "Infisical", "Gitea", "Keycloak", "Qdrant", "Weaviate"}
    | {"Jenkins", "RabbitMQ", "ClickHouse"}
)
"""Providers, as the catalogue spells them, whose product starts on a developer's machine with keys of its own."""
_HASHED = Deferred(r"(?:^|:)\$?\$(?:2[aby]|apr1|argon2|1|5|6)\$|\{SHA\}")


def has_real_values(path: str) -> bool:
    """Whether values that only their name makes a secret are to be taken for real in the settings of this path."""
    words = set(_WORDS.split(path.rpartition("/")[2].lower()))
    return _MADE_UP_NAMES.isdisjoint(words) and _MADE_UP_PLACES.search(path) is None


def credentials_of(
    leaves: Iterable[Leaf], text: str, format_id: str, *, is_real: Callable[[Credential], bool]
) -> Iterator[Resource]:
    """The credentials in clear among variables; `is_real` is asked about those without a provider's shape."""
    worth = (leaf for leaf in leaves if len(leaf.text) >= _SHORTEST and _opens_something(leaf.text))
    for resource in written_credentials(worth, text, format_id):
        facts = resource.facts
        if isinstance(facts, Credential) and (_is_of_a_provider(facts) or is_real(facts)):
            yield resource


def of_providers(leaves: Iterable[Leaf], text: str, format_id: str) -> Iterator[Resource]:
    """The credentials in clear whose shape is that of a provider's own, for texts in which examples stand as well."""
    for resource in written_credentials(leaves, text, format_id):
        facts = resource.facts
        stated = value_of(facts.type) if isinstance(facts, Credential) and value_of(facts.shaped) else None
        if stated is not None and shape(stated).kind not in _WITHOUT_A_PROVIDER:
            yield resource


def is_local_address(value: str) -> bool:
    """Whether a host, with or without a scheme and a path, exists on this machine or in this network alone."""
    host = _HOST.match(value)
    return host is not None and is_local_host(host[1])


def _opens_something(value: str) -> bool:
    """False for a password's hash, and for a login at a host that exists in this network or in documents alone."""
    if _HASHED.search(value[:200]):
        return False
    scheme, separator, rest = value.partition("://")
    host = _LOGIN_HOST.search(rest) if separator and len(scheme) <= 40 else None
    return host is None or not (is_local_host(host[1]) or is_reserved_host(host[1]))


def _is_of_a_provider(credential: Credential) -> bool:
    stated = value_of(credential.type)
    if value_of(credential.shaped) is not True or stated is None or stated in _OF_THE_PROJECT:
        return False
    return value_of(credential.provider) not in RUN_BY_ONESELF or speaks_for_itself(stated)
