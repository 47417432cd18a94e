"""The argument of a file rule: what its path opens.

Claude Code reads it by the rules of gitignore with four anchors: `//x` from the root of the file system, `~/x` from
the home folder, `/x` from the folder of the settings, anything else from the working folder. A rule cannot approve
writes to a protected path such as `.git` or `.claude`.
Sources: https://code.claude.com/docs/en/permissions (Read and Edit) and /permission-modes (protected paths), read
2026-11-22.
"""

from __future__ import annotations

from typing import Literal

from nhilint.source.deferred import Deferred

PathReach = Literal["root", "home", "credentials", "guard_rails", "outside", "project", "narrow"]

_CREDENTIALS = Deferred(
    r"(?:^|/)(?:\.ssh|\.aws|\.azure|\.kube|\.gnupg|\.config/gcloud|\.config/gh|\.netrc|\.pgpass|\.git-credentials|"
    r"\.vault-token|\.password-store|\.docker/config\.json|\.claude/\.credentials\.json)(?:/|$)"
)
_GUARD_RAILS = Deferred(
    r"(?:^|/)(?:\.github/(?:workflows|actions|hooks|CODEOWNERS|mcp\.json)|\.gitlab-ci\.yml|CODEOWNERS|\.nhilint"
    r"|\.cursor(?:/(?:cli|permissions|sandbox|hooks|environment|mcp)\.json|/?$)"
    r"|\.codex(?:/(?:config\.toml|hooks\.json|rules)|/?$)|\.gemini(?:/(?:settings\.json|policies)|/?$)"
    r"|\.opencode/(?:plugins?|opencode\.jsonc?)|opencode\.jsonc?|\.kiro/(?:agents|hooks|settings)|\.roomodes"
    r"|\.amp/settings\.json|\.zed/settings\.json|\.qwen/settings\.json|\.windsurf/hooks\.json"
    r"|\.factory/(?:settings|hooks)\.json|\.gitlab/duo)(?:/|$)"
)
_HOME_FOLDER = Deferred(r"(?:home|Users)(?:/[^/]+)?$|root$|[a-z]/Users(?:/[^/]+)?$")
_PROTECTED = Deferred(
    r"(?:\*\*/)?(?:\.git|\.config/git|\.vscode|\.idea|\.husky|\.cargo|\.devcontainer|\.yarn|\.mvn|\.claude(?!/worktrees))"
    r"(?:/|$)"
    r"|(?:\*\*/)?(?:\.gitconfig|\.gitmodules|\.bashrc|\.bash_profile|\.zshrc|\.zprofile|\.zshenv|\.profile|\.envrc|\.npmrc|"
    r"\.yarnrc|\.yarnrc\.yml|bunfig\.toml|\.pre-commit-config\.yaml|lefthook\.ya?ml|\.mcp\.json|\.claude\.json)$"
)
_EVERYTHING = frozenset({"", "*", "**", "**/*", "*/**"})


def reach_of_path(argument: str | None) -> PathReach:
    """What the path of a rule opens. A rule without a path is about every file."""
    if argument is None:
        return "root"
    text = argument.strip().replace("\\", "/")
    if text.startswith("//"):
        return _below_root(text[2:])
    if text == "~" or text.startswith(("~/", "$HOME")):
        return _below_home(text.partition("/")[2])
    if text.startswith(".."):
        return "outside"
    plain = text.removeprefix("./").lstrip("/")
    if plain in _EVERYTHING:
        return "project"
    return "guard_rails" if _GUARD_RAILS.search(_without_wildcards(plain)) else "narrow"


def is_protected(argument: str) -> bool:
    """Whether a path within the project is one whose change no rule can approve."""
    return _PROTECTED.match(argument.strip().removeprefix("./").lstrip("/")) is not None


def _below_root(rest: str) -> PathReach:
    plain = _without_wildcards(rest)
    if not plain:
        return "root" if rest in _EVERYTHING else "outside"
    if _CREDENTIALS.search(plain):
        return "credentials"
    return "home" if _HOME_FOLDER.fullmatch(plain) and rest != plain else "outside"


def _below_home(rest: str) -> PathReach:
    if rest in _EVERYTHING:
        return "home"
    return "credentials" if _CREDENTIALS.search(_without_wildcards(rest)) else "outside"


def _without_wildcards(path: str) -> str:
    """The path up to its first part with a wildcard."""
    plain: list[str] = []
    for part in path.split("/"):
        if "*" in part:
            break
        plain.append(part)
    return "/".join(plain).strip("/")
