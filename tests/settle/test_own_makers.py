"""The accounts of a project's authors, and of those whose runners it sets up."""

from __future__ import annotations

import pytest

from nhilint.settle.own_makers import with_own_makers
from nhilint.tree import MemoryTree
from tests.formats.github.reading import resources_of

WORKFLOW = "on: push\njobs: {j: {runs-on: x, steps: [{uses: Maria-K/setup@v1}]}}\n"
RELEASE = "releases:\n  - chart: gha-runner-scale-set\n    values:\n      - githubConfigUrl: https://github.com/%s\n"


@pytest.mark.parametrize(
    ("files", "own"),
    [
        ({"LICENSE": "MIT License\n\nCopyright (c) 2022 maria-k\nCopyright (c) 2023 somebody\n"}, True),
        ({"LICENSE": "Copyright 2019-2024, maria-k.\n"}, True),
        ({"LICENSE": "Copyright (c) 2022 Maria-K Tools Ltd\n"}, False),
        ({"vendored/LICENSE": "Copyright (c) 2022 maria-k\n"}, False),
        ({"package.json": '{"author": "maria-k <m@acme.example>"}'}, True),
        ({"package.json": '{"author": {"name": "maria-k"}}'}, True),
        ({"package.json": '{"author": "maria-k tools"}'}, False),
        ({"package.json": '{"author": "somebody", "contributors": ["maria-k"]}'}, False),
        ({"LICENSE": "Copyright (c) 2022 Maria-K, Inc.\n"}, True),
        ({"LICENSE": "Copyright (c) 2022 Maria-K Incognito\n"}, False),
        ({"package.json": '{"author": "Maria-K Inc. <m@acme.example>"}'}, True),
        ({"package.json": '{"author": "Maria Inc. <us@maria.k>"}'}, False),
        ({"k8s/helmfile.yaml.gotmpl": RELEASE % "maria-k"}, True),
        ({"k8s/helmfile.yaml.gotmpl": RELEASE % "somebody/maria-k"}, False),
        ({"values/actions-runners.yaml": "runners:\n  - organization: maria-k\n"}, True),
        ({"sonar-project.properties": "sonar.organization=maria-k\n"}, True),
        ({"build.gradle": 'sonar { properties { property "sonar.organization", "maria-k" } }'}, True),
        ({"pom.xml": "<sonar.organization>maria-k</sonar.organization>"}, True),
        ({"app/build.gradle.kts": 'property("sonar.organization", "somebody")'}, False),
        ({"notes.md": "sonar.organization=maria-k\n"}, False),
        ({"techdocs/config/tech-docs.yml": "github_repo: maria-k/data-platform\n"}, True),
        ({"techdocs/config/tech-docs.yml": "header_links: https://github.com/maria-k/x\n"}, False),
        ({"values/billing.yaml": "runners:\n  - organization: maria-k\n"}, False),
    ],
)
def test_what_they_publish_is_no_third_partys(files, own):
    read = resources_of(WORKFLOW, ".github/workflows/x.yml")
    (workflow,) = with_own_makers(read, MemoryTree(files))
    assert workflow.facts.steps[0].action.first_party.value is own


COMPANY = '{"author": "Acme Inc. <us@acme.io>"}'
SOMEBODY = '{"author": "somebody"}'
PNPM = "packages:\n  - packages/*\n"


@pytest.mark.parametrize(
    ("files", "own"),
    [
        ({"package.json": COMPANY}, True),
        ({"package.json": '{"author": {"name": "Acme GmbH", "email": "us@acme.io"}}'}, True),
        ({"package.json": '{"author": "Maria <m@acme.io>"}'}, False),
        ({"package.json": '{"author": "Acme Inc. <us@acme.com>"}'}, False),
        ({"pnpm-workspace.yaml": PNPM, "packages/core/package.json": COMPANY}, True),
        ({"package.json": '{"workspaces": ["packages/*"]}', "packages/core/package.json": COMPANY}, True),
        ({"packages/core/package.json": COMPANY}, False),
        ({"pnpm-workspace.yaml": PNPM, "vendored/core/package.json": COMPANY}, False),
        ({"pnpm-workspace.yaml": PNPM, "package.json": SOMEBODY, "packages/core/package.json": COMPANY}, False),
        (
            {
                "pnpm-workspace.yaml": PNPM,
                "packages/a/package.json": COMPANY,
                **{f"packages/{name}/package.json": SOMEBODY for name in "bc"},
            },
            False,
        ),
    ],
)
def test_a_company_is_known_by_its_domain_and_by_most_packages_of_the_workspace(files, own):
    read = resources_of(WORKFLOW.replace("Maria-K", "acme-io"), ".github/workflows/x.yml")
    (workflow,) = with_own_makers(read, MemoryTree(files))
    assert workflow.facts.steps[0].action.first_party.value is own
