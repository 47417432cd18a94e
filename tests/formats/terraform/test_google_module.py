"""What the Google Cloud blocks of a Terraform module turn into, alone and put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.knowledge import gcp
from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, rendered, tree_of

ACCOUNT = 'resource "google_service_account" "agent" {\n  account_id = "triage-agent"\n  project = "acme-prod"\n}\n'
PROJECT = """
resource "google_project_iam_member" "%s" {
  project = "acme-prod"
  role    = %s
  member  = google_service_account.agent.member
}
"""


def read(files, kind="identity"):
    named = {name if "." in name else f"{name}.tf": text for name, text in files.items()}
    gathered = gather(tree_of(tuple(named.items())), Settings(root=Path(), now=WHEN))
    return [r for r in link(gathered.resources) if r.kind == kind and value_of(r.facts.provider) == "gcp"]


def agent(**files):
    return next(r.facts for r in read({"main": ACCOUNT, **files}) if r.name == "triage-agent")


def ways(identity):
    return {value_of(way.id) for way in known_records(identity.escalations)}


@pytest.mark.parametrize("listed", ["var.teams", 'toset(["blue", "red"])'])
def test_a_key_made_for_each_account_is_of_that_account(listed):
    many = (
        f'resource "google_service_account" "push" {{\n  for_each = {listed}\n  account_id = "${{each.key}}-push"\n}}\n'
    )
    keys = """
    resource "google_service_account_key" "push" {
      for_each           = google_service_account.push
      service_account_id = each.value.name
    }
    """
    found = read({"main": many + keys})
    assert found
    assert all(known_records(one.facts.credentials) for one in found)
    assert not any("behind" in one.name for one in found)


def custom(name, permissions):
    listed = ", ".join(f'"{permission}"' for permission in permissions)
    return (
        f'resource "google_organization_iam_custom_role" "{name}" {{\n  role_id = "{name}"\n  org_id = "1"\n'
        f"  permissions = [{listed}]\n}}\n"
        f'resource "google_organization_iam_member" "{name}" {{\n  org_id = "1"\n'
        f"  role = google_organization_iam_custom_role.{name}.id\n  member = google_service_account.agent.member\n}}\n"
    )


@pytest.mark.parametrize("path", gcp.all_escalations(), ids=lambda path: path.id)
def test_every_way_is_found_when_its_permissions_are_spread(path):
    """One custom role for each permission, and each role in a file of its own."""
    files = {f"part{index}": custom(f"r{index}", [p]) for index, p in enumerate(path.requires)}
    assert path.id in ways(agent(**files))


def test_a_way_that_misses_a_permission_is_none():
    held = agent(a=custom("a", ["run.services.create", "iam.serviceAccounts.actAs"]))
    assert ways(held) == set()


def test_a_way_needs_its_place():
    role = (
        'resource "google_project_iam_custom_role" "r" {\n  permissions = ["resourcemanager.folders.setIamPolicy"]\n}\n'
    )
    assert ways(agent(r=role, b=PROJECT % ("b", "google_project_iam_custom_role.r.name"))) == set()


def test_roles_by_reference_by_literal_and_for_each_are_one_identity():
    text = (
        PROJECT % ("one", '"roles/run.admin"')
        + """
resource "google_project_iam_member" "listed" {
  for_each = toset(["roles/iam.serviceAccountUser", "roles/logging.logWriter"])
  project  = "acme-prod"
  role     = each.value
  member   = "serviceAccount:triage-agent@acme-prod.iam.gserviceaccount.com"
}
"""
    )
    found = agent(roles=text)
    assert value_of(found.managed) == ("roles/run.admin", "roles/iam.serviceAccountUser", "roles/logging.logWriter")
    assert "gcp-run-create-open" in ways(found)
    assert rendered(found.grants[2].role.at) == "roles.tf#/resource/google_project_iam_member/listed/0/for_each/0/1"
    assert len([r for r in read({"main": ACCOUNT, "roles": text}) if value_of(r.facts.kind) == "service_account"]) == 1


@pytest.mark.parametrize(
    "email",
    [
        'length(google_service_account.ci) > 0 ? google_service_account.ci[0].email : ""',
        'length(google_service_account.ci) == 0 ? "" : google_service_account.ci[0].email',
        'length(google_service_account.ci.*.email) > 0 ? google_service_account.ci.*.email[0] : ""',
        'try(google_service_account.ci[0].email, "")',
        "one(google_service_account.ci[*].email)",
        'join("", google_service_account.ci[*].email)',
        'join("", google_service_account.ci.*.email)',
    ],
)
def test_an_account_that_may_not_be_made_is_met_however_it_is_asked_for(email):
    text = (
        f"locals {{\n  email = {email}\n}}\n"
        """
variable "make" {}
resource "google_service_account" "ci" {
  count      = var.make ? 1 : 0
  account_id = "ci"
}
resource "google_project_iam_member" "ci" {
  project = "acme-prod"
  role    = "roles/editor"
  member  = "serviceAccount:${local.email}"
}
"""
    )
    found = {r.name: r.facts for r in read({"main": text})}
    assert list(found) == ["ci"]
    assert value_of(found["ci"].managed) == ("roles/editor",)


def test_accounts_made_for_each_stay_apart():
    text = """
resource "google_service_account" "all" {
  for_each   = toset(["a", "b"])
  account_id = each.value
}
resource "google_project_iam_member" "a" {
  project = "acme-prod"
  role    = "roles/editor"
  member  = google_service_account.all["a"].member
}
"""
    found = {r.name: r.facts for r in read({"main": text})}
    assert len(found["a"].grants) == 1
    assert found["b"].grants == ()


def test_a_map_of_objects():
    text = """
locals { access = { one = { role = "roles/editor", to = "serviceAccount:x@acme-prod.iam.gserviceaccount.com" } } }
resource "google_project_iam_member" "all" {
  for_each = local.access
  project  = "acme-prod"
  role     = each.value.role
  member   = each.value.to
}
"""
    (found,) = read({"main": text})
    assert value_of(found.facts.grants[0].role) == "roles/editor"


def test_a_list_that_is_counted_through():
    text = """
variable "roles" { default = ["roles/editor", "roles/run.admin"] }
resource "google_project_iam_member" "all" {
  count   = length(var.roles)
  project = "acme-prod"
  role    = var.roles[count.index]
  member  = "${google_service_account.agent.member}"
}
"""
    assert value_of(agent(r=text).managed) == ("roles/editor", "roles/run.admin")


def test_policy_documents():
    text = """
data "google_iam_policy" "p" {
  binding {
    role    = "roles/owner"
    members = [google_service_account.agent.member, "user:dev@example.com"]
  }
}
resource "google_project_iam_policy" "p" {
  project     = "acme-prod"
  policy_data = data.google_iam_policy.p.policy_data
}
resource "google_storage_bucket_iam_policy" "b" {
  bucket      = "b"
  policy_data = jsonencode({ bindings = [{ role = "roles/storage.objectAdmin", members = ["allUsers"] }] })
}
"""
    found = agent(p=text)
    assert value_of(found.admin) is True
    policies = {r.name: r.facts for r in read({"main": ACCOUNT, "p": text}, "resource_policy")}
    assert set(policies) == {"google_project_iam_policy.p", "google_storage_bucket_iam_policy.b"}
    assert value_of(policies["google_storage_bucket_iam_policy.b"].grants[0].principals[0].kind) == "anyone"


def test_older_access_lists():
    text = """
resource "google_bigquery_dataset" "d" {
  dataset_id = "d"
  access {
    role          = "READER"
    special_group = "allAuthenticatedUsers"
  }
  access {
    role          = "OWNER"
    special_group = "projectOwners"
  }
}
resource "google_storage_bucket_acl" "b" {
  bucket      = "b"
  role_entity = ["READER:allUsers", "OWNER:user-dev@example.com"]
}
"""
    policies = {r.name: r.facts for r in read({"main": text}, "resource_policy")}
    assert [value_of(g.role) for g in policies["google_bigquery_dataset.d"].grants] == ["roles/bigquery.dataViewer"]
    assert [value_of(g.role) for g in policies["google_storage_bucket_acl.b"].grants] == [
        "roles/storage.legacyBucketReader"
    ]


def test_what_only_a_run_can_tell_is_unknown():
    text = 'variable "role" {}\n' + PROJECT % ("r", "var.role") + PROJECT % ("s", "module.roles.name")
    found = agent(r=text)
    assert all(isinstance(grant.role, Unknown) for grant in found.grants)
    assert any(isinstance(way, Unknown) for way in found.escalations)


def test_becoming_a_stronger_account_of_the_repository():
    text = """
resource "google_service_account" "admin" { account_id = "the-admin" }
resource "google_project_iam_member" "admin" {
  project = "acme-prod"
  role    = "roles/owner"
  member  = google_service_account.admin.member
}
resource "google_service_account_iam_member" "enter" {
  service_account_id = google_service_account.%s.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.agent.member
}
resource "google_service_account" "weak" { account_id = "the-weak" }
"""
    found = agent(s=text % "admin")
    assert ways(found) == {"gcp-sa-access-token"}
    assert "the-admin" in value_of(found.escalations[0].name) or "admin" in value_of(found.escalations[0].name)
    assert ways(agent(s=text % "weak")) == set()


def test_a_limit_on_what_may_be_given_blocks():
    text = PROJECT % ("r", '"roles/resourcemanager.projectIamAdmin"')
    limited = text.replace(
        "\n}\n",
        '\n  condition {\n    title = "t"\n    expression = "api.getAttribute(\'iam.googleapis.com/modifiedGrantsByRole\','
        " []).hasOnly(['roles/logging.viewer'])\"\n  }\n}\n",
    )
    assert value_of(agent(r=text).managed_admin) == ("roles/resourcemanager.projectIamAdmin",)
    assert value_of(agent(r=limited).managed_admin) == ()
    assert ways(agent(r=limited)) == set()


POOL = """
resource "google_iam_workload_identity_pool" "ci" { workload_identity_pool_id = "github-ci" }
resource "google_iam_workload_identity_pool_provider" "github" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.ci.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_mapping   = { "google.subject" = "assertion.sub", "attribute.repository" = "assertion.repository" }
  attribute_condition = %s
  oidc { issuer_uri = "https://token.actions.githubusercontent.com" }
}
resource "google_service_account_iam_member" "ci" {
  service_account_id = google_service_account.agent.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "%s"
}
"""
IN_LINES = """<<-EOT
    assertion.repository_owner_id == "${var.owner}" &&
    attribute.repository == "${var.owner}/site" &&
    assertion.ref == "refs/heads/main"
  EOT"""
BY_NAME = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.ci.name}/"
BY_ID = "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github-ci/"


@pytest.mark.parametrize(
    ("condition", "member", "scope"),
    [
        ("null", BY_NAME + "*", "any"),
        ("null", BY_NAME + "attribute.repository/acme/site", "repository"),
        ("\"assertion.repository_owner_id == '1'\"", BY_ID + "*", "organization"),
        ("\"assertion.repository_owner_id == '1'\"", BY_ID + "attribute.repository/acme/site", "repository"),
        ("null", BY_ID.replace("Set", "") + "subject/repo:acme/site:environment:prod", "branch_or_environment"),
        ("var.condition", BY_ID + "*", None),
        ("var.condition", BY_ID + "attribute.repository/acme/site", None),
        (IN_LINES, BY_ID + "attribute.repository/acme/site", "branch_or_environment"),
    ],
)
def test_ways_in_through_a_pool(condition, member, scope):
    trust = agent(p=POOL % (condition, member)).trusts[0]
    assert value_of(trust.issuer_kind) == "github"
    assert value_of(trust.subject_scope) == scope


ONE_OF_TWO = """join(" || ", compact([
  var.site != null ? "assertion.repository=='acme/site'" : "",
  var.docs != null ? "assertion.repository_owner_id=='${var.docs}'" : "",
]))"""
BOTH_UNSET = """
variable "site" { default = null }
variable "docs" { default = null }
locals { made = (var.site != null || var.docs != null) ? 1 : 0 }
"""


@pytest.mark.parametrize(
    ("count", "unset", "given", "scope"),
    [
        ("local.made", BOTH_UNSET, "", "organization"),
        ("var.site != null || var.docs != null ? 1 : 0", BOTH_UNSET, "", "organization"),
        ("local.made", BOTH_UNSET, 'site = "x"\n', "repository"),
        ("var.site != null ? 1 : 0", BOTH_UNSET, "", "repository"),
        ("local.other", BOTH_UNSET, "", "any"),
        ("1", BOTH_UNSET, "", "any"),
    ],
)
def test_a_condition_that_is_put_together_of_what_is_set(count, unset, given, scope):
    """Made on request, it is read as whoever has it made sets it; made anyway, as its variables are left."""
    text = (POOL % (ONE_OF_TWO, BY_NAME + "*")).replace(
        "  attribute_mapping", f"  count = {count}\n  attribute_mapping"
    )
    files = {"main": ACCOUNT, "p": text, "v": unset, "terraform.tfvars": given}
    found = next(r.facts for r in read(files) if r.name == "github")
    assert value_of(found.trusts[0].pool_scope) == scope


def test_a_pool_that_is_declared_elsewhere_is_unknown():
    trust = agent(p=POOL % ("null", BY_ID.replace("github-ci", "other") + "*")).trusts[0]
    assert isinstance(trust.subject_scope, Unknown)


@pytest.mark.parametrize(
    ("pool", "member", "scope"),
    [
        ("github-pool", "attribute.repository/acme/site", "repository"),
        ("pool", "attribute.repository/acme/site", None),
        ("github-pool", "attribute.repository/${var.repository}", None),
        ("github-pool", "attribute.environment/acme/site", None),
    ],
)
def test_a_pool_of_no_file_that_is_called_after_github(pool, member, scope):
    home = f"principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/{pool}"
    binding = f"""
resource "google_service_account_iam_member" "ci" {{
  service_account_id = google_service_account.agent.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "{home}/{member}"
}}
"""
    trust = agent(p=binding).trusts[0]
    assert value_of(trust.subject_scope) == scope
    assert isinstance(trust.audience, Unknown) or scope is None


def test_a_workflow_signs_in_with_the_account():
    workflow = """
on: push
permissions: {id-token: write}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: google-github-actions/auth@v3
        with:
          workload_identity_provider: projects/1/locations/global/workloadIdentityPools/github-ci/providers/github
          service_account: triage-agent@acme-prod.iam.gserviceaccount.com
"""
    account = ACCOUNT.replace('  project = "acme-prod"\n', "")
    text = account + PROJECT % ("r", '"roles/owner"')
    found = read({"infra/main.tf": text, ".github/workflows/deploy.yml": workflow})
    assert value_of(found[0].facts.arn) == "triage-agent@acme-prod.iam.gserviceaccount.com"
    assert value_of(found[0].facts.admits_ci)


def test_folders_keep_their_references_apart():
    role = PROJECT % ("r", '"roles/editor"')
    found = read({"a/main.tf": ACCOUNT.replace("acme-prod", "acme-dev") + role, "b/main.tf": ACCOUNT})
    assert [len(r.facts.grants) for r in found] == [1, 0]


def test_a_role_handed_over_in_a_map_is_told_where_the_caller_writes_it():
    module = (
        'variable "accounts" {}\n'
        "locals {\n  rows = merge([for name, held in var.accounts : "
        '{ for role in held.roles : "${name}|${role}" => { name = name, role = role } }]...)\n}\n'
        'resource "google_service_account" "sa" {\n  for_each = var.accounts\n  account_id = each.key\n}\n'
        'resource "google_project_iam_member" "roles" {\n  for_each = local.rows\n  project = "acme-prod"\n'
        '  role = each.value.role\n  member = "serviceAccount:${google_service_account.sa[each.value.name].email}"\n}\n'
    )
    main = (
        'locals {\n  accounts = { deployer = { roles = ["roles/run.admin", '
        '"roles/iam.serviceAccountUser"] } }\n}\n'
        'module "oidc" {\n  source = "./modules/oidc"\n  accounts = local.accounts\n}\n'
    )
    found = read({"main.tf": main, "modules/oidc/main.tf": module})
    places = {rendered(way.at) for r in found for way in known_records(r.facts.escalations)}
    assert places == {"main.tf#/locals/0/accounts/deployer/roles/0"}


def test_a_role_that_a_data_source_looks_up_by_name():
    looked_up = 'data "google_iam_role" "all" {\n  name = "roles/owner"\n}\n'
    held = agent(roles=looked_up + PROJECT % ("all", "data.google_iam_role.all.name"))
    assert [value_of(grant.role) for grant in held.grants] == ["roles/owner"]


@pytest.mark.parametrize(("label", "name"), [("this", "runner-…"), ("agent", "agent")])
def test_a_name_known_in_part_says_more_than_a_label_that_says_nothing(label, name):
    account = f'variable "env" {{}}\nresource "google_service_account" "{label}" {{\n  account_id = "runner-${{var.env}}"\n}}\n'
    given = PROJECT.replace(".agent.", f".{label}.") % ("all", '"roles/owner"')
    assert [one.name for one in read({"main": account + given})] == [name]


def test_a_pool_whose_name_is_open_in_part_is_the_one_that_is_written_alike():
    pool = """
variable "place" {}
resource "google_iam_workload_identity_pool" "ci" {
  workload_identity_pool_id = "ci-${var.place}"
}
resource "google_iam_workload_identity_pool_provider" "ci" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.ci.workload_identity_pool_id
  workload_identity_pool_provider_id = "github"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}
resource "google_service_account_iam_member" "enter" {
  service_account_id = google_service_account.agent.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci-${var.place}/*"
}
"""
    (way,) = agent(pool=pool).trusts
    assert (value_of(way.issuer_kind), value_of(way.subject_scope)) == ("github", "any")


@pytest.mark.parametrize(("name", "taker"), [("terraform", "deployment"), ("triage-agent", "anything")])
def test_an_account_called_after_terraform_builds_infrastructure(name, taker):
    account = ACCOUNT.replace("triage-agent", name)
    (found,) = read({"main": account})
    assert value_of(found.facts.taken_by) == taker


def test_a_key_made_for_each_account_by_its_id_is_that_accounts():
    main = """
locals {
  accounts = { deployer = "d", archiver = "a" }
}
resource "google_service_account" "sa" {
  for_each   = local.accounts
  account_id = "prod-${each.key}"
}
resource "google_service_account_key" "keys" {
  for_each           = local.accounts
  service_account_id = google_service_account.sa[each.key].account_id
}
resource "google_service_account_key" "other" {
  service_account_id = module.elsewhere.email
}
"""
    holders = {found.name for found in read({"main": main}) if found.facts.credentials}
    assert holders == {"prod-deployer", "prod-archiver", "the account behind other"}


MANAGER = """
resource "google_project_iam_custom_role" "manager" {
  role_id     = "authServiceAccountManager"
  permissions = ["iam.serviceAccountKeys.create"]
}
module "auth" {
  source = "./secret"
  name   = "auth"
  roles  = ["projects/${var.project}/roles/ROLE", "cloudprofiler.agent"]
}
"""
GIVEN = """
resource "google_service_account" "own" {
  account_id = "gsa-${var.name}"
}
resource "google_project_iam_member" "own" {
  for_each = toset(var.roles)
  project  = "acme-prod"
  role     = startswith(each.key, "projects/") ? each.key : "roles/${each.key}"
  member   = google_service_account.own.member
}
variable "name" {}
variable "roles" {}
"""


@pytest.mark.parametrize(("role", "found"), [("authServiceAccountManager", 1), ("another", 0)])
def test_a_role_of_the_own_project_is_known_by_its_id_whatever_the_project_is_called(role, found):
    identities = read({"infra/main.tf": MANAGER.replace("ROLE", role), "infra/secret/main.tf": GIVEN})
    account = next(r.facts for r in identities if r.name == "gsa-auth")
    known = {role} if found else {None}
    assert {value_of(grant.role) for grant in account.grants} == {"roles/cloudprofiler.agent", *known}
    assert len(known_records(account.escalations)) == found


CALLED = """
variable "generate_key" { default = false }
resource "google_service_account" "this" { account_id = var.name }
resource "google_service_account_key" "this" {
  count              = var.generate_key == true ? 1 : 0
  service_account_id = google_service_account.this.name
}
resource "google_storage_hmac_key" "this" {
  count                 = var.generate_key ? 1 : 0
  service_account_email = google_service_account.this.email
}
"""


@pytest.mark.parametrize(
    ("caller", "made"),
    [("", 0), ("generate_key = each.value.key", 0), ("generate_key = false", 0), ("generate_key = true", 2)],
)
def test_a_key_that_a_module_leaves_to_its_callers_is_made_where_one_asks_for_it(caller, made):
    call = f'module "bot" {{\n  source = "./account"\n  name = var.bot\n  {caller}\n}}\n'
    identities = read({"infra/main.tf": call if caller else "", "infra/account/main.tf": CALLED})
    assert sum(len(known_records(one.facts.credentials)) for one in identities) == made
    assert not any(one.name == "this" for one in identities)


def test_a_role_whose_id_is_filled_in_later_is_called_by_its_label():
    role = (
        'variable "suffix" {}\nresource "google_project_iam_custom_role" "runner" {\n'
        '  role_id = "${replace(var.suffix, "-", "_")}Of"\n  permissions = ["run.jobs.run"]\n}\n'
    )
    held = agent(r=role, b=PROJECT % ("b", "google_project_iam_custom_role.runner.name"))
    assert [value_of(grant.name) for grant in known_records(held.grants)] == ["runner"]


LOOP = """
locals {
  accounts = [{ name = "reader", roles = ["roles/browser"] }, { name = "writer", roles = [] }]
  rows = flatten([for one in ROWS : [for role in one.roles : {
    email = google_service_account.sa[one.name].email, role = role
  }]])
}
resource "google_service_account" "sa" {
  for_each   = toset(local.accounts[*].name)
  account_id = each.key
}
resource "google_organization_iam_member" "sa" {
  for_each = { for row in local.rows : row.role => row }
  org_id   = "1"
  role     = each.value.role
  member   = "serviceAccount:${each.value.email}"
}
"""


@pytest.mark.parametrize("index", ["one.name", "var.chosen"])
def test_an_account_that_a_loop_picks_is_never_called_after_the_loop(index):
    text = LOOP.replace("ROWS", "local.accounts").replace("sa[one.name]", f"sa[{index}]")
    (policy,) = read({"main": text}, kind="resource_policy")
    names = {value_of(one.called) for grant in policy.facts.grants for one in known_records(grant.principals)}
    assert names == {"sa.reader" if index == "one.name" else "sa"}


@pytest.mark.parametrize(
    ("declared", "at"), [("", "main.tf#/resource/google_storage_hmac_key/k/0"), (ACCOUNT, "main.tf#/resource")]
)
def test_an_account_that_no_block_makes_stands_by_its_key(declared, at):
    named = "google_service_account.agent.email" if declared else "var.writer"
    text = (
        f'resource "google_project_iam_member" "m" {{\n  project = "acme-prod"\n  role = "roles/browser"\n'
        f'  member = "serviceAccount:${{{named}}}"\n}}\n'
        f'resource "google_storage_hmac_key" "k" {{\n  service_account_email = {named}\n}}\n'
    )
    (found,) = read({"main": text + declared})
    assert [value_of(one.name) for one in found.facts.credentials] == ["k"]
    assert rendered(found.facts.at).startswith(at)
    assert ("hmac" in rendered(found.facts.at)) is not bool(declared)
