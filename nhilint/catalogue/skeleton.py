"""The text of a new check file: what `nhilint checks new` writes. It loads, and its examples fail until filled in."""

from __future__ import annotations

from nhilint.version import __version__

_TEXT = """\
id: {id}
title: {title}
status: preview
since: "{since}"
severity: medium
confidence: medium
frameworks:
  owasp-nhi-2025: ["NHI5:2025"]
rationale: |
  Say who can misuse this, what it opens, and why it matters in this very place.
  Two to five sentences; not the title again.
subject: {subject}
when:
  - subject.name == 'replace this condition; nhilint schema facts --kind {subject} lists what it may name'
message: "{{{{ subject.name }}}} does something that it should not"
remediation: |
  Name the key to change and what to write instead.
references: [https://owasp.org/www-project-non-human-identities-top-10/]
examples:
  - name: the smallest repository that is wrong
    expect: fail
    at: ["path/to/file#/route/of/keys"]
    files:
      path/to/file: |
        replace this text
  - name: the same, made right
    expect: pass
    fixes: the smallest repository that is wrong
    files:
      path/to/file: |
        replace this text
"""


def skeleton(check_id: str, subject: str) -> str:
    """The file's text for an id and a subject kind."""
    title = check_id.replace("-", " ").capitalize()
    title = title if len(title) >= 10 else f"{title} (say it in ten words)"
    since = ".".join(__version__.split(".")[:2])
    return _TEXT.format(id=check_id, title=title, subject=subject, since=since)
