"""Recognises scripts that sign in to Google Cloud or Azure by a command that is given a stored key.

Told only where a secret of the repository is seen to be that key: in the command itself, in a variable that it names,
or in an earlier step that writes the file of the key.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.formats.sign_in_commands import AZURES_SECRET, GOOGLES_KEY
from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import CloudLogin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.node import Node

_WORDS = ("activate-service-account", "az login")
_GIVEN = Deferred(r"[ =]{1,3}(\"[^\"\n]{1,200}\"|'[^'\n]{1,200}'|\$\{\{[^}\n]{1,200}\}\}|[^\s\"';&|]{1,200})")
_SECRET = Deferred(r"\$\{\{[^}]{0,80}\bsecrets\.(?!GITHUB_TOKEN\b)\w", flags=re.IGNORECASE)
_VARIABLE = Deferred(r"\$(?:\{\{\s{0,3}env\.|env:|\{)?([A-Za-z_]\w{0,100})", flags=re.IGNORECASE)
_CONTINUES = Deferred(r"[\\`][ \t]{0,9}\n")


def signs_in_by_command(script: Node, environments: Sequence[Node], job: Node) -> CloudLogin | None:
    """The login of a script that hands a stored key to the cloud's own program; None for any other script."""
    text = script.value
    if not isinstance(text, str) or not any(word in text for word in _WORDS):
        return None
    text = _CONTINUES.sub(lambda match: " " * len(match[0]), text)
    for sign in (GOOGLES_KEY, AZURES_SECRET):
        found = sign.pattern.search(text)
        given = _GIVEN.match(text, found.end() - (sign is AZURES_SECRET)) if found is not None else None
        if found is None or given is None or _is_comment(text, found.start()):
            continue
        if _is_stored(given[1].strip("\"'"), script, environments, job):
            at = script.at.within_text(found.start(), found.end())
            by: Known[Literal["oidc", "static"]] = Known("static", at)
            return CloudLogin(at=at, provider=Known(sign.provider, at), by=by)
    return None


def _is_comment(text: str, start: int) -> bool:
    return text[text.rfind("\n", 0, start) + 1 : start].lstrip().startswith("#")


def _is_stored(given: str, script: Node, environments: Sequence[Node], job: Node) -> bool:
    """Whether a secret is the key, or is written to the file that has it."""
    if _SECRET.search(given) is not None:
        return True
    values = (environment.value_under(name) for name in _VARIABLE.findall(given) for environment in environments)
    if any(isinstance(value, str) and _SECRET.search(value) is not None for value in values):
        return True
    return any(given in text and _SECRET.search(text) is not None for text in _until(script, job))


def _until(script: Node, job: Node) -> Iterator[str]:
    """What the steps run up to this one, each with its own variables."""
    for step in job["steps"].items():
        yield f"{step.value_under('run') or ''}\n{step.value_under('env') or ''}\n{step.value_under('with') or ''}"
        if step["run"].pointer == script.pointer:
            return
