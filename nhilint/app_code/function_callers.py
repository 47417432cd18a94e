"""The code of a function that everybody may call tells whether it turns away callers without a proof.

Read is the one file of the tree that the function's handler names, below the folder that is packed where that is told:
`src/hook/index.run` is the function `run` of a file `…/src/hook/index.py`. Where several files fit, or none, nothing is
said. The handler itself has to answer 401 or 403, before it looks at the path that was called: what it does for some
paths alone is no proof. And the file has to check something: a signature by a library's own function, or by an
equality, right before that answer, with what came out of the environment, a secret or a digest with a key. Code is
searched for words and never run. What a handler and its answer are: docs.aws.amazon.com/lambda/latest/dg, pages
python-handler, nodejs-handler and urls-invocation; known, not re-read.
"""

from __future__ import annotations

import re
from itertools import islice
from posixpath import basename
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.permission import CALL_BY_ADDRESS
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary import ResourcePolicy
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_ENDINGS = (".py", ".js", ".mjs", ".cjs", ".ts", ".mts")
_LONGEST = 200_000
_FAR = 400
"""How many characters before a refusal what it depends on is looked for."""
_MOST = 200
"""How many refusals, and how many values that are kept, are looked at."""
_ENVIRONMENT = ("os.environ", "os.getenv(", "process.env.")
_NOTHING = frozenset({"", "None", "null", "undefined", "true", "false", "True", "False"})
_COMMENT = Deferred(r"(?m)^[ \t]*(?:#|//|\*|/\*)[^\n]*")
_TOP = Deferred(r"\n(?=[A-Za-z@])")
_REFUSED = Deferred(
    r"(?:\bstatus_?code|\bstatus)[\"']?\s{0,3}[=:]\s{0,3}[\"']?40[13]\b|\b(?:abort|sendStatus|status|HTTPException)\(40[13]\b",
    flags=re.IGNORECASE,
)
_ROUTED = Deferred(
    r"\b(?:rawPath|resourcePath|routeKey)\b|\b(?:event|http|req|request)(?:\.path\b|\[[\"']path[\"']\])|get\([\"']path"
)
_CHECKED = Deferred(
    r"\b(?:compare_digest|timingSafeEqual|verifyKey|verify_key|jwtVerify|jwt\.verify|verify_id_token|verifyIdToken"
    r"|constructEvent|construct_event|validate_signature|validateRequest)\("
)
_DECODED = Deferred(r"\bjwt\.decode\(")
_UNVERIFIED = Deferred(r"verify_signature[\"']?\s{0,3}[:=]\s{0,3}False|verify\s{0,3}=\s{0,3}False")
_KEPT_AS = Deferred(
    r"(?m)^[ \t]*(?:const |let |var )?(\w{1,80})(?:: ?\w{1,40})?[ ]{0,3}=(?!=)[ ]{0,3}"
    r"([^\n]{1,200}(?:\n[ \t]{8,}[^\n]{1,200}){0,2})"
)
_KEPT_SECRET = Deferred(r"os\.environ|getenv\(|process\.env\.|secret|get_parameter|getParameter", flags=re.IGNORECASE)
_DIGEST = Deferred(r"\bhmac\.new\(|\bcreateHmac\(")
_SENT = Deferred(r"\b(?:event|headers?|params|query|req|request|body)\b")
_EQUALITY = Deferred(r"([\w.\[\]\"'()]{1,120})\s{0,3}[!=]==?\s{0,3}([\w.\[\]\"'()]{1,120})")


def with_callers_asked(resources: Iterable[Resource], tree: Tree) -> tuple[Resource, ...]:
    """The resources; a function whose code turns strangers away checks its callers."""
    listed = tuple(resources)
    if not any(_starts_at(one) for one in listed):
        return listed
    by_name: dict[str, list[str]] = {}
    for path in tree.paths():
        if path.endswith(_ENDINGS):
            by_name.setdefault(basename(path).rpartition(".")[0], []).append(path)
    return tuple(_asked(one, by_name, tree) for one in listed)


def _starts_at(resource: Resource) -> str:
    """Where the code of a function starts that everybody may call; empty where that is not told, or nobody may."""
    facts = resource.facts
    if not isinstance(facts, ResourcePolicy) or value_of(facts.checks_callers) is True:
        return ""
    by_address = any(value_of(grant.actions) == (CALL_BY_ADDRESS,) for grant in known_records(facts.grants))
    return value_of(facts.runs) or "" if by_address else ""


def _asked(resource: Resource, by_name: dict[str, list[str]], tree: Tree) -> Resource:
    file, _, function = _starts_at(resource).rpartition(".")
    facts = resource.facts
    ends = tuple(f"/{file}{ending}" for ending in _ENDINGS)
    paths = [path for path in by_name.get(basename(file), ()) if f"/{path}".endswith(ends)] if file else []
    data = tree.read(paths[0]) if len(paths) == 1 else None
    if not isinstance(facts, ResourcePolicy) or not isinstance(data, bytes) or len(data) > _LONGEST:
        return resource
    if not asks_for_proof(data.decode("utf-8", "replace"), function):
        return resource
    return replace(resource, facts=replace(facts, checks_callers=Known(value=True, at=facts.at)))


def asks_for_proof(code: str, handler: str) -> bool:
    """Whether a handler refuses whoever does not prove who it is, before it looks at what was called."""
    code = _COMMENT.sub("", code)
    body = _body(code, handler)
    routed = _ROUTED.search(body)
    found = _REFUSED.finditer(body, 0, routed.start() if routed else len(body))
    refusals = [one.start() for one in islice(found, _MOST)]
    if not refusals:
        return False
    if _CHECKED.search(code) or (_DECODED.search(code) and not _UNVERIFIED.search(code)):
        return True
    secrets = frozenset(_secret_names(code))
    return any(_depends_on_secret(body[max(0, at - _FAR) : at], secrets) for at in refusals)


def _body(code: str, handler: str) -> str:
    """The function called so, as far as what stands at the beginning of a line; empty where there is none."""
    name = re.escape(handler)
    start = re.search(
        rf"(?m)^(?:async )?def {name}\(|^(?:module\.)?exports\.{name} ?="
        rf"|^(?:export )?(?:async )?(?:function|const) {name}\b",
        code,
    )
    end = _TOP.search(code, start.end()) if start is not None else None
    return code[start.end() : end.start() if end is not None else len(code)] if start is not None else ""


def _depends_on_secret(before: str, secrets: frozenset[str]) -> bool:
    """Whether what stands before a refusal compares something with a secret value."""
    for one in _EQUALITY.finditer(before):
        sides = [side.strip("()") for side in one.groups()]
        if any(_is_written_out(side) for side in sides):
            continue
        if any(side in secrets or side.startswith(_ENVIRONMENT) for side in sides):
            return True
    return False


def _secret_names(code: str) -> Iterator[str]:
    for kept in islice(_KEPT_AS.finditer(code), _MOST):
        is_own = _KEPT_SECRET.search(kept[2]) and not _SENT.search(kept[2])
        if is_own or _DIGEST.search(kept[2]):
            yield kept[1]


def _is_written_out(side: str) -> bool:
    return side[:1] in "\"'" or side[:1].isdigit() or side in _NOTHING
