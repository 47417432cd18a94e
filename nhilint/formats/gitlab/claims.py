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
    Claim(
        format="gitlab-part",
        title="Included part of a GitLab pipeline",
        syntax=Syntax.YAML,
        reads="gitlab.pipeline",
        paths=(
            ".gitlab/**/*.yml", ".gitlab/**/*.yaml", "ci/**/*.yml", ".ci/**/*.yml", "cicd/**/*.yml", "gitlab/**/*.yml",
            "pipelines/**/*.yml", "templates/*.yml",
        ),
        probe=(b"script:", b"include:", b"extends:", b"variables:"),
        docs=_DOCS + "ci/yaml/includes/",
    ),
)  # fmt: skip
"""`.gitlab-ci.yml` itself, parts under names that tell, and parts in folders where pipelines are kept, which count only
where a pipeline includes them."""
