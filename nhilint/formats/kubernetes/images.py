"""An image that a custom resource names, as the package that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.tools.package_spec import read_spec
from nhilint.knowledge.tools.publishers import is_vendors_image
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.tool import Package

if TYPE_CHECKING:
    from nhilint.formats.node import Node


def image_of(node: Node) -> Package:
    """The package of a node's image; unknown where the image is filled in later."""
    text = node.text()
    if not isinstance(text, Known):
        reason = text if isinstance(text, Unknown) else node.unknown("not stated")
        return Package(at=node.at, ecosystem=Known("oci", node.at), name=reason, version=reason, pin=reason)
    spec = read_spec("oci", text.value)
    pin = node.unknown("it holds a variable") if spec.pin == "unknown" else Known(spec.pin, node.at)
    return Package(
        at=node.at,
        ecosystem=Known(spec.ecosystem, node.at),
        name=Known(spec.name, node.at),
        version=Known(spec.version, node.at) if spec.version is not None else None,
        pin=pin,
        first_party=Known(value=True, at=node.at) if is_vendors_image(spec.name) else None,
    )
