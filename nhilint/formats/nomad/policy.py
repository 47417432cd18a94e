"""A policy of Nomad becomes a policy: in which namespaces its holder may run jobs, and whether it is for strangers.

Whoever may submit jobs in a namespace, or open a shell in those that run, acts as every workload of it. The policy
called `anonymous` holds for requests without a token; its name is taken from the file. A file is one only where every
part of it is a rule of Nomad. Source: github.com/hashicorp/nomad, acl/policy.go (what `write` stands for, and
capabilities), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.nomad.blocks import labelled
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.source.document import Document

_WHOLE = ("agent", "node", "operator", "quota", "plugin", "sentinel")
_NAMED = ("namespace", "node_pool", "host_volume")
_KEYS = frozenset({*_WHOLE, *_NAMED})
_WORDS = frozenset({"read", "write", "deny", "list", "scale"})
_JOBS = frozenset({"submit-job", "register-job", "alloc-exec", "alloc-node-exec"})
_MOST = 1_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a file."""
    root = Node.root(document, braces)
    if not root.is_mapping or not root.value or not set(root.value) <= _KEYS or not _says_something(root):
        return Extraction(recognised=False)
    name = document.path.rpartition("/")[2].partition(".")[0]
    return Extraction((Resource("policy", name, claim.format, policy_of(name, root)),))


def policy_of(name: str, root: Node, fill: Callable[[str], str] = str) -> Policy:
    """The policy that some rules make up. `fill` gives back what stands for the expressions of a template."""
    is_for_strangers = "anonymous" in name.lower().replace("_", "-").split("-")
    return Policy(
        at=root.at,
        name=Known(name, root.at),
        engine=Known("nomad", root.at),
        default=Known("deny", root.at),
        rules=tuple(_rules(root, fill, is_for_strangers=is_for_strangers))[:_MOST],
    )


def _rules(root: Node, fill: Callable[[str], str], *, is_for_strangers: bool) -> Iterator[PolicyRule]:
    for label, body in labelled(root["namespace"]):
        name = fill(label)
        denied = "deny" in _words(body["capabilities"]) or body["policy"].value == "deny"
        writes = body["policy"].value == "write" or bool(_JOBS & _words(body["capabilities"]))
        stated = body["policy"] if body["policy"].exists else body["capabilities"]
        everyone: Fact[bool] = Known(value=True, at=root.at) if is_for_strangers else None
        yield PolicyRule(
            at=body.at,
            name=Known(f'namespace "{name}"', body.at),
            effect=Known("deny" if denied else "allow", stated.at),
            actions=_actions(body),
            resources=Known((f"namespace {name}",), body.at),
            everyone=everyone,
            every_action=_answer(body["policy"], writes=writes and not denied),
            every_resource=_every_namespace(name, body),
            conditioned=Known(value=False, at=body.at),
        )


def _every_namespace(name: str, body: Node) -> Fact[bool]:
    """Whether a name stands for all namespaces; what a resource of Terraform is called never does."""
    is_open = name.startswith("${") and name.find("}") == len(name) - 1 and not name.startswith("${nomad_namespace.")
    return Unknown("filled in later", body.at) if is_open else Known(name == "*", body.at)


def _actions(body: Node) -> Fact[tuple[str, ...]]:
    """What a rule allows as written, the one word first."""
    listed = [body["policy"].text(), *(item.text() for item in body["capabilities"].items())]
    gap = next((fact for fact in listed if isinstance(fact, Unknown)), None)
    return gap or Known(tuple(fact.value for fact in listed if isinstance(fact, Known)), body.at)


def _answer(policy: Node, *, writes: bool) -> Fact[bool]:
    """Whether jobs may be run, unless the word that says it is filled in later."""
    text = policy.text()
    is_open = isinstance(text, Unknown) or isinstance(policy.value, Expression)
    return Unknown("filled in later", policy.at) if is_open and not writes else Known(writes, policy.at)


def _words(node: Node) -> set[str]:
    return {item.value for item in node.items() if isinstance(item.value, str)}


def _says_something(root: Node) -> bool:
    """Whether one of the rules has one of Nomad's words; a label after `agent`, `node` or `operator` is Consul's."""
    for key in _WHOLE:
        for body in root[key].items():
            if not body.is_mapping or set(body.value) - {"policy", "capabilities"}:
                return False
    whole = (body for key in _WHOLE for body in root[key].items())
    named = (body for key in _NAMED for _, body in labelled(root[key]))
    return any(_words(body["policy"]) & _WORDS or body["capabilities"].is_list for body in (*whole, *named))
