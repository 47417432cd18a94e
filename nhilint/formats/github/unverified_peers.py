"""Finds steps that hand a credential to a server whose certificate they are told not to check.

The login of OpenShift and that of Vault send a token or a password first. Without a look at the certificate they send
it to whoever answers under the name, and take from there what the job then does or trusts. A server on the machine
itself is nobody else's.

Sources, read 2026-11-22: action.yml of redhat-actions/oc-login (insecure_skip_tls_verify, openshift_token,
openshift_password) and of hashicorp/vault-action (tlsSkipVerify, from a survey); for the option of `oc login`
https://github.com/ambient-code/platform/issues/1271.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.github.expression import contexts, embedded, parse
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.github.actions import Reference
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact


class _Login(NamedTuple):
    """The input that switches the check off, the one that names the server, and those that hold what is sent."""

    unchecked: str
    server: str
    sent: tuple[str, ...]


_ACTIONS = {
    "redhat-actions/oc-login": _Login(
        "insecure_skip_tls_verify", "openshift_server_url", ("openshift_token", "openshift_password")
    ),
    "hashicorp/vault-action": _Login("tlsSkipVerify", "url", ("token", "githubToken", "secretId", "password")),
}
_OPTION = "--insecure-skip-tls-verify"
_LOGS_IN = Deferred(
    r"\boc[ \t]+login\b(?:\\\n|[^\n;&|]){0,600}?--insecure-skip-tls-verify(?:=[\"']?true\b|(?=[\s\"';&|]|$))"
    r"(?:\\\n|[^\n;&|]){0,400}"
)
_SENT = Deferred(
    r"(?:--token|--password|-p)[= \t]{1,3}[\"']?(?:\$\{\{\s{0,9}secrets\.(\w{1,100})|\$\{?([A-Za-z_]\w{0,100}))"
)
_ON_THE_MACHINE = Deferred(r"//(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?=[:/\s\"']|$)")


def sent_unverified(step: Node, reference: Reference | None) -> Fact[str]:
    """The credential that a step sends to a server it does not check, by its name; None where it sends none so."""
    if reference is not None:
        login = _ACTIONS.get(reference.repository)
        return _by_action(step["with"], login) if login is not None else None
    text = step.value_under("run")
    return _by_script(step["run"], text) if isinstance(text, str) and _OPTION in text else None


def _by_action(inputs: Node, login: _Login) -> Fact[str]:
    switch, server = inputs[login.unchecked], inputs.value_under(login.server)
    if not switch.exists or str(switch.value).strip().lower() != "true":
        return None
    if isinstance(server, str) and _ON_THE_MACHINE.search(server):
        return None
    names = (name for key in login.sent for name in _secrets_in(inputs.value_under(key)))
    name = next(names, None)
    return Known(name, switch.at) if name is not None else None


def _secrets_in(value: object) -> list[str]:
    terms = (parse(part.source) for part in embedded(value)) if isinstance(value, str) else ()
    found = (context.path for term in terms if term is not None for context in contexts(term))
    return [path[1].upper() for path in found if path[0] == "secrets" and len(path) > 1]


def _by_script(run: Node, text: str) -> Fact[str]:
    for command in _LOGS_IN.finditer(text):
        sent = _SENT.search(command[0])
        if sent is not None and _ON_THE_MACHINE.search(command[0]) is None:
            start = command.start() + command[0].index(_OPTION)
            return Known(sent[1] or sent[2], run.at.within_text(start, start + len(_OPTION)))
    return None
