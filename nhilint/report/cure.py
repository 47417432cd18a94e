"""The one sentence of a check's cure that fits the product at hand.

A check that speaks for several products gives each its sentence, which begins with its name and a colon. The full text
is on the check's page.
"""

from __future__ import annotations

import re

from nhilint.report.words import first_sentence, sentences
from nhilint.source.deferred import Deferred

_LABEL = Deferred(r"^([A-Z][\w /,&.-]{1,60}?): ")
_CALLED = {"vscode": "vs code", "cagent": "docker agent", "gh-aw": "github agentic workflows", "openai": "openai"}
_PRODUCTS = frozenset(
    {
        "aider",
        "amp",
        "autogen",
        "azure",
        "bicep",
        "bundles",
        "claude",
        "cline",
        "cloudformation",
        "codex",
        "continue",
        "copilot",
        "crewai",
        "crush",
        "cursor",
        "dify",
        "docker",
        "factory",
        "flowise",
        "gemini",
        "github",
        "gitlab",
        "goose",
        "grok",
        "google",
        "helm",
        "kilo",
        "kiro",
        "kubernetes",
        "langflow",
        "langgraph",
        "letta",
        "librechat",
        "microsoft",
        "n8n",
        "nemo",
        "openclaw",
        "opencode",
        "pulumi",
        "pi",
        "qwen",
        "roo",
        "serverless",
        "smithery",
        "subagents",
        "terraform",
        "vertex",
        "vs",
        "windsurf",
        "zed",
        "amazon",
        "servers",
        "slack",
        "salesforce",
        "shopify",
        "zoom",
        "okta",
        "keycloak",
        "auth0",
    }
)
"""First words of what labels begin with."""


def cure_for(remediation: str, product: str) -> str:
    """The sentence for `product` (an id such as `claude-code`), else the first that is for every product."""
    told = sentences(remediation)
    labelled = [(_label(sentence), sentence) for sentence in told]
    if not any(label for label, _ in labelled):
        return first_sentence(remediation)
    wanted = _CALLED.get(product, product.replace("-", " "))
    for label, sentence in labelled:
        if wanted and label and (wanted in label or wanted.split(" ")[0] in re.split(r"[ ,/]+", label)):
            return sentence
    return next((sentence for label, sentence in labelled if not label), told[0])


def _label(sentence: str) -> str:
    """The products that a sentence is for, in lower case; empty where it is for all."""
    found = _LABEL.match(sentence)
    label = found.group(1).lower() if found else ""
    return label if any(word in _PRODUCTS for word in re.split(r"[ ,/]+", label)) else ""
