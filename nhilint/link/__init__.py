"""Resources of single files become one graph: references resolved, credentials compared, capabilities summed up.

Each module joins one thing and is a function from resources to resources. The order is theirs to need and ours to fix:
`link` runs them one after another.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from nhilint.model.resource import Resource

JOINS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "terraform",
        frozenset(
            {
                "terraform-json",
                "terraform-variables",
                "terraform-aws",
                "terraform-azure",
                "terraform-google",
                "terraform-oauth-clients",
                "terraform-secrets",
                "terraform-values",
                "terraform-vault",
                "terraform-nomad",
                "terraform-kubernetes",
                "terraform-policy",
            }
        ),
    ),
    ("nested_stacks", frozenset({"aws-cloudformation-kept"})),
    (
        "gcp",
        frozenset(
            {
                "terraform-google",
                "terraform-aws",
                "terraform-azure",
                "terraform-json",
                "terraform-oauth-clients",
                "terraform-vault",
                "gcp-iam",
                "gcp-config-connector",
                "crossplane",
                "shell-grants",
            }
        ),
    ),
    ("sandboxes", frozenset({"kubernetes"})),
    ("kubernetes", frozenset({"kubernetes", "terraform-kubernetes", "shell-grants"})),
    ("runners", frozenset({"kubernetes"})),
    ("toolhive", frozenset({"kubernetes"})),
    ("mesh", frozenset({"kubernetes"})),
    ("azure", frozenset({"bicep"})),
    ("vault", frozenset({"vault-role", "vault-settings", "terraform-vault", "nomad-job"})),
    ("role_chains", frozenset({"identity"})),
    ("row_rules", frozenset({"sql-grants"})),
    ("gitlab", frozenset({"gitlab-pipeline", "gitlab-part"})),
    ("elsewhere", frozenset({"workflow"})),
    ("own_organization", frozenset({"workflow", "tool", "agent"})),
    ("github", frozenset({"workflow"})),
    ("apps_of_one_workflow", frozenset({"github-workflow"})),
    ("gh_aw", frozenset({"gh-aw-workflow"})),
    ("opencode_in_pipelines", frozenset({"opencode-config"})),
    ("docker_agents_in_pipelines", frozenset({"cagent"})),
    ("plugin_servers", frozenset({"codex-plugin", "copilot-plugin", "cursor-plugin"})),
    ("copied_plugins", frozenset({"claude-marketplace"})),
    ("agents", frozenset({"agent"})),
    ("kagent", frozenset({"kubernetes"})),
    (
        "copilot_studio",
        frozenset({"copilot-studio-settings", "copilot-studio-bot", "copilot-studio-component"}),
    ),
    ("framework_agents", frozenset({"agent"})),
    ("cloud_roles", frozenset({"identity"})),
    ("taken_on_push", frozenset({"identity"})),
    ("administered_by_pipelines", frozenset({"identity"})),
    ("accounts_of_tests", frozenset({"identity"})),
    ("lent_profiles", frozenset({"tool"})),
    ("default_builders", frozenset({"workflow"})),
    ("agent_roles", frozenset({"agent", "tool", "workflow"})),
    ("external_client_apps", frozenset({"salesforce-external-client-app"})),
    ("app_agents", frozenset({"tool"})),
    ("app_users", frozenset({"app"})),
    ("development", frozenset({"app"})),
    ("grave_approvals", frozenset({"tool", "agent"})),
    ("credentials", frozenset({"agent", "tool", "workflow", "identity", "app"})),
    ("credentials_in_clear", frozenset({"credential"})),
    ("amazon_sessions", frozenset({"credential"})),
    ("tokens_of_hours", frozenset({"credential"})),
)
"""Modules of this package with a `join(resources, owner) -> resources`, in the order in which they run, and the kinds
or formats of which one must be present: a module that has nothing to join is not even imported."""


_SHOWN = frozenset({"app", "credential"})


def link(
    resources: Iterable[Resource],
    owner: str | None = None,
    now: datetime | None = None,
    *,
    of_samples: bool = False,
) -> tuple[Resource, ...]:
    """The same resources with everything that only several of them together tell, and those that this adds.

    `owner` is the organisation or person the repository belongs to, where that is known; `now` is what the ends of
    credentials are compared with; `of_samples` says that the whole repository only shows something.
    """
    linked = tuple(resources)
    if now is not None and any(getattr(resource.facts, "stops", None) is not None for resource in linked):
        from nhilint.link.stopped_workflows import without_stopped

        linked = without_stopped(linked, now)
    for name, needs in JOINS:
        if any(resource.kind in needs or resource.format in needs for resource in linked):
            linked = import_module(f"nhilint.link.{name}").join(linked, owner)
    if any(resource.kind in _SHOWN for resource in linked):
        from nhilint.link.shown import told

        linked = told(linked, now, of_samples=of_samples)
    return linked
