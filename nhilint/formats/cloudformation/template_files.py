"""The templates of a repository by their paths: which of them an address means that a nested stack names.

A path is taken from the folder of the template that names it, as `aws cloudformation package` and `sam package` do. Of
an address in a bucket the repository has the last parts: the one template of that name, where several have it the one
whose folders are also in the address. A name that any template may have (`template.yaml`, `main.yaml`) needs a folder.
"""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from nhilint.formats.cloudformation.kept import KeptTemplate
    from nhilint.source.value import Value

SOURCES: Final = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
"""Resources that are made from another template, with the property that names it."""
_OF_ANY: Final = frozenset({"template", "main", "index", "stack", "root", "master", "cloudformation", "packaged"})
_REMOTE: Final = ("https://", "http://", "s3://")


class TemplateFiles:
    """The kept templates."""

    def __init__(self, kept: Iterable[KeptTemplate]) -> None:
        self.by_path = {one.at.path: one for one in kept}
        self._by_name: dict[str, list[str]] = {}
        for path in self.by_path:
            self._by_name.setdefault(path.rpartition("/")[2], []).append(path)

    def template(self, path: str) -> dict[str, Value]:
        """The value of a template."""
        document = self.by_path[path].document
        return document.value if document is not None and isinstance(document.value, dict) else {}

    def called(self, caller: str, address: str, given: Collection[str]) -> str | None:
        """The path of the template that an address means for the template that names it; None for one of elsewhere.

        One that is found by its name has all the parameters that it is `given`, or CloudFormation would refuse them."""
        if not address.startswith((*_REMOTE, "${")):
            path = normpath(join(dirname(caller), address))
            return path if path in self.by_path and path != caller else None
        *folders, name = address.partition("?")[0].split("/")
        if not folders or "${" in name or not name:
            return None
        found = [
            (_common(path, folders), path)
            for path in self._by_name.get(name, ())
            if path != caller and self.by_path[path].parameters.issuperset(given)
        ]
        most = max((common for common, _ in found), default=0)
        best = [path for common, path in found if common == most]
        vague = not most and name.partition(".")[0].lower() in _OF_ANY
        return best[0] if len(best) == 1 and not vague else None


def _common(path: str, folders: list[str]) -> int:
    """How many folders right before the name a path and an address have in common."""
    count = 0
    for ours, theirs in zip(reversed(path.split("/")[:-1]), reversed(folders), strict=False):
        if ours != theirs.rpartition("}")[2]:
            break
        count += 1
    return count
