"""One template, kept as it was read until it is known whether another one of the repository hands it its parameters.

Extraction sees one file. `nhilint.link.nested_stacks` reads a template again with what its callers say, and drops
these; `nhilint.app_code.serverless_files` reads a service again with the files that it names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.cloudformation.scope import section
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.source.document import Document
    from nhilint.source.value import Value

FORMAT = "aws-cloudformation-kept"
_CALLS = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
_PRINCIPALS = ("AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group", "AWS::IAM::ManagedPolicy")
_LONGEST = 500_000
"""CloudFormation takes templates of a megabyte at most; those that people write and nest are far shorter. Source:
docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, from a survey."""
OF_SERVICE = "serverless-framework-kept"


class KeptService(Resource, frozen=True):
    """A service of the Serverless Framework that takes parts of itself from other files, which are read later."""

    document: Document | None = None


def kept_service(document: Document) -> Iterator[KeptService]:
    """What is kept of a service; nothing where it names no other file."""
    if "${file(" in document.text:
        at = Place(document.path)
        facts = Identity(at=at, name=Known(document.path, at))
        yield KeptService("identity", document.path, OF_SERVICE, facts, document=document)


class KeptTemplate(Resource, frozen=True):
    """A template that calls others, or that others may call, with what is often asked of it."""

    document: Document | None = None
    calls: bool = False
    """Whether it has a nested stack or a nested application."""
    holds: bool = False
    """Whether anything in it holds or gives permissions."""
    parameters: frozenset[str] = frozenset()
    exports: bool = False
    """Whether it exports anything under a name."""
    imports: bool = False
    """Whether it takes anything that another template exports."""
    principals: frozenset[str] = frozenset()
    """The logical ids of its roles, users, groups and managed policies."""


def kept(document: Document, template: dict[str, Value], *, holds: bool) -> Iterator[KeptTemplate]:
    """What is kept of a template; nothing where it calls no other and no other could tell it or ask it anything."""
    resources = section(template, "Resources")
    kinds = {name: body.get("Type") for name, body in resources.items() if isinstance(body, dict)}
    calls = any(kind in _CALLS for kind in kinds.values())
    imports = "ImportValue" in document.text
    can_be_called = template.get("Parameters") or template.get("Outputs")
    if (calls or can_be_called or imports) and len(document.text) <= _LONGEST:
        at = Place(document.path)
        yield KeptTemplate(
            "identity",
            document.path,
            FORMAT,
            Identity(at=at, name=Known(document.path, at)),
            document=document,
            calls=calls,
            holds=holds,
            exports="Export" in document.text,
            imports=imports,
            parameters=frozenset(section(template, "Parameters")),
            principals=frozenset(name for name, kind in kinds.items() if kind in _PRINCIPALS),
        )
