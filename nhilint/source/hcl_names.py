"""Names of attributes that stand in quotes, as versions of Terraform before 0.12 let them, lose their quotes.

Only names directly in the body of a block are meant: those of an object stand in quotes to this day. The text keeps its
length, so that places stay true; a dot in such a name becomes a low line. Source: developer.hashicorp.com/terraform/
language/v1.1.x/upgrade-guides/0-12 (attributes and blocks), known, not re-read.
"""

from __future__ import annotations

from nhilint.source.deferred import Deferred

_QUOTED = Deferred(r'^([ \t]*)"([A-Za-z][\w.-]{0,100})"(?=[ \t]*=[^=>])')
_TEXT = Deferred(r'"(?:[^"\\]|\\.)*"')
_HEADER = Deferred(r'^\s*[A-Za-z][\w-]*(?:\s+(?:""|[\w-]+)){0,4}\s*$')


def with_bare_names(text: str) -> str:
    """The text with such names bare; the same text where there are none."""
    lines: list[str] = []
    inside: list[bool] = []
    for line in text.split("\n"):
        found = _QUOTED.match(line) if inside and inside[-1] else None
        lines.append(f"{found[1]} {found[2].replace('.', '_')} {line[found.end() :]}" if found else line)
        plain = _TEXT.sub('""', line).partition("#")[0]
        for at, sign in enumerate(plain):
            if sign == "{":
                inside.append(_HEADER.match(plain[:at]) is not None)
            elif sign == "}" and inside:
                inside.pop()
    return "\n".join(lines)
