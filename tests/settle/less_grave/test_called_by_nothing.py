"""What a template of Bicep makes that nothing calls has low confidence, with the fact as its doubt."""

from __future__ import annotations

import pytest

from nhilint.model.finding import Confidence, Finding, Severity, Subject
from nhilint.model.place import Place
from nhilint.settle.less_grave.called_by_nothing import UNCALLED, retold
from nhilint.tree import MemoryTree

CALLS = (
    "module queue 'services/queue.bicep' = {\n  name: 'q'\n}\nmodule store 'services/store.bicep' = {\n  name: 's'\n}\n"
)
TREE = MemoryTree(
    {
        "main.bicep": CALLS,
        "main.bicepparam": "using 'main.bicep'\n",
        **{f"services/{name}.bicep": "output a string = 'b'\n" for name in ("queue", "store", "cache")},
    }
)


@pytest.mark.parametrize(
    ("check", "kind", "path", "is_doubtful"),
    [
        ("service-takes-shared-keys", "resource_policy", "services/cache.bicep", True),
        ("secret-in-deployment-outputs", "credential", "services/cache.bicep", True),
        ("literal-secret-value", "credential", "services/cache.bicep", False),
        ("service-takes-shared-keys", "resource_policy", "services/queue.bicep", False),
        ("service-takes-shared-keys", "resource_policy", "main.bicep", False),
    ],
)
def test_findings_in_a_template_that_nothing_calls(check, kind, path, is_doubtful):
    place = Place(path)
    finding = Finding(
        check=check,
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH,
        message="a says b",
        place=place,
        subject=Subject(kind, "a"),
        fingerprint="f",
    )
    (told,) = retold((finding,), (), TREE)
    assert (told.confidence == Confidence.LOW) is is_doubtful
    assert told.doubt == (UNCALLED if is_doubtful else "")
