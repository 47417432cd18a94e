"""Roles of builds whose commands, as the template has them, build no infrastructure: they are no deployment's.

A role called after deploying that CodeBuild takes is one for templates, as long as nothing tells what runs as it. Where
a project states its commands, they do: who installs packages, builds a site and copies it to a bucket needs no more
than that bucket, and whatever an installed package brings runs with the role. Commands are known here by the program
and its task; with any other one among them, which may build infrastructure, nothing is said. Source, read 2026-11-23:
docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html (`phases`, `commands`) and setting-up-service-role
.html.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.cloudformation.declared import referred
from nhilint.formats.embedded_yaml import embedded_yaml
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.declared import Declared

_PROJECT = "AWS::CodeBuild::Project"
_ROLE = "ServiceRole"
_MOST = 100
_APART = re.compile(r"&&|\|\||[;|\n]")
_GIVEN = r"^(?:\w+=(?:\$\([^()]*\)|\S)*[ \t]+)*"
"""Variables that a command is given."""
_AROUND = Deferred(rf"{_GIVEN}(?:cd|echo|ls|mkdir|cp|mv|rm|cat|pwd|export|set|zip|unzip|tar)(?:[ \t]|$)")
"""Commands of the shell around the work. A project that has no others gets its real ones when it is started."""
_PLAIN = Deferred(
    rf"{_GIVEN}(?:(?:npm|yarn|pnpm)[ \t]+(?:ci|i|install|test|(?:run[ \t]+)?(?:build|lint|test))|"
    r"(?:pip3?|bundle|gem|composer)[ \t]+install|(?:[\w./-]*/)?(?:hexo|hugo|jekyll|gatsby|ng|vite|tsc)|"
    r"(?:apt|apt-get|yum|dnf)[ \t]+(?:-y[ \t]+)?(?:update|install)|"
    r"aws[ \t]+(?:s3|cloudfront[ \t]+create-invalidation|ecr|lambda[ \t]+update-function-code))(?:[ \t]|$)"
)
"""The commands of a build that copies what it makes to where it is served."""


def roles_of_plain_builds(resources: Iterable[Declared]) -> frozenset[str]:
    """The logical ids of roles with which only such builds run."""
    projects = [one for one in resources if one.kind == _PROJECT]
    plain = {referred(one.raw.get(_ROLE)) for one in projects if _is_plain(one)}
    others = {referred(one.raw.get(_ROLE)) for one in projects if not _is_plain(one)}
    return frozenset(plain - others - {""})


def _is_plain(project: Declared) -> bool:
    commands = tuple(_commands(project))
    parts = [part.strip() for one in commands for part in _APART.split(one)]
    work = [part for part in parts if part and not _AROUND.match(part)]
    return bool(work) and all(map(_PLAIN.match, work))


def _commands(project: Declared) -> Iterator[str]:
    stated = project["Source"]["BuildSpec"]
    root = embedded_yaml(str(stated.value), stated.at) if stated.is_text else None
    for _, phase in islice(root["phases"].entries(), _MOST) if root is not None else ():
        for command in islice(phase["commands"].items(), _MOST):
            yield str(command.value)
