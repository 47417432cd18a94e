"""The words in which an OAuth scope is judged: what it touches, what it may do there, how much harm that allows.

Categories and access levels are those of tool capabilities, so that what an app may do and what a tool can do compare.
How sensitivity is decided is written down in docs/concepts/scopes.md.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from nhilint.model.category import Access, Category  # noqa: TC001 - read by the decoder of records

Sensitivity = Literal["low", "medium", "high", "critical"]
Holder = Literal["user", "app"]
"""In whose name a token is used: a person's, with what that person may reach, or the app's own."""


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a provider's file."""

    id: str
    category: Category
    access: Access
    sensitivity: Sensitivity
    """as the weaker of its possible holders uses it"""
    as_user: Sensitivity | None = None
    """in a person's name, where that is worse"""
    as_app: Sensitivity | None = None
    """in the app's own name, where that is worse"""
    acts_as: Holder | None = None
    """who holds it, where there is no choice"""
    restricted: bool = False
    superseded: bool = False
    """the provider keeps it for old apps and has smaller ones for new"""
    narrower: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """other spellings that mean the same"""
    user_guid: str = ""
    """Microsoft Graph: id of the delegated permission"""
    app_guid: str = ""
    """Microsoft Graph: id of the application permission"""
    verified: bool = True


class Scope(Struct, frozen=True, kw_only=True):
    """One scope of one provider, judged for the holder that was asked about."""

    id: str
    """the provider's own spelling; for a scope that is not in the catalogue, the text that was looked up"""
    provider: str
    category: Category
    access: Access
    sensitivity: Sensitivity
    restricted: bool = False
    """the provider puts it in its strictest published class (Google: "restricted")"""
    superseded: bool = False
    """the provider keeps it for old apps and has smaller ones for new"""
    narrower: tuple[str, ...] = ()
    """scopes of the same provider that give less and often suffice, the most useful first"""
    acts_as: Holder | None = None
    """None when the token decides that"""
    inferred: bool = False
    """judged by the parts of its name: the catalogue does not hold it"""
    verified: bool = True
    """its name was seen in the provider's own documentation or interface description"""
    reviewed: bool = False
    """its sensitivity was set by hand under the written rules, not by a table of words"""
    url: str
    """where the provider explains its scopes"""
