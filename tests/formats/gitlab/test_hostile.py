"""Odd pipelines never raise: an odd value is an unknown fact, or left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.gitlab import duo, pipeline
from nhilint.formats.gitlab.claims import CLAIMS
from nhilint.source.document import Document, Syntax
from nhilint.source.value import Stream, Tagged

KEYS = [
    "default", "include", "variables", "workflow", "script", "before_script", "extends", "rules", "if", "only", "refs",
    "id_tokens", "aud", "secrets", "trigger", "remote", "integrity", "component", "project", "ref", "environment", "tags",
    "build", ".base", "setup_script", "network_policy", "allowed_domains", "components", "type", "toolset", "agent", "spec",
]  # fmt: skip
WORDS = [
    "claude -p $AI_FLOW_INPUT", "$TOKEN", "a@b", "https://x/", ".base", "build", "", "*", "AgentComponent", "$A$B",
    "aws sts assume-role-with-web-identity --role-arn $X", '$CI_PIPELINE_SOURCE == "trigger"',
]  # fmt: skip
scalars = st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS) | st.text(max_size=6)
odd = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
        | st.builds(Tagged, st.just("!reference"), inner)
        | st.builds(Stream, st.lists(inner, max_size=2))
    ),
    max_leaves=14,
)


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize(("module", "path"), [(pipeline, ".gitlab-ci.yml"), (duo, "agent-config.yml"), (duo, "f.yml")])
def test_any_value_is_read_or_left(module, path, value):
    for resource in module.extract(Document(path, Syntax.YAML, "", value), CLAIMS[0]).resources:
        activate(resource.facts)


def test_large_files_end():
    value = {f"job{n}": {"script": ["echo $TOKEN_KEY"] * 50, "extends": f"job{n + 1}"} for n in range(3_000)}
    value["include"] = [{"remote": "https://x/"}] * 50_000
    (resource,) = pipeline.extract(Document("a", Syntax.YAML, "", value), CLAIMS[0]).resources
    assert len(resource.facts.includes) == 200
    assert len(resource.facts.jobs) == 2_000


def test_lists_within_lists_end():
    deep: list = []
    inner = deep
    for _ in range(900):
        inner.append([])
        inner = inner[0]
    assert pipeline.extract(Document("a", Syntax.YAML, "", {"build": {"script": deep}}), CLAIMS[0]).recognised
