"""The one sentence of a check's cure that fits the product at hand.

A check that speaks for several products gives each its sentence, which begins with its name and a colon. The full text
is on the check's page.
"""

from __future__ import annotations

import re

from nhilint.report.words import first_sentence, sentences
from nhilint.source.deferred import Deferred

_LABEL = Deferred(r"^([A-Z][\w /,&.-]{1,60}?): ")
_CALLED = {
    "vscode": "vs code",
    "gcp-iam": "google cloud",
    "gcp-config-connector": "google cloud",
    "sql-grants": "databases",
    "arm-template": "bicep and arm",
    "shell-grants": "scripts",
    "spire-entries": "entries",
    "cagent": "docker agent",
    "gh-aw": "github agentic workflows",
    "openai": "openai",
}
_NAMES = """
aider amazon amp arm auth0 autogen aws azure bicep bundles casbin cedar cerbos claude cline cloudformation
clusterspiffeid codebuddy codex cognito connect consul continue copilot crewai crush cursor databases dify docker entra
entries factory firebase flowise forge gemini github gitlab google goose grok helm hydra istio keycloak kilo kiro
kubernetes langflow langgraph letta librechat linkerd microsoft n8n nemo nomad okta openclaw opencode openfga pi
pulumi qwen rego roo salesforce scripts serverless servers shopify slack smithery spicedb subagents supabase
tailscale teleport terraform vault vertex vs windsurf zed zoom
"""
_PRODUCTS = frozenset(_NAMES.split())
"""Words of labels that name a product."""


def cure_for(remediation: str, product: str) -> str:
    """The sentence for `product` (an id such as `claude-code`), else the first that is for every product."""
    told = sentences(remediation)
    labelled = [(_label(sentence), sentence) for sentence in told]
    if not any(label for label, _ in labelled):
        return first_sentence(remediation)
    for wanted in _names_of(product):
        for label, sentence in labelled:
            if wanted in re.split(r"[ ,/]+", label) or (" " in wanted and wanted in label):
                return sentence
    return next((sentence for label, sentence in labelled if not label), told[0])


def _names_of(product: str) -> tuple[str, ...]:
    """What labels may call a product: its whole name, then each word of it, the last and most special one first."""
    whole = _CALLED.get(product, product.replace("-", " "))
    return (whole, *(word for word in reversed(whole.split()) if word in _PRODUCTS))


def _label(sentence: str) -> str:
    """The products that a sentence is for, in lower case; empty where it is for all."""
    found = _LABEL.match(sentence)
    label = found.group(1).lower() if found else ""
    return label if any(word in _PRODUCTS for word in re.split(r"[ ,/]+", label)) else ""
