"""What a path says about the role of a file: is this what runs, or a test, an example, a template?"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Setting = Literal["production", "test", "example", "template", "copied"]
"""`copied`: a package manager fetched it, or a format says so of what a tool put together from sources elsewhere."""
_FROM_REAL_TO_MADE_UP: tuple[Setting, ...] = ("production", "template", "copied", "example", "test")

_TEST_FOLDERS = frozenset(
    {
        "test",
        "testdata",
        "testfixture",
        "testcase",
        "testresource",
        "testenv",
        "testenvironment",
        "testfile",
        "testing",
        "fixture",
        "mock",
        "spec",
        "e2e",
        "e2etest",
        "integrationtest",
        "acceptancetest",
        "functionaltest",
        "regressiontest",
        "smoketest",
        "unittest",
        "golden",
        "corpus",
        "benchmark",
        "eval",
    }
)
_MANY_TESTS = frozenset({"loadtests", "performancetests", "perftests", "stresstests"})
"""Only of many: `load-test` alone is also what the environment is called in which one is run."""
_MARKED_FOLDERS = frozenset({"__snapshots__", ".snapshots", ".validate"})
"""Folders of tests that are known by their marks: `snapshots` alone may hold anything."""
_EXAMPLE_FOLDERS = frozenset(
    {
        "example",
        "sample",
        "demo",
        "demonstration",
        "doc",
        "documentation",
        "tutorial",
        "cookbook",
        "playground",
        "workshop",
        "quickstart",
        "guide",
        "website",
        "crc",
        "localdev",
        "devenv",
        "devenvironment",
        "hack",
        "archive",
        "archived",
        "attic",
        "deprecated",
        "obsolete",
        "unused",
        "disabled",
        "exercise",
        "lesson",
        "bootcamp",
        "studynote",
    }
)
"""Also what is kept and no longer in force, clusters on one's own machine, and `hack`, the scripts that developers of
Kubernetes' projects run there: like an example it shows how something could be."""
_SHOWING = frozenset({"demo", "demos", "example", "examples", "sample", "samples", "cka", "ckad", "cks"})
"""Words that say so of a folder that begins or ends with one (demo-manifests); the last are exams of Kubernetes. What
stands between other words for a place to try things in is `sandbox`; at an end it is what a product is called."""
_HIDDEN_AWAY = frozenset(
    {".archive", ".archived", ".attic", ".deprecated", ".obsolete", ".legacy", "_legacy", ".old", "_old"}
)
"""The same for folders that are hidden or set apart besides, as people keep what they no longer run; a folder that is
called legacy and nothing else often runs still. A layer of Terraform whose name ends in `--` is switched off: what
plans the layers passes it over (https://github.com/binbashar/le-tf-infra-aws, CLAUDE.md, read 2026-11-23)."""
_OWN_CLUSTERS = frozenset({"kind", "kind-cluster", "kind-clusters", "local-clusters"})
"""Clusters on one's own machine as well, by whole words: `kinds` are kinds of something, and a single `local-cluster`
is what Open Cluster Management calls the hub itself."""
_CLUSTERS = frozenset({"cluster", "clusters"})
_CONTEXT_OF_KIND = "kind-"
"""How the context of a cluster that kind makes begins; below a folder of clusters so is one of them called.
Sources: https://kind.sigs.k8s.io/docs/user/quick-start/#interacting-with-your-cluster and
https://open-cluster-management.io/docs/concepts/cluster-inventory/managedcluster/, known, pages not re-read."""
_LOCAL_PRODUCTS = frozenset({"minikube", "k3d", "localstack"})
"""What runs such a cluster, or a cloud made up for tests, and nothing else, as one word of a name (local_minikube);
`crc` among other words is more often something else, such as a checksum."""
_TEMPLATE_FOLDERS = frozenset({"template", "scaffold", "boilerplate", "skeleton"})

_EXAMPLE_WORDS = frozenset({"example", "sample", "dist"})
_KEPT_WORDS = frozenset({"backup", "bak", "old", "orig", "disabled"})
_STATE = "tfstate"
"""The backup of a state holds credentials that the run before last made, and most of them open still."""
_TEMPLATE_WORDS = frozenset({"template", "tmpl", "tpl", "j2", "jinja", "jinja2"})
_DATA = (".yaml", ".yml", ".json")
_DECLARING = (".bicep", ".bicepparam", ".tf", ".tfvars")
_ENCRYPTING = frozenset({"encryption", "encrypted", "tls", "ssl", "kms"})
"""What else reaches from end to end."""

_STARTER = ".template.config/template.json"
_OF_ONES_OWN_MACHINE = ("dev/tiltfile", "devel/tiltfile", "development/tiltfile", "local/tiltfile")
_LOADING = frozenset({".claude", ".cursor", ".opencode"})
_LOADED = frozenset({"agent", "agents", "command", "commands", "skills"})
"""Instructions that a product loads from any folder below these, whatever that folder is called."""


def setting_of(path: str) -> Setting:
    """The role of a file by its path relative to the scan's root. Test outranks example, example outranks template."""
    *folders, name = path.lower().split("/")
    if name.endswith(".md"):
        loaded = (index for index, pair in enumerate(pairwise(folders)) if _is_loaded(*pair))
        above = next(loaded, None)
        folders, name = (folders, name) if above is None else (folders[:above], "")
    roles: set[Setting] = {_of_folder(folder) for folder in folders}
    if _is_foreign(folders):
        roles.add("copied")
    if any(above in _CLUSTERS and one.startswith(_CONTEXT_OF_KIND) for above, one in pairwise(folders)):
        roles.add("example")
    roles.add(_of_name(name, folders))
    return max(roles, key=_FROM_REAL_TO_MADE_UP.index)


def _is_foreign(folders: list[str]) -> bool:
    """Whether the file was fetched along: `node_modules`, Go's `vendor`, whose folders are called by hosts, or modules
    of Terraform that stand in such a folder under the name that the registry asks for.

    Sources, read 2026-11-22: https://go.dev/ref/mod#vendoring,
    https://developer.hashicorp.com/terraform/registry/modules/publish (terraform-PROVIDER-NAME).
    """
    if "node_modules" in folders:
        return True
    inner = folders[folders.index("vendor") + 1 :] if "vendor" in folders else []
    return bool(inner) and ("." in inner[0] or any(one.startswith("terraform-") for one in inner[:2]))


def starters(paths: Iterable[str]) -> tuple[str, ...]:
    """The folders, with a slash, whose files nobody runs for others: they are kept like examples.

    What `dotnet new` copies is a beginning for whoever asks for one; a repository that is one such template as a whole
    is what its owner shows, and judged. What a folder called `dev` starts with Tilt runs on one's own machine.
    Sources, read 2026-11-22: https://learn.microsoft.com/dotnet/core/tools/custom-templates (`.template.config`),
    https://docs.tilt.dev/api.html (allow_k8s_contexts: Tilt refuses other clusters unless told).
    """
    return tuple(_begun(paths))


def _begun(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if path.endswith("/" + _STARTER):
            yield path.removesuffix(_STARTER)
        elif f"/{path.lower()}".endswith(tuple(f"/{one}" for one in _OF_ONES_OWN_MACHINE)):
            yield path[: path.rfind("/") + 1]


def more_real(one: Setting, other: Setting) -> Setting:
    """Of two roles the one that is nearer to what runs."""
    return min(one, other, key=_FROM_REAL_TO_MADE_UP.index)


def less_real(one: str, other: str) -> str:
    """Of two roles the one that is further from what runs."""
    return max((one, other), key=_FROM_REAL_TO_MADE_UP.index)


def _is_loaded(folder: str, inner: str) -> bool:
    return folder in _LOADING and inner in _LOADED


@lru_cache(maxsize=4096)
def _of_folder(folder: str) -> Setting:
    """The role that a folder gives to what is in it; test-data, test_data and testdata are one word."""
    parts = folder.strip("-_").split("-")
    word = folder.replace("-", "").replace("_", "")
    words = {word, word.removesuffix("s")}
    named_test = folder.startswith("test_") or ("ephemeral" in parts[:-1] and parts[-1] in ("test", "tests"))
    of_a_tool = folder.startswith(".") and folder.endswith(("-test", "-tests", ".test", ".tests"))
    named_test = named_test or word in _MANY_TESTS
    if words & _TEST_FOLDERS or folder in _MARKED_FOLDERS or folder.startswith("vulnerable") or of_a_tool or named_test:
        return "test"
    is_kept = folder.endswith(("-disabled", "_disabled", ".disabled", "--")) or word.endswith("notinuse")
    is_kept = is_kept or folder in _HIDDEN_AWAY or folder in _OWN_CLUSTERS
    is_kept = is_kept or not _LOCAL_PRODUCTS.isdisjoint(folder.replace("_", "-").split("-"))
    if words & _EXAMPLE_FOLDERS or is_kept or folder.startswith("starter") or _shows(parts):
        return "example"
    return "template" if words & _TEMPLATE_FOLDERS or ("{{" in folder and "}}" in folder) else "production"


def _shows(words: list[str]) -> bool:
    return not _SHOWING.isdisjoint((words[0], words[-1])) or "sandbox" in words[1:-1]


def _of_name(name: str, folders: list[str]) -> Setting:
    words = name.replace("-", ".").replace("_", ".").split(".")
    dotted = name.split(".")[1:]
    if name.endswith(_DATA) and _is_test_data(name, words, folders):
        return "test"
    if name.endswith(_DECLARING) and "e2e" in words and _ENCRYPTING.isdisjoint(words):
        return "test"
    is_example = not _EXAMPLE_WORDS.isdisjoint(dotted) or (len(words) > 2 and words[-2] in ("example", "sample"))
    is_kept = not _KEPT_WORDS.isdisjoint(dotted[-2:]) and dotted[-2:-1] != [_STATE]
    if is_example or is_kept or _is_unread(name, folders):
        return "example"
    return "production" if _TEMPLATE_WORDS.isdisjoint(dotted) else "template"


def _is_test_data(name: str, words: list[str], folders: list[str]) -> bool:
    of_tests = words[:-1] if len(words) > 2 else []  # `fixtures.yaml` alone is what an application starts with
    if words[-2] == "golden" or not {"fixture", "fixtures"}.isdisjoint(of_tests):
        return True
    return (name.startswith("test_") or ".e2e." in name) and ".github" not in folders


def _is_unread(name: str, folders: list[str]) -> bool:
    """Names at which people expect a list of servers to be read, and which no product reads from a repository.

    Claude Code reads .mcp.json beside the folder, Cursor .cursor/mcp.json, Cline its own folder below the home only.
    Sources, read 2026-11-22: https://code.claude.com/docs/en/mcp-quickstart (wrong paths), https://cursor.com/docs/mcp,
    https://docs.cline.bot/mcp/mcp-overview.
    """
    if folders[-1:] == [".claude"] or folders[-2:] == [".claude", "config"]:
        return name in ("mcp.json", ".mcp.json")
    if folders[-2:] == [".config", "cursor"]:
        return name == "mcp.json"
    if name == "cline_mcp_settings.json":
        return True
    return folders[-1:] == [".cline"] and "mcp" in name and name.endswith(".json")
