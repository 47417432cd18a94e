"""The data of a ConfigMap become the credentials of providers that stand in them in clear.

A ConfigMap is for what is no secret, so that what looks like a password there is most often a setting: only
a provider's own shape counts. Source (page not re-read): kubernetes.io/docs/concepts/configuration/configmap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.settings_files.written import of_providers
from nhilint.formats.written_secrets.probes import PROVIDERS_WORDS
from nhilint.formats.written_secrets.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.source.value import Value

_WORDS = tuple(word.decode() for word in PROVIDERS_WORDS)


def written_in_configuration(data: dict[str, Value], at: Place, format_id: str) -> Iterator[Resource]:
    """The credentials of the `data` of a ConfigMap that stands at a place."""
    for name, value in data.items():
        if isinstance(value, str) and any(word in value for word in _WORDS):
            leaves = Texts(at.path).below(value, (*at.pointer, name), str(name), "a ConfigMap")
            yield from of_providers(leaves, value, format_id)
