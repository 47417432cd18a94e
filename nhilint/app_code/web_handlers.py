"""A script's manifest and its code become an app that knows whether a request is answered, and asked for proof.

A web app of Apps Script answers with `doGet` or `doPost`; a deployment without either shows an error page to whoever
calls it, whatever the manifest's `access` says. Source: https://developers.google.com/apps-script/guides/web, read
2026-11-23. Where no code of the script is in the tree, or such a function stands in code of another project that it
might be put together from, nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.script_callers import all_ask_for_proof
from nhilint.app_code.sources import code_in, code_of
from nhilint.app_code.words import has_any
from nhilint.knowledge.scopes.uses import uses_of
from nhilint.model.fact import Known
from nhilint.model.vocabulary import App

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_HANDLERS = ("doGet", "doPost")


def with_answers(resource: Resource, tree: Tree) -> Resource:
    """A script that is a web app, with whether its code has a function that requests are handed to."""
    facts, uses = resource.facts, uses_of(resource.format)
    if not isinstance(facts, App) or not isinstance(facts.open_to, Known) or uses is None:
        return resource
    code = code_of(resource.at.path, resource.format, uses.endings, tree)
    if isinstance(code, str) or not has_any(code, uses.talks):
        return resource
    answers = has_any(code, _HANDLERS)
    if not answers:
        everywhere = code_in("", resource.at.path, uses.endings, tree)
        if isinstance(everywhere, str) or has_any(everywhere, _HANDLERS):
            return resource
    at = facts.open_to.at
    asks = Known(answers and all_ask_for_proof(code, _HANDLERS), at)
    return replace(resource, facts=replace(facts, answers_requests=Known(answers, at), asks_for_proof=asks))
