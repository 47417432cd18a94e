"""A command line that sends away what opens things: stored credentials, the whole environment, or a shell itself.

Three shapes are told apart from ordinary traffic: a file of a credential folder, or all variables, that the same line
hands to a program which sends; and a shell whose input and output are tied to another machine. A credential that only
authorises a request (a header, `--user`, a key or certificate option) is what it is for, and traffic within the machine
is nobody's loss. What a script does that the line starts is not followed.
Sources, read 2026-11-22: https://curl.se/docs/manpage.html (options that send), and the section on redirections of
https://www.gnu.org/software/bash/manual/bash.html (/dev/tcp).
"""

from __future__ import annotations

import re

from nhilint.source.deferred import Deferred

_LONGEST = 20_000
_HOME = r"(?:~|\$\{?HOME\}?|/root|/home/[\w.-]{1,40}|/Users/[\w.-]{1,40})"
_STORED = Deferred(
    _HOME + r"/\.(?:ssh|aws|gnupg|kube|netrc|npmrc|pypirc|git-credentials|azure|docker/config\.json|config/gcloud"
    r"|config/gh|claude/\.credentials\.json|codex/auth\.json)(?![\w-])|/etc/shadow\b"
)
_ALL_VARIABLES = Deferred(r"(?:\$\(|`)\s*(?:env|printenv)\s*[)`|]|(?:^|[\s;&|(])(?:env|printenv)\s*\|")
_AUTHORISING = Deferred(
    r"\s(?:-H|--header|-u|--user|--cert|--key|--cacert|--netrc-file|-K|--config|-i)[\s=]+"
    r"(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\S{1,500})"
)
_CURL = Deferred(r"\bcurl\b[^;\n]{0,600}")
_SENDING_OPTION = Deferred(r"\s(?:-d|-F|-T|--data(?:-[a-z]{1,9})?|--form|--upload-file|--json)(?:[\s=@'\"]|$)")
_WGET = Deferred(r"\bwget\b[^;\n]{0,200}--(?:post-data|post-file|body-file)\b[^;\n]{0,400}")
_NETCAT = Deferred(r"\b(?:nc|ncat|netcat)\s+(?:-\w{1,6}\s+){0,4}([\w-]{1,60}(?:\.[\w-]{1,60}){1,6})\s+\d{1,5}\b")
_HOST = Deferred(r"https?://(?:[^\s/@\"']{1,200}@)?(\[[0-9a-f:]{2,40}\]|[^\s/:\"'?#]{1,200})", flags=re.IGNORECASE)
_HERE = Deferred(r"localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\]|host\.docker\.internal", flags=re.IGNORECASE)
_SHELLS = (
    Deferred(r"\b(?:ba|z|da|k)?sh\s+-i\b[^;|\n]{0,60}/dev/(?:tcp|udp)/"),
    Deferred(r"\bexec\s+\d{1,3}<>\s?/dev/(?:tcp|udp)/"),
    Deferred(r"\b(?:nc|ncat|netcat)\b[^;|&\n]{0,120}\s(?:-e|-c|--exec|--sh-exec)\s+\S{0,40}sh\b"),
)


def handed_over(text: str) -> str | None:
    """What a command line gives to another machine, in words; None when it is nothing of that kind."""
    if len(text) > _LONGEST:
        return None
    if any(shell.search(text) for shell in _SHELLS):
        return "a shell of this machine"
    if not _sends(text):
        return None
    rest = _AUTHORISING.sub(" ", text)
    if _STORED.search(rest):
        return "stored credentials"
    return "every variable of the environment" if _ALL_VARIABLES.search(rest) else None


def _sends(text: str) -> bool:
    """Whether the line sends anything to another machine."""
    if any(not _HERE.fullmatch(found[1]) for found in _NETCAT.finditer(text)):
        return True
    calls = [found[0] for found in _CURL.finditer(text) if _SENDING_OPTION.search(found[0])]
    calls += [found[0] for found in _WGET.finditer(text)]
    return any(not _HERE.fullmatch(host) for call in calls for host in _HOST.findall(call))
