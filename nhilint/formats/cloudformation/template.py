"""A CloudFormation or SAM template becomes its identities, the policies on its resources and the keys it makes.

Recognised by content: a mapping `Resources` that has an entry with a type of AWS. Templates that a
tool renders first (Jinja, Helm) are no YAML before that, and stay unread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.cloudformation.attachments import Attachments
from nhilint.formats.cloudformation.declared import declared
from nhilint.formats.cloudformation.principals import loose_policies, principals
from nhilint.formats.cloudformation.resource_policies import resource_policies
from nhilint.formats.cloudformation.scope import section
from nhilint.formats.cloudformation.serverless import serverless_roles
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document
    from nhilint.source.value import Value


def extract(document: Document, claim: Claim) -> Extraction:
    """Everything of the template that holds or gives permissions."""
    template = document.value
    if not isinstance(template, dict) or not is_template(template):
        return Extraction(recognised=False)
    return Extraction(tuple(subjects(list(declared(document, template)), claim.format)))


def is_template(value: dict[str, Value]) -> bool:
    """Whether a mapping is a template."""
    resources = section(value, "Resources")
    kinds = (body.get("Type") for body in resources.values() if isinstance(body, dict))
    return any(isinstance(kind, str) and kind.startswith("AWS::") for kind in kinds)


def subjects(resources: list[Declared], format_id: str) -> Iterator[Resource]:
    """What the resources of a template hold and give, in the order of the kinds."""
    attachments = Attachments(resources)
    for name, principal in principals(resources, attachments):
        yield Resource("identity", name, format_id, principal)
    for name, role in serverless_roles(resources, attachments):
        yield Resource("identity", name, format_id, role)
    for name, loose in loose_policies(resources, attachments):
        yield Resource("identity", name, format_id, loose)
    for name, policy in resource_policies(resources):
        yield Resource("resource_policy", name, format_id, policy)
