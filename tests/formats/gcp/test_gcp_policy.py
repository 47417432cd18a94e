"""Policies, deny policies and custom roles in files of their own, and Config Connector's objects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, rendered, tree_of

POLICY = """
bindings:
- role: roles/run.invoker
  members:
  - serviceAccount:caller@acme-prod.iam.gserviceaccount.com
- role: roles/iam.serviceAccountUser
  members: [serviceAccount:caller@acme-prod.iam.gserviceaccount.com, 'group:team@example.com']
  condition:
    title: later
    expression: request.time < timestamp('2027-01-01T00:00:00Z')
etag: BwX0000000A=
version: 3
"""


def read(kind="identity", **files):
    named = {name.replace("__", "."): text for name, text in files.items()}
    gathered = gather(tree_of(tuple(named.items())), Settings(root=Path(), now=WHEN))
    return {r.name: r for r in link(gathered.resources) if r.kind == kind and r.format.startswith("gcp-")}


def test_a_policy_is_told_as_a_whole_and_by_member():
    policy = read("resource_policy", project__yaml=POLICY)["project"].facts
    assert [value_of(grant.role) for grant in policy.grants] == ["roles/run.invoker", "roles/iam.serviceAccountUser"]
    assert {value_of(grant.scope_level) for grant in policy.grants} == {"project"}
    assert [value_of(p.kind) for p in policy.grants[1].principals] == ["service_account", "group"]
    assert rendered(policy.grants[1].principals[1].at) == "project.yaml#/bindings/1/members/1"
    caller = read(project__yaml=POLICY)["caller@acme-prod.iam.gserviceaccount.com"].facts
    assert value_of(caller.arn) == "caller@acme-prod.iam.gserviceaccount.com"
    assert value_of(caller.grants[1].passes_any_role) is True
    assert value_of(caller.grants[1].conditioned) is False


def test_of_the_roles_that_give_out_rights_the_one_that_hands_out_any_role_comes_first():
    member = "serviceAccount:caller@acme-prod.iam.gserviceaccount.com"
    roles = ("roles/iam.roleAdmin", "roles/run.invoker", "roles/resourcemanager.projectIamAdmin")
    text = json.dumps({"bindings": [{"role": role, "members": [member]} for role in roles]})
    caller = read(project__json=text)["caller@acme-prod.iam.gserviceaccount.com"].facts
    assert value_of(caller.managed_admin)[0].endswith("projectIamAdmin")


def test_a_policy_of_one_service_stands_on_a_resource():
    text = json.dumps({"bindings": [{"role": "roles/storage.objectViewer", "members": ["allUsers"]}]})
    policy = read("resource_policy", bucket__json=text)["bucket"].facts
    assert value_of(policy.service) == "storage"
    assert value_of(policy.grants[0].scope_level) == "resource"


def test_where_a_policy_stands_is_told_by_its_file():
    text = "bindings:\n- role: roles/pubsub.admin\n  members: ['group:a@example.com']\n"

    def scope(path):
        gathered = gather(tree_of(((path, text),)), Settings(root=Path(), now=WHEN))
        (policy,) = (r.facts for r in link(gathered.resources) if r.kind == "resource_policy")
        return value_of(policy.grants[0].scope_level)

    assert scope("iam/organization-policy.yaml") == "organization"
    assert scope("folders/finance.yaml") == "folder"
    assert scope("my-project/topics/intake.yaml") == "resource"


def test_look_alikes_are_left():
    assert read("resource_policy", keys__json='{"bindings": [{"key": "ctrl+k", "command": "x"}]}') == {}
    assert read(k8s__yaml="roleRef: x\nsubjects: []\n# role: roles/x\n") == {}
    assert read(predefined__json='{"name": "roles/run.invoker", "includedPermissions": ["run.routes.invoke"]}') == {}


def test_a_custom_role_that_nobody_has_is_told():
    text = "title: deployer\nstage: GA\nincludedPermissions:\n- iam.serviceAccounts.actAs\n- run.services.update\n"
    role = read(deployer__yaml=text)["deployer"].facts
    assert value_of(role.kind) == "policy"
    ways = {value_of(way.id): value_of(way.inherent) for way in known_records(role.escalations)}
    assert ways == {"gcp-run-update": False}
    assert read(deployer__yaml=text.replace("GA", "DISABLED")) == {}


def test_a_denial_blocks_a_way_for_everybody_but_its_exceptions():
    given = json.dumps(
        {
            "bindings": [
                {
                    "role": "roles/iam.serviceAccountKeyAdmin",
                    "members": ["serviceAccount:a@acme-prod.iam.gserviceaccount.com"],
                },
                {"role": "roles/browser", "members": ["group:x@example.com"]},
            ]
        }
    )

    def ids(**rule):
        deny = json.dumps(
            {
                "rules": [
                    {
                        "denyRule": {
                            "deniedPrincipals": ["principalSet://goog/public:all"],
                            "deniedPermissions": ["iam.googleapis.com/serviceAccountKeys.create"],
                            **rule,
                        }
                    }
                ]
            }
        )
        found = read(project__json=given, deny__json=deny)["a@acme-prod.iam.gserviceaccount.com"].facts
        return {value_of(way.id) for way in known_records(found.escalations)}

    assert ids() == {"gcp-sa-key-enable"}
    assert "gcp-sa-key-create" in ids(exceptionPrincipals=["principalSet://goog/group/admins@example.com"])
    assert "gcp-sa-key-create" in ids(denialCondition={"expression": "resource.matchTag('1/a', 'b')"})
    assert "gcp-sa-key-create" in ids(deniedPrincipals=["principalSet://goog/group/x@example.com"])


def test_a_slip_in_a_denial_is_told():
    deny = {
        "rules": [
            {"denyRule": {"deniedPrincipals": [], "deniedPermissions": ["iam.googleapis.com/serviceAccountKey.create"]}}
        ]
    }
    grant = read(deny__json=json.dumps(deny))["deny"].facts.grants[0]
    assert value_of(grant.misspelt_actions[0].nearest) == "iam.serviceAccountKeys.create"


CONNECTOR = """
apiVersion: iam.cnrm.cloud.google.com/v1beta1
kind: IAMServiceAccount
metadata: {name: agent}
---
apiVersion: iam.cnrm.cloud.google.com/v1beta1
kind: IAMPolicyMember
metadata: {name: agent-editor}
spec:
  memberFrom: {serviceAccountRef: {name: agent}}
  role: roles/editor
  resourceRef: {kind: Project, external: projects/acme-prod}
---
apiVersion: iam.cnrm.cloud.google.com/v1beta1
kind: IAMPartialPolicy
metadata: {name: agent-users}
spec:
  resourceRef: {kind: IAMServiceAccount, name: agent}
  bindings:
  - role: roles/iam.workloadIdentityUser
    members:
    - member: serviceAccount:acme-prod.svc.id.goog[agents/bot]
---
apiVersion: iam.cnrm.cloud.google.com/v1beta1
kind: IAMServiceAccountKey
metadata: {name: agent-key}
spec: {serviceAccountRef: {name: agent}}
---
apiVersion: iam.cnrm.cloud.google.com/v1beta1
kind: IAMWorkloadIdentityPoolProvider
metadata: {name: github}
spec:
  workloadIdentityPoolRef: {name: ci}
  attributeMapping: {google.subject: assertion.sub}
  oidc: {issuerUri: "https://token.actions.githubusercontent.com"}
"""


def test_objects_of_config_connector():
    found = read(iam__yaml=CONNECTOR)
    agent = found["agent"].facts
    assert [value_of(grant.role_power) for grant in agent.grants] == ["editor"]
    assert value_of(agent.trusts[0].issuer_kind) == "kubernetes"
    assert value_of(agent.trusts[0].subjects) == ("system:serviceaccount:agents:bot",)
    assert [value_of(key.name) for key in agent.credentials] == ["agent-key"]
    assert value_of(found["github"].facts.trusts[0].pool_scope) == "any"


def test_workloads_of_the_same_file_are_read_too():
    text = CONNECTOR + "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bot, namespace: agents}\n"
    gathered = gather(tree_of((("iam.yaml", text),)), Settings(root=Path(), now=WHEN))
    assert {r.format for r in gathered.resources} == {"gcp-config-connector", "kubernetes"}


@pytest.mark.parametrize(
    ("left", "setting"), [("${PROJECT_ID?}", "example"), ("${PROJECT_ID}", "production"), ("acme-prod", "production")]
)
def test_a_sample_whose_values_its_reader_was_to_replace(left, setting):
    text = CONNECTOR.replace("projects/acme-prod", f"'projects/{left}'")
    assert read(iam__yaml=text)["agent"].setting == setting


def test_a_template_of_helm():
    text = CONNECTOR.replace("role: roles/editor", "role: {{ .Values.role }}").replace(
        "metadata: {name: agent}",
        "metadata:\n  name: agent\n  {{- with .Values.labels }}\n  labels: {{ toYaml . | nindent 4 }}\n  {{- end }}",
    )
    agent = read(iam__yaml=text)["agent"].facts
    assert isinstance(agent.grants[0].role, Unknown)


def test_a_member_filled_in_later_is_unknown():
    text = CONNECTOR.replace("memberFrom: {serviceAccountRef: {name: agent}}", "member: '{{ .Values.member }}'")
    policy = read("resource_policy", iam__yaml=text)["agent-editor"].facts
    assert isinstance(policy.grants[0].principals[0], Unknown)


def test_key_files():
    from nhilint.knowledge.credentials.sample import sample

    real = sample("gcp-service-account-key", 0)
    gathered = gather(tree_of((("robot.json", real),)), Settings(root=Path(), now=WHEN))
    (key,) = gathered.resources
    assert (key.kind, key.format, value_of(key.facts.source)) == ("credential", "gcp-key-file", "literal")
    secret = json.loads(real)["private_key"]
    assert secret not in repr(key)
    empty = json.dumps(
        {**json.loads(real), "private_key": "\n".join(f"-----{edge} PRIVATE KEY-----" for edge in ("BEGIN", "END"))}
    )
    assert gather(tree_of((("robot.json", empty),)), Settings(root=Path(), now=WHEN)).resources == ()
