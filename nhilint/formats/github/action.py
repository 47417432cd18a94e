"""A composite action becomes a workflow resource without triggers: what it pastes into code comes from its callers.

One that runs from a ready-made image has a single step, which uses that image: the commit that a caller names fixes the
action's file, and the file names an image that its owner may replace.

Only the steps that matter to a caller are kept: those that use another action, and those that paste an input or an
outsider's text into code. Who can start them is up to the workflow that uses the action (`nhilint.link.github`).

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.actions import package_of, read_uses
from nhilint.formats.github.events import OPEN_EVENTS
from nhilint.formats.github.injection import Surroundings, code_of, injections_of, passed_inputs
from nhilint.formats.github.input_conditions import conditions_on_inputs, defaults_of, inputs_given
from nhilint.formats.github.literals import literal_credentials
from nhilint.formats.github.origins import Origins, Scope
from nhilint.formats.github.refusal import refusals
from nhilint.formats.node import Node
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.workflow import Step, Workflow

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """The steps of a composite action; anything else that is called action.yml is a look-alike here."""
    root = Node.root(document)
    runs = root["runs"]
    is_image = runs["using"].value == "docker" and str(runs["image"].value).startswith("docker://")
    if not is_image and (runs["using"].value != "composite" or not runs["steps"].is_list):
        return Extraction(recognised=False)
    folder = document.path.rpartition("/")[0]
    inputs = tuple(name for name, _ in root["inputs"].entries())
    around = Surroundings(frozenset({*OPEN_EVENTS, "push"}), frozenset(name.lower() for name in inputs))
    nodes = [node for node in runs["steps"].items() if node.is_mapping] if not is_image else []
    named = {str(n["id"].value).lower(): n for n in nodes if n["id"].is_text}
    scope = Scope((), named, Origins(root), tuple(n for n in nodes if n["run"].is_text))
    types = dict.fromkeys((name.lower() for name in inputs), "string")
    steps = tuple(_step(node, folder, scope.inside(node), around, types) for node in nodes)
    refused = refusals(document)
    if refused:
        steps = ()
    elif is_image:
        steps = (_image_step(runs["image"], folder),)
    action = Workflow(
        at=root.at,
        name=Known(folder, root.at),
        platform=Known("github", root.at),
        open_to=Unknown("up to the workflow that uses this action", root.at),
        steps=tuple(step for step in steps if step.action is not None or step.injections),
        credentials=literal_credentials(root, document),
        defaults=defaults_of(root["inputs"]),
        inputs=Known(inputs, root["inputs"].at if root["inputs"].exists else root.at),
    )
    return Extraction((Resource("workflow", folder or "action", claim.format, action),), refused)


def _step(node: Node, folder: str, scope: Scope, around: Surroundings, types: dict[str, str]) -> Step:
    uses = node["uses"].value
    reference = read_uses(uses) if isinstance(uses, str) else None
    injections = injections_of(code_of(node, reference), scope, around)
    caller = Unknown("up to the workflow that uses this action", node.at)
    title = next((node[key].value for key in ("name", "id", "uses") if node[key].is_text), "step")
    local = reference is not None and reference.ecosystem == "local"
    return Step(
        at=node.at,
        name=Known(title, node.at),
        job=Known(folder, node.at),
        action=package_of(reference, node["uses"].at) if reference is not None else None,
        privileged=caller,
        injections=injections,
        injection=injections[0].expression if injections else None,
        open_to=caller,
        rights=caller,
        passes=passed_inputs(node["with"], scope, around) if local else (),
        asks_inputs=conditions_on_inputs(node, types),
        gives=inputs_given(node["with"], node["strategy"]) if local else (),
        takes=_taken(node) if reference is not None else None,
    )


def _taken(node: Node) -> Known[tuple[str, ...]]:
    """The inputs of the action that fill the step's own inputs and variables, in lower case."""
    values = (value.value for owner in (node["with"], node["env"]) for _, value in owner.entries())
    found = (match[1].lower() for value in values if isinstance(value, str) for match in _INPUT.finditer(value))
    return Known(tuple(dict.fromkeys(found)), node.at)


_INPUT = re.compile(r"\$\{\{[^}]{0,200}?\binputs\.([A-Za-z_][\w-]{0,80})")


def _image_step(image: Node, folder: str) -> Step:
    caller = Unknown("up to the workflow that uses this action", image.at)
    return Step(
        at=image.at,
        name=Known(image.value, image.at),
        job=Known(folder, image.at),
        action=package_of(read_uses(image.value), image.at),
        privileged=caller,
        open_to=caller,
        rights=caller,
    )
