"""Secrets that a step of the job has loaded from a store into the environment, as a later step that names them tells.

What a store holds stands in no workflow: only a variable that is called a key, that no line of the workflow sets and
that a later input or variable names, is taken for one. Every step after the load has it in its environment. Source:
action.yml of aws-actions/aws-secretsmanager-get-secrets and hashicorp/vault-action, README of
dopplerhq/secrets-fetch-action (environment variables as an option), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node
    from nhilint.model.place import Pointer

_LOADERS = ("aws-actions/aws-secretsmanager-get-secrets@", "hashicorp/vault-action@", "dopplerhq/secrets-fetch-action@")
_NAMED = Deferred(r"\$\{\{\s{0,9}env\.([A-Za-z_]\w{0,80})\s{0,9}\}\}")
_OF_A_STEP = 3
_CALLED_A_KEY = Deferred(r"(?:^|_)(?:PASSWORD|SECRET|TOKEN|PAT|(?:API|PRIVATE|ACCESS|DEPLOY|SSH)_KEY)$")


class Loaded(NamedTuple):
    """A secret that a step has loaded: by which step, the step that names it and whether as an input, and the place."""

    by: int
    step: int
    is_input: bool
    name: str
    pointer: Pointer


def loaded_secrets(steps: Node, found: Sequence[tuple[str, Pointer]]) -> list[Loaded]:
    """Each such variable alone in an input or a variable of a later step: all later ones have it."""
    loads = [n for n, step in enumerate(steps.items()) if str(step["uses"].value).lower().startswith(_LOADERS)]
    if not loads:
        return []
    set_here = {str(pointer[-1]) for _, pointer in found if pointer[-2:-1] == ("env",)}
    written = [text for text, _ in found if "GITHUB_ENV" in text]
    named: list[Loaded] = []
    for text, pointer in found:
        match = _NAMED.fullmatch(text.strip()) if pointer[-2:-1] in (("with",), ("env",)) else None
        index = pointer[-3] if match is not None and len(pointer) > _OF_A_STEP else None
        if match is None or not isinstance(index, int) or index <= loads[0]:
            continue
        name = match[1]
        is_set = name in set_here or any(name in script for script in written)
        if not is_set and _CALLED_A_KEY.search(name.upper()) is not None:
            named.append(Loaded(loads[0], index, pointer[-2] == "with", name, pointer))
    return named
