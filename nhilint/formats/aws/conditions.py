"""The `Condition` element: what it compares, and whether that narrows anything.

Source: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
reference_policies_condition-keys.html, partly re-read 2026-11-22; lambda:FunctionUrlAuthType from
docs.aws.amazon.com/lambda/latest/dg/urls-auth.html, same day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import KnownInPart
from nhilint.formats.aws.words import compared
from nhilint.model.fact import Known, Unknown, known_records
from nhilint.model.vocabulary.statement import Condition
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many

_EVERYTHING = frozenset({"*", "0.0.0.0/0", "::/0"})
_NOT_NARROWING_KEYS = frozenset(
    {
        "aws:securetransport",
        "s3:tlsversion",
        "aws:requestedregion",
        "aws:currenttime",
        "aws:epochtime",
        "aws:resourceaccount",  # a policy is used in its own account anyway
        "aws:resourceorgid",
        "aws:useragent",
        "aws:referer",  # both are the caller's to choose
    }
)
_OWNER = "aws:resourceaccount"
"""Of those, whose a resource is: that it is not one's own leaves what others own, who decide for themselves."""
_THROUGH_ANOTHER = frozenset({"aws:calledvia", "aws:calledviafirst", "aws:calledvialast"})
_BY_STACKS = "cloudformation.amazonaws.com"
_OF_THE_CALLER = Deferred(r"[$&]\{\s*aws:Principal(?:OrgID|OrgPaths|Account)\s*\}", flags=re.IGNORECASE)
"""What belongs to whoever calls: to equal it, a resource has to stand in the caller's organisation or account."""
_WHERE_THE_RESOURCE_STANDS = ("aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths")
MET_BY_STRANGERS = frozenset(
    {"aws:multifactorauthpresent", "aws:multifactorauthage", "aws:principaltype", "sts:rolesessionname"}
)
"""What a caller of any account has, or gives itself: it says how somebody enters and not who."""
_LACKED_BY_STRANGERS = frozenset({"aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount", "aws:sourcearn"})
"""What the request of an account without an organisation, or of somebody who calls by themselves, does not carry."""
_EXCLUDING = ("StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike", "ArnNotEquals", "ArnNotLike")
_OF_ANY_ACCOUNT = Deferred(r"^arn:[^:]+:(?:iam|sts)::\*:")
_FROM_ANY_ACCOUNT = Deferred(r"^arn:[^:]+:[^:]+:[^:]*:\*:\*?$")
_OPERATOR = Deferred(
    r"^(?:For(?:All|Any)Values?:)?(?:String|Arn|Bool|Null|Numeric|Date|Binary|(?:Not)?IpAddress)[A-Za-z]*$"
)
_NEGATED = ("StringNotEquals", "StringNotLike", "ArnNotEquals", "ArnNotLike", "NotIpAddress", "NumericNotEquals")
_PASSED_TO = "iam:passedtoservice"


def conditions(node: Node) -> Many[Condition]:
    """Every comparison of a `Condition` element; all of them must hold."""
    if not node.exists:
        return ()
    if not node.is_mapping and not isinstance(node, KnownInPart):
        return Unknown("not a mapping", node.at)
    return tuple(_conditions(node))


def _conditions(node: Node) -> Iterator[Condition | Unknown]:
    stated = node.part if isinstance(node, KnownInPart) else node
    for operator, keys in stated.entries():
        told = keys.part if isinstance(keys, KnownInPart) else keys
        if keys.exists and not keys.is_mapping:
            yield Unknown("filled in elsewhere", keys.at)
        for key, values in told.entries():
            yield Condition(
                at=values.at,
                operator=Known(operator, keys.at),
                key=Known(key.lower(), values.at),
                values=compared(values),
            )
    if stated is not node:
        yield Unknown("filled in elsewhere", node.at)


def is_operator(text: str) -> bool:
    """Whether a text is how AWS spells a comparison, and no template of one."""
    return _OPERATOR.match(text) is not None


def unread_condition(many: Many[Condition]) -> Unknown | None:
    """What of the conditions cannot be read, and may ask for anything."""
    return many if isinstance(many, Unknown) else next((one for one in many if isinstance(one, Unknown)), None)


def narrows(many: Many[Condition], *, names_callers: bool = False) -> Fact[bool]:
    """Whether at least one comparison really limits who or what is meant; unknown where only an unread one may.

    `names_callers` says that the statement stands at a resource or role and says who may come.
    """
    if isinstance(many, Unknown):
        return many
    for condition in known_records(many):
        if condition_narrows(condition) or (names_callers and _asks_for_the_same_owner(condition)):
            return Known(value=True, at=condition.at)
    if not many:
        return None
    return unread_condition(many) or Known(value=False, at=many[0].at)


def keeps_strangers_out(many: Many[Condition]) -> Fact[bool]:
    """The same where everybody is admitted: what a stranger can see to by itself limits nobody."""
    if isinstance(many, Unknown):
        return many
    present = {_key(c) for c in known_records(many) if _operator(c) == "Null" and c.values == Known(("false",), c.at)}
    told = tuple(c for c in many if isinstance(c, Unknown) or not _met_by_strangers(c, present))
    return narrows(told, names_callers=True) if told or not many else Known(value=False, at=many[0].at)


def _met_by_strangers(condition: Condition, present: set[str]) -> bool:
    """Whether a stranger meets a comparison: by what it chooses, by not being the one named, or by lacking the key."""
    key, operator = _key(condition), _operator(condition)
    if key in MET_BY_STRANGERS or operator == "Null" or operator.endswith(_EXCLUDING):
        return True
    if operator.endswith("IfExists") and key in _LACKED_BY_STRANGERS and key not in present:
        return True
    values = condition.values.value if isinstance(condition.values, Known) else ()
    if key == "sts:externalid":  # no secret, and here whoever reads the file knows it
        return bool(values) and not any("$" in value or "{{" in value or "<" in value for value in values)
    return key == "aws:principalarn" and any(_OF_ANY_ACCOUNT.match(value) for value in values)


def _operator(condition: Condition) -> str:
    return condition.operator.value if isinstance(condition.operator, Known) else ""


def _key(condition: Condition) -> str:
    return condition.key.value if isinstance(condition.key, Known) else ""


def condition_narrows(condition: Condition) -> bool:
    """Whether one comparison limits anything: not when it accepts every value, or holds when the key is absent."""
    operator = condition.operator.value if isinstance(condition.operator, Known) else ""
    key = _key(condition)
    values = condition.values.value if isinstance(condition.values, Known) else ()
    negated = operator.removesuffix("IfExists").endswith(_NEGATED)
    if operator.startswith("ForAllValues:") or (key in _NOT_NARROWING_KEYS and not (negated and key == _OWNER)):
        return False
    if key == "aws:tokenissuetime":
        return not operator.startswith("DateGreater")  # sessions that are younger than some day, which they all are
    if key == "lambda:functionurlauthtype":
        return "NONE" not in values
    if negated:
        return True
    return "tag/" in key or not any(value in _EVERYTHING for value in values)  # a tag must at least be there


def _asks_for_the_same_owner(condition: Condition) -> bool:
    """Whether the resource has to stand in the caller's own organisation or account, which strangers' do not."""
    values = condition.values.value if isinstance(condition.values, Known) else ()
    asked = _key(condition) in _WHERE_THE_RESOURCE_STANDS and _compares_for_likeness(_operator(condition))
    return asked and bool(values) and all(_OF_THE_CALLER.search(value) for value in values)


def names_a_source(condition: Condition) -> bool:
    """Whether a comparison with where a request comes from says for which account, bucket or the like."""
    values = condition.values.value if isinstance(condition.values, Known) else ()
    wide = (value in _EVERYTHING or _FROM_ANY_ACCOUNT.match(value) for value in values)
    return _operator(condition) != "Null" and not any(wide)


def asks_for_tags_alone(many: Many[Condition]) -> bool:
    """Whether all that a statement asks for are tags of the resource, of which somebody else decides who sets them."""
    if isinstance(many, Unknown) or not many or any(isinstance(one, Unknown) for one in many):
        return False
    narrowing = [one for one in known_records(many) if condition_narrows(one)]
    return all(_key(one).partition(":")[2].startswith("resourcetag/") for one in narrowing)


def asks_for_a_stack_alone(many: Many[Condition]) -> bool:
    """Whether all that a statement asks for is that CloudFormation makes the request for the caller, which it does for
    each stack that is made without a role of its own (docs.aws.amazon.com/IAM/latest/UserGuide/
    reference_policies_condition-keys.html, read 2026-11-22)."""
    if isinstance(many, Unknown) or any(isinstance(one, Unknown) for one in many):
        return False
    narrowing = [one for one in known_records(many) if condition_narrows(one)]
    return bool(narrowing) and all(_asks_for_a_stack(one) for one in narrowing)


def _asks_for_a_stack(condition: Condition) -> bool:
    named = condition.values.value if isinstance(condition.values, Known) else ()
    return _key(condition) in _THROUGH_ANOTHER and _compares_for_likeness(_operator(condition)) and _BY_STACKS in named


def only_passed_to(many: Many[Condition]) -> tuple[str, ...]:
    """The services that a role may be passed to, where that is all a statement asks for; empty in any other case."""
    if isinstance(many, Unknown):
        return ()
    services: tuple[str, ...] = ()
    for condition in many:
        if isinstance(condition, Unknown):
            return ()
        if condition.key != Known(_PASSED_TO, condition.at):
            if condition_narrows(condition):
                return ()
            continue
        operator = condition.operator.value if isinstance(condition.operator, Known) else ""
        if not isinstance(condition.values, Known) or not _compares_for_likeness(operator):
            return ()
        services += condition.values.value
    return services


def _compares_for_likeness(operator: str) -> bool:
    """Whether the operator asks that the key equals one of the values."""
    bare = operator.rpartition(":")[2].removesuffix("IfExists")
    return bare in ("StringEquals", "StringEqualsIgnoreCase", "StringLike")
