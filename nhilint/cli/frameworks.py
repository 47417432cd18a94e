"""`nhilint frameworks`: controls, the checks that cover them, and what is uncovered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nhilint.catalogue.check import Pack
    from nhilint.catalogue.framework import Framework, Frameworks


@click.command("frameworks")
@click.argument("which", required=False, metavar="[ID]")
def command(which: str | None) -> None:
    """Print the frameworks with their coverage, or the controls of one with the checks that cover each.

    ID is a framework, or a control such as NHI2 or owasp-agentic-2026/ASI03.

    \b
    Examples:
      nhilint frameworks
      nhilint frameworks owasp-nhi-2025
      nhilint frameworks NHI2
    """
    from nhilint.policies import load_all_frameworks, load_policies, user_cache

    frameworks = load_all_frameworks()
    pack = load_policies((), user_cache())
    if which is None:
        for framework in frameworks:
            covered = sum(bool(_covering(pack, framework.id, c.id)) for c in framework.controls)
            click.echo(f"{framework.id:<24} {covered:>3} of {len(framework.controls):>3} controls  {framework.title}")
        return
    click.echo(_describe(which, frameworks, pack))


def _describe(which: str, frameworks: Frameworks, pack: Pack) -> str:
    framework = frameworks.named(which)
    if framework is not None:
        return "\n".join(_framework_lines(framework, pack))
    framework, control = frameworks.parse_control(which)
    checks = _covering(pack, framework.id, control.id)
    lines = [f"{framework.id}/{control.id}  {control.title}", f"  {control.summary}"]
    lines += [f"  {check}" for check in checks] or ["  no check covers it"]
    return "\n".join(lines)


def _framework_lines(framework: Framework, pack: Pack) -> list[str]:
    lines = [f"{framework.title} ({framework.publisher})", framework.url, ""]
    for control in framework.controls:
        checks = _covering(pack, framework.id, control.id)
        lines.append(f"{control.id:<14} {control.title if control.title != control.id else control.summary}")
        lines.append(f"{'':<14} {', '.join(checks) if checks else 'no check'}")
    return lines


def _covering(pack: Pack, framework: str, control: str) -> list[str]:
    return [check.id for check in pack.checks if control in check.frameworks.get(framework, ())]
