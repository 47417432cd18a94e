"""One tree, read, joined and judged, before anybody asks what was there already and what is excepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.app_code import with_code
from nhilint.app_code.function_callers import with_callers_asked
from nhilint.app_code.in_force import with_what_is_in_force
from nhilint.evaluate.engine import judge
from nhilint.formats.on_request import FORMAT as ON_REQUEST
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.model.finding import Confidence, Disposition
from nhilint.model.vocabulary import Credential
from nhilint.purpose import is_shown, kept_as_shown
from nhilint.settle.built_into_page import without_page_variables
from nhilint.settle.called_as_itself import homes_it_calls, told_of_home, with_calls_of_itself
from nhilint.settle.less_grave import told_less_gravely
from nhilint.settle.other_repositories import told_of_other_repositories
from nhilint.settle.own_accounts import with_own_accounts
from nhilint.settle.own_makers import with_own_makers
from nhilint.settle.own_modules import with_own_modules
from nhilint.settle.own_runners import with_own_runners
from nhilint.settle.own_teams import with_own_teams
from nhilint.settle.related_publishers import with_related_publishers
from nhilint.settle.template_labels import with_template_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.catalogue.check import Check
    from nhilint.evaluate.engine import Judgement
    from nhilint.gather import Gathered
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.settings import Settings
    from nhilint.tree import Tree

ABOUT_THE_GATE = frozenset({"waiver", "gate_change"})
"""Kinds of subjects that are made from findings and from a change, after everything else is judged."""


class State(Struct, frozen=True, kw_only=True):
    """A tree and everything that is said of it; `findings` have the configuration's severities."""

    tree: Tree
    gathered: Gathered
    resources: tuple[Resource, ...]
    judgement: Judgement
    findings: tuple[Finding, ...]


def state_of(
    tree: Tree, settings: Settings, checks: Iterable[Check], gathered: Gathered, earlier: Tree | None = None
) -> State:
    """Join and judge what was gathered from a tree.

    `earlier` is the tree before a change: what a repository says of itself, that it shows things and whose it is, it
    said then already, so that a line in a README or in package.json hides nothing that the same change brings.
    """
    of_itself = tree if earlier is None else earlier
    known = with_own_teams(with_code(gathered.resources, tree, of_itself), of_itself, settings.owner)
    without = {path for path, reading in gathered.readings.items() if not reading.names_runners}
    known = with_own_runners(known, tree, without)
    known = with_own_accounts(known, of_itself, settings.owner, settings.repository)
    known = with_own_makers(known, of_itself)
    known = without_page_variables(known, of_itself)
    known = with_related_publishers(known, of_itself, settings.owner, settings.repository)
    homes = homes_it_calls(of_itself, settings.owner, settings.repository)
    known = with_calls_of_itself(known, homes)
    known = with_own_modules(with_template_labels(known, tree), settings.owner, settings.repository)
    if any(_is_of_google(resource.facts) for resource in known):
        from nhilint.settle.said_limited import with_keys_said_limited

        known = with_keys_said_limited(known, of_itself)
    known = with_what_is_in_force(known, tree, earlier, settings.paths)
    of_samples = is_shown(of_itself, settings.owner, settings.repository)
    known = kept_as_shown(known, settings.paths) if of_samples else known
    resources = with_callers_asked(link(known, settings.owner, settings.now, of_samples=of_samples), tree)
    judgement = judge([check for check in checks if check.subject not in ABOUT_THE_GATE], resources)
    told = told_less_gravely(judgement.findings, resources, tree)
    resources = tuple(resource for resource in resources if resource.format != ON_REQUEST)
    told = tuple(told_of_home(finding, homes) for finding in told)
    told = told_of_other_repositories(told, resources, settings.repository)
    findings = tuple(weighed(finding, settings) for finding in told)
    return State(tree=tree, gathered=gathered, resources=resources, judgement=judgement, findings=findings)


def _is_of_google(facts: object) -> bool:
    return isinstance(facts, Credential) and value_of(facts.type) == "google-api-key"


def weighed(finding: Finding, settings: Settings) -> Finding:
    """A finding with the severity that the configuration gives its check; hidden where its confidence is too low."""
    severity = settings.severity.get(finding.check, finding.severity)
    finding = replace(finding, severity=severity) if severity is not finding.severity else finding
    if finding.confidence < settings.min_confidence:
        because = f"its confidence is {Confidence(finding.confidence).word}"
        because = f"{because}: {finding.doubt}" if finding.doubt else because
        return replace(finding, disposition=Disposition.HIDDEN, because=because)
    return finding
