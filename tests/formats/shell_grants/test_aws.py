"""What command lines of the AWS CLI give, and what they do not."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import Known, Unknown, value_of
from tests.formats.shell_grants.reading import identities, shown

_ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
_ATTACHES = f"aws iam attach-role-policy --role-name bot --policy-arn {_ADMIN}"
_POLICY = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}, indent=1)
_PUTS = "aws iam put-role-policy --role-name bot --policy-name p --policy-document "


@pytest.mark.parametrize(
    "text",
    [
        _ATTACHES,
        f"aws --profile prod {_ATTACHES.removeprefix('aws ')}",
        f"aws iam detach-role-policy --role-name bot --policy-arn {_ADMIN}\n{_ATTACHES}",
        f"for p in {_ADMIN}; do {_ATTACHES.replace(_ADMIN, '$p')}; done",
    ],
)
def test_an_attached_policy(text):
    (facts,) = identities(text).values()
    assert value_of(facts.managed_admin) == (_ADMIN,)
    assert value_of(facts.name) == "bot"


@pytest.mark.parametrize(
    "text",
    [
        f"{_ATTACHES}\naws iam detach-role-policy --role-name bot --policy-arn {_ADMIN}",
        f"aws --endpoint-url http://localhost:4566 {_ATTACHES.removeprefix('aws ')} --endpoint-url=http://localhost:4566",
        f'echo "{_ATTACHES}"',
        "aws iam list-attached-role-policies --role-name bot",
        "aws iam create-role --role-name bot",
    ],
)
def test_nothing_is_attached(text):
    assert identities(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        f"{_PUTS}'{_POLICY}'",
        f"cat > /tmp/p.json <<EOF\n{_POLICY}\nEOF\n{_PUTS}file:///tmp/p.json",
        f"tee p.json > /dev/null <<'EOF'\n{_POLICY}\nEOF\n{_PUTS}file://./p.json",
        f"POLICY='{_POLICY}'\n{_PUTS}\"$POLICY\"",
        f'POLICY=$(cat <<EOF\n{_POLICY}\nEOF\n)\n{_PUTS}"$POLICY"',
    ],
)
def test_a_document_points_into_the_script(text):
    (facts,) = identities(text).values()
    (grant,) = facts.grants
    assert value_of(grant.actions) == ("s3:*",)
    assert shown(text, grant.actions).strip('"') == "s3:*"


def test_a_document_with_escaped_quotes():
    (facts,) = identities(_PUTS + json.dumps(json.dumps(json.loads(_POLICY)))).values()
    assert value_of(facts.grants[0].actions) == ("s3:*",)


@pytest.mark.parametrize(
    "text",
    [
        f"{_PUTS}file://p.json",
        f"cat > p.json <<EOF\n{{}}\nEOF\nif x; then\ncat > p.json <<EOF\n{_POLICY}\nEOF\nfi\n{_PUTS}file://p.json",
        f"cat > p.json <<EOF\n{_POLICY}\nEOF\nwhile x; do {_PUTS}file://p.json\ncat > p.json <<EOF\n{{}}\nEOF\ndone",
        f'{_PUTS}"$(jq -n .)"',
        f"{_PUTS}'{{\"Statement\": '",
    ],
)
def test_a_document_that_is_not_known(text):
    (facts,) = identities(text).values()
    assert isinstance(facts.grants[0], Unknown)


def test_variables_are_filled_into_a_here_document():
    trust = {
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Principal": {"Federated": "arn:aws:iam::$ACCOUNT:oidc-provider/token.actions.githubusercontent.com"},
                "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:${REPO}:*"}},
            }
        ]
    }
    text = (
        f"REPO=acme/web\ncat > t.json <<EOF\n{json.dumps(trust)}\nEOF\n"
        "aws iam create-role --role-name ci --assume-role-policy-document file://t.json"
    )
    (way,) = identities(text)["ci"].trusts
    assert value_of(way.subjects) == ("repo:acme/web:*",)
    assert value_of(way.subject_scope) == "repository"
    (quoted,) = identities(text.replace("<<EOF", "<<'EOF'"))["ci"].trusts
    assert value_of(quoted.subjects) == ("repo:${REPO}:*",)


@pytest.mark.parametrize("arn", ['"$ARN"', "arn:aws:iam::$ACCOUNT:policy/reads"])
def test_a_policy_that_the_script_makes(arn):
    text = (
        f"ARN=$(aws iam create-policy --policy-name reads --policy-document '{_POLICY}' --query Policy.Arn)\n"
        f"aws iam attach-user-policy --user-name bot --policy-arn {arn}"
    )
    found = identities(text)
    assert list(found) == ["bot"]
    assert value_of(found["bot"].grants[0].actions) == ("s3:*",)


def test_a_policy_that_is_attached_elsewhere():
    found = identities(f"aws iam create-policy --policy-name reads --policy-document '{_POLICY}'")
    assert value_of(found["reads"].kind) == "policy"


def test_a_key_that_replaces_another_is_rotation():
    makes = "aws iam create-access-key --user-name bot"
    (facts,) = identities(makes).values()
    assert value_of(facts.credentials[0].location) == "text"
    assert identities(f"{makes}\naws iam delete-access-key --user-name bot --access-key-id $OLD") == {}


def test_who_takes_a_role_whose_trust_is_in_another_file():
    made = "aws iam create-role --role-name {} --assume-role-policy-document file://trust.json\n"
    (named_so,) = identities(made.format("app-deployer") + _ATTACHES.replace("bot", "app-deployer")).values()
    assert isinstance(named_so.taken_by, Unknown)
    (other,) = identities(made.format("bot") + _ATTACHES).values()
    assert value_of(other.taken_by) == "anything"


def test_a_boundary_and_a_password():
    text = f"{_ATTACHES}\naws iam put-role-permissions-boundary --role-name bot --permissions-boundary arn:b"
    (facts,) = identities(text).values()
    assert isinstance(facts.boundary, Known)
    text = f"aws iam create-login-profile --user-name a\naws iam attach-user-policy --user-name a --policy-arn {_ADMIN}"
    assert value_of(identities(text)["a"].taken_by) == "people"


def test_a_file_that_is_written_anew_is_what_was_written_last():
    text = (
        f"A='{{\"Statement\": []}}'\ncat > p.json <<EOF\n$A\nEOF\naws iam create-policy --policy-name n --policy-document file://p.json\n"
        f"cat > p.json <<EOF\n{_POLICY}\nEOF\n{_PUTS}file://p.json\ncat > p.json <<EOF\n{{}}\nEOF\n"
    )
    (grant,) = identities(text)["bot"].grants
    assert value_of(grant.actions) == ("s3:*",)


def test_a_here_document_is_filled_with_what_was_set_last_before_it():
    policy = _POLICY.replace("s3:*", "${SERVICE}:*")
    text = f"SERVICE=sqs\nSERVICE=s3\ncat > p.json <<EOF\n{policy}\nEOF\nSERVICE=sns\n{_PUTS}file://p.json"
    (grant,) = identities(text)["bot"].grants
    assert value_of(grant.actions) == ("s3:*",)
