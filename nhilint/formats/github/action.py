"""A composite action becomes a workflow resource without triggers: what it pastes into code comes from its callers.

One that runs from a ready-made image has a single step, which uses that image: the commit that a caller names fixes the
action's file, and the file names an image that its owner may replace.

Only the steps that matter to a caller are kept: those that use another action, that run an agent, and that paste an
input or an outsider's text into code. Who can start them, and with which token, is up to the workflow that uses the
action (`nhilint.link.github`).

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.actions import package_of, read_uses
from nhilint.formats.github.admission import Passage, entries_of, triggers_of_entries, widest
from nhilint.formats.github.agents import agents_in, may_run_agent, product_of
from nhilint.formats.github.events import OPEN_EVENTS, Start
from nhilint.formats.github.injection import Surroundings, code_of, injections_of, passed_inputs
from nhilint.formats.github.input_conditions import conditions_on_inputs, defaults_of, inputs_given
from nhilint.formats.github.job import JobFacts
from nhilint.formats.github.literals import literal_credentials
from nhilint.formats.github.logins import login_of
from nhilint.formats.github.origins import Origins, Scope
from nhilint.formats.github.refusal import refusals
from nhilint.formats.github.rights import rights_of
from nhilint.formats.github.secrets import A_PART, JobSecrets
from nhilint.formats.github.trail import steps_of
from nhilint.formats.node import Node
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.workflow import CloudLogin, Step, Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.format import Claim
    from nhilint.formats.github.actions import Reference
    from nhilint.model.fact import Fact
    from nhilint.model.place import Pointer
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
    agents = _agents(_as_job(folder, runs, root, scope, around), claim.format) if may_run_agent(document.text) else {}
    steps = tuple(
        _step(node, folder, scope.inside(node), around, types, product_of(agents.get(node.pointer, ())))
        for node in nodes
    )
    refused = refusals(document)
    if refused:
        steps, agents = (), {}
    elif is_image:
        steps = (_image_step(runs["image"], folder),)
    action = Workflow(
        at=root.at,
        name=Known(folder, root.at),
        platform=Known("github", root.at),
        open_to=Unknown("up to the workflow that uses this action", root.at),
        steps=tuple(step for step in steps if step.action is not None or step.injections or step.runs_agent),
        credentials=literal_credentials(root, document),
        defaults=defaults_of(root["inputs"]),
        inputs=Known(inputs, root["inputs"].at if root["inputs"].exists else root.at),
    )
    found = (one for resources in agents.values() for one in resources)
    return Extraction((Resource("workflow", folder or "action", claim.format, action), *found), refused)


def _as_job(folder: str, runs: Node, root: Node, scope: Scope, around: Surroundings) -> JobFacts:
    """The steps of the action as those of a job that others call: every event is tried out, nothing is known to be
    held."""
    caller = Unknown("up to the workflow that uses this action", root.at)
    start = Start("workflow_call", frozenset(), root.at, root["none"])
    entries = entries_of((start,))
    admits = triggers_of_entries(entries)
    return JobFacts(
        name=folder,
        node=runs,
        passage=Passage(entries, frozenset()),
        admits=admits,
        otherwise=caller,
        opening=widest(admits, caller),
        permissions=None,
        secrets=JobSecrets(runs, root["none"]),
        rights=rights_of(None, (), root.at),
        around=around,
        scope=scope,
        starts=(start,),
        home=None,
        proves_identity=False,
        inputs={},
    )


def _agents(job: JobFacts, form: str) -> Mapping[Pointer, tuple[Resource, ...]]:
    """The agents that the steps run, by the place of the step."""
    found = ((facts.node.pointer, agents_in(facts, form)) for facts in steps_of(job, job.node["none"]))
    return {pointer: resources for pointer, resources in found if resources}


def _step(node: Node, folder: str, scope: Scope, around: Surroundings, types: dict[str, str], agent: Fact[str]) -> Step:
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
        login=_login(node, reference),
        runs_agent=agent,
        open_to=caller,
        rights=caller,
        passes=passed_inputs(node["with"], scope, around) if local else (),
        asks_inputs=conditions_on_inputs(node, types),
        gives=inputs_given(node["with"], node["strategy"]) if local else (),
        takes=_taken(node) if reference is not None else None,
    )


def _login(node: Node, reference: Reference | None) -> CloudLogin | None:
    """The identity that a step becomes for its caller; whether a key is a stored one is the caller's to answer for."""
    login = login_of(reference.repository, node["with"], version=reference.version) if reference is not None else None
    if login is None or value_of(login.by) == "oidc":
        return login
    key = node["with"][str(login.at.pointer[-1])]
    text = str(key.value)
    secret = _SECRET_OF_OBJECT.search(text)
    named = tuple(match[1].lower() for match in _INPUT.finditer(secret[1] if secret is not None else text))
    if not named:
        return None
    return CloudLogin(at=login.at, provider=login.provider, key_from=Known(named, login.at))


def _taken(node: Node) -> Known[tuple[str, ...]]:
    """The inputs of the action that fill the step's own inputs and variables, in lower case; with its member after a
    dot where a step takes one out of an object, `fromJSON(inputs.all).key`."""
    values = (value.value for owner in (node["with"], node["env"]) for _, value in owner.entries())
    matches = (match for value in values if isinstance(value, str) for match in _INPUT.finditer(value))
    found = (f"{m[1]}.{m[3] or A_PART}".lower() if m[2] else m[1].lower() for m in matches)
    return Known(tuple(dict.fromkeys(found)), node.at)


_SECRET_OF_OBJECT = Deferred(r"clientSecret[\"']\s{0,9}:\s{0,9}[\"']([^\"'\n]{1,200})", flags=re.IGNORECASE)
"""The one part of azure/login's `creds` that is secret."""
_INPUT = Deferred(
    r"\$\{\{[^}]{0,200}?\binputs\.([A-Za-z_][\w-]{0,80})"
    r"(\s{0,9}\)\s{0,9}(?:\[(?!\s{0,9}')|[.\[][\s']{0,9}([A-Za-z_][\w-]{0,80})))?"
)
"""An input, and how a member of the object in it is named; the third group is that name where it is a fixed one."""


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
