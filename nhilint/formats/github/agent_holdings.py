"""What an agent in a pipeline holds: the key to its model, other secrets in its environment, and a platform token.

The job's token reaches an agent when its step or job names it, when its action is given it, or when a checkout left it
in the work tree. Secrets of other steps do not. The key to the agent's own model is a credential but no right over the
repository, so it counts neither as strong nor as weak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.github.permissions import STRONG_SCOPES
from nhilint.formats.github.rights import Rights, rights_of
from nhilint.formats.github.secrets import names_token, secrets_in, texts
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.place import Place
from nhilint.model.vocabulary.agent import TokenPermission
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.wording import in_a_row
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.github.agent_step import AgentStep
    from nhilint.formats.github.permissions import Permissions
    from nhilint.formats.github.rights import Level
    from nhilint.formats.github.trail import StepFacts
    from nhilint.formats.node import Node

_MODEL_KEY = Deferred(
    r"ANTHROPIC|CLAUDE|OPENAI|GEMINI|GOOGLE_API|GENAI|OPENROUTER|DEEPSEEK|MISTRAL|GROQ|XAI|GROK|COPILOT|CURSOR|OPENCODE"
    r"|LLM|BEDROCK|VERTEX|MOONSHOT|KIMI|QWEN|DASHSCOPE|CONTINUE_API|MODEL|AMP_API|FACTORY|AI_GATEWAY|MINIMAX|ZAI|GLM"
)
_PERSONAL = Deferred(r"(?:^|_)(?:PAT|PERSONAL)(?:_|$)|PERSONAL_ACCESS|USER_TOKEN")
_TOKEN_VARIABLES = ("GITHUB_TOKEN", "GH_TOKEN")
_APP_ACTIONS = frozenset(
    {"actions/create-github-app-token", "tibdex/github-app-token", "peter-murray/workflow-application-token-action"}
)
_APP_OF_VENDOR = ("contents", "pull-requests", "issues")


class Holdings(Struct, frozen=True):
    """The rights besides the model, the credentials that make them up, and what the token may do."""

    rights: Rights
    credentials: tuple[Credential, ...]
    token_permissions: tuple[TokenPermission | Unknown, ...]


def is_model_key(name: str) -> bool:
    """Whether a secret's name says that it opens a model and nothing else."""
    return _MODEL_KEY.search(name.upper()) is not None


def is_personal(name: str) -> bool:
    """Whether a secret's name says that it is a person's token."""
    return _PERSONAL.search(name.upper()) is not None


def holdings_of(found: AgentStep, step: StepFacts) -> Holdings:
    """Everything an agent's step holds."""
    at = step.node.at
    secrets = [(name, place) for name, place in _secrets(step) if not is_model_key(name)]
    secrets += [(f"{name} (a cloud identity)", place) for name, place in _logins(found, step)]
    credentials = tuple(_credential(name, place) for name, place in secrets)
    if found.vendor_app:
        return Holdings(_app_rights(step, secrets), credentials, _app_permissions(at))
    if not _has_token(found, step):
        none = Rights(Known("none", at), Known((), at), Known(value=False, at=at))
        own = rights_of(None, secrets, at) if secrets else none
        return Holdings(own, credentials, ())
    app = _app_token(found, step)
    if app is not None:
        return Holdings(app, credentials, ())
    rights = rights_of(_usable(step, found), secrets, at)
    entries = step.job.permissions.entries if step.job.permissions is not None else ()
    return Holdings(rights, credentials, entries)


def _usable(step: StepFacts, found: AgentStep) -> Permissions | None:
    """The permissions without the right to prove the job's identity, which takes a command that asks for the proof, and
    somebody who was told to trust it."""
    permissions = step.job.permissions
    asks = value_of(found.command_reach) == "any" and not found.hides_identity
    if permissions is None or (asks and step.job.proves_identity):
        return permissions
    return replace(permissions, writes=tuple((scope, at) for scope, at in permissions.writes if scope != "id-token"))


def _secrets(step: StepFacts) -> tuple[tuple[str, Place], ...]:
    """The secrets that the step itself or an environment around it names, each once."""
    found: dict[str, tuple[str, Place]] = {}
    for node in (step.node, *step.environments):
        for mention in secrets_in(texts(node.value, node.pointer)):
            found.setdefault(mention.name.upper(), (mention.name, Place(node.path, mention.pointer)))
    return tuple(found.values())


def _credential(name: str, at: Place) -> Credential:
    return Credential(
        at=at,
        name=Known(name, at),
        reference=Known(name, at),
        source=Known("ci_secret", at),
        location=Known("env" if "env" in at.pointer else "field", at),
        principal=Known("human", at) if is_personal(name) else None,
    )


def _logins(found: AgentStep, step: StepFacts) -> Iterator[tuple[str, Place]]:
    """Cloud identities that earlier steps left in the environment, unless they are there to reach the model."""
    if found.model_cloud:
        return
    for login in step.logins:
        yield value_of(login.identity) or value_of(login.provider) or "cloud", login.at


def _has_token(found: AgentStep, step: StepFacts) -> bool:
    if found.token is not None or value_of(step.token_left):
        return True
    return any(_variable(step, name) is not None for name in _TOKEN_VARIABLES)


def _variable(step: StepFacts, name: str) -> Node | None:
    """The innermost setting of a variable, unless it is set to nothing."""
    node = next((environment[name] for environment in step.environments if environment[name].exists), None)
    return node if node is not None and node.value else None


def _app_rights(step: StepFacts, secrets: list[tuple[str, Place]]) -> Rights:
    at = step.node["uses"].at
    words = (
        *(f"the secret {name}" for name, _ in secrets),
        "a token of its vendor's app that may write contents, pull requests and issues",
    )
    return Rights(Known("strong", at), Known(words, at), Known(value=True, at=at))


def _app_permissions(at: Place) -> tuple[TokenPermission, ...]:
    return tuple(TokenPermission(at=at, scope=Known(scope, at), access=Known("write", at)) for scope in _APP_OF_VENDOR)


def _app_token(found: AgentStep, step: StepFacts) -> Rights | None:
    """The rights of a GitHub App's token that an earlier step made, when the agent is given that one."""
    for node in (found.token, *(_variable(step, name) for name in _TOKEN_VARIABLES)):
        text = node.value if node is not None else None
        if not isinstance(text, str) or names_token(text) or "steps." not in text:
            continue
        maker = next((s for i, s in step.job.scope.steps.items() if f"steps.{i}.outputs" in text.lower()), None)
        uses = maker["uses"].value if maker is not None else None
        if maker is None or not isinstance(uses, str) or uses.partition("@")[0].lower() not in _APP_ACTIONS:
            continue
        return _granted(maker["with"], step.node.at if node is None else node.at)
    return None


def _granted(inputs: Node, at: Place) -> Rights:
    """An app's token is as strong as the app unless the step narrows it."""
    stated = {name[11:]: node.value for name, node in inputs.entries() if name.startswith("permission-")}
    writes = [scope for scope, access in stated.items() if access == "write"]
    if not stated:
        return Rights(
            Known("strong", at), Known(("a token with all that its GitHub App may do",), at), Known(value=True, at=at)
        )
    words = (f"an app's token that may write {in_a_row(writes)}",) if writes else ()
    level: Level = "strong" if not STRONG_SCOPES.isdisjoint(writes) else "weak" if writes else "none"
    return Rights(Known(level, at), Known(words, at), Known(bool(writes), at))
