"""Who brings secrets into a cluster is known by its name, or by the accounts that alone become it."""

from __future__ import annotations

import pytest

from nhilint.formats.secret_operators import brings_secrets
from nhilint.model.fact import Known, Unknown
from nhilint.model.place import Place
from nhilint.model.vocabulary.trust import Trust

AT = Place("main.tf", ())


def way(*subjects: str) -> Trust:
    return Trust(at=AT, subjects=Known(subjects, AT) if subjects else None)


@pytest.mark.parametrize(
    "name", ["external-secrets", "prod-ext-secrets-platform", "sa-eso-controller", "ExternalSecrets"]
)
def test_a_name_says_so(name: str) -> None:
    assert brings_secrets(name, (), AT).value


@pytest.mark.parametrize("name", ["next-secrets", "esoteric", "secrets", "text-secrets-reader", "aeso"])
def test_other_names_do_not(name: str) -> None:
    assert not brings_secrets(name, (), AT).value


def test_accounts_of_the_operator_alone_say_so() -> None:
    assert brings_secrets("sm", (way("system:serviceaccount:secret-infra:kubernetes-external-secrets"),), AT).value
    assert brings_secrets("sm", (way("system:serviceaccount:eso:reader"),), AT).value


@pytest.mark.parametrize(
    "trusts",
    [
        (),
        (way(),),
        (way("repo:acme/external-secrets:ref:refs/heads/main"),),
        (way("system:serviceaccount:shop:shop", "system:serviceaccount:external-secrets:external-secrets"),),
        (way("system:serviceaccount:eso:reader"), Unknown("a template", AT)),
    ],
)
def test_others_beside_it_or_nobody_known_do_not(trusts: tuple[Trust | Unknown, ...]) -> None:
    assert not brings_secrets("sm", trusts, AT).value
