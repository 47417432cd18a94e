"""An action that one step of a file hands a secret is told there: what other steps of it stand beside adds nothing.

Whoever fixes the version or takes the secret away does so for the action, wherever in the file it is used: the same
repository at the same version, whichever of its actions. A step that names a commit is nothing to tell of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.actions import read_uses
from nhilint.model.fact import Known, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.vocabulary.workflow import Step


def told_where_handed(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps; those whose action is handed a secret in another step of the file stand beside nothing."""
    listed = tuple(steps)
    handed = {_action(step) for step in listed if _is_handed(step)} - {None}
    if not handed:
        return listed
    return tuple(_without_beside(step) if _action(step) in handed else step for step in listed)


def _is_handed(step: Step) -> bool:
    return isinstance(step.foreign_secrets, Known) and bool(step.foreign_secrets.value)


def _without_beside(step: Step) -> Step:
    if not isinstance(step.beside, Known) or _is_handed(step):
        return step
    return replace(step, beside=Known((), step.at))


def _action(step: Step) -> tuple[str, str] | None:
    """The repository of an action and its version."""
    if step.action is None:
        return None
    name, version = value_of(step.action.name), value_of(step.action.version)
    return (read_uses(name).repository, version) if name and version else None
