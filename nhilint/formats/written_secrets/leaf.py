"""One text of infrastructure code, with the name it goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from nhilint.model.place import Place


class Leaf(Struct, frozen=True):
    """A text at a place.

    `name` is its argument, property or variable; `owner` what it belongs to, for a message ("aws_db_instance.main").
    `sensitive`: the schema marks the position as one of a secret. `start`: how many characters of what stands at `at`
    come before the text; None where the text does not stand there as it is (an encoded script). `reached_here`: the
    host that stands beside it is this machine.
    """

    name: str
    text: str
    at: Place
    owner: str = ""
    sensitive: bool = False
    start: int | None = 0
    reached_here: bool = False
