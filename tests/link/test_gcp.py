"""What several files say about one member of Google Cloud."""

from __future__ import annotations

from pathlib import Path

from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, rendered, tree_of

MEMBER = "serviceAccount:agent@acme-prod.iam.gserviceaccount.com"


def identities(files):
    gathered = gather(tree_of(tuple(files.items())), Settings(root=Path(), now=WHEN))
    found = [r for r in link(gathered.resources) if r.kind == "identity" and value_of(r.facts.provider) == "gcp"]
    return {(r.name, r.at.path): r for r in found}


def given(role, kind="project", parent='project = "acme-prod"'):
    return f'resource "google_{kind}_iam_member" "m" {{\n  {parent}\n  role = "{role}"\n  member = "{MEMBER}"\n}}\n'


def test_roles_of_different_formats_add_up():
    files = {
        "infra/main.tf": given("roles/run.admin"),
        "policies/project.yaml": f"bindings:\n- role: roles/iam.serviceAccountUser\n  members: ['{MEMBER}']\n",
    }
    (found,) = identities(files).values()
    way = next(w for w in known_records(found.facts.escalations) if value_of(w.id) == "gcp-run-update")
    assert value_of(way.actions) == ("run.services.update", "iam.serviceAccounts.actAs")
    steps = known_records(found.facts.escalation_steps)
    assert [rendered(step.at) for step in steps] == [
        "infra/main.tf#/resource/google_project_iam_member/m/0/role",
        "policies/project.yaml#/bindings/0/role",
    ]


def test_examples_share_names_and_nothing_else():
    files = {
        "examples/a/main.tf": given("roles/run.admin"),
        "examples/b/main.tf": given("roles/iam.serviceAccountUser"),
    }
    found = identities(files)
    assert [len(r.facts.grants) for r in found.values()] == [1, 1]
    assert {r.setting for r in found.values()} == {"example"}


def test_a_role_on_one_resource_adds_nothing_to_what_is_open():
    text = given("roles/iam.serviceAccountTokenCreator", "service_account", 'service_account_id = "x"')
    (found,) = (r for r in identities({"main.tf": text}).values() if r.name.startswith("agent"))
    assert found.facts.escalations == ()


def test_members_filled_in_by_each_are_not_one():
    text = given("roles/run.admin").replace(MEMBER, "serviceAccount:${each.value}")
    found = identities({"main.tf": text + text.replace('"m"', '"n"')})
    assert len(found) <= 1 or all(len(r.facts.grants) == 1 for r in found.values())


def test_two_accounts_of_one_name_take_no_address_from_a_workflow():
    account = 'resource "google_service_account" "a" { account_id = "deployer" }\n'
    workflow = (
        "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: google-github-actions/auth@v3\n        with:\n"
        "          workload_identity_provider: p\n          service_account: deployer@acme-prod.iam.gserviceaccount.com\n"
    )
    one = identities({"a/main.tf": account, ".github/workflows/w.yml": workflow})
    two = identities({"a/main.tf": account, "b/main.tf": account, ".github/workflows/w.yml": workflow})
    assert [value_of(r.facts.arn) for r in one.values()] == ["deployer@acme-prod.iam.gserviceaccount.com"]
    assert [value_of(r.facts.arn) for r in two.values()] == [None, None]


def stronger(files):
    gathered = gather(tree_of(tuple(files.items())), Settings(root=Path(), now=WHEN))
    held = [r.facts.grants for r in link(gathered.resources) if r.kind == "resource_policy"]
    principals = [p for grants in held for g in grants for p in g.principals]
    return {value_of(p.stronger_role) for p in principals}


def test_who_owns_the_project_by_a_file_of_the_same_folder_needs_nothing_else():
    tokens = given("roles/iam.serviceAccountTokenCreator")
    assert stronger({"a/main.tf": tokens, "a/owner.tf": given("roles/owner").replace('"m"', '"n"')}) == {"roles/owner"}
    assert stronger({"a/main.tf": tokens, "b/main.tf": given("roles/owner")}) == {None, "roles/owner"}
    assert stronger({"a/main.tf": tokens}) == {None}


def test_a_member_of_a_policy_is_called_by_what_the_file_says_of_it():
    text = given("roles/viewer").replace("agent@", "${var.prefix}-agent@")
    gathered = gather(tree_of((("main.tf", text),)), Settings(root=Path(), now=WHEN))
    (policy,) = (r.facts for r in link(gathered.resources) if r.kind == "resource_policy")
    (who,) = policy.grants[0].principals
    assert value_of(who.called) == "<var.prefix>-agent@acme-prod.iam.gserviceaccount.com"


def test_people_who_give_out_the_roles_of_the_same_project_need_nothing_else():
    def group(role, project="acme-prod"):
        return given(role).replace(MEMBER, "group:admins@acme.io").replace("acme-prod", project)

    users = group("roles/iam.serviceAccountUser")
    admins = "roles/resourcemanager.projectIamAdmin"
    assert stronger({"a/main.tf": users, "a/b.tf": group(admins).replace('"m"', '"n"')}) == {admins}
    assert stronger({"a/main.tf": users, "a/b.tf": group(admins, "acme-test").replace('"m"', '"n"')}) == {None, admins}
    assert stronger({"a/main.tf": users, "b/main.tf": group(admins)}) == {None, admins}
