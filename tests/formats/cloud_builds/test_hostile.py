"""Odd webhooks and triggers never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.bedrock.spelling import Hosted
from nhilint.formats.cloud_builds import cloudbuild, codebuild
from nhilint.formats.cloud_builds.account_patterns import bound_to_whole
from nhilint.formats.gcp import config_connector
from nhilint.formats.gcp.claims import CLAIMS
from nhilint.formats.node import Node
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "FilterGroups", "filter_group", "filter", "Type", "Pattern", "ExcludeMatchedPattern", "PullRequestBuildPolicy",
    "RequiresCommentApproval", "ApproverRoles", "dynamic", "BuildSpec", "Source", "github", "pullRequest", "pull_request",
    "repositoryEventConfig", "commentControl", "approvalConfig", "approvalRequired", "disabled", "filename", "autodetect",
    "gitFileSource", "serviceAccountRef", "name", "external",
]  # fmt: skip
WORDS = [
    "", "EVENT", "ACTOR_ACCOUNT_ID", "FILE_PATH", "PULL_REQUEST_CREATED", "DISABLED", "ALL_PULL_REQUESTS", "GITHUB_READ",
    "1|2", "^1$", "COMMENTS_DISABLED", "phases: {build: {commands: [make]}}", "phases: [", "${x}", "a@b.gserviceaccount.com",
]  # fmt: skip
odd = st.dictionaries(st.sampled_from(KEYS), odd_values(KEYS, WORDS), max_size=8) | odd_values(KEYS, WORDS)


@given(odd, odd)
@settings(max_examples=300, deadline=None)
def test_any_webhook_is_read_or_left(value, source):
    node = Node(value, "template.json")
    found = codebuild.pipeline(Hosted("x", "w", node, node.at), Node(source, "template.json"), None)
    if found is not None:
        activate(found)


@given(odd)
@settings(max_examples=300, deadline=None)
def test_any_trigger_is_read_or_left(value):
    node = Node(value, "main.json")
    account = cloudbuild.account_referred(node["serviceAccountRef"], node.at, {"": node.at})
    found = cloudbuild.pipeline(Hosted("x", "t", node, node.at), account)
    if found is not None:
        activate(found)


@given(odd)
@settings(max_examples=100, deadline=None)
def test_any_object_is_read_or_left(spec):
    value = {"apiVersion": "cloudbuild.cnrm.cloud.google.com/v1beta1", "kind": "CloudBuildTrigger", "spec": spec}
    document = Document("builds.yaml", Syntax.TEMPLATED_YAML, "", value)
    for resource in config_connector.extract(document, CLAIMS[0]).resources:
        activate(resource.facts)


def test_many_filters_end():
    filters = [{"Type": "EVENT", "Pattern": "PULL_REQUEST_CREATED," * 90}] * 5_000
    node = Node({"FilterGroups": [filters] * 5_000}, "template.json")
    assert codebuild.pipeline(Hosted("x", "w", node, node.at), None, None) is not None


def test_long_patterns_end():
    for pattern in ("1|" * 100_000, "(" * 100_000, "^" * 100_000, "1" * 100_000, "(1|" * 50_000 + ")" * 50_000):
        bound_to_whole(pattern)
