"""Reads what stands between the brackets of a reference: `${…}`, `${{ … }}` and `{{ … }}`.

The outcome is the kind of pointer, the name it uses and, where the notation has one, the text that stands in when
nothing is found. The expression languages themselves are not evaluated.
"""

from __future__ import annotations

import re

from nhilint.knowledge.credentials.vocabulary import Reference, ReferenceKind
from nhilint.source.deferred import Deferred

_PREFIXES: dict[str, ReferenceKind] = {
    "env": "env",  # VS Code, Cursor, Serverless
    "oc.env": "env",  # OmegaConf
    "input": "input",  # VS Code
    "prompt": "input",
    "promptString": "input",
    "config": "template",  # VS Code settings
    "command": "command",
    "shell": "command",
    "file": "file",
    "ssm": "secret_store",  # Serverless
    "secret": "secret_store",
    "secrets": "secret_store",
    "vault": "secret_store",
    "op": "secret_store",
    "aws": "secret_store",
    "keychain": "secret_store",
    "keyring": "secret_store",
}
_EDITOR_WORDS = frozenset({"userHome", "workspaceFolder", "workspaceRoot", "pathSeparator", "cwd", "extensionPath"})
_SHELL = Deferred(r"([A-Za-z_]\w{0,120})(?:(:?[-=])(.*)|:?[?+].*)?", flags=re.DOTALL)
_SPRING = Deferred(r"([A-Za-z_][\w.-]{0,120}):(.*)", flags=re.DOTALL)
_ALTERNATIVE = Deferred(r"\|\|\s*'([^']*)'")
_TEMPLATE_DEFAULT = Deferred(r"\bdefault\s*\(?\s*[\"']([^\"']*)[\"']")
_CONTEXT = Deferred(r"(?<![\w.])(secrets|env|vars|variables|inputs|parameters)(?:\.|\[')([\w-]{1,120})")
_ENV_CALL = Deferred(
    r"(?:\benv_var\(|\blookup\(\s*['\"]env['\"]\s*,|\benv\b\s*\(?|\.Env\.|\$env\.)\s*['\"]?([A-Za-z_]\w{0,80})"
)
_CONTEXT_KINDS: dict[str, ReferenceKind] = {
    "secrets": "ci_secret",
    "env": "env",
    "vars": "env",
    "variables": "env",
    "inputs": "input",
    "parameters": "input",
}


def braced(content: str) -> Reference | None:
    """`${…}`: a shell variable with an optional default, an editor variable, or the expression of another language."""
    if not content:
        return None
    prefix, colon, rest = content.partition(":")
    if colon and prefix in _PREFIXES:
        return _prefixed(_PREFIXES[prefix], rest)
    if content in _EDITOR_WORDS:
        return Reference("template", content)
    shell = _SHELL.fullmatch(content)
    if shell:
        return Reference("env", shell[1], shell[3])
    spring = _SPRING.fullmatch(content)
    if spring:
        return Reference("env", spring[1], spring[2] or None)
    return Reference("template", content if len(content) <= 80 else None)


def _prefixed(kind: ReferenceKind, rest: str) -> Reference:
    for separator in (":-", ","):
        name, found, default = rest.partition(separator)
        if found and kind == "env":
            return Reference(kind, name, default.strip("\"' ") or None)
    return Reference(kind, rest or None)


def github_expression(content: str) -> Reference | None:
    """`${{ … }}`: the first context it reads decides; `|| 'text'` is its default. Source: GitHub, "Contexts"."""
    if not content:
        return None
    alternative = _ALTERNATIVE.search(content)
    default = alternative[1] or None if alternative else None
    if "github.token" in content:
        return Reference("ci_secret", "github.token", default)
    context = _CONTEXT.search(content)
    if context:
        return Reference(_CONTEXT_KINDS[context[1]], context[2], default)
    return Reference("template", None, default)


def double_braced(content: str) -> Reference | None:
    """`{{ … }}`: a template; CloudFormation's dynamic references and look-ups of the environment say more."""
    if not content:
        return None
    if content.startswith(("resolve:secretsmanager:", "resolve:ssm")):
        return Reference("secret_store", content.removeprefix("resolve:"))
    found = _TEMPLATE_DEFAULT.search(content)
    default = found[1] or None if found else None
    if content.startswith(("input:", "inputs.")):
        return Reference("input", content.partition(":")[2] or None)
    environment = _ENV_CALL.search(content)
    if environment:
        return Reference("env", environment[1], default)
    return Reference("template", None, default)
