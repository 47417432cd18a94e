"""Places become SARIF locations: percent-encoded addresses under %SRCROOT%, and the smallest region that says it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import sarif_om

from nhilint.report.printable import one_line
from nhilint.report.sarif_write import encoded

if TYPE_CHECKING:
    from msgspec import Raw

    from nhilint.model.place import Place
    from nhilint.model.run import Located, Run
    from nhilint.report.sarif_write import SarifObject

ROOT = "%SRCROOT%"
"""The name of the base address: the root of the scanned tree. GitHub takes it for the repository."""
_UNENCODED = "/!$&'()*+,;=@"
"""What RFC 3986 lets stand in a path beside letters, digits and `-._~`, without the colon of a scheme."""


def uri_of(path: str) -> str:
    """A path below the root as a relative reference, `.` for the root; bytes that are not UTF-8 stay those bytes."""
    return quote(path, safe=_UNENCODED, errors="surrogateescape") or "."


class SarifPlaces:
    """The locations of one run; the parts that many results share are made once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._files: dict[str, Raw] = {}
        self._physicals: dict[Place, Raw] = {}

    def location(self, place: Place, message: str = "", number: int = -1) -> SarifObject:
        """A location with an optional message; `number` is the id by which a message links to it."""
        return sarif_om.Location(
            id=number,
            message=sarif_om.Message(text=one_line(message)) if message else None,
            physical_location=self._physical(place),
        )

    def _physical(self, place: Place) -> Raw:
        known = self._physicals.get(place)
        if known is None:
            file, region = self.file(place.path), region_of(self._run.locate(place))
            physical = sarif_om.PhysicalLocation(artifact_location=file, region=region)
            known = self._physicals[place] = encoded(physical)
        return known

    def file(self, path: str) -> Raw:
        """A file under the root."""
        known = self._files.get(path)
        if known is None:
            address = sarif_om.ArtifactLocation(uri=uri_of(path), uri_base_id=ROOT)
            known = self._files[path] = encoded(address)
        return known

    def line(self, path: str, line: int | None, column: int | None) -> SarifObject:
        """A location in a file for which only a line, or nothing, is known."""
        region = None if line is None else sarif_om.Region(start_line=line, start_column=column)
        physical = sarif_om.PhysicalLocation(artifact_location=self.file(path), region=region)
        return sarif_om.Location(physical_location=physical)


def region_of(located: Located) -> SarifObject:
    """The span of a place, kept to its first line.

    GitHub counts an alert for a pull request only when all its lines are in the diff, so a region of many lines would
    never block one.
    """
    end_column = located.end_column
    if located.end_line != located.line:
        end_column = max(located.column, len(located.text) + 1)
    return sarif_om.Region(
        start_line=located.line, start_column=located.column, end_line=located.line, end_column=end_column
    )
