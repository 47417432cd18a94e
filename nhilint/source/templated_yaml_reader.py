"""YAML that a template engine fills in first is read as it stands: what an action prints stays `{{ … }}` in the value.

For manifests of Kubernetes, most of which are charts. A file without actions is read as plain YAML. See `go_template`
for what is kept of the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.go_template import Masked, masked
from nhilint.source.place import Place, Reader, Reading
from nhilint.source.value import Stream, Tagged, Value
from nhilint.source.yaml_reader import find_comments as find_yaml_comments
from nhilint.source.yaml_reader import find_places as find_yaml_places
from nhilint.source.yaml_reader import read_yaml

if TYPE_CHECKING:
    from nhilint.source.comment import Comment
    from nhilint.source.limits import Limits


def read_templated(text: str, limits: Limits) -> Reading:
    """The value, with actions in its texts. Of keys given twice by two branches nothing is said."""
    mask = masked(text)
    reading = read_yaml(mask.text, limits)
    return Reading(_restored(reading.value, mask), ()) if mask.actions else reading


def find_places(text: str, limits: Limits) -> Place:
    """The places; their keys are those of the value."""
    mask = masked(text)
    places = find_yaml_places(mask.text, limits)
    if mask.actions:
        _rename(places, mask)
    return places


def find_comments(text: str) -> tuple[Comment, ...]:
    """Every `#` comment outside actions."""
    return find_yaml_comments(masked(text).text)


def _restored(value: Value, mask: Masked) -> Value:
    if isinstance(value, str):
        return mask.restored(value)
    if isinstance(value, dict):
        return {mask.restored(key): _restored(inner, mask) for key, inner in value.items()}
    if isinstance(value, list):
        items = [_restored(item, mask) for item in value]
        return Stream(items) if isinstance(value, Stream) else items
    return Tagged(value.tag, _restored(value.value, mask)) if isinstance(value, Tagged) else value


def _rename(place: Place, mask: Masked) -> None:
    if isinstance(place.children, dict):
        place.children = {mask.restored(key): inner for key, inner in place.children.items()}
    for inner in place.children.values() if isinstance(place.children, dict) else place.children or ():
        _rename(inner, mask)


TEMPLATED_YAML = Reader(read_templated, find_places, find_comments)
