"""Which services of a statement are told beside its ways to more privilege, and at which word."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.node import Node
from nhilint.model.fact import known_records, value_of
from nhilint.source.document import Syntax, read


def told(*lists: list[str] | str):
    stated = [{"Effect": "Allow", "Action": words, "Resource": "*"} for words in lists]
    document = Node.root(read("p.json", json.dumps({"Statement": stated}).encode(), Syntax.JSON))
    held = identity(Holding(kind="policy", name="p", at=document.at, documents=(document,)))
    rest = [one for one in known_records(held.whole_services) if value_of(one.besides)]
    return [(value_of(one.besides), "/".join(map(str, one.at.pointer[-3:]))) for one in rest]


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([["s3:*", "kms:*"]], [(("kms", "s3"), "0/Action/1")]),
        ([["sts:*", "ec2:*", "kms:*", "s3:*"]], [(("kms",), "0/Action/2")]),
        ([["sts:*", "ec2:*", "cognito-idp:*", "s3:*"]], []),
        ([["sts:*", "ec2:*"], ["cognito-idp:*"]], [(("cognito-idp",), "1/Action/0")]),
        ([["sts:*", "ec2:*"], "s3:*"], [(("s3",), "Statement/1/Action")]),
    ],
)
def test_what_stays_to_tell_stands_at_its_own_word(lists, expected):
    assert told(*lists) == expected
