"""`approval_policy`, `approvals_reviewer` and `sandbox_mode` become how much Codex does without a question.

A command that no rule names is decided so: under `never` it runs in the sandbox; under `on-request` and `granular` it
runs in the sandbox and is asked about when it wants out; without a sandbox the same policies let it run unasked, but
for the few commands that a heuristic takes for dangerous. `on-failure` is an older name of `on-request`. Left out, the
policy is `on-request`. With `approvals_reviewer = "auto_review"` a model answers the questions.
So `never` refuses where the others ask, and what is done unasked depends on the sandbox alone: nothing is changed in a
read-only one, the workspace is edited in a writing one, everything is done without one.
Sources: https://github.com/openai/codex, codex-rs/core/src/exec_policy.rs (render_decision_for_unmatched_command),
codex-rs/core/config.schema.json (AskForApproval, ApprovalsReviewer, SandboxMode), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Autonomy

Confinement = Literal["read_only", "workspace", "none"]

_MODES: dict[str, Confinement] = {
    "read-only": "read_only",
    "workspace-write": "workspace",
    "danger-full-access": "none",
}
_PROFILES: dict[str, Confinement] = {
    ":read-only": "read_only",
    ":workspace": "workspace",
    ":danger-full-access": "none",
}
_ASKING = frozenset({"on-request", "on-failure", "granular"})
_MODEL_REVIEWERS = frozenset({"auto_review", "guardian_subagent"})
_DEEPEST = 5


class Mode(NamedTuple):
    """How commands are confined, and the place that says so. `profile` is the permission profile, when one decides."""

    confinement: Confinement
    at: Place
    profile: Node | None = None


def read_mode(root: Node) -> Mode | Unknown | None:
    """The confinement that a configuration states; `sandbox_mode` wins over `default_permissions`."""
    mode = root["sandbox_mode"]
    if mode.exists:
        known = _MODES.get(mode.value) if mode.is_text else None
        return Mode(known, mode.at) if known else mode.unknown("no sandbox mode that Codex knows")
    chosen = root["default_permissions"]
    if not chosen.is_text:
        return None
    own = root["permissions"][chosen.value]
    found = _of_profile(root, chosen.value)
    if found is None:
        return chosen.unknown("a permission profile that is declared elsewhere")
    return Mode(found, chosen.at, own if own.is_mapping else None)


def _of_profile(root: Node, name: str) -> Confinement | None:
    """What a profile confines to; a profile without a parent starts from nothing allowed."""
    for _ in range(_DEEPEST):
        if name in _PROFILES:
            return _PROFILES[name]
        profile = root["permissions"][name]
        if not profile.is_mapping:
            return None
        parent = profile["extends"].value
        if not isinstance(parent, str):
            return "workspace"
        name = parent
    return None


def read_autonomy(root: Node, mode: Mode | Unknown | None) -> Fact[Autonomy]:
    """How much is done unasked; None when neither policy nor mode is stated."""
    policy = _policy(root["approval_policy"])
    if policy is None or isinstance(policy, Unknown):
        return policy or _by_mode(mode, None)
    if policy.value == "never":
        return _refusing(mode, policy.at)
    if policy.value not in _ASKING:
        is_old = policy.value == "untrusted"
        return Known("asks", policy.at) if is_old else Unknown("no approval policy that Codex knows", policy.at)
    reviewer = root["approvals_reviewer"]
    is_confined = not (isinstance(mode, Mode) and mode.confinement == "none")
    if is_confined and reviewer.is_text and reviewer.value in _MODEL_REVIEWERS:
        return Known("classifier_gated", reviewer.at)
    return _by_mode(mode, policy.at)


def _policy(node: Node) -> Known[str] | Unknown | None:
    """The policy's name; the table with fine-grained switches is `granular`."""
    if node.is_mapping:
        return Known("granular", node.at)
    text = node.text()
    return text if text is None or isinstance(text, Unknown) else Known(text.value, text.at)


def _refusing(mode: Mode | Unknown | None, at: Place) -> Fact[Autonomy]:
    """What the policy that never asks comes to."""
    if isinstance(mode, Unknown):
        return mode
    decided: dict[Confinement, Autonomy] = {"read_only": "suggest", "workspace": "asks_for_writes", "none": "ungated"}
    return Known(decided[mode.confinement if mode is not None else "workspace"], at)


def _by_mode(mode: Mode | Unknown | None, policy_at: Place | None) -> Fact[Autonomy]:
    """What the asking policies come to: without a sandbox they let everything run."""
    if isinstance(mode, Unknown):
        return mode
    if mode is None:
        return Known("asks_for_writes", policy_at) if policy_at is not None else None
    decided: dict[Confinement, Autonomy] = {"read_only": "asks", "workspace": "asks_for_writes", "none": "ungated"}
    return Known(decided[mode.confinement], mode.at)
