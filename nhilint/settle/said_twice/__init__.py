"""What a run would say again and again becomes one finding that names the other places, each with its own words.

The same server in the settings of four clients of one project, the same package in six hooks of a file, the same action
in ten jobs of a workflow: one decision mends them all, and a reader wants it once. So is it with more than a handful of
findings of one check about one thing in one file, such as the rules of a long allow list, and with more than one about
the skills, commands and subagents that one client's folder or one folder of plug-ins holds, grave ones aside: that is
one habit. Files elsewhere are somebody else's decision, whatever their things are called, and so are two workflows or
two policies: those are told each by itself, unless several workflows become one role, take the whole token of one app,
sign in with one stored key, run one script in the same words or one program fetched anew, use one version of an action,
call workflows of one owner, stand on the project's own machines, or more than a handful name actions by versions that
can be moved, which is how the whole project does it. An object of a cluster with the same name and the same words is
the same one in another overlay, as is a policy's file in another version's folder and a file that stands in more than a
handful of folders beside each other, with the same line, and as are small slips in the same words, copied from policy
to policy. A credential that its provider revokes once is told once, wherever it stands. A statement of a policy that
two checks would have narrowed alike is told once, as the graver has it. More than two handfuls of credentials below one
folder are a collection, a state of Terraform is told once with its backup, and a client of several realms is one. What
several jobs of a pipeline share by an alias or by `extends` stands in one place. It is done last, when baseline,
waivers and the comparison with an earlier state have looked at every place by itself, so that each keeps its own
identity and none can hide behind another one's exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.settle.said_twice.across_workflows import as_in_action, habits, used_in_step
from nhilint.settle.said_twice.alike import likenesses
from nhilint.settle.said_twice.folding import each_place, folded, gathered, line_of, with_each_line_once
from nhilint.settle.said_twice.wholes import HANDFUL, copied_folders, wholes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.run import Located
    from nhilint.settle.said_twice.folding import Likeness

__all__ = ["HANDFUL", "each_place", "said_once"]

_OF_ACTIONS = ("/action.yml", "/action.yaml")


def said_once(
    findings: Iterable[Finding],
    positions: Mapping[Place, Located] | None = None,
    behind: Mapping[str, int] | None = None,
    equal: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """The findings, those of a file in the order of its lines; of active ones about one thing that are alike the first,
    with the places of the others as related ones and the others themselves as copies.

    Alike are those in the same words in one file or project, those that point to the same text in one file (`positions`
    tell it), of one server or in one object of a cluster, those about one setting of a server in several clients, and
    those of a check that has more than a handful to say of one thing, of the servers or credentials of one file or of
    one step in as many workflows, or more than one of one collection or list. Files of `behind` come after others, the
    higher their number the later; files to which `equal` gives one name are copies of each other.
    """
    where, later, copied = positions or {}, behind or {}, equal or {}
    if where:
        findings = sorted(findings, key=lambda one: (later.get(one.place.path, 0), *line_of(one, where)))
    kept = folded(findings, lambda finding: (*likenesses(finding, where), *_in_equal_file(finding, copied)))
    kept = gathered(kept, lambda finding: wholes(finding) | copied_folders(finding, where))
    shared = {used_in_step(finding, where) for finding in kept if finding.place.path.endswith(_OF_ACTIONS)} - {()}
    kept = gathered(kept, lambda finding: habits(finding, where) | as_in_action(finding, where, shared))
    told = [with_each_line_once(finding, where) if finding.copies else finding for finding in kept]
    return tuple(sorted(told, key=lambda finding: line_of(finding, where)) if where else told)


def _in_equal_file(finding: Finding, equal: Mapping[str, str]) -> tuple[Likeness, ...]:
    """The same place in a copy of the same file."""
    copied = equal.get(finding.place.path)
    if copied is None:
        return ()
    return (("copy", copied, finding.check, finding.severity, finding.subject.name, finding.place.pointer),)
