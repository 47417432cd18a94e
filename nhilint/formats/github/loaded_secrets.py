"""Secrets that a step of the job has loaded from a store into the environment, and that a later step is handed by name.

What a store holds stands in no workflow: only a variable that is called a key, that no line of the workflow sets and
that a later input names, is taken for one. Source: action.yml of aws-actions/aws-secretsmanager-get-secrets and
hashicorp/vault-action, README of dopplerhq/secrets-fetch-action (environment variables as an option), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node
    from nhilint.model.place import Pointer

_LOADERS = ("aws-actions/aws-secretsmanager-get-secrets@", "hashicorp/vault-action@", "dopplerhq/secrets-fetch-action@")
_NAMED = Deferred(r"\$\{\{\s{0,9}env\.([A-Za-z_]\w{0,80})\s{0,9}\}\}")
_CALLED_A_KEY = Deferred(r"(?:^|_)(?:PASSWORD|SECRET|TOKEN|PAT|(?:API|PRIVATE|ACCESS|DEPLOY|SSH)_KEY)$")


def loaded_secrets(steps: Node, found: Sequence[tuple[str, Pointer]]) -> list[tuple[int, str, Pointer]]:
    """For each input of an action that is such a variable alone: the step's index, the name, the place."""
    loads = [n for n, step in enumerate(steps.items()) if str(step["uses"].value).lower().startswith(_LOADERS)]
    if not loads:
        return []
    set_here = {str(pointer[-1]) for _, pointer in found if pointer[-2:-1] == ("env",)}
    written = [text for text, _ in found if "GITHUB_ENV" in text]
    named: list[tuple[int, str, Pointer]] = []
    for text, pointer in found:
        match = _NAMED.fullmatch(text.strip()) if pointer[-2:-1] == ("with",) else None
        index = pointer[-3] if match is not None and len(pointer) > 3 else None
        if match is None or not isinstance(index, int) or index <= loads[0]:
            continue
        name = match[1]
        is_set = name in set_here or any(name in script for script in written)
        if not is_set and _CALLED_A_KEY.search(name.upper()) is not None:
            named.append((index, name, pointer))
    return named
