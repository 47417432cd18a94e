"""What a job holds: identity tokens, secrets fetched for it, variables of the project that its script names.

Variables are kept in the project's settings, where no file tells their value; a name that only a credential bears, and
that the file itself gives no value, is one of them. The job's own token is always there, with what the project's
settings give it.
Source: https://docs.gitlab.com/ci/yaml/ (id_tokens, secrets), https://docs.gitlab.com/ci/jobs/ci_job_token/,
https://docs.gitlab.com/ci/variables/, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from nhilint.formats.github.agent_holdings import is_model_key
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.gitlab.jobs import Job
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

Level = Literal["strong", "weak", "default", "none"]

_USED = Deferred(r"\$(?:\{([A-Z][A-Z0-9_]{2,80})\b|([A-Z][A-Z0-9_]{2,80})\b)")
_JOB_TOKENS = frozenset({"CI_JOB_TOKEN", "CI_REGISTRY_PASSWORD", "CI_DEPENDENCY_PROXY_PASSWORD", "CI_JOB_JWT"})
_DEFAULT = "the job's own token, with what the project's settings give it"
_MOST = 100
_SHOWN = 4


class Holdings(NamedTuple):
    """How much a job holds, what makes it up, and its credentials. `model_keys` only open the model of an agent."""

    level: Fact[Level]
    held: Fact[tuple[str, ...]]
    credentials: tuple[Credential, ...]
    model_keys: tuple[Credential, ...]


def holdings_of(job: Job) -> Holdings:
    """Everything that a job states or names."""
    held = [*_tokens(job), *_fetched(job)]
    own = {name for name, _ in job["id_tokens"].entries()}
    named = {name: node for name, node in _named(job).items() if name not in own and job.variable(name) is None}
    keys = tuple(_credential(name, node) for name, node in named.items() if is_model_key(name))
    others = {name: node for name, node in named.items() if not is_model_key(name)}
    held += [(f"the variable {name}", node.at) for name, node in others.items()]
    credentials = tuple(_credential(name, node) for name, node in others.items())
    at = held[0][1] if held else job.node.at
    words = tuple(dict.fromkeys(word for word, _ in held)) or (_DEFAULT,)
    if len(words) > _SHOWN:
        words = (*words[:_SHOWN], f"and {len(words) - _SHOWN} more")
    return Holdings(Known("strong" if held else "default", at), Known(words, at), credentials, keys)


def _tokens(job: Job) -> Iterator[tuple[str, Place]]:
    for name, node in list(job["id_tokens"].entries())[:_MOST]:
        yield f"the identity token {name} for {_audience(node['aud'])}", node.at.at_key()


def _audience(aud: Node) -> str:
    words = [item.value for item in aud.items() if item.is_text]
    return " and ".join(words[:_SHOWN]) or "an audience that is not stated"


def _fetched(job: Job) -> Iterator[tuple[str, Place]]:
    for name, node in list(job["secrets"].entries())[:_MOST]:
        yield f"the secret {name}", node.at.at_key()


def _named(job: Job) -> dict[str, Node]:
    """Variables with the name of a credential that the scripts or variables of a job use, at their first place."""
    found: dict[str, Node] = {}
    for node in (*job.lines(), *(value for _, value in job["variables"].entries())):
        for match in _USED.finditer(node.value) if node.is_text else ():
            name = match[1] or match[2]
            if name not in _JOB_TOKENS and len(found) < _MOST and is_credential_name(name):
                found.setdefault(name, node)
    return found


def _credential(name: str, node: Node) -> Credential:
    at = node.at
    return Credential(
        at=at,
        name=Known(name, at),
        reference=Known(name, at),
        source=Known("ci_secret", at),
        location=Known("env", at),
        principal=Known("human", at) if "OAUTH" in name and is_model_key(name) else None,
    )
