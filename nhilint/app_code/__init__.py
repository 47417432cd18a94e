"""Files that no format claims tell what an app's code uses and asks of callers, and whose package a server runs.

Runs after the files of a tree were read one by one, and only where an app's manifest or a server's package asks. Code
is searched for words, never run and never parsed; what cannot be read whole leaves the answer open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_EXTENSION = "web-extension"
_WEB_APP = "google-apps-script"
_MANIFESTS = frozenset({"github-app-manifest", _WEB_APP, "shopify-app", "slack-manifest", _EXTENSION})
_CALLED = frozenset({"atlassian-forge"})
_SENT = frozenset({"aws-iam-policy"})
_OF_SERVICE = "serverless-framework-kept"
_KEY = "private-key-file"
_ASKED_OF_ALL = _MANIFESTS | _CALLED | _SENT | {_OF_SERVICE, _KEY}
_STARTING = frozenset({"agent", "tool"})


def has_code(resource: Resource) -> bool:
    """Whether what is said of a resource depends on files that no format claims."""
    if resource.format in _ASKED_OF_ALL:
        return True
    if resource.kind not in _STARTING:
        return False
    from nhilint.app_code.own_packages import starts_package

    return starts_package(resource)


def with_code(resources: Iterable[Resource], tree: Tree, of_itself: Tree | None = None) -> tuple[Resource, ...]:
    """The same resources; apps know what their code leaves unused, servers whose package it is that they run, and
    private keys who logs in by them. `of_itself` is the tree before a change, where that is another one."""
    told = tuple(resources)
    if any(resource.format == _OF_SERVICE for resource in told):
        from nhilint.app_code.serverless_files import with_named_files

        told = with_named_files(told, tree)
    if any(resource.format in _MANIFESTS for resource in told):
        from nhilint.app_code.needs import compared

        told = tuple(compared(one, tree) if one.format in _MANIFESTS else one for one in told)
    if any(resource.format == _EXTENSION for resource in told):
        from nhilint.app_code.safari_extensions import within_app

        told = tuple(within_app(one, tree) if one.format == _EXTENSION else one for one in told)
    if any(resource.format == _WEB_APP for resource in told):
        from nhilint.app_code.web_handlers import with_answers

        told = tuple(with_answers(one, tree) if one.format == _WEB_APP else one for one in told)
    if any(resource.format in _CALLED for resource in told):
        from nhilint.app_code.callers import proven

        told = tuple(proven(one, tree) if one.format in _CALLED else one for one in told)
    if any(one.kind in _STARTING and has_code(one) for one in told):
        from nhilint.app_code.locked_packages import fixed
        from nhilint.app_code.own_packages import marked
        from nhilint.app_code.scoped_names import with_scopes

        told = with_scopes(fixed(marked(told, tree), tree), tree)
    if any(resource.format == _KEY for resource in told):
        from nhilint.app_code.key_users import with_uses

        told = with_uses(told, tree, of_itself or tree)
    return told
