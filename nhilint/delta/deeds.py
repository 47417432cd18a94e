"""What somebody may do, in words: an access and a category of the vocabulary become "change mail"."""

from __future__ import annotations

_VERBS = {
    "read": "read",
    "write": "change",
    "send": "send",
    "delete": "delete",
    "execute": "run",
    "admin": "administer",
}
_THINGS = {
    "code_execution": "code",
    "issue_tracking": "tasks and issues",
    "calendar": "calendars",
    "crm": "customer records",
    "browser": "browser pages",
    "other": "other things",
    "web": "web pages",
    "identity": "people, groups and accounts",
    "messaging": "messages",
    "database": "databases",
    "infra": "infrastructure",
}
_PHRASES = {
    ("execute", "web"): "send requests to other servers",
    ("execute", "browser"): "steer the browser",
    ("execute", "database"): "run commands in databases",
    ("execute", "infra"): "operate infrastructure",
}


def thing(category: str) -> str:
    """A category in words, after a verb."""
    return _THINGS.get(category, category.replace("_", " "))


def deed(access: str, category: str) -> str:
    """What an access to a category allows: a verb and its thing."""
    return _PHRASES.get((access, category), f"{_VERBS.get(access, access)} {thing(category)}")
