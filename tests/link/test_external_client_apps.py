from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
OF = "<externalClientApplication>%s</externalClientApplication>"


def settings(scopes, name="Portal"):
    return (
        f"<ExtlClntAppOauthSettings {NAMESPACE}><commaSeparatedOauthScopes>{scopes}</commaSeparatedOauthScopes>"
        f"{OF % name}</ExtlClntAppOauthSettings>"
    )


def policies(name="Portal"):
    return (
        f"<ExtlClntAppOauthConfigurablePolicies {NAMESPACE}>{OF % name}<ipRelaxationPolicyType>Bypass"
        "</ipRelaxationPolicyType></ExtlClntAppOauthConfigurablePolicies>"
    )


def overall(name="Portal"):
    return (
        f"<ExtlClntAppGlobalOauthSettings {NAMESPACE}><callbackUrl>https://a.acme-apps.com/cb</callbackUrl>{OF % name}"
        "</ExtlClntAppGlobalOauthSettings>"
    )


def apps(**files):
    tree = MemoryTree({f"{path.replace('__', '/')}-meta.xml": text for path, text in files.items()})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    return [resource.facts for resource in link(gathered.resources) if resource.kind == "app"]


def test_the_parts_of_an_app_become_one():
    (facts,) = apps(
        x__a__p_ecaOauthPlcy=policies(), x__b__p_ecaOauth=settings("Api, RefreshToken"), x__c__p_g=overall()
    )
    assert facts.ip_limited.value is False
    assert [scope.id.value for scope in facts.scopes] == ["Api", "RefreshToken"]
    assert facts.scopes_stated.value is True
    assert facts.redirects[0].host.value == "a.acme-apps.com"
    assert facts.grant_types.value == ("authorization_code", "refresh_token")


def test_apps_of_other_names_or_projects_stay_apart():
    assert len(apps(x__a__p=policies(), x__b__q=settings("Api", "Other"))) == 2
    assert len(apps(x__a__p=policies(), y__b__q=settings("Api"))) == 2


def test_scopes_that_are_filled_in_later_stay_unknown():
    (facts,) = apps(x__a__p=policies(), x__b__q=settings("{{SCOPES}}"))
    assert isinstance(facts.scopes[0], Unknown)
    assert facts.grant_types is None
