"""Which roles of other modules and templates a principal may become, and where that cannot be told."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

OWN = "${data.aws_caller_identity.current.account_id}"
ACCOUNT = "111122223333"


def role(label, name, trusted, *, admin=False, policy=None):
    principal = json.dumps(trusted)
    trust = f'{{Statement = [{{Effect = "Allow", Action = "sts:AssumeRole", Principal = {principal}}}]}}'
    text = f'resource "aws_iam_role" "{label}" {{\n  name = "{name}"\n  assume_role_policy = jsonencode({trust})\n'
    if admin:
        text += '  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]\n'
    if policy:
        text += f"  inline_policy {{\n    policy = jsonencode({{Statement = [{json.dumps(policy)}]}})\n  }}\n"
    return text + "}\n"


def chains(**files):
    tree = MemoryTree({name.replace("__", "/").replace("_tf", ".tf"): text.encode() for name, text in files.items()})
    gathered = gather(tree, Settings(root=Path("repository"), now=datetime(2026, 11, 22, tzinfo=UTC), use_cache=False))
    return {
        resource.name: [value_of(chain.end) for chain in known_records(resource.facts.role_chains)]
        for resource in link(gathered.resources)
        if resource.kind == "identity"
    }


def arn(name, account=ACCOUNT):
    return f"arn:aws:iam::{account}:role/{name}"


LAMBDA = {"Service": "lambda.amazonaws.com"}
WORKER = role("w", "worker", LAMBDA)


def test_a_role_that_another_module_admits_by_its_arn_leads_there():
    for account in (ACCOUNT, OWN):
        end = role("end", "platform-admin", {"AWS": arn("worker", account)}, admin=True)
        assert chains(a__main_tf=end, b__main_tf=WORKER)["worker"] == ["platform-admin"]


def test_a_way_over_three_modules_is_followed():
    middle = role("m", "middle", {"AWS": arn("worker")})
    end = role("end", "platform-admin", {"AWS": arn("middle")}, admin=True)
    found = chains(a__main_tf=end, b__main_tf=WORKER, c__main_tf=middle)
    assert found == {"platform-admin": [], "worker": ["platform-admin"], "middle": ["platform-admin"]}


def test_a_permission_on_the_full_arn_meets_a_role_open_to_its_account():
    end = role("end", "platform-admin", {"AWS": arn("", OWN).replace("role/", "root")}, admin=True)
    allowed = {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": arn("platform-admin", OWN)}
    worker = role("w", "worker", LAMBDA, policy=allowed)
    assert chains(a__main_tf=end, b__main_tf=worker)["worker"] == ["platform-admin"]
    everything = role("w", "worker", LAMBDA, policy={**allowed, "Resource": "*"})
    assert chains(a__main_tf=end, b__main_tf=everything)["worker"] == []


def test_a_name_that_two_modules_declare_means_neither():
    end = role("end", "platform-admin", {"AWS": arn("worker")}, admin=True)
    found = chains(a__main_tf=end, b__main_tf=WORKER, c__main_tf=WORKER)
    assert found["worker"] == []


def test_arns_of_two_accounts_mean_nobody_here():
    end = role("end", "platform-admin", {"AWS": [arn("worker"), arn("worker", "444455556666")]}, admin=True)
    assert chains(a__main_tf=end, b__main_tf=WORKER)["worker"] == []


def test_a_role_that_belongs_to_another_account_is_not_meant():
    end = role("end", "platform-admin", {"AWS": arn("worker")}, admin=True)
    provider = "arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com"
    other = role("w", "worker", {"Federated": provider})
    assert chains(a__main_tf=end, b__main_tf=other)["worker"] == []


def test_a_label_is_no_name():
    end = role("end", "platform-admin", {"AWS": arn("w")}, admin=True)
    unnamed = WORKER.replace('  name = "worker"\n', "")
    assert chains(a__main_tf=end, b__main_tf=unnamed)["w"] == []


def test_an_example_does_not_lead_to_what_runs():
    end = role("end", "platform-admin", {"AWS": arn("worker")}, admin=True)
    assert chains(a__main_tf=end, examples__main_tf=WORKER)["worker"] == []


def test_a_template_and_a_module_are_joined():
    template = {
        "Resources": {
            "End": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "RoleName": "platform-admin",
                    "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
                    "AssumeRolePolicyDocument": {
                        "Statement": [
                            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": arn("worker")}}
                        ]
                    },
                },
            }
        }
    }
    assert chains(**{"stack.json": json.dumps(template), "b__main_tf": WORKER})["worker"] == ["platform-admin"]
