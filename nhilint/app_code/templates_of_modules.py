"""Files that a module of Terraform fills in, as manifests of a cluster: they go where the module goes, or nowhere.

Such a file has holes (`${…}`), which no other tool for clusters fills, and a file of Terraform beside or above it names
it from its own folder on. Source, read 2026-11-23: developer.hashicorp.com/terraform/language/functions/templatefile.
"""

from __future__ import annotations

from posixpath import relpath
from typing import TYPE_CHECKING

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError

if TYPE_CHECKING:
    from nhilint.app_code.terraform_sources import TerraformSources

_ENDINGS = (".yaml", ".yml", ".tpl", ".tftpl", ".json")
_FROM_ITS_FOLDER = "${path.module}/"
_HOLE = b"${"


def may_be_filled_in(path: str) -> bool:
    """Whether a file is of a sort that modules fill in."""
    return path.endswith(_ENDINGS)


def is_filled_in_by(path: str, module: str, files: TerraformSources) -> bool:
    """Whether a file is a template of the module that stands in a folder above it."""
    if not may_be_filled_in(path) or not path.startswith(f"{module}/"):
        return False
    data = files.tree.read(path)
    if not isinstance(data, bytes) or _HOLE not in data:
        return False
    named = f"{_FROM_ITS_FOLDER}{relpath(path, module)}".encode()
    try:
        return any(named in text for one, text in files.texts.items() if one.rpartition("/")[0] == module)
    except MoreThanIsLookedThroughError:
        return False
