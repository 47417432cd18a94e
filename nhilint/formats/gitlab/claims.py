"""Which files belong to GitLab: pipelines, parts that pipelines include, and what GitLab Duo reads."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://docs.gitlab.com/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="gitlab-duo",
        title="GitLab Duo agent configuration",
        syntax=Syntax.YAML,
        reads="gitlab.duo",
        paths=(".gitlab/duo/agent-config.yml", ".gitlab/duo/agents/*.yml", ".gitlab/duo/flows/*.yml"),
        docs=_DOCS + "user/duo_agent_platform/flows/execution/",
    ),
    Claim(
        format="gitlab-pipeline",
        title="GitLab pipeline",
        syntax=Syntax.YAML,
        reads="gitlab.pipeline",
        names=(".gitlab-ci.yml", ".gitlab-ci.yaml"),
        suffixes=(".gitlab-ci.yml", ".gitlab-ci.yaml"),
        paths=(".gitlab/ci/**/*.yml", ".gitlab-ci/**/*.yml", ".gitlab/**/*.gitlab-ci.yml"),
        docs=_DOCS + "ci/yaml/",
    ),
)
"""`.gitlab-ci.yml` itself, and parts under the names that projects give them; other included files go by no name."""
