"""Names and images in a chart's templates, as far as its `Chart.yaml` and its own values tell them.

`.Chart.Name` is known; a named template called `fullname` or `name` prints the release's name and the chart's, or the
chart's alone, unless a user says else, and one called `serviceAccountName` the first: it is told with the chart's name
before it. Of two images, the values and not the routes to them are compared, without their tags.
Sources, read 2026-11-22: https://helm.sh/docs/topics/charts/#the-chartyaml-file and
https://helm.sh/docs/chart_template_guide/named_templates/ (the starter chart of `helm create` has these templates).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.parts import (
    Manifest,
    StatedAccount,
    StatedApplier,
    StatedBinding,
    StatedRole,
    StatedToken,
    StatedWorkload,
)
from nhilint.knowledge.credentials.fingerprints import fingerprint, run_key
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from nhilint.formats.kubernetes.parts import Part
    from nhilint.formats.kubernetes.switches import Worth

_CALLED = Deferred(r"\{\{-?\s*\$?\.Chart\.Name\s*-?\}\}")
_NAMED = Deferred(
    r"(\{\{-?\s*(?:include|template)\s+\")((?:[\w-]{1,60}[./]){0,4})((?:(?:full)?name|serviceAccountName)\")"
)
_ACTION = Deferred(r"\{\{-?\s*([^{}]{1,400}?)\s*-?\}\}")


def with_chart_name(manifest: Manifest, chart: str) -> Manifest:
    """A manifest whose names tell the chart's name where its templates print it."""

    def told(name: str) -> str:
        return _CALLED.sub(chart, _NAMED.sub(prefixed, name)) if "{{" in name else name

    def prefixed(hit: re.Match[str]) -> str:
        return hit[0] if chart in hit[2] else f"{hit[1]}{chart}.{hit[2]}{hit[3]}"

    part = _named(manifest.part, told) if manifest.part is not None else None
    return manifest if part is None or part is manifest.part else replace(manifest, name=part.name, part=part)


def _named(part: Part, told: Callable[[str], str]) -> Part:
    if isinstance(part, StatedBinding):
        subjects = tuple(replace(one, name=told(one.name)) for one in part.subjects)
        return replace(part, name=told(part.name), role_name=told(part.role_name), subjects=subjects)
    if isinstance(part, StatedWorkload):
        return replace(part, name=told(part.name), account=part.account and told(part.account))
    if isinstance(part, StatedToken | StatedApplier):
        return replace(part, name=told(part.name), account=told(part.account))
    return replace(part, name=told(part.name)) if isinstance(part, StatedRole | StatedAccount) else part


def program_of_image(image: str, ask: Callable[[str], Worth]) -> str:
    """A mark of the image that a workload of a chart runs unless a user says else; empty where that is not known.

    `ask` tells what an expression of a template is worth. What values leave open counts as one: a registry, a tag.
    """
    known = True

    def spelled(action: re.Match[str]) -> str:
        nonlocal known
        worth = ask(action[1])
        known = known and worth.holds is not None
        return worth.mark.replace(":", "") if worth.holds else ""

    told = _ACTION.sub(spelled, image)
    name = told.rpartition("/")[2].partition(":")[0]
    return fingerprint(told.rpartition("/")[0] + "/" + name, run_key()) if known and name else ""
