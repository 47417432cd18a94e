"""What resources of the Bicep extension for Microsoft Graph turn into."""

from __future__ import annotations

from tests.formats.azure.repository import ids, subjects, value

TEXT = """
extension microsoftGraphV1
resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}
resource ci 'Microsoft.Graph/applications@v1.0' = {
  displayName: 'ci app'
  uniqueName: 'ci'
  signInAudience: 'AzureADMultipleOrgs'
  requiredResourceAccess: [
    {
      resourceAppId: '00000003-0000-0000-c000-000000000000'
      resourceAccess: [
        { id: '810c84a8-4a9e-49e6-bf7d-12d183f40d01', type: 'Role' }
      ]
    }
  ]
  resource github 'federatedIdentityCredentials@v1.0' = {
    name: '${ci.uniqueName}/github'
    audiences: ['api://AzureADTokenExchange']
    issuer: 'https://token.actions.githubusercontent.com'
    subject: 'repo:acme/site:pull_request'
  }
}
resource ciPrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: ci.appId
}
resource given 'Microsoft.Graph/appRoleAssignedTo@v1.0' = {
  principalId: ciPrincipal.id
  resourceId: graph.id
  appRoleId: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8'
}
resource owner 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: resourceGroup()
  properties: {
    principalId: ciPrincipal.id
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '8e3af657-a8ff-443c-a75c-2fe8c4bcb635')
  }
}
"""


def test_an_app_with_its_service_principal_is_one_identity():
    found = subjects({"main.bicep": TEXT})
    assert list(found) == ["ci"]
    assert value(found["ci"].kind) == "app"
    assert value(found["ci"].grants[0].role) == "Owner"
    assert value(found["ci"].trusts[0].subject_scope) == "pull_request"
    assert {"entra-rolemanagement", "az-roleassignment-write"} <= set(ids(found["ci"]))


def test_its_registration_is_an_app():
    app = subjects({"main.bicep": TEXT}, "app")["ci app"]
    assert value(app.distribution) == "public"
    assert value(app.scopes[0].id) == "Mail.Read"
    assert value(app.scopes[0].sensitivity) == "critical"
