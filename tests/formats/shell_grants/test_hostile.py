"""Odd, broken and enormous scripts raise nothing and cost little."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.shell_grants import makefile, script
from nhilint.formats.shell_grants.claims import CLAIMS
from nhilint.source.document import Document, Syntax

_PIECES = st.sampled_from(
    [
        *("gcloud ", "projects ", "add-iam-policy-binding ", "aws iam ", "attach-role-policy ", "az role assignment "),
        *("create ", "--role", "=", "--member", "--role-name ", "--policy-arn ", "--policy-document ", "file://f "),
        *("$(", ")", "${", "}", "`", '"', "'", "\\", "\n", "\\\n", "<<EOF\n", "EOF\n", "$1", "$X ", "X=", "(", "{ "),
        *(
            "if ",
            "fi\n",
            "case x in ",
            "a) ",
            ";; ",
            "esac\n",
            "for X in a b; do ",
            "done\n",
            "f() {\n",
            "f ",
            "$$",
            "\t",
        ),
        *("((", "))", "[[ ", " ]]", "#", ">f ", "|", "&&", "\0", "é", '{"Statement": [{}]} '),
    ]
)
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=6)), max_size=60).map("".join)


def read(reader, text, claim):
    return reader.extract(Document("a/x.sh", Syntax.TEXT, text, text), claim)


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_pieces_in_any_order(text):
    read(script, text, CLAIMS[0])
    read(makefile, text, CLAIMS[1])


@pytest.mark.parametrize(
    "text",
    [
        "gcloud projects add-iam-policy-binding p --member=serviceAccount:a --role=r" + " \\\n" * 50_000,
        "gcloud " + '"' * 50_001,
        "aws iam attach-role-policy --role-name " + "$(" * 5_000,
        "f() { f; f; f; }\nf\n" * 500 + "aws iam attach-role-policy --role-name a --policy-arn b",
        "".join(f"f{n}() {{ f{n + 1}; f{n + 1}; f{n + 1}; }}\n" for n in range(60)) + "f60() { aws iam x; }\nf0\n",
        "".join(f"A{n}=$A{n + 1}$A{n + 1}\n" for n in range(60))
        + "gcloud projects add-iam-policy-binding --role=$A0 --member=$A0",
        "A=$A\ngcloud projects add-iam-policy-binding p --role=$A --member=$A",
        "L=(" + "a " * 20_000 + ')\nfor x in "${L[@]}"; do for y in "${L[@]}"; do '
        'gcloud projects add-iam-policy-binding p --role="$x$y" --member="$y$x"; done; done',
        "cat > f <<EOF\n"
        + '{"Statement": ' * 30_000
        + "\nEOF\naws iam put-role-policy --role-name a --policy-document file://f",
        "aws iam put-role-policy --role-name a --policy-document '" + "[" * 100_000 + "'",
        "cat <<EOF\n" * 2_000,
        "case x in " + "a) b ;; " * 20_000,
        "((" * 20_000,
        "${" * 20_000,
        "aws iam attach-role-policy --role-name a " + "--policy-arn b " * 5_000,
        "gcloud iam workload-identity-pools providers create-oidc p --workload-identity-pool=q --attribute-mapping="
        + "a=b," * 20_000,
        "gcloud projects add-iam-policy-binding p --member=a --role=b --condition='expression=" + "," * 50_000 + "'",
    ],
)
def test_what_is_made_to_be_slow(text):
    before = time.process_time()
    read(script, text, CLAIMS[0])
    read(makefile, "x:\n\t" + text.replace("\n", "\n\t"), CLAIMS[1])
    assert time.process_time() - before < 3
