"""Whether something of a repository gives a parameter of a CloudFormation template the word that it has to be.

A file of parameters, the settings of SAM, a script, a pipeline, another template or code that deploys does: as
`NAME=true`, `NAME: true` or `ParameterKey … ParameterValue …`. What is filled in there may be any word. Source:
docs.aws.amazon.com/cli/latest/reference/cloudformation/deploy (`--parameter-overrides`), from a survey, not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.tree import own_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.on_request import Parameter
    from nhilint.tree import Tree

_READ = (
    *(".json", ".yml", ".yaml", ".toml", ".sh", ".bash", ".ps1", ".mk", ".env", ".properties", ".py", ".ts", ".js"),
    *("Makefile", "Jenkinsfile", ".tf", ".cfg", ".ini", ".rb", ".go"),
)
_MOST_FILES = 2_000
_LONGEST = 400_000
_VALUE = r"""["']?(?i:%s)\b|["']?[$<{%%]|!(?!Equals|And|Or|Not|Condition)|[A-Za-z_]\w*[.(\[]"""
_SET = r"""(?<![\w-])%s["']?[ \t]*[=:][ \t]*(?:%s)"""
_LISTED = r"""ParameterKey["']?[ \t]*[=:][ \t]*["']?%s["']?[\s,]{1,80}["']?ParameterValue["']?[ \t]*[=:][ \t]*(?:%s)"""


def given_somewhere(parameters: Iterable[Parameter], tree: Tree) -> set[Parameter]:
    """Those that get their word; all of them where more stands than is looked through."""
    waiting = {one: _pattern(one) for one in parameters}
    paths = [path for path in tree.paths() if path.endswith(_READ)] if waiting else []
    if len(paths) > _MOST_FILES:
        return set(waiting)
    found: set[Parameter] = set()
    for path in paths:
        data = own_bytes(tree, path)
        text = data[:_LONGEST].decode("utf-8", "replace") if data is not None else ""
        found.update(one for one, pattern in waiting.items() if one.name in text and pattern.search(text))
    return found


def _pattern(parameter: Parameter) -> re.Pattern[str]:
    name, value = re.escape(parameter.name), _VALUE % re.escape(parameter.wanted)
    return re.compile(f"{_SET % (name, value)}|{_LISTED % (name, value)}")
