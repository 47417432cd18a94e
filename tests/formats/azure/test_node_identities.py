"""A role for the nodes of a cluster is told of their identity, not of what made the cluster."""

from __future__ import annotations

from tests.formats.azure.repository import subjects
from tests.formats.azure.test_templates import OWNER, given, whole

CLUSTER = """
resource aks 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: 'aks'
  location: 'westeurope'
}
"""


def test_the_identity_of_the_nodes_is_called_so() -> None:
    principal = "aks.properties.identityProfile.kubeletidentity.objectId"
    found = subjects({"main.bicep": "targetScope = 'subscription'\n" + CLUSTER + given(whole(OWNER), "", principal)})
    assert any(name.startswith("kubelet identity of ") for name in found)
