"""The user pool clients of a CloudFormation template become apps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nhilint.formats.cognito.client import read_client
from nhilint.formats.filled_later import fill_later
from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.node import Node

KIND = "AWS::Cognito::UserPoolClient"


def pool_clients(resources: list[Declared], format_id: str) -> Iterator[Resource]:
    """One app for each client of a pool."""
    for resource in resources:
        if resource.kind == KIND:
            name = resource.name("ClientName")
            yield Resource("app", name, format_id, read_client(name, resource.at, partial(_property, resource)))


def _property(resource: Declared, route: str) -> Node:
    first, _, rest = route.partition(".")
    node = fill_later(resource[first])
    return node[rest] if rest else node
