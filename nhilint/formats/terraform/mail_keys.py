"""Access keys whose password for Amazon SES's SMTP interface a module hands on, and never their secret.

`ses_smtp_password_v4` is worked out from the secret and opens nothing but that interface. Source:
registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_access_key, partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.terraform.named_documents import texts_in
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.terraform.module import Block, Module
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.statement import Grant

_READ = Deferred(r"\baws_iam_access_key\.([\w-]+)(?:\[[^\[\]]{0,100}\])?\.(\w+)")
_FOR_MAIL = frozenset({"ses_smtp_password", "ses_smtp_password_v4"})
_OPENS_NOTHING = _FOR_MAIL | {"id", "user", "status", "create_date", "key_fingerprint"}


def with_mail_keys(facts: Identity, keys: Sequence[Block], module: Module) -> Identity:
    """A user that is given nothing in its module but mail, as a sender of mail where its keys are used for no more."""
    grants = () if isinstance(facts.grants, Unknown) else facts.grants
    only_mail = not facts.managed and not isinstance(facts.grants, Unknown) and all(map(_is_about_mail, grants))
    mail = bool(keys) and only_mail and all(_sends_mail(key, module) for key in keys)
    return replace(facts, only_sends_mail=Known(value=True, at=facts.at)) if mail else facts


def _is_about_mail(grant: Grant | Unknown) -> bool:
    actions = () if isinstance(grant, Unknown) else value_of(grant.actions) or ()
    return bool(actions) and all(action.lower().startswith("ses:") for action in actions)


def _sends_mail(key: Block, module: Module) -> bool:
    """Whether all that the module reads of a key is its password for mail."""
    every = (hit for text in _texts(module) for hit in _READ.findall(text))
    read = {attribute for label, attribute in every if label == key.label}
    return read <= _OPENS_NOTHING and not read.isdisjoint(_FOR_MAIL)


def _texts(module: Module) -> Iterator[str]:
    """All that the module writes besides its variables."""
    blocks = [block.body for block in (*module.resources.values(), *module.data.values())]
    calls = [called.body for called in (*module.calls, *module.elsewhere)]
    for value in (*module.outputs.values(), *(local.value for local in module.locals.values()), *blocks, *calls):
        yield from texts_in(value)
