"""Credentials written into CloudFormation, SAM and the Serverless Framework.

A parameter with `NoEcho` and a `Default` has its secret in the template: the flag only hides it from the console.
Sources: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html and
…/security-best-practices.html, docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference (SecretString of
AWS::SecretsManager::Secret), serverless.com/framework/docs/providers/aws/guide/variables; field names from a survey,
page not re-read. Dynamic references (`{{resolve:secretsmanager:…}}`) are none in clear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.cloudformation.scope import section
from nhilint.formats.written_secrets.reading import written_credentials
from nhilint.formats.written_secrets.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.written_secrets.leaf import Leaf
    from nhilint.model.place import Pointer
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_MOST_PARTS = 200
_OF_SERVERLESS = ("provider", "custom", "params", "functions")


def written_in_template(document: Document, claim: Claim) -> Iterator[Resource]:
    """The credentials in clear of a template."""
    if isinstance(document.value, dict):
        yield from written_credentials(_template(document.path, document.value, ()), document.text, claim.format)


def written_in_service(document: Document, claim: Claim) -> Iterator[Resource]:
    """The credentials in clear of a Serverless Framework service and of the template inside it."""
    service = document.value
    if isinstance(service, dict):
        yield from written_credentials(_service(document.path, service), document.text, claim.format)


def _service(path: str, service: dict[str, Value]) -> Iterator[Leaf]:
    for name in _OF_SERVERLESS:
        for key, inner in section(service, name).items():
            yield from Texts(path).below(inner, (name, key), key, f"{name}.{key}" if isinstance(inner, dict) else name)
    for within, part in parts_of_template(service):
        yield from _template(path, part, within)


def parts_of_template(service: dict[str, Value]) -> Iterator[tuple[Pointer, dict[str, Value]]]:
    """The template of a service, or the parts of it that the service lists and does not leave to other files."""
    stated = service.get("resources")
    if isinstance(stated, dict):
        yield ("resources",), stated
    for index, part in enumerate(stated[:_MOST_PARTS] if isinstance(stated, list) else ()):
        if isinstance(part, dict):
            yield ("resources", index), part


def _template(path: str, template: dict[str, Value], within: Pointer) -> Iterator[Leaf]:
    for name, body in section(template, "Parameters").items():
        default = body.get("Default") if isinstance(body, dict) else None
        if isinstance(body, dict) and isinstance(default, str) and not _is_looked_up(body):
            hidden = body.get("NoEcho") in (True, "true", "True")
            pointer = (*within, "Parameters", name, "Default")
            yield from Texts(path).below(default, pointer, name, "the parameters", sensitive=hidden)
    for part in ("Mappings", "Globals"):
        yield from Texts(path).below(template.get(part), (*within, part), part)
    for name, body in section(template, "Resources").items():
        if isinstance(body, dict):
            texts = Texts(path, _is_secret_string if body.get("Type") == "AWS::SecretsManager::Secret" else _unmarked)
            pointer = (*within, "Resources", name, "Properties")
            yield from texts.below(body.get("Properties"), pointer, name, str(name))


def _is_looked_up(parameter: dict[str, Value]) -> bool:
    """Whether the default is the name of a parameter that is kept elsewhere."""
    return str(parameter.get("Type", "")).startswith("AWS::")


def _is_secret_string(key: str, _holder: dict[str, Value]) -> bool:
    return key == "SecretString"


def _unmarked(_key: str, _holder: dict[str, Value]) -> bool:
    return False
