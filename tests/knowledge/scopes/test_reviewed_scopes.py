"""Every scope of the reviewed providers that is judged critical or high, as exact lists.

Whoever changes a judgement in the data changes a list here, so that the change is read twice. The rules are in
docs/concepts/scopes.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nhilint.knowledge.scopes import look_up, providers
from nhilint.knowledge.scopes.catalogue import REVIEWED, entries

GOOGLE_ADDRESS = "https://www.googleapis.com/auth/"

GOOGLE_CRITICAL = """
admin.datatransfer admin.directory.domain admin.directory.group admin.directory.group.member
admin.directory.rolemanagement admin.directory.user admin.directory.user.security appengine.admin
chat.app.all.messages.readonly chrome.management.policy cloud-identity.groups cloud-identity.inboundsso
cloud-platform compute container devstorage.full_control docs drive ediscovery gmail.modify
gmail.settings.sharing https://mail.google.com/ ndev.cloudman organizationpolicy run script.projects
"""

GOOGLE_HIGH = """
admin.directory.customer admin.directory.device.chromeos admin.directory.device.mobile
admin.directory.device.mobile.action admin.directory.orgunit admin.directory.user.alias
admin.directory.user.readonly admin.directory.userschema admin.reports.audit.readonly adwords aiplatform
analytics.manage.users androidenterprise androidmanagement androidpublisher apikeys apps.alerts
apps.groups.migration apps.groups.settings apps.order bigquery bigtable.admin bigtable.admin.cluster
bigtable.admin.instance bigtable.admin.table calendar calendar.acls chat.admin.delete chat.admin.memberships
chat.admin.spaces chat.delete chat.import chat.messages chat.messages.readonly chrome.management.browsers
chrome.management.enrollmenttokens chrome.management.profiles chromewebstore cloud-backupdr
cloud-bigtable.admin cloud-bigtable.admin.cluster cloud-bigtable.admin.table cloud-billing cloud-healthcare
cloud-identity.allowlisteddomains cloud-identity.devices cloud-identity.orgunits cloud-identity.policies
cloud-platform.read-only cloud_search cloud_search.query cloudcomposer cloudkms
dataportability.chrome.autofill dataportability.chrome.history dataportability.maps.aliased_places
dataportability.maps.commute_routes dataportability.myactivity.maps dataportability.myactivity.search
dataportability.myactivity.shopping dataportability.myactivity.youtube dataportability.nest.camera_event
dataportability.nest.camera_video dataportability.youtube.private_videos dataproc datastore
devstorage.read_only devstorage.read_write discoveryengine.assist.readwrite discoveryengine.readwrite
discoveryengine.serving.readwrite display-video-user-management documents drive.meet.readonly drive.readonly
drive.scripts ediscovery.readonly firebase firebase.readonly fitness.blood_glucose.read
fitness.blood_pressure.read fitness.reproductive_health.read forms.responses.readonly genomics gmail.compose
gmail.insert gmail.readonly gmail.send gmail.settings.basic googlehealth.ecg.readonly
googlehealth.health_metrics_and_measurements.readonly googlehealth.irn.readonly
googlehealth.logged_symptoms.readonly googlehealth.reproductive_health.readonly
https://spreadsheets.google.com/feeds https://www.google.com/calendar/feeds keep keep.readonly logging.admin
meetings.conference.media.audio.readonly meetings.conference.media.readonly
meetings.conference.media.video.readonly meetings.space.readonly ndev.clouddns.readwrite notebooks
photoslibrary photoslibrary.readonly presentations pubsub script.deployments script.send_mail
script.webapp.deploy sdm.service securitycenter service.management source.full_control source.read_only
source.read_write spanner.admin spanner.data spreadsheets sqlservice.admin tagmanager.manage.users
tagmanager.publish youtube youtube.force-ssl youtubepartner
"""

SLACK_CRITICAL = """
admin admin.apps:write admin.chat:read admin.chat:write admin.conversations:write admin.roles:write
admin.teams:write admin.users:write client
"""

SLACK_HIGH = """
admin.analytics:read admin.app_activities:read admin.apps:read admin.barriers:read admin.barriers:write
admin.conversations:manage_objects admin.conversations:read admin.invites:read admin.invites:write
admin.legal_holds:read admin.legal_holds:write admin.roles:read admin.teams:read admin.usergroups:read
admin.usergroups:write admin.users:read admin.workflows:read admin.workflows:write app_configurations:write
apps auditlogs:read bot conversations.connect:manage conversations.connect:write files:write:user
hosting:write read search:read search:read.enterprise search:read.im search:read.mpim search:read.private
"""

SLACK_HIGH_AS_USER = """
canvases:read files:read files:write groups:history im:history lists:read mpim:history search:read.files
"""

GITHUB_CRITICAL = """
admin:enterprise admin:org admin:public_key administration:write delete_repo git_ssh_keys:write
manage_runners:enterprise members:write organization_administration:write
organization_custom_org_roles:write organization_custom_roles:write
organization_personal_access_token_requests:write organization_self_hosted_runners:write repo
scim:enterprise site_admin workflow workflows:write write:public_key
"""

GITHUB_HIGH = """
actions:write admin:gpg_key admin:org_hook admin:repo_hook audit_log codespace codespaces:write
codespaces_lifecycle_admin:write codespaces_secrets:write contents:write delete:packages
dependabot_secrets:write enterprise_custom_properties_for_organizations:admin environments:write
gpg_keys:write manage_billing:enterprise organization_codespaces:write organization_codespaces_secrets:write
organization_copilot_agent_settings:write organization_dependabot_secrets:write organization_hooks:write
organization_packages:write organization_personal_access_tokens:write organization_secrets:write
organization_variables:write packages:write public_repo read:audit_log repository_hooks:write
secret_scanning_alerts:read secret_scanning_alerts:write secrets:write security_events variables:write
webhooks:write write:gpg_key write:network_configurations write:org write:packages write:repo_hook
"""

GITHUB_ACTIONS_HIGH = """
actions:write contents:write packages:write write-all
"""

GOOGLE_RESTRICTED = """
chat.admin.delete chat.delete chat.import chat.messages chat.messages.readonly
drive drive.activity drive.activity.readonly drive.meet.readonly drive.metadata drive.metadata.readonly
drive.readonly drive.scripts
gmail.compose gmail.insert gmail.metadata gmail.modify gmail.readonly gmail.settings.basic gmail.settings.sharing
https://mail.google.com/
photosambient.mediaitems
fitness.activity.read fitness.activity.write fitness.blood_glucose.read fitness.blood_glucose.write
fitness.blood_pressure.read fitness.blood_pressure.write fitness.body.read fitness.body.write
fitness.body_temperature.read fitness.body_temperature.write fitness.heart_rate.read fitness.heart_rate.write
fitness.location.read fitness.location.write fitness.nutrition.read fitness.nutrition.write
fitness.oxygen_saturation.read fitness.oxygen_saturation.write fitness.reproductive_health.read
fitness.reproductive_health.write fitness.sleep.read fitness.sleep.write
googlehealth.activity_and_fitness.readonly googlehealth.activity_and_fitness.writeonly googlehealth.ecg.readonly
googlehealth.health_metrics_and_measurements.readonly googlehealth.health_metrics_and_measurements.writeonly
googlehealth.irn.readonly googlehealth.location.readonly googlehealth.nutrition.readonly
googlehealth.nutrition.writeonly googlehealth.profile.readonly googlehealth.profile.writeonly
googlehealth.settings.readonly googlehealth.settings.writeonly googlehealth.sleep.readonly
googlehealth.sleep.writeonly
"""


def judged(provider: str, sensitivity: str) -> list[str]:
    found = [entry.id for entry in entries(provider) if entry.sensitivity == sensitivity]
    return sorted(name.removeprefix(GOOGLE_ADDRESS) for name in found)


@pytest.mark.parametrize(
    ("provider", "sensitivity", "listed"),
    [
        ("google", "critical", GOOGLE_CRITICAL),
        ("google", "high", GOOGLE_HIGH),
        ("slack", "critical", SLACK_CRITICAL),
        ("slack", "high", SLACK_HIGH),
        ("github", "critical", GITHUB_CRITICAL),
        ("github", "high", GITHUB_HIGH),
        ("github-actions", "critical", ""),
        ("github-actions", "high", GITHUB_ACTIONS_HIGH),
    ],
)
def test_reviewed_list(provider, sensitivity, listed):
    assert judged(provider, sensitivity) == sorted(listed.split())


def test_what_is_worse_in_a_persons_name():
    worse = {entry.id: entry.as_user for entry in entries("slack") if entry.as_user}
    assert sorted(worse) == sorted(SLACK_HIGH_AS_USER.split())
    assert set(worse.values()) == {"high"}
    assert not any(entry.as_app for entry in entries("slack"))


def test_google_restricted_scopes():
    found = {entry.id.removeprefix(GOOGLE_ADDRESS) for entry in entries("google") if entry.restricted}
    assert found == set(GOOGLE_RESTRICTED.split())
    assert not any(entry.restricted for name in providers() if name != "google" for entry in entries(name))


@pytest.mark.parametrize(
    ("provider", "scope", "sensitivity"),
    [
        ("slack", "chat:write", "medium"),
        ("slack", "channels:history", "medium"),
        ("slack", "commands", "low"),
        ("slack", "incoming-webhook", "low"),
        ("slack", "identify", "low"),
        ("slack", "users:read", "low"),
        ("slack", "assistant:write", "low"),
        ("google", "drive.file", "low"),
        ("google", "calendar.events", "medium"),
        ("google", "script.external_request", "medium"),
        ("google", "gmail.labels", "low"),
        ("google", "userinfo.email", "low"),
        ("github", "contents:read", "medium"),
        ("github", "pull_requests:write", "medium"),
        ("github", "metadata:read", "low"),
        ("github", "secrets:read", "low"),
        ("github-actions", "id-token:write", "medium"),
    ],
)
def test_what_a_reviewer_would_not_stop_at(provider, scope, sensitivity):
    found = look_up(provider, scope)
    assert found is not None
    assert found.sensitivity == sensitivity


def test_the_examples_of_the_written_rules_are_judged_as_written():
    page = Path(__file__).parents[3] / "docs" / "concepts" / "scopes.md"
    rows = [line.split("|") for line in page.read_text("utf-8").splitlines() if line.startswith("| **")]
    judged_as_written = 0
    for _, level, _, examples, _ in rows:
        for group in examples.split(";"):
            provider = next(
                (name for name in ("slack", "github") if name.title() in group.replace("GitHub", "Github")), "google"
            )
            for scope in re.findall(r"`([^`*]+)`", group):
                found = look_up(provider, scope)
                assert found is not None, scope
                assert found.sensitivity == level.strip(" *"), scope
                judged_as_written += 1
    assert judged_as_written == 31


@pytest.mark.parametrize("provider", sorted(REVIEWED))
def test_low_and_medium_are_never_administration(provider):
    """Administration of anything but a board, a label or a device's settings is at least high."""
    mild = [
        entry.id for entry in entries(provider) if entry.access == "admin" and entry.sensitivity in {"low", "medium"}
    ]
    expected = {
        "github": ["organization_custom_properties:admin", "organization_projects:admin", "repository_projects:admin"],
    }
    assert mild == expected.get(provider, [])
