"""What a path says about the role of a file: is this what runs, or a test, an example, a template?"""

from __future__ import annotations

import re
from typing import Literal

Setting = Literal["production", "test", "example", "template"]
_FROM_REAL_TO_MADE_UP: tuple[Setting, ...] = ("production", "template", "example", "test")

_TEST = re.compile(
    r"(?:^|/)(?:tests?|__tests__|testdata|test[-_]data|test[-_]?fixtures?|fixtures?|__fixtures__|__snapshots__|\.snapshots|__mocks__|mocks?|specs?|e2e|"
    r"test[-_]?cases?|test[-_]?resources?|testing|golden|corpus|benchmarks?|evals?|vulnerable[-_\w]*)/|"
    r"(?:^|[/_.-])(?:fixtures?[_.-][^/]*|golden)\.(?:ya?ml|json)$|"
    r"^(?!(?:.*/)?\.github/)(?:.*/)?test_[^/]*\.(?:ya?ml|json)$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:^|/)(?:examples?|samples?|demos?|docs?|documentation|tutorials?|cookbooks?|playgrounds?|workshops?|"
    r"starter[-_\w]*|quickstarts?|guides?|website)/|\.(?:example|sample|dist)(?:\.|$)|[-_.](?:example|sample)\.[a-z]+$",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"(?:^|/)(?:templates?|scaffolds?|boilerplates?|skeletons?|\{\{[^/]*\}\}[^/]*)/|\.(?:template|tmpl|tpl|j2|jinja2?)(?:\.|$)",
    re.IGNORECASE,
)


def setting_of(path: str) -> Setting:
    """The role of a file by its path relative to the scan's root. Test outranks example, example outranks template."""
    if _TEST.search(path):
        return "test"
    if _EXAMPLE.search(path):
        return "example"
    if _TEMPLATE.search(path):
        return "template"
    return "production"


def more_real(one: Setting, other: Setting) -> Setting:
    """Of two roles the one that is nearer to what runs."""
    return min(one, other, key=_FROM_REAL_TO_MADE_UP.index)
