"""Every permission of Microsoft Graph that is critical in the app's own name or in a person's, as exact lists.

Whoever changes a judgement in the data changes a list here, so that the change is read twice. The rules are in
docs/concepts/scopes.md.
"""

from __future__ import annotations

from nhilint.knowledge.scopes import look_up
from nhilint.knowledge.scopes.catalogue import entries

AS_APP = """
AgentIdentity.Create.All AgentIdentity.ReadWrite.All AgentIdentityBlueprint.AddRemoveCreds.All
AgentIdentityBlueprint.ReadWrite.All AppRoleAssignment.ReadWrite.All Application.ReadWrite.All
BackupRestore-Configuration.ReadWrite.All BackupRestore-Control.ReadWrite.All
BackupRestore-Restore.ReadWrite.All BitlockerKey.Read.All ChannelMessage.Read.All Chat.Read.All
Chat.ReadWrite.All ChatMessage.Read.All ConsentRequest.ReadWrite.All DelegatedPermissionGrant.ReadWrite.All
DeviceLocalCredential.Read.All DeviceManagementApps.ReadWrite.All DeviceManagementConfiguration.ReadWrite.All
DeviceManagementManagedDevices.PrivilegedOperations.All DeviceManagementRBAC.ReadWrite.All
DeviceManagementScripts.ReadWrite.All Directory.ReadWrite.All Domain-InternalFederation.ReadWrite.All
Domain.ReadWrite.All EntitlementManagement.ReadWrite.All Files.Read.All Files.ReadWrite.All
Group.ReadWrite.All GroupMember.ReadWrite.All IdentityProvider.ReadWrite.All Mail-Advanced.ReadWrite.All
Mail.Read Mail.ReadWrite Mail.Send MailboxItem.Export.All MailboxItem.ImportExport.All MailboxItem.Read.All
MailboxItem.ReadWrite.All MailboxSettings.ReadWrite MutualTlsOauthConfiguration.ReadWrite.All
Notes.ReadWrite.All OnPremDirectorySynchronization.ReadWrite.All Organization.ReadWrite.All
Policy.ReadWrite.AuthenticationMethod Policy.ReadWrite.Authorization Policy.ReadWrite.ConditionalAccess
Policy.ReadWrite.ConsentRequest Policy.ReadWrite.CrossTenantAccess Policy.ReadWrite.PermissionGrant
Policy.ReadWrite.SecurityDefaults PrivilegedAccess.ReadWrite.AzureAD PrivilegedAccess.ReadWrite.AzureADGroup
PrivilegedAccess.ReadWrite.AzureResources PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup
PrivilegedAssignmentSchedule.ReadWrite.EntraAppRole PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup
PrivilegedEligibilitySchedule.ReadWrite.EntraAppRole PublicKeyInfrastructure.ReadWrite.All
RoleAssignmentSchedule.ReadWrite.Directory RoleEligibilitySchedule.ReadWrite.Directory
RoleManagement.ReadWrite.Directory RoleManagement.ReadWrite.Exchange RoleManagementPolicy.ReadWrite.Directory
RoleManagementPolicy.ReadWrite.EntraAppRole Sites.FullControl.All Sites.Manage.All Sites.Read.All
Sites.ReadWrite.All SpiffeTrustDomain.ReadWrite.All Synchronization.ReadWrite.All
TrustFrameworkKeySet.ReadWrite.All User-PasswordProfile.ReadWrite.All User.ReadWrite.All
UserAuthMethod-Email.ReadWrite.All UserAuthMethod-External.ReadWrite.All
UserAuthMethod-HardwareOATH.ReadWrite.All UserAuthMethod-MicrosoftAuthApp.ReadWrite.All
UserAuthMethod-Passkey.ReadWrite.All UserAuthMethod-Password.ReadWrite.All UserAuthMethod-Phone.ReadWrite.All
UserAuthMethod-QR.ReadWrite.All UserAuthMethod-SoftwareOATH.ReadWrite.All UserAuthMethod-TAP.ReadWrite.All
UserAuthMethod-WindowsHello.ReadWrite.All UserAuthenticationMethod.ReadWrite.All eDiscovery.Read.All
eDiscovery.ReadWrite.All
"""

AS_USER = "Directory.AccessAsUser.All Files.ReadWrite.All"


def judged(holder: str) -> set[str]:
    other = "user" if holder == "app" else "app"
    found = set()
    for entry in entries("microsoft-graph"):
        known = look_up("microsoft-graph", entry.id, holder)  # type: ignore[arg-type]
        if entry.acts_as != other and known is not None and known.sensitivity == "critical":
            found.add(entry.id)
    return found


def test_critical_application_permissions_are_the_reviewed_ones() -> None:
    assert judged("app") == set(AS_APP.split())


def test_critical_delegated_permissions_are_the_reviewed_ones() -> None:
    assert judged("user") == set(AS_USER.split())


def test_reading_team_tabs_is_no_power() -> None:
    known = look_up("microsoft-graph", "TeamsTab.Read.Group", "app")
    assert known is not None
    assert known.sensitivity == "low"


def test_service_principal_endpoints_hold_no_credentials() -> None:
    known = look_up("microsoft-graph", "ServicePrincipalEndpoint.ReadWrite.All", "app")
    assert known is not None
    assert known.sensitivity == "high"
