"""What the verb in the name of a function or operation says that it does. An inference, and told as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.category import Access

_LONGEST = 200
_WORD = Deferred(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ACCESS: dict[str, Access] = {
    **dict.fromkeys(("delete", "remove", "terminate", "destroy", "drop", "purge", "erase", "wipe"), "delete"),
    **dict.fromkeys(("send", "email", "publish", "post", "tweet", "sms", "notify"), "send"),
    **dict.fromkeys(
        ("pay", "transfer", "refund", "withdraw", "purchase", "charge", "buy", "wire", "payout"), "execute"
    ),
    **dict.fromkeys(("grant", "revoke", "authorize", "impersonate"), "admin"),
    **dict.fromkeys(
        (
            *("create", "update", "set", "write", "add", "insert", "put", "book", "cancel", "submit", "transfer"),
            *("issue", "process", "make"),
        ),
        "write",
    ),
}
_READING = frozenset(
    {
        *("get", "list", "search", "describe", "check", "find", "fetch", "read", "query", "lookup", "retrieve"),
        *("calculate", "show"),
    }
)
_MONEY = frozenset(
    {
        *("pay", "refund", "withdraw", "purchase", "charge", "buy", "payout", "payment", "funds", "money"),
        "wire",
    }
)


def access_of(name: str) -> Access | None:
    """What a name says: a reading verb in front decides, then the first verb that does something, then one that reads;
    None for a name without any."""
    words = _words(name)
    if words and words[0] in _READING:
        return "read"
    doing = next((_ACCESS[word] for word in words if word in _ACCESS), None)
    return doing or ("read" if _READING.intersection(words) else None)


def is_about_money(name: str) -> bool:
    """Whether a name says that money moves."""
    return not _MONEY.isdisjoint(_words(name))


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name[:_LONGEST])]
