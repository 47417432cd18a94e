"""Conditions that never hold, or always: a key that no request has, a value the key cannot take, a test that passes
where the key is missing.

Only what AWS accepts without a word is looked for; operators and elements it does not know it refuses itself. Sources,
read 2026-11-22: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html,
reference_policies_condition-single-vs-multi-valued-context-keys.html, reference_policies_condition-keys.html (what each
global key holds and when it is there) and access-analyzer-reference-policy-checks.html.
"""

from __future__ import annotations

from ipaddress import IPv4Network, ip_network
from typing import TYPE_CHECKING, Literal, NamedTuple

from nhilint.formats.aws.words import OWN_ACCOUNT, unfilled
from nhilint.knowledge import aws
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.aws.statement import Statement
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.statement import Condition

Leads = Literal["never", "always"]

_POSITIVE = Deferred(
    r"^(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|Bool|IpAddress|Numeric\w+|Date\w+)$"
)
_NEGATIVE = Deferred(r"^(?:String|Arn)Not(?:Equals|EqualsIgnoreCase|Like)$|^NotIpAddress$|^(?:Numeric|Date)NotEquals$")
_WHOLLY_LISTED = frozenset({"iam"})
"""Services whose own keys the reference has all of, so that no other is there, whatever it is called
(docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html and
docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html)."""
_EXACT = frozenset({"StringEquals", "StringEqualsIgnoreCase", "StringNotEquals", "StringNotEqualsIgnoreCase"})
_NEVER_STARRED = frozenset(
    {
        "aws:principalarn",
        "aws:sourcearn",
        "aws:principalaccount",
        "aws:sourceaccount",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceorgid",
        "aws:userid",
        "aws:username",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:requestedregion",
        "aws:principalservicename",
        "aws:calledvia",
        "aws:viaawsservice",
        "kms:viaservice",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "iam:policyarn",
        "iam:associatedresourcearn",
    }
)
"""Keys whose values hold no star, so that one under an operator of exact comparison is a mistake."""

_ACCOUNTS = frozenset({"aws:principalaccount", "aws:sourceaccount", "aws:resourceaccount"})
_ALWAYS_SENT = frozenset(
    {
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principaltype",
        "aws:userid",
        "aws:currenttime",
        "aws:epochtime",
        "aws:securetransport",
        "aws:requestedregion",
        "aws:principalisawsservice",
        "aws:viaawsservice",
        "aws:useragent",
        "aws:resourceaccount",
        "iam:passedtoservice",
    }
)
"""Single-valued keys that are never missing where they matter: what passes without them passes nothing."""

_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")

_MFA = "aws:multifactorauthpresent"


class Vain(NamedTuple):
    """A condition by which its statement does not do what it says."""

    at: Place
    leads_to: Leads
    word: str
    why: str
    meant: str | None


def vain_conditions(statement: Statement, *, keys_are_checked: bool = False) -> Iterator[Vain]:
    """The conditions of a statement that never hold, or limit nothing.

    `keys_are_checked` says that the service itself refuses keys which its requests do not have.
    """
    held = known_records(statement.conditions)
    present = {
        value_of(c.key)
        for c in held
        if value_of(c.operator) == "Null" and [v.lower() for v in value_of(c.values) or ()] == ["false"]
    }
    for condition in held:
        key, operator = value_of(condition.key) or "", value_of(condition.operator) or ""
        found = None if keys_are_checked else _of_key(statement, condition, key, operator)
        found = found or _of_value(condition, key, operator)
        found = found or _of_absence(statement, condition, key, operator, present)
        if found is not None:
            yield found


def _of_key(statement: Statement, condition: Condition, key: str, operator: str) -> Vain | None:
    """A key that no request has: nothing equals it, and whatever must not equal it passes."""
    leads = _without_the_key(operator)
    if leads is None or unfilled(key):
        return None
    if aws.is_known_condition_key(key) is False:
        near = aws.nearest_key(key)
        told = near or key.partition(":")[0] in _WHOLLY_LISTED
        named = str(condition.at.pointer[-1]) if condition.at.pointer else ""
        said = named if named.lower() == key else key
        return Vain(condition.at, leads, said, f"no service knows the key {said}", near) if told else None
    return _of_another_service(statement, condition, key, leads)


def _of_another_service(statement: Statement, condition: Condition, key: str, leads: Leads) -> Vain | None:
    if isinstance(statement.matched, Unknown) or key.startswith("aws:") or aws.is_known_condition_key(key) is not True:
        return None
    services = statement.matched.services()
    owner = key.partition(":")[0]
    if not services or owner in services or not aws.is_known_service(owner) or aws.is_sent(key, services):
        return None
    named = ", ".join(sorted(services)[:3])
    return Vain(condition.at, leads, key, f"requests to {named} do not carry {key}", None)


def _without_the_key(operator: str) -> Leads | None:
    """What a comparison comes to where the key is missing."""
    quantifier, _, rest = operator.rpartition(":")
    bare = rest.removesuffix("IfExists")
    if quantifier == "ForAllValues" or rest.endswith("IfExists") or _NEGATIVE.match(bare):
        return "always"
    return "never" if _POSITIVE.match(bare) else None


def _of_value(condition: Condition, key: str, operator: str) -> Vain | None:
    """Values of which the key has none, all of them."""
    values = value_of(condition.values)
    bare = operator.rpartition(":")[2].removesuffix("IfExists")
    if not values or any("${" in (said := value.replace(OWN_ACCOUNT, "0" * 12)) or unfilled(said) for value in values):
        return None
    negative = bool(_NEGATIVE.match(bare))
    if not negative and not _POSITIVE.match(bare):
        return None
    for holds, why, meant in (_star(key, bare, values), _form(key, bare, values), _session(key, values)):
        if holds and not _passes_without(key, condition):
            return Vain(condition.at, "always" if negative else "never", f"{key}: {values[0]}", why, meant)
    return None


def _passes_without(key: str, condition: Condition) -> bool:
    """Whether a comparison passes all requests that lack the key, which is told before what is wrong with its value."""
    return (value_of(condition.operator) or "").startswith("ForAllValues:") and key not in _ALWAYS_SENT


def _star(key: str, bare: str, values: tuple[str, ...]) -> tuple[bool, str, str | None]:
    stars = bare in _EXACT and key in _NEVER_STARRED and all("*" in _plain(value) for value in values)
    return stars, f"{bare} takes the star as a letter, which {key} never holds", _with_patterns(bare)


def _with_patterns(bare: str) -> str:
    """The operator that compares as another does and takes stars as such; those for numbers and the like have none."""
    return bare.replace("EqualsIgnoreCase", "Like").replace("Equals", "Like") if bare[:3] in ("Str", "Arn") else bare


def _form(key: str, bare: str, values: tuple[str, ...]) -> tuple[bool, str, str | None]:
    """A value that is not of the form which the key, or the operator, asks for."""
    if bare in ("IpAddress", "NotIpAddress"):
        if not any(map(_is_range, values)):
            return True, f"{bare} compares with addresses, and {values[0]} is none", None
        if key == "aws:sourceip" and all(map(_is_private, values)):
            return True, "AWS sees public addresses there, and those named are private", "aws:VpcSourceIp"
    if bare == "Bool" and not any(value.lower() in ("true", "false") for value in values):
        return True, f"Bool compares with true and false, and {values[0]} is neither", None
    if key in _ACCOUNTS and not any(_is_account(value) for value in values):
        return True, f"{key} holds the twelve digits of an account, and {values[0]} is none", None
    if key == "iam:passedtoservice" and not any("*" in v or ".amazonaws." in v for v in values):
        return True, f"{key} holds the name of a service, and {values[0]} is none", f"{values[0]}.amazonaws.com"
    return False, "", None


def _session(key: str, values: tuple[str, ...]) -> tuple[bool, str, str | None]:
    sessions = key == "aws:principalarn" and all(":assumed-role/" in value for value in values)
    return sessions, "aws:PrincipalArn holds the role itself, never a session of it", "arn:…:iam::…:role/NAME"


def _of_absence(
    statement: Statement, condition: Condition, key: str, operator: str, present: set[str | None]
) -> Vain | None:
    """A condition of an Allow that passes where the key is missing, or of a Deny that does not apply then."""
    values = tuple(value.lower() for value in value_of(condition.values) or ())
    if key == _MFA:
        return _of_second_factor(statement, condition, operator, values)
    if not operator.startswith("ForAllValues:") or key in present or key in _ALWAYS_SENT or not statement.allows:
        return None
    if _NEGATIVE.match(operator.partition(":")[2]) or aws.is_known_condition_key(key) is not True:
        return None
    if aws.type_of_key(key).startswith("Array") or not key.startswith("aws:"):
        return None
    why = f"ForAllValues passes where {key} is missing, and the key has one value at most"
    meant = operator.partition(":")[2]
    starred = any("*" in _plain(value) for value in values)
    return Vain(condition.at, "always", key, why, _with_patterns(meant) if starred else meant)


def _of_second_factor(
    statement: Statement, condition: Condition, operator: str, values: tuple[str, ...]
) -> Vain | None:
    if statement.denies and operator == "Bool" and values == ("false",):
        why = "requests signed with a lasting access key do not carry the key, so that they are not denied"
        return Vain(condition.at, "never", "aws:MultiFactorAuthPresent", why, "BoolIfExists")
    if statement.allows and operator == "BoolIfExists" and values == ("true",):
        why = "requests signed with a lasting access key do not carry the key, so that they pass"
        return Vain(condition.at, "always", "aws:MultiFactorAuthPresent", why, "Bool")
    return None


def _plain(value: str) -> str:
    """A value without the escapes of the policy language, which stand for the sign itself."""
    return value.replace("${*}", "")


def _is_range(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _is_private(text: str) -> bool:
    return _is_range(text) and any(_is_inside(text, whole) for whole in _PRIVATE)


def _is_inside(text: str, whole: str) -> bool:
    given, around = ip_network(text, strict=False), ip_network(whole)
    return isinstance(given, IPv4Network) and isinstance(around, IPv4Network) and given.subnet_of(around)


def _is_account(text: str) -> bool:
    filled = text.replace(OWN_ACCOUNT, "0" * 12)
    return "*" in filled or "?" in filled or (len(filled) == 12 and filled.isdigit())
