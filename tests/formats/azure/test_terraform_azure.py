"""What Azure's and Entra's blocks of a Terraform module turn into."""

from __future__ import annotations

import pytest

from nhilint.knowledge import azure
from nhilint.model.fact import Unknown
from tests.formats.azure.repository import ids, subjects, value

SUBSCRIPTION = 'data "azurerm_subscription" "main" {}\n'
LOCALS = (
    'locals {\n  group = "${data.azurerm_subscription.main.id}/resourceGroups/${var.group}"\n'
    '  groups = ["${data.azurerm_subscription.main.id}/resourceGroups/${var.group}"]\n'
    '  whole = "${data.azurerm_subscription.main.id}"\n}\n'
)
JOB = 'resource "azurerm_user_assigned_identity" "job" {\n  name = "job"\n}\n'


def assignment(label, role, scope="data.azurerm_subscription.main.id", principal="azurerm_user_assigned_identity.job"):
    return (
        f'resource "azurerm_role_assignment" "{label}" {{\n  scope = {scope}\n  role_definition_name = "{role}"\n'
        f"  principal_id = {principal}.principal_id\n}}\n"
    )


def definition(label, actions, data=(), scope="data.azurerm_subscription.main.id"):
    listed = ", ".join(f'"{action}"' for action in actions)
    on_data = ", ".join(f'"{action}"' for action in data)
    return (
        f'resource "azurerm_role_definition" "{label}" {{\n  name = "{label}"\n  scope = {scope}\n'
        f"  permissions {{\n    actions = [{listed}]\n    data_actions = [{on_data}]\n  }}\n}}\n"
    )


def given(label, role, principal="azurerm_user_assigned_identity.job"):
    return (
        f'resource "azurerm_role_assignment" "{label}" {{\n  scope = data.azurerm_subscription.main.id\n'
        f"  role_definition_id = azurerm_role_definition.{role}.role_definition_resource_id\n"
        f"  principal_id = {principal}.principal_id\n}}\n"
    )


@pytest.mark.parametrize(
    ("scope", "level"),
    [
        ("data.azurerm_subscription.main.id", "subscription"),
        ("azurerm_resource_group.site.id", "resource_group"),
        ("azurerm_storage_account.files.id", "resource"),
        ("data.azurerm_management_group.all.id", "management_group"),
        ('"/subscriptions/${var.id}"', "subscription"),
        ('"/subscriptions/${var.id}/resourceGroups/x"', "resource_group"),
        ('"/providers/Microsoft.Management/managementGroups/acme"', "management_group"),
        ('"/"', "tenant"),
        ("var.site_resource_group_id", "resource_group"),
        ("var.vnet_id", "resource"),
        ('"${data.azurerm_subscription.main.id}"', "subscription"),
        ('"${data.azurerm_subscription.main.id}/resourceGroups/${var.group}"', "resource_group"),
        ('"${data.azurerm_subscription.main.id}/resourceGroups/x/providers/Microsoft.Cache/redis/y"', "resource"),
        ('"${azurerm_resource_group.site.id}/providers/Microsoft.KeyVault/vaults/y"', "resource"),
        ('format("%s/resourceGroups/%s", data.azurerm_subscription.main.id, var.group)', "resource_group"),
        ('join("/", [data.azurerm_subscription.main.id, "resourceGroups", var.group])', "resource_group"),
        ("local.group", "resource_group"),
        ("local.groups[0]", "resource_group"),
        ("local.whole", "subscription"),
    ],
)
def test_the_level_of_a_scope(scope, level):
    found = subjects({"main.tf": SUBSCRIPTION + LOCALS + JOB + assignment("a", "Reader", scope)})
    assert value(found["job"].grants[0].scope_level) == level


@pytest.mark.parametrize(
    "scope",
    [
        '"${data.azurerm_subscription.main.id}/${var.rest}"',
        'data.azurerm_subscription.main.id == "" ? var.one : var.other',
        'var.group == "" ? data.azurerm_subscription.main.id : azurerm_resource_group.site.id',
    ],
)
def test_the_level_of_a_scope_that_a_run_decides_is_unknown(scope):
    found = subjects({"main.tf": SUBSCRIPTION + LOCALS + JOB + assignment("a", "Reader", scope)})
    assert isinstance(found["job"].grants[0].scope_level, Unknown)


def test_a_scope_that_is_a_variable_is_unknown():
    found = subjects({"main.tf": JOB + assignment("a", "Reader", "var.scope")})
    assert isinstance(found["job"].grants[0].scope_level, Unknown)


def test_roles_of_several_assignments_and_files_add_up():
    one = definition("one", ["Microsoft.Compute/virtualMachines/write"])
    other = definition("other", ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"])
    found = subjects(
        {
            "identity.tf": SUBSCRIPTION + JOB + one + given("a", "one"),
            "roles.tf": other + given("b", "other"),
        }
    )
    assert {"az-uai-assign", "az-vm-write"} <= set(ids(found["job"]))
    assert ids(found["one"]) == ids(found["other"]) == []


def test_a_path_that_one_custom_role_opens_is_told_there():
    found = subjects(
        {"main.tf": SUBSCRIPTION + JOB + definition("one", ["Microsoft.Automation/*"]) + given("a", "one")}
    )
    assert "az-automation-runbook" in ids(found["one"])
    assert ids(found["job"]) == []


def test_running_code_within_a_resource_group_is_no_escalation():
    text = JOB + assignment("a", "Virtual Machine Contributor", "azurerm_resource_group.site.id")
    assert ids(subjects({"main.tf": text})["job"]) == []


def test_giving_oneself_a_role_within_a_resource_group_is_one():
    text = JOB + assignment("a", "User Access Administrator", "azurerm_resource_group.site.id")
    found = subjects({"main.tf": text})["job"]
    assert "az-roleassignment-write" in ids(found)
    assert all(value(path.inherent) for path in found.escalations), "it is what the role is for"


def test_a_custom_role_for_groups_alone_lets_nobody_run_as_others():
    actions = ["Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write"]
    text = SUBSCRIPTION + JOB + definition("one", actions, scope="var.site_resource_group_id")
    assert ids(subjects({"main.tf": text})["one"]) == []
    text = text.replace("var.site_resource_group_id", "var.scope")
    assert ids(subjects({"main.tf": text})["one"]) == ["az-uai-federate"]


CONDITION = """((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR
(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] %s))"""


@pytest.mark.parametrize(
    ("comparison", "hands_out"),
    [
        ("ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}", False),
        (f"ForAnyOfAnyValues:GuidEquals {{{azure.OWNER}}}", True),
        (f"ForAnyOfAllValues:GuidNotEquals {{{', '.join(sorted(azure.GRANTING_ROLES))}}}", False),
        (f"ForAnyOfAllValues:GuidNotEquals {{{azure.OWNER}}}", True),
    ],
)
def test_a_condition_closes_assigning_only_where_it_names_roles(comparison, hands_out):
    text = (
        'resource "azurerm_role_assignment" "a" {\n  scope = azurerm_resource_group.site.id\n'
        '  role_definition_name = "Role Based Access Control Administrator"\n'
        "  principal_id = azurerm_user_assigned_identity.job.principal_id\n"
        f"  condition = <<-EOT\n{CONDITION % comparison}\n  EOT\n}}\n"
    )
    found = subjects({"main.tf": JOB + text})["job"]
    assert value(found.grants[0].hands_out_roles) is hands_out
    assert ("az-roleassignment-write" in ids(found)) is hands_out


NARROW = CONDITION % "ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}"


def under(condition, label="a"):
    body = given(label, "giver").rstrip()[:-1]
    return f"{body}  condition = {condition}\n}}\n"


@pytest.mark.parametrize(
    ("assigned", "told", "unsure"),
    [
        (given("a", "giver"), True, False),
        (under(f"<<-EOT\n{NARROW}\n  EOT"), False, False),
        (under(f"<<-EOT\n{NARROW}\n  EOT") + given("b", "giver"), True, False),
        (under("var.condition"), False, True),
        (under("var.condition") + under(f"<<-EOT\n{NARROW}\n  EOT", "b"), False, True),
    ],
    ids=["open", "closed", "closed once", "left to the caller", "closed once, left once"],
)
def test_a_custom_role_gives_roles_where_an_assignment_leaves_that_open(assigned, told, unsure):
    role = definition("giver", ["Microsoft.Authorization/roleAssignments/write"])
    found = subjects({"main.tf": SUBSCRIPTION + JOB + role + assigned})["giver"]
    assert ("az-roleassignment-write" in ids(found)) is told
    assert any(isinstance(path, Unknown) for path in found.escalations) is unsure


def test_a_condition_about_blobs_leaves_assigning_open():
    text = (
        'resource "azurerm_role_assignment" "a" {\n  scope = azurerm_resource_group.site.id\n'
        '  role_definition_name = "Owner"\n  principal_id = azurerm_user_assigned_identity.job.principal_id\n'
        "  condition = \"@Resource[Microsoft.Storage/storageAccounts:name] StringEquals 'x'\"\n}\n"
    )
    assert value(subjects({"main.tf": JOB + text})["job"].grants[0].hands_out_roles) is True


def test_each_role_of_a_literal_set_counts():
    text = (
        SUBSCRIPTION
        + JOB
        + (
            'resource "azurerm_role_assignment" "a" {\n  for_each = toset(["Reader", "Owner"])\n'
            "  scope = data.azurerm_subscription.main.id\n  role_definition_name = each.value\n"
            "  principal_id = azurerm_user_assigned_identity.job.principal_id\n}\n"
        )
    )
    found = subjects({"main.tf": text})["job"]
    assert [value(grant.role) for grant in found.grants] == ["Reader", "Owner"]
    assert value(found.admin) is True


def test_each_assignment_of_a_map_has_its_own_role_scope_and_holder():
    text = """locals {
  given = {
    wide   = { role = "Owner", on = "/subscriptions/x", to = "11111111-aaaa-4bbb-8ccc-222222222222" }
    narrow = { role = "Reader", on = "/subscriptions/x/resourceGroups/y", to = "33333333-aaaa-4bbb-8ccc-444444444444" }
  }
}
resource "azurerm_role_assignment" "a" {
  for_each             = local.given
  scope                = each.value.on
  role_definition_name = each.value.role
  principal_id         = each.value.to
}
"""
    found = subjects({"main.tf": text})
    held = {name: [(value(g.role), value(g.scope_level)) for g in facts.grants] for name, facts in found.items()}
    assert held == {
        "11111111-aaaa-4bbb-8ccc-222222222222": [("Owner", "subscription")],
        "33333333-aaaa-4bbb-8ccc-444444444444": [("Reader", "resource_group")],
    }


@pytest.mark.parametrize("path", [p for p in azure.all_escalations() if p.id.startswith("az-")], ids=lambda p: p.id)
def test_every_path_of_azure_is_found_over_two_roles(path):
    """The permissions of each path, split over two roles of one principal."""
    needed = path.requires[0]
    rights = [right for right in needed if not right.startswith("entra:")]
    directory = [right.removeprefix("entra:") for right in needed if right.startswith("entra:")]
    halves = [rights[: len(rights) // 2], rights[len(rights) // 2 :]] if len(rights) > 1 else [rights]
    text = SUBSCRIPTION + JOB
    for index, half in enumerate(halves):
        actions = [right for right in half if not right.startswith(azure.DATA)]
        data = [right.removeprefix(azure.DATA) for right in half if right.startswith(azure.DATA)]
        text += definition(f"r{index}", actions, data) + given(f"a{index}", f"r{index}")
    for name in directory:
        text += (
            f'resource "azuread_directory_role" "r" {{\n  display_name = "{name}"\n}}\n'
            'resource "azuread_directory_role_assignment" "r" {\n  role_id = azuread_directory_role.r.template_id\n'
            "  principal_object_id = azurerm_user_assigned_identity.job.principal_id\n}\n"
        )
    found = subjects({"main.tf": text})
    told = {one for name in ("job", "r0", "r1") if name in found for one in ids(found[name])}
    simpler = {p.id for p in azure.simplest(azure.escalations(set(needed).__contains__), set(needed).__contains__)}
    assert told == simpler
    assert path.id in told or path.id not in simpler


@pytest.mark.parametrize("path", [p for p in azure.all_escalations() if p.guids], ids=lambda p: p.id)
def test_every_path_of_graph_is_found_by_the_id_of_its_permission(path):
    text = (
        'data "azuread_service_principal" "graph" {\n  client_id = "00000003-0000-0000-c000-000000000000"\n}\n'
        + JOB
        + 'resource "azuread_app_role_assignment" "a" {\n'
        + f'  app_role_id = "{path.guids[0]}"\n'
        + "  principal_object_id = azurerm_user_assigned_identity.job.principal_id\n"
        + "  resource_object_id = data.azuread_service_principal.graph.object_id\n}\n"
    )
    assert ids(subjects({"main.tf": text})["job"]) == [path.id]


def test_permissions_by_name_through_the_published_ids():
    text = """
data "azuread_application_published_app_ids" "known" {}
resource "azuread_service_principal" "graph" {
  client_id    = data.azuread_application_published_app_ids.known.result.MicrosoftGraph
  use_existing = true
}
resource "azuread_application" "sync" {
  display_name = "sync"
  required_resource_access {
    resource_app_id = data.azuread_application_published_app_ids.known.result["MicrosoftGraph"]
    resource_access {
      id   = azuread_service_principal.graph.app_role_ids["Mail.Read"]
      type = "Role"
    }
    resource_access {
      id   = azuread_service_principal.graph.oauth2_permission_scope_ids["User.Read"]
      type = "Scope"
    }
    resource_access {
      id   = var.more
      type = "Role"
    }
  }
}
resource "azuread_service_principal" "sync" {
  client_id = azuread_application.sync.client_id
}
resource "azuread_app_role_assignment" "sync" {
  for_each            = toset(["RoleManagement.ReadWrite.Directory"])
  app_role_id         = azuread_service_principal.graph.app_role_ids[each.value]
  principal_object_id = azuread_service_principal.sync.object_id
  resource_object_id  = azuread_service_principal.graph.object_id
}
"""
    app = subjects({"main.tf": text}, "app")["sync"]
    known = [(value(s.id), value(s.acts_as)) for s in app.scopes if not isinstance(s, Unknown)]
    assert known == [("Mail.Read", "app"), ("User.Read", "user")]
    assert isinstance(app.scopes[2], Unknown)
    assert ids(subjects({"main.tf": text})["sync"]) == ["entra-rolemanagement"]


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ('name = "portal"', "portal"),
        ("name = var.name", "azuread_application.main of apps"),
        ("display_name = var.name", "azuread_application.main of apps"),
        ("owners = []", "azuread_application.main of apps"),
    ],
)
def test_an_app_is_called_by_the_older_name_of_the_attribute_or_by_its_place(named, shown):
    text = f'variable "name" {{}}\nresource "azuread_application" "main" {{\n  {named}\n}}\n'
    assert list(subjects({"apps/main.tf": text}, "app")) == [shown]


def test_an_app_that_may_act_as_any_mailbox_is_told_by_the_name_of_the_right():
    """The forgotten test app of the Midnight Blizzard incident, January 2024."""
    text = """
resource "azuread_application" "test_sync" {
  display_name = "test-sync"
  required_resource_access {
    resource_app_id = "00000002-0000-0ff1-ce00-000000000000"
    resource_access {
      id   = "dc890d15-9560-4a4c-9b7f-a736ec74ec40"
      type = "Role"
    }
  }
}
"""
    scope = subjects({"main.tf": text}, "app")["test_sync"].scopes[0]
    assert value(scope.id) == "full_access_as_app"
    assert value(scope.sensitivity) == "critical"


@pytest.mark.parametrize(
    ("kind", "attribute", "text", "scope"),
    [
        ("azuread_application_federated_identity_credential", "subject", "repo:acme/site:pull_request", "pull_request"),
        (
            "azuread_application_federated_identity_credential",
            "subject",
            "repo:acme@1/site@2:environment:production",
            "branch_or_environment",
        ),
        (
            "azuread_application_flexible_federated_identity_credential",
            "claims_matching_expression",
            "claims['sub'] matches 'repo:acme/*'",
            "organization",
        ),
        (
            "azuread_application_flexible_federated_identity_credential",
            "claims_matching_expression",
            "claims['sub'] matches '*'",
            "any",
        ),
        (
            "azuread_application_flexible_federated_identity_credential",
            "claims_matching_expression",
            "claims['sub'] matches 'repo:acme/*' and claims['job_workflow_ref'] matches 'acme/ci/.github/workflows/*'",
            "repository",
        ),
        (
            "azuread_application_flexible_federated_identity_credential",
            "claims_matching_expression",
            "claims['job_workflow_ref'] matches 'acme/ci/.github/workflows/deploy.yml@refs/heads/main'",
            "workload",
        ),
    ],
)
def test_how_wide_a_federated_credential_is(kind, attribute, text, scope):
    source = (
        'resource "azuread_application" "ci" {\n  display_name = "ci"\n}\n'
        f'resource "{kind}" "github" {{\n  application_id = azuread_application.ci.id\n  display_name = "github"\n'
        f'  issuer = "https://token.actions.githubusercontent.com"\n  {attribute} = "{text}"\n'
        '  audiences = ["api://AzureADTokenExchange"]\n}\n'
    )
    trust = subjects({"main.tf": source})["ci"].trusts[0]
    assert value(trust.issuer_kind) == "github"
    assert value(trust.subject_scope) == scope


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("", 730.0),
        ('end_date_relative = "4320h"', 180.0),
        ('start_date = "2026-01-01T00:00:00Z"\n  end_date = "2027-01-01T00:00:00Z"', 365.0),
    ],
)
def test_how_long_a_secret_lives(body, days):
    text = (
        'resource "azuread_application" "ci" {\n  display_name = "ci"\n}\n'
        'resource "azuread_application_password" "s" {\n  application_id = azuread_application.ci.id\n'
        f"  {body}\n}}\n"
    )
    assert value(subjects({"main.tf": text}, "app")["ci"].credentials[0].lifetime_days) == days


def test_people_and_groups_are_told_apart_from_workloads():
    text = SUBSCRIPTION + (
        'data "azuread_group" "admins" {\n  display_name = "admins"\n}\n'
        'resource "azurerm_role_assignment" "a" {\n  scope = data.azurerm_subscription.main.id\n'
        '  role_definition_name = "Owner"\n  principal_id = data.azuread_group.admins.object_id\n}\n'
        'data "azurerm_client_config" "me" {}\n'
        'resource "azurerm_role_assignment" "b" {\n  scope = data.azurerm_subscription.main.id\n'
        '  role_definition_name = "Owner"\n  principal_id = data.azurerm_client_config.me.object_id\n}\n'
    )
    found = subjects({"main.tf": text})
    assert value(found["admins"].kind) == "group"
    assert isinstance(found["whoever applies this"].kind, Unknown)


def test_the_links_of_the_first_way_stand_where_they_are_given():
    one = definition("one", ["Microsoft.Compute/virtualMachines/write"])
    other = definition("other", ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"])
    found = subjects({"main.tf": SUBSCRIPTION + JOB + one + other + given("a", "one") + given("b", "other")})["job"]
    assert {value(step.does): step.at.pointer[2] for step in found.escalation_steps} == {
        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action": "b",
        "Microsoft.Compute/virtualMachines/write": "a",
    }


def test_a_custom_role_for_one_resource_group_opens_less():
    actions = ["Microsoft.Automation/*", "Microsoft.Authorization/roleAssignments/write"]
    wide = subjects({"main.tf": SUBSCRIPTION + definition("role", actions)})["role"]
    narrow = subjects({"main.tf": definition("role", actions, scope="azurerm_resource_group.site.id")})["role"]
    assert {"az-automation-runbook", "az-roleassignment-write"} <= set(ids(wide))
    assert ids(narrow) == ["az-roleassignment-write"]


GROUP = 'data "azuread_group" "admins" {\n  display_name = "admins"\n}\n'
PUSH = definition("one", ["Microsoft.ContainerRegistry/registries/push/write"])


@pytest.mark.parametrize(
    ("assigned", "told"),
    [
        (given("a", "one"), False),
        (given("a", "one").replace("data.azurerm_subscription.main.id", "var.scope_id"), False),
        ("", True),
        (given("a", "one").replace("data.azurerm_subscription.main.id", "azurerm_resource_group.a.id"), True),
        (given("a", "one", "data.azuread_group.admins").replace("s.principal_id", "s.object_id"), True),
    ],
    ids=["wide", "open", "nobody", "group of resources", "people"],
)
def test_a_custom_role_is_news_where_something_that_is_no_person_has_it_widely(assigned, told):
    found = subjects({"main.tf": SUBSCRIPTION + JOB + GROUP + PUSH + assigned})["one"]
    assert ids(found) == ["az-acr-push"]
    assert [bool(path.inherent and path.inherent.value) for path in found.escalations] == [told]


def test_what_people_may_do_is_no_way_of_a_workload():
    held = given("a", "one", "data.azuread_group.admins").replace("s.principal_id", "s.object_id")
    found = subjects({"main.tf": SUBSCRIPTION + GROUP + PUSH + held})
    assert ids(found["admins"]) == []


def test_a_custom_role_that_gives_roles_in_one_resource_group_is_told_with_its_holder():
    role = definition("one", ["Microsoft.Authorization/roleAssignments/write"])
    held = given("a", "one").replace("data.azurerm_subscription.main.id", "azurerm_resource_group.a.id")
    found = subjects({"main.tf": SUBSCRIPTION + JOB + role + held})
    assert ids(found["job"]) == ["az-roleassignment-write"]


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("Microsoft.Authorization/roleDefinitions/write", True),
        ("Microsoft.Authorization/roleAssignments/write", True),
        ("Microsoft.ContainerRegistry/registries/push/write", False),
    ],
)
def test_a_custom_role_that_nobody_has_yet_is_told_where_it_gives_roles(action, told):
    facts = subjects({"main.tf": SUBSCRIPTION + definition("own", [action])})["own"]
    assert any(path.inherent is None for path in facts.escalations) is told


@pytest.mark.parametrize("body", ["{ properties = %s }", "jsonencode({ properties = %s })"])
def test_a_role_assignment_that_azapi_sends(body):
    properties = (
        "{ principalId = azurerm_user_assigned_identity.job.principal_id\n"
        '    roleDefinitionId = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635" }'
    )
    sent = (
        'resource "azapi_resource" "owns" {\n  type = "Microsoft.Authorization/roleAssignments@2022-04-01"\n'
        f"  parent_id = data.azurerm_subscription.main.id\n  body = {body % properties}\n}}\n"
    )
    (grant,) = subjects({"main.tf": SUBSCRIPTION + JOB + sent})["job"].grants
    assert (value(grant.role), value(grant.scope_level)) == ("Owner", "subscription")
    assert grant.role.at.pointer == ("resource", "azapi_resource", "owns", 0, "body", "properties", "roleDefinitionId")


def test_another_resource_that_azapi_sends_gives_no_role():
    sent = (
        'resource "azapi_resource" "x" {\n  type = "Microsoft.Web/sites@2022-04-01"\n  body = { properties = {} }\n}\n'
    )
    assert subjects({"main.tf": JOB + sent})["job"].grants == ()


def test_an_identity_under_a_label_that_says_nothing_is_called_by_its_name():
    assert set(
        subjects({"main.tf": JOB.replace('"job" {', '"this" {').replace('name = "job"', 'name = "id-orders"')})
    ) == {"id-orders"}
