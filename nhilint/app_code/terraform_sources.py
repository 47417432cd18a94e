"""What the `source` of calls in files of Terraform and Terragrunt names, for those that ask which folders are called.

Source: developer.hashicorp.com/terraform/language/modules/syntax, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SOURCE = re.compile(rb'\bsource[ \t]*=[ \t]*"([^"]{1,300})"')


def sources_in(data: bytes) -> list[bytes]:
    """The sources of a file, as they are written; comments have to be left out before."""
    return _SOURCE.findall(data)


def parts_of(sources: Iterable[bytes]) -> set[bytes]:
    """The parts of every source between slashes: a folder whose name is none of them is called by nobody."""
    return {part for source in sources for part in re.split(rb"[/?]+", source)}
