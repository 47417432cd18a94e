"""An app and the code beside it become an app that knows which of its scopes nothing uses, and which are too wide.

A scope whose words stand in the code is needed, unless a narrower one does. An optional one is not granted before code
asks for it, and is not compared. Code that may do anything with its token,
or foreign code beside it, leaves open what else is used, not what evidently is. An old scope that is the address of an
interface is the one that this interface takes, for code that calls it: Google's Domain Shared Contacts knows no other
than m8/feeds (developers.google.com/people/contacts-api-migration, read 2026-11-22).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.sources import code_beside, code_of
from nhilint.app_code.words import has_any
from nhilint.formats.scopes import gravest_first
from nhilint.knowledge.scopes.uses import uses_of
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary import App

if TYPE_CHECKING:
    from nhilint.knowledge.scopes.uses import Uses
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.tree import Tree


def compared(resource: Resource, tree: Tree) -> Resource:
    """An app with those of its scopes that its code leaves unused, and those of which it uses a smaller part."""
    facts, uses = resource.facts, uses_of(resource.format)
    if not isinstance(facts, App) or uses is None:
        return resource
    asked = tuple(g for g in known_records(facts.scopes) if _id(g) in uses.words and value_of(g.optional) is not True)
    if not asked:
        return resource
    code = _readable(resource, facts, uses, tree)
    if code is None:
        return resource
    if isinstance(code, str):
        unknown = (Unknown(code, facts.at),)
        wider_open = unknown if any(_id(grant) in uses.enough for grant in asked) else ()
        texts = code_of(resource.at.path, resource.format, uses.endings, tree)
        beside = code_beside(resource.at.path, uses.endings, tree) if isinstance(texts, str) else texts
        used = _used(asked, beside, uses)
        told = replace(_calling(facts, beside), unused=unknown, wider_than_used=wider_open)
        return replace(resource, facts=_weighed(told, needed=used, others=()))
    used = _used(asked, code, uses)
    unused = tuple(grant for grant in asked if grant not in used)
    narrowed = tuple(_narrowed(grant, code, uses) for grant in used)
    told = replace(
        _calling(facts, code),
        unused=gravest_first(unused),
        wider_than_used=gravest_first(grant for grant in narrowed if grant is not None),
    )
    needed = tuple(grant for grant, narrower in zip(used, narrowed, strict=True) if narrower is None)
    return replace(resource, facts=_weighed(told, needed=needed, others=asked))


def _used(asked: tuple[ScopeGrant, ...], code: tuple[str, ...], uses: Uses) -> tuple[ScopeGrant, ...]:
    return tuple(grant for grant in asked if has_any(code, uses.words[_id(grant)]))


def _calling(app: App, code: tuple[str, ...]) -> App:
    """The app; an old scope by whose address its code calls the interface is not one that others have replaced."""
    if isinstance(app.scopes, Unknown):
        return app

    def told(grant: ScopeGrant | Unknown) -> ScopeGrant | Unknown:
        if isinstance(grant, Unknown) or value_of(grant.superseded) is not True or "://" not in _id(grant):
            return grant
        address = _id(grant).partition("://")[2].rstrip("/") + "/"
        return replace(grant, superseded=Known(value=False, at=grant.at)) if has_any(code, (address,)) else grant

    return replace(app, scopes=tuple(map(told, app.scopes)))


def _weighed(app: App, *, needed: tuple[ScopeGrant, ...], others: tuple[ScopeGrant, ...]) -> App:
    """The app, with every scope that is needed and every other one that is not saying so."""
    if isinstance(app.scopes, Unknown):
        return app

    def told(grant: ScopeGrant | Unknown) -> ScopeGrant | Unknown:
        if isinstance(grant, Unknown) or (grant not in needed and grant not in others):
            return grant
        return replace(grant, needed=Known(grant in needed, grant.at))

    return replace(app, scopes=tuple(map(told, app.scopes)))


def _id(grant: ScopeGrant) -> str:
    return (value_of(grant.id) or "").lower()


def _readable(resource: Resource, facts: App, uses: Uses, tree: Tree) -> tuple[str, ...] | str | None:
    """The texts that use scopes, the manifest's other parts among them; else why they cannot be told.

    None where no code of the app is in the repository: then there is nothing to compare the manifest with.
    """
    code = code_of(resource.at.path, resource.format, uses.endings, tree)
    if isinstance(code, str):
        return code
    if not has_any(code, uses.talks):
        return None
    if facts.libraries:
        return "foreign code runs with its scopes"
    if has_any(code, uses.opaque):
        return "its code may use the token for anything"
    return (*code, _rest_of_manifest(resource.at.path, facts, tree))


def _rest_of_manifest(path: str, facts: App, tree: Tree) -> str:
    """The manifest without the scopes: services that it switches on and events that it asks for are uses as well."""
    data = tree.read(path)
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
    for grant in known_records(facts.scopes):
        text = text.replace(value_of(grant.id) or "\0", "")
    return text


def _narrowed(grant: ScopeGrant, code: tuple[str, ...], uses: Uses) -> ScopeGrant | None:
    """A scope with the one that does for this code; None where there is none."""
    enough = uses.enough.get(_id(grant))
    if enough is None or not has_any(code, enough.talks) or has_any(code, enough.unless):
        return None
    if enough.also and not has_any(code, enough.also):
        return None
    return replace(grant, narrower=Known((enough.instead,), grant.at))
