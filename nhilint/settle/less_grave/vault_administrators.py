"""Which policies of Vault say that they are administrators', and whether Terraform hands one out by a reference.

Who administers Vault, or a child namespace of it, writes policies: that is what the policy is for. One says so by its
name, whose last word is `admins`; by a name that says it manages policies, where policies are all that it decides over;
or by a name that ends in `root` or `admin` and all that an administrator has: policies, ways to sign in, stores, and
audit devices or identities. An administrator of one thing whose policy writes policies besides is none of them.
Source, known, page not re-read: https://developer.hashicorp.com/vault/tutorials/policies/policies (its policy of an
administrator has these paths).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.settle.own_words import first_texts
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.vocabulary.policy import Policy
    from nhilint.tree import Tree

OF_ADMINISTRATORS = "by its name it is an administrators' policy, and nothing here holds it"
_OF_PEOPLE = Deferred(r"(?:^|[-_ ])(?:admins|administrators)$", flags=re.IGNORECASE)
_OF_POLICIES = Deferred(r"^(?:acl[-_ ])?polic(?:y|ies)[-_ ](?:admin(?:istrator)?|manager)s?$", flags=re.IGNORECASE)
_OF_ALL = Deferred(r"[-_ ](?:root|admin|administrator)$", flags=re.IGNORECASE)
_POLICIES = ("sys/policies/", "sys/policy")
_MANAGED = (_POLICIES, ("auth/", "sys/auth"), ("sys/mounts",), ("sys/audit", "identity/"))
_BLOCK = Deferred(r'^resource "vault_policy" "([\w-]+)" \{$[^}]{0,2000}^\}', flags=re.MULTILINE)
_MOST = 2_000


def is_of_administrators(name: str, policy: Policy) -> bool:
    """Whether a policy says so."""
    if _OF_PEOPLE.search(name):
        return True
    gives = value_of(policy.gives_rights) or ()
    if _OF_POLICIES.search(name):
        return bool(gives) and all(one.startswith(_POLICIES) for one in gives)
    ruled = {path for rule in known_records(policy.rules) for path in value_of(rule.resources) or ()}
    return _OF_ALL.search(name) is not None and all(any(one.startswith(some) for one in ruled) for some in _MANAGED)


def is_referred_to(name: str, own: str, tree: Tree) -> bool:
    """Whether Terraform names the policy that it makes of a file, or by a name, elsewhere by a reference to it."""
    texts = [text for _, text in first_texts(tree, lambda path: path.endswith((".tf", ".tofu")), _MOST)]
    named = re.compile(rf'"(?:{re.escape(name)}|[^"\n]*{re.escape(own.rpartition("/")[2])})"')
    labels = {match[1] for text in texts for match in _BLOCK.finditer(text) if named.search(match[0])}
    if not labels:
        return False
    referring = re.compile(rf"\bvault_policy\.(?:{'|'.join(map(re.escape, sorted(labels)))})\b")
    return any(referring.search(text) for text in texts)
