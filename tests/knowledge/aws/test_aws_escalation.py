"""Escalation paths: which sets of actions open which of them, and that the data is sound."""

from __future__ import annotations

import pytest

from nhilint.knowledge.aws import (
    ActionSet,
    EscalationKind,
    all_escalations,
    complement,
    escalations,
    everything,
    is_known_service,
    matching,
    matching_any,
    simplest,
)


def ids(paths) -> list[str]:
    return [path.id for path in paths]


def test_everything_opens_every_path():
    assert escalations(everything()) == all_escalations()
    assert len(all_escalations()) == 128


def test_nothing_opens_none():
    assert escalations(ActionSet()) == ()


def test_both_halves_are_needed():
    assert ids(escalations(matching_any(["iam:PassRole", "ec2:RunInstances"]))) == ["ec2-001"]
    assert escalations(matching("iam:PassRole")) == ()
    assert escalations(matching("ec2:RunInstances")) == ()


def test_read_only_opens_none():
    assert escalations(matching_any(["s3:Get*", "s3:List*", "ec2:Describe*", "iam:Get*", "iam:List*"])) == ()


def test_all_but_iam_still_leaves_compute_to_take_over():
    kinds = {path.kind for path in escalations(complement(["iam:*", "sso:*", "sts:*"]))}
    assert EscalationKind.EXISTING_COMPUTE in kinds
    assert EscalationKind.NEW_COMPUTE not in kinds
    assert EscalationKind.SELF not in kinds


def test_a_pattern_in_the_data_needs_all_it_fits():
    assert "prowler-iamput" in ids(escalations(matching("iam:Put*")))
    assert "prowler-iamput" not in ids(escalations(matching("iam:Put*") - matching("iam:PutRolePolicy")))


def test_simplest_drops_paths_that_only_add_to_another():
    paths = escalations(matching_any(["lambda:UpdateFunctionCode", "lambda:InvokeFunction", "lambda:AddPermission"]))
    assert ids(paths) == ["lambda-003", "lambda-004", "lambda-005"]
    assert ids(simplest(paths)) == ["lambda-003"]
    assert simplest([]) == ()


NEW = [path for path in all_escalations() if path.kind is EscalationKind.NEW_COMPUTE]


@pytest.mark.parametrize("path", NEW, ids=lambda path: path.id)
def test_what_hands_any_role_over_is_not_told_as_the_lesser_way_in_it(path):
    for actions in path.requires:
        left = simplest(escalations(matching_any(actions)))
        assert EscalationKind.NEW_COMPUTE in {one.kind for one in left}
        assert EscalationKind.EXISTING_COMPUTE not in {one.kind for one in left}


def test_the_lesser_way_is_told_where_it_is_all_there_is():
    assert ids(simplest(escalations(matching_any(["batch:SubmitJob", "batch:RegisterJobDefinition"])))) == [
        "prowler-batchsubmitjob"
    ]


def test_a_rule_that_acts_as_a_role_of_the_holders_choice():
    assert ids(escalations(matching_any(["iam:PassRole", "events:PutRule", "events:PutTargets"]))) == [
        "own-events-puttargets"
    ]


def test_ids_are_unique():
    assert len({path.id for path in all_escalations()}) == len(all_escalations())


@pytest.mark.parametrize("path", all_escalations(), ids=lambda path: path.id)
def test_record(path):
    assert path.requires
    assert all(path.requires)
    actions = {action for alternative in path.requires for action in alternative}
    assert set(path.services) == {action.partition(":")[0] for action in actions}
    assert list(path.services) == sorted(path.services)
    assert all(map(is_known_service, path.services))
    assert all(list(matching(action)) == [action] or "*" in action for action in actions), "written in AWS's own case"
    assert path.name[0].isupper()
    assert not path.name.endswith(".")
    assert path.url.startswith("https://")
    assert path.needs_pass_role is ("iam:PassRole" in actions)
    if path.kind is EscalationKind.NEW_COMPUTE:
        assert path.needs_pass_role or path.services == ("cloudformation",)
    if path.kind is EscalationKind.EXISTING_COMPUTE:
        assert not path.needs_pass_role
    if path.needs_pass_role:
        assert path.needs_target, "what is handed over decides"
