"""What calls of Google's own modules give, make and let in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.terraform.google_modules import made_by_calls, module_of_address
from nhilint.formats.terraform.google_values import GoogleResolver
from nhilint.formats.terraform.module import Called, Module, Spot
from nhilint.model.fact import known_records, value_of
from nhilint.model.place import Place
from tests.formats.azure.repository import subjects

BOT = "serviceAccount:bot@acme-prod.iam.gserviceaccount.com"
IAM = "terraform-google-modules/iam/google//modules"
ACCOUNTS = "terraform-google-modules/service-accounts/google"
FABRIC = "github.com/GoogleCloudPlatform/cloud-foundation-fabric//modules"


def call(source, body, name="made"):
    return f'module "{name}" {{\n  source = "{source}"\n  {body}\n}}\n'


def roles(identity):
    return {(value_of(one.role), value_of(one.scope_level)) for one in known_records(identity.grants)}


def read(text, **files):
    return subjects({"infra/main.tf": text, **{f"infra/{name}.tf": more for name, more in files.items()}})


@pytest.mark.parametrize(
    ("source", "body", "level"),
    [
        (f"{IAM}/projects_iam", f'bindings = {{ "roles/editor" = ["{BOT}"] }}', "project"),
        (f"{IAM}/folders_iam", f'bindings = {{ "roles/editor" = ["{BOT}"] }}', "folder"),
        (f"{IAM}/organizations_iam", f'bindings = {{ "roles/editor" = ["{BOT}"] }}', "organization"),
        (f"{IAM}/member_iam", f'service_account_address = "{BOT[15:]}"\n  project_roles = ["roles/editor"]', "project"),
        (f"{FABRIC}/project?ref=v36.0.0", f'iam = {{ "roles/editor" = ["{BOT}"] }}', "project"),
        (f"git::https://{FABRIC}/folder", f'iam_by_principals = {{ "{BOT}" = ["roles/editor"] }}', "folder"),
        (f"{FABRIC}/project", f'iam_bindings = {{ a = {{ role = "roles/editor", members = ["{BOT}"] }} }}', "project"),
        (
            f"{FABRIC}/organization",
            f'iam_bindings_additive = {{ a = {{ role = "roles/editor", member = "{BOT}" }} }}',
            "organization",
        ),
    ],
)
def test_roles_that_a_call_gives(source, body, level):
    assert roles(read(call(source, body))["bot@acme-prod.iam.gserviceaccount.com"]) == {("roles/editor", level)}


@pytest.mark.parametrize(
    ("source", "body"),
    [
        (ACCOUNTS, 'names = ["bot"]\n  project_roles = ["acme-prod=>roles/editor"]'),
        (f"{ACCOUNTS}//modules/simple-sa", 'name = "bot"\n  project_roles = ["roles/editor"]'),
        (f"{FABRIC}/iam-service-account", 'name = "bot"\n  iam_project_roles = { "acme-prod" = ["roles/editor"] }'),
        (
            "terraform-google-modules/kubernetes-engine/google//modules/workload-identity",
            'name = "bot"\n  roles = ["roles/editor"]',
        ),
    ],
)
def test_accounts_that_a_call_makes_hold_its_roles_and_are_met_by_its_output(source, body):
    output = 'resource "google_folder_iam_member" "m" {\n  folder = "1"\n  role = "roles/viewer"\n  member = "%s"\n}\n'
    name = "gcp_service_account_email" if "workload-identity" in source else "email"
    found = read(call(source, body), more=output % f"serviceAccount:${{module.made.{name}}}")
    assert roles(found["bot"]) == {("roles/editor", "project"), ("roles/viewer", "folder")}


def test_each_of_several_accounts_has_its_own_name():
    found = read(call(ACCOUNTS, 'names = ["one", "two"]\n  project_roles = ["acme-prod=>roles/editor"]'))
    assert roles(found["one"]) == roles(found["two"]) == {("roles/editor", "project")}


def test_keys_that_a_call_makes():
    (key,) = known_records(read(call(ACCOUNTS, 'names = ["bot"]\n  generate_keys = true'))["bot"].credentials)
    assert value_of(key.type) == "gcp-service-account-key"


def test_tokens_of_github_without_a_condition_are_anybodys():
    source = "terraform-google-modules/github-actions-runners/google//modules/gh-oidc"
    body = 'pool_id = "p"\n  provider_id = "github"\n  %s'
    assert value_of(read(call(source, body % ""))["github"].trusts[0].pool_scope) == "any"
    narrow = "attribute_condition = \"assertion.repository_owner == 'acme'\""
    assert value_of(read(call(source, body % narrow))["github"].trusts[0].pool_scope) != "any"


@pytest.mark.parametrize(
    "source",
    [
        "terraform-google-modules/network/google//modules/vpc",
        f"{IAM}/audit_config",
        f"{FABRIC}/net-vpc",
        "terraform-google-modules/iam/google//modules/project",
        "acme/iam/google//modules/projects_iam",
    ],
)
def test_other_modules_are_left(source):
    assert module_of_address(source) == ""


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["roles/owner", "allUsers", "", "a=>b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["role", "members", "a"]), inner),
    max_leaves=8,
)
NAMES = ["bindings", "iam", "iam_by_principals", "iam_bindings", "conditional_bindings", "names", "name", "sa_mapping"]
NAMES += ["project_roles", "iam_project_roles", "generate_keys", "attribute_mapping", "issuer_uri", "for_each", "count"]


@given(
    st.sampled_from([f"{IAM}/projects_iam", ACCOUNTS, f"{FABRIC}/iam-service-account", f"{FABRIC}/project"])
    | st.just("terraform-google-modules/github-actions-runners/google//modules/gh-oidc"),
    st.dictionaries(st.sampled_from(NAMES), odd, max_size=6),
)
@settings(max_examples=120, deadline=None)
def test_odd_arguments_never_raise(source, body):
    module = Module()
    module.of_google.append(Called(source, body, Spot(Place("a.tf", ("module", "a", 0)))))
    list(made_by_calls(GoogleResolver(module)))
