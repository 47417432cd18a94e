"""Claims and pools of agent-sandbox: what a claim adds to the pods of the template that it leads to.

Sources, read 2026-11-22: extensions/api/v1alpha1 and v1beta1 of kubernetes-sigs/agent-sandbox: a SandboxClaim names a
pool (`warmPoolRef`), in v1alpha1 a template (`sandboxTemplateRef`); a SandboxWarmPool names a template. Variables in a
claim's `env` reach its pod only where the template's `envVarsInjectionPolicy` is Allowed or Overrides. Who may claim
is a matter of roles. `nhilint.link.sandboxes` joins them; the template itself is read as a workload.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.agent_runtime import agent_workload
from nhilint.formats.kubernetes.container_credentials import credentials_of
from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.model.fact import Known
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential

CLAIM, POOL, TEMPLATE = "SandboxClaim", "SandboxWarmPool", "SandboxTemplate"
KINDS = frozenset({CLAIM, POOL})
_IN_CLEAR = frozenset({"literal", "default_literal"})
_TAKING = frozenset({"Allowed", "Overrides"})


class SandboxStatement(Resource, frozen=True):
    """An object that says something of sandboxes made elsewhere; gone after linking.

    `pool` and `template` are what it names, `credentials` those that a claim adds, `takes` whether a template lets it.
    """

    object_kind: str = ""
    namespace: str = ""
    pool: str = ""
    template: str = ""
    credentials: tuple[Credential, ...] = ()
    takes: bool = False


def sandbox_statements(node: Node, format_id: str) -> Iterator[Resource]:
    """What a claim, a pool or a template says of sandboxes, and the credentials that one holds in clear."""
    name, spec, at = object_name(node), node["spec"], node.at_path("metadata", "name").at
    if not name or not spec.is_mapping:
        return
    kind = str(node["kind"].value)
    held = tuple(credentials_of([spec])) if kind == CLAIM else ()
    made = agent_workload(node) if kind == TEMPLATE else None
    yield SandboxStatement(
        "identity",
        name,
        format_id,
        Identity(at=at, name=Known(name, at), provider=Known("kubernetes", at)),
        object_kind=kind,
        namespace=namespace_of(node.at_path("metadata", "namespace")),
        pool=name_of(spec.at_path("warmPoolRef", "name")),
        template=name_of(spec.at_path("sandboxTemplateRef", "name")),
        credentials=held,
        takes=spec["envVarsInjectionPolicy"].is_one_of(_TAKING),
    )
    for credential in made.credentials if made is not None else held:
        if isinstance(credential.source, Known) and credential.source.value in _IN_CLEAR:
            told = credential.name.value if isinstance(credential.name, Known) else "secret"
            yield Resource("credential", told, format_id, credential)
