"""A template of Bicep that nothing calls is left over in a folder of modules that something deployed from here calls."""

from __future__ import annotations

import pytest

from nhilint.app_code.uncalled_templates import uncalled_templates
from nhilint.tree import MemoryTree

CACHE = (
    "resource cache 'Microsoft.Cache/redis@2024-03-01' = {\n  name: 'acme'\n}\n"
    "output key string = cache.listKeys().primaryKey\n"
)
CALLS = (
    "module queue 'services/queue.bicep' = {\n  name: 'q'\n}\nmodule store 'services/store.bicep' = {\n  name: 's'\n}\n"
)
RUN = "on: push\njobs:\n  all:\n    steps:\n      - run: az deployment group create -f infra/main.bicep\n"
WORKFLOW = ".github/workflows/deploy.yml"
LEFT = "infra/services/cache.bicep"


def is_left_over(files=None, *, drop=()):
    held = {f"infra/services/{name}.bicep": CACHE for name in ("queue", "store", "cache")}
    held |= {"infra/main.bicep": CALLS, WORKFLOW: RUN, **(files or {})}
    tree = MemoryTree({path: text for path, text in held.items() if path not in drop})
    asked = {LEFT, "infra/services/queue.bicep", "infra/main.bicep"}
    left = uncalled_templates(asked, tree)
    assert left <= {LEFT}
    return bool(left)


def test_a_template_beside_called_ones_is_left_over():
    assert is_left_over()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("infra/more.bicep", "module cache 'services/cache.bicep' = {\n  name: 'c'\n}\n"),
        ("infra/services/cache.bicepparam", "using 'cache.bicep'\n"),
        ("infra/services/cache.parameters.json", "{}\n"),
        ("deploy.sh", "az deployment group create --template-file infra/services/cache.bicep\n"),
        ("deploy.sh", "az deployment group create --template-file infra/services/cache.json\n"),
        ("publish.sh", "for f in infra/services/*.bicep; do az bicep publish --file $f; done\n"),
        ("infra/deploy.sh", "cd services\naz deployment group create -f cache.bicep\n"),
        ("infra/README.md", "    az deployment group create -f services/cache.bicep\n"),
        ("deploy.ps1", "New-AzResourceGroupDeployment -TemplateFile infra/services/$name.bicep\n"),
        ("deploy.sh", "for one in infra/services/*.bicep; do az deployment group create -f $one; done\n"),
    ],
)
def test_a_template_that_something_deploys_counts(path, text):
    assert not is_left_over({path: text})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/files.md", "| cache.bicep | a cache |\n"),
        ("infra/README.md", "az deployment group create -f main.bicep\n├── services\n│   └── cache.bicep  # a cache\n"),
        ("other/deploy.sh", "az deployment group create -f services/cache.bicep\n"),
        (WORKFLOW, RUN.replace("on: push", "on:\n  push:\n    paths:\n      - 'infra/**/*.bicep'")),
    ],
)
def test_what_only_speaks_of_it_deploys_nothing(path, text):
    assert is_left_over({path: text, "other/services/cache.bicep": CACHE})


def test_templates_for_callers_elsewhere_count():
    assert not is_left_over(drop=(WORKFLOW,))
    assert not is_left_over({"infra/main.bicep": CALLS.partition("module store")[0]})
    others = {f"infra/services/other{number}.bicep": CACHE for number in range(4)}
    assert not is_left_over(others)
