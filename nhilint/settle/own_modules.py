"""A module that is fetched from the repository that is looked at itself is the folder that this names.

Projects pin their own modules by an address of git: `git::https://github.com/OWNER/NAME//modules/role?ref=v1`, without
`git::` too, or by ssh. The reference may be older than what is at hand; what a call hands over counts all the same.
Source: https://developer.hashicorp.com/terraform/language/modules/sources (GitHub; modules in package sub-directories),
from a survey, page not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.model.resource import Resource
    from nhilint.source.value import Value

_FORMATS = "terraform-"
_ADDRESS = (
    r"^(?:git::)?(?:https://|ssh://git@|git@)?(?:www\.)?github\.com[/:]{name}(?:\.git)?"
    r"//(?P<folder>[\w./-]{{1,300}}?)/?(?:\?[^?]*)?$"
)


def with_own_modules(resources: Iterable[Resource], owner: str | None, repository: str | None) -> tuple[Resource, ...]:
    """The fragments of Terraform with a path for the source of each module that is one of the repository itself."""
    told = tuple(resources)
    if not owner or not repository or not any(one.format.startswith(_FORMATS) for one in told):
        return told
    from nhilint.formats.terraform.fragment import Fragment

    address = re.compile(_ADDRESS.format(name=re.escape(f"{owner}/{repository}")), re.IGNORECASE)
    return tuple(_with_paths(one, address) if isinstance(one, Fragment) else one for one in told)


def _with_paths(fragment: Fragment, address: re.Pattern[str]) -> Fragment:
    content = fragment.content
    calls = content.get("module") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(calls, dict):
        return fragment
    top = "./" + "../" * fragment.at.path.count("/")
    named = {name: _bodies(bodies, top, address) for name, bodies in calls.items()}
    return fragment if named == calls else replace(fragment, content={**content, "module": named})


def _bodies(bodies: Value, top: str, address: re.Pattern[str]) -> Value:
    return [_body(body, top, address) for body in bodies] if isinstance(bodies, list) else bodies


def _body(body: Value, top: str, address: re.Pattern[str]) -> Value:
    source = body.get("source") if isinstance(body, dict) else None
    found = address.match(source) if isinstance(source, str) and len(source) < 500 else None
    if not isinstance(body, dict) or found is None or ".." in found["folder"].split("/"):
        return body
    return {**body, "source": top + found["folder"]}
