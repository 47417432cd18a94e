"""Whether a pipeline of AWS here has an action that runs commands, which it does with its own service role.

All other actions hand work to services that have roles of their own, or make calls that the action is set up for.
Source, read 2026-11-23: docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.settle.own_words import first_texts

if TYPE_CHECKING:
    from nhilint.tree import Tree

_STATED_IN = (".tf", ".yml", ".yaml", ".json", ".template", ".ts", ".py")
_MOST = 2_000
_RUNS = re.compile(r"""(?i:\bprovider)["']?[ \t]*[:=][ \t]*["']?Commands\b|\bCommandsAction\b""")


def has_commands_in_pipelines(tree: Tree) -> bool:
    """Whether a file here states such an action."""
    texts = first_texts(tree, lambda path: path.endswith(_STATED_IN), _MOST)
    return any("Commands" in text and _RUNS.search(text) for _, text in texts)
