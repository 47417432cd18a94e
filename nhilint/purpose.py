"""What a repository says of itself: that it shows something as a whole, or that it is kept and no longer in use.

Read are its name and its owner's (`aws-samples/…`, `terraform-docs-samples`), and the title and first lines of the
README at its top. Who copies a sample, does the tasks of a course or opens what is vulnerable on purpose makes roles,
apps and workloads of their own of it; what is archived is mended nowhere, a cluster on one's own machine serves nobody
else. "Examples" further down a README, a section called so or a folder say nothing of the whole. Left as they are:
workflows, which run in a repository of samples too, settings that a client reads at the top of a tree, and credentials,
which open what they open (`nhilint.link.shown`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.setting import less_real
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_SAMPLES = frozenset({"sample", "samples", "example", "examples", "workshop", "workshops", "tutorial", "tutorials"})
_SHOWS = frozenset(
    {"demo", "demos", "quickstart", "quickstarts", "bootcamp", "exercises", "cka", "ckad", "cks", "goat"}
)
_BEGINNING = frozenset({"demos", "learn"})
_BEHIND = frozenset({"repo", "app", "apps", "project", "code"})
"""Words that may stand behind the one that says what a repository shows: agentic-demo-repo."""
_INNER_CAPITAL = Deferred(r"(?<=[a-z])(?=[A-Z])")
"""Where a word begins in a name without separators: CopilotStudioSamples."""

_READMES = frozenset({"readme.md", "readme", "readme.rst", "readme.txt", "readme.adoc", "readme.markdown"})
_HEAD = 12_000
_FIRST_LINES = 900
"""Characters of text, without pictures and markup, in which a README says what the repository is."""
_MARKUP = Deferred(
    r"<!--.{0,3000}?-->|!\[[^\]\n]{0,200}\]\([^)\n]{0,8000}\)|<[^>\n]{1,400}>|\]\([^)\n]{0,400}\)|[*_`\[\]]",
    flags=re.DOTALL,
)
_SHOWN = (
    r"(?:samples?|examples?|demos?|demonstrations?|tutorials?|workshops?|hands-on labs?|labs|exercises|code snippets|"
    r"bootcamp|proofs? of concept|poc)"
)
_WHOLE = r"(?:repository|repo|project|codebase|solution|stack|application|app)"
_THIS = rf"(?:this|the|our) (?:git(?:hub)? )?{_WHOLE}"
_TITLE = (
    rf"(?:^|\s|-|:|\(){_SHOWN}(?:$|\)|\s*[-:|]\s| (?:for|of|using|with|on|code|project|repo|repository|app|application|"
    r"apps|templates|manifests)\b)|\b(?:deprecated|archived)\b|"
    r"(?:^|\s)(?:demo|demos|demonstration)(?:\s|$)|"
    r"\b(?:study|exam|certification) (?:notes|prep|preparation)\b|\bvulnerable\b.{0,30}\b(?:app|lab|by design)|\bgoat$"
)
_IS_SHOWN = (
    rf"\b{_THIS} (?:is|contains|provides|hosts|holds|houses|includes|has|showcases|features|offers)(?: \w+ly)?"
    r"(?: (?!and\b|with\b|for\b|to\b|from\b|that\b|which\b|in\b|not\b|by\b|curated\b)[\w'/-]{1,30}){0,6}"
    rf" {_SHOWN}\b(?!-)|"
    rf"\b{_THIS} (?:demonstrates|illustrates|shows) (?:how|an? |the use|usage)|"
    r"\bthis (?:sample|demo|tutorial|workshop|lab|quickstart|proof of concept|poc)(?: \w{1,20})? (?:shows|demonstrates|"
    r"illustrates|showcases|walks|will|is|uses|deploys|provides|creates|contains|guides|explains)\b|"
    r"\ban? (?:(?:simple|small|minimal|basic|complete|full|working|end-to-end|hands-on) )?"
    rf"{_SHOWN} (?:[\w-]{{1,30}} )?(?:repository|repo|project|app|application|implementation)\b(?! (?:from|by|of|in)\b)"
    r"|^(?:examples?|samples?) usages? of\b"
    r"|(?<!curated )\b(?:collection|set|series) of (?:[\w'-]{1,30} ){0,4}"
    r"(?:samples|examples|demos|tutorials|workshops)\b|"
    rf"^{_SHOWN} (?:git )?(?:repository|repo|code|project|app|application|files) (?:for|from|of|used)\b|"
    rf"\b{_WHOLE} (?:demonstrating|showcasing|illustrating)\b|"
    r"(?:^|\bis )an? (?:[\w-]{1,30} ){0,4}(?:demo|workshop|tutorial) (?:that|of|for|showing|with)\b"
)
_TEACHES = (
    r"\b(?:deliberately|intentionally|purposely) (?:\w{1,20}[ -]){0,2}(?:vulnerable|insecure|misconfigured)|"
    r"\bvulnerable[ -]by[ -]design\b|\bdamn vulnerable\b|"
    r"\b(?:emulation|simulation) of (?:[\w-]{1,30} ){0,2}attacks?\b|\badversary (?:emulation|simulation)\b|"
    r"\b(?:our|my|these) (?:[\w'-]{1,30} ){0,5}(?:sessions?|workshop|course|training|lecture|class) materials?\b|"
    r"\binstruqt tracks?\b|\bescape[ -]rooms?\b|"
    r"\bas (?:a )?part of (?:the|an?|our) (?:[\w.'-]{1,30} ){0,6}(?:demo|demonstration|tutorial|workshop)\b|"
    r"\b(?:not|never) (?:be )?(?:used|taken|treated|considered|meant|intended) as (?:an? |the )?(?:[\w-]{1,30} ){0,2}"
    r"(?:examples?|references?|guides?|templates?|blueprints?) (?:of|for) (?:an? |the )?(?:[\w-]{1,30} ){0,2}"
    r"production\b|"
    r"\bfor (?:demo|demonstration|illustration|training|teaching|learning|workshop)(?: and \w{1,20})? purposes?\b|"
    r"\b(?:accompan(?:y|ies|ying)|companion (?:code|repository|repo)|(?:source|sample|example) code (?:for|of|from)) "
    r"(?:[\w'-]{1,30} ){0,4}(?:blog|article|talk|book|course|post|workshop|webinar|video|tutorial)\b"
)
_KEPT = (
    r"\b(?:this|the) (?:[\w./-]{1,60} ){0,3}"
    r"(?:repository|repo|project|package|software|solution|sample|module|plugin|server) "
    r"(?:is|has been|was)(?: now| officially| set to| being)? "
    r"(?:archived|deprecated|retired|discontinued|superseded|obsolete|read-only|unmaintained|end[- ]of[- ]life|"
    r"no longer (?:being )?(?:actively )?(?:maintained|supported|developed|in use)|not (?:actively )?maintained)|"
    r"^\W*(?:deprecated|archived|no longer maintained|unmaintained)\b\W*"
    r"(?:$|this|use|please|project|repository|in favou?r)"
)
_ON_ONES_OWN_MACHINE = (
    r"^(?:[\w-]{1,30} ){0,4}(?:development|local|test|playground) (?:environment|(?:kubernetes )?cluster) "
    r"(?:using|with|on|in) `?(?:kind|k3d|minikube)\b"
)
_OF_THE_WHOLE = (_IS_SHOWN, _TEACHES, _KEPT, _ON_ONES_OWN_MACHINE)
"""Patterns are compiled where a README has text for them: most runs need not wait for that."""
_SOME_WORD = Deferred(
    r"samples?|examples?|demo|tutorial|workshop|\blabs?\b|exercise|snippet|bootcamp|concept|\bpoc\b|shows|goat|notes|prep|"
    r"vulnerable|insecure|misconf|purpose|accompan|companion| code |deprecat|archiv|retired|discont|supersed|obsolete|"
    r"read-only|maintained|materials?|end.of.life|no longer|illustrat|showcas|attack|adversary|instruqt|escape.room|"
    r"\bkind\b|\bk3d\b|minikube"
)
_STAYING = frozenset({"workflow", "credential"})
_READ_BY_A_CLIENT = frozenset({"agent", "tool"})


def shows_things(repository: str) -> bool:
    """Whether a repository (`owner/name`) holds samples alone, as its name or its owner's says."""
    owner, _, name = _INNER_CAPITAL.sub("-", repository).lower().partition("/")
    words = [word for word in re.split(r"[-_.]", name) if word not in _BEHIND] or [""]
    named = words[-1] in _SHOWS or words[0] in _BEGINNING or not _SAMPLES.isdisjoint(words)
    return named or re.split(r"[-_.]", owner)[-1] in {"samples", "examples", "demos"}


def says_it_shows(readme: str) -> bool:
    """Whether the beginning of a README says that the whole repository shows, teaches, or is kept unused."""
    text = _MARKUP.sub("", readme[:_HEAD])
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return False
    title, first = lines[0].strip("#= "), "\n".join(lines)[:_FIRST_LINES]
    if not _SOME_WORD.search(first.lower()):
        return False
    flags = re.IGNORECASE | re.MULTILINE
    return bool(re.search(_TITLE, title, flags) or any(re.search(one, first, flags) for one in _OF_THE_WHOLE))


def is_shown(tree: Tree, owner: str | None, repository: str | None) -> bool:
    """Whether a repository shows things as a whole, by its name or by the README at its top."""
    if shows_things(f"{owner or ''}/{repository or ''}"):
        return True
    path = next((path for path in tree.paths() if path.lower() in _READMES), None)
    data = tree.read(path) if path is not None else None
    return isinstance(data, bytes) and says_it_shows(data[:_HEAD].decode("utf-8", "replace"))


def kept_as_shown(resources: Iterable[Resource], scopes: Sequence[str] = ()) -> tuple[Resource, ...]:
    """The resources of a repository that shows things: what somebody else would make their own is an example.

    Who names a file or folder (`scopes`) means what is in it.
    """
    return tuple(
        resource if _stays(resource, scopes) else replace(resource, setting=less_real("example", resource.setting))
        for resource in resources
    )


def _stays(resource: Resource, scopes: Sequence[str]) -> bool:
    path = resource.at.path
    if resource.kind in _STAYING or any(path == one or path.startswith(one.rstrip("/") + "/") for one in scopes):
        return True
    folder = path.partition("/")[0]
    return resource.kind in _READ_BY_A_CLIENT and (folder.startswith(".") or folder == path)
