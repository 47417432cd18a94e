"""nhilint: a policy-as-code linter and merge gate for AI agents and other non-human identities.

The public API is what `__all__` names; everything else may move. Each name is loaded when it is first used, so that
`import nhilint` costs nothing.

    import nhilint

    run = nhilint.scan("path/to/repository")
    for finding in run.findings:
        print(finding.check, finding.severity.word, finding.place.path, finding.message)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.version import __version__ as __version__

if TYPE_CHECKING:
    from nhilint.api import scan
    from nhilint.errors import NhilintError
    from nhilint.model.finding import Confidence, Disposition, Finding, Problem, Severity, Undecided, Verdict
    from nhilint.model.run import Run

__all__ = [
    "Confidence",
    "Disposition",
    "Finding",
    "NhilintError",
    "Problem",
    "Run",
    "Severity",
    "Undecided",
    "Verdict",
    "scan",
]

_HOMES = {"scan": "nhilint.api", "Run": "nhilint.model.run", "NhilintError": "nhilint.errors"}


def __getattr__(name: str) -> object:
    """Load a public name from the module it lives in."""
    if name not in __all__:
        msg = f"module 'nhilint' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "nhilint.model.finding")), name)
