from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from nhilint.change import Before, changes_between
from nhilint.pipeline import settle
from nhilint.policies import load_policies
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

MANIFEST = json.dumps({"timeZone": "UTC", "oauthScopes": ["https://www.googleapis.com/auth/calendar"]})
CHECK = "scope-that-no-code-uses"


def introduced(older, newer):
    before, after = (MemoryTree({"appsscript.json": MANIFEST, "a.gs": code}) for code in (older, newer))
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    checks = tuple(check for check in load_policies().checks if check.id == CHECK)
    change = Before(tree=before, changes=changes_between(before, after))
    settled = settle(after, settings, checks, before=change)
    assert settled.then is not None
    return len(settled.then.findings), len(settled.now.findings)


def test_a_change_of_the_code_alone_is_seen():
    assert introduced("CalendarApp.createEvent()", "Utilities.sleep(1)") == (0, 1)
    assert introduced("Utilities.sleep(1)", "CalendarApp.createEvent()") == (1, 0)
