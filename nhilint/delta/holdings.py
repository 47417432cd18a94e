"""An actor becomes the list of what it holds, by the module of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.resource import Resource


def held_by(resource: Resource | None) -> Iterator[Held]:
    """What an actor holds; nothing for one that is not there."""
    facts = resource.facts if resource is not None else None
    if isinstance(facts, vocabulary.Agent):
        from nhilint.delta.agents import held_by_agent

        yield from held_by_agent(facts)
    elif isinstance(facts, vocabulary.Tool):
        from nhilint.delta.tools import held_by_tool

        yield from held_by_tool(facts)
    elif isinstance(facts, vocabulary.Workflow):
        from nhilint.delta.workflows import held_by_workflow

        yield from held_by_workflow(facts)
    elif isinstance(facts, vocabulary.Identity):
        from nhilint.delta.identities import held_by_identity

        yield from held_by_identity(facts)
    elif isinstance(facts, vocabulary.ResourcePolicy):
        from nhilint.delta.identities import held_on_resource

        yield from held_on_resource(facts)
    elif isinstance(facts, vocabulary.App):
        from nhilint.delta.apps import held_by_app

        yield from held_by_app(facts)
    elif isinstance(facts, vocabulary.Policy):
        from nhilint.delta.policies import held_by_policy

        yield from held_by_policy(facts)
