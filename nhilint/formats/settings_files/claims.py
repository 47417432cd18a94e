"""Which files hold environment settings: an OAuth client's scopes and credentials may stand in them."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.formats.written_secrets.probes import PROVIDERS_WORDS
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="environment-settings",
        title="Environment settings (.env): credentials, OAuth scopes",
        syntax=Syntax.TEXT,
        reads="settings_files.environment",
        names=(".env", "env.example", ".envrc", ".dev.vars"),
        paths=(".env.*", ".env-*", "*.env", "*.env.local", "*.env.production", "*.env.example", ".dev.vars.*"),
        probe=(b"=",),
        docs="https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/",
    ),
    Claim(
        format="docker-compose",
        title="Docker Compose files: credentials",
        syntax=Syntax.YAML,
        reads="settings_files.compose",
        names=("docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"),
        paths=("*compose*.yml", "*compose*.yaml"),
        probe=(b"environment:", b"args:", b"command:", b"content:", b"x-"),
        docs="https://docs.docker.com/reference/compose-file/services/",
    ),
    Claim(
        format="prompt-history",
        title="Kept prompts and sessions of agents: credentials of providers",
        syntax=Syntax.TEXT,
        reads="settings_files.prompt_history",
        names=(".aider.chat.history.md", ".aider.input.history"),
        paths=(
            ".claude/history.jsonl",
            ".claude/projects/**/*.jsonl",
            ".codex/history.jsonl",
            ".codex/sessions/**/*.jsonl",
            ".specstory/history/*.md",
        ),
        probe=(b"_", b"-"),
        docs="https://code.claude.com/docs/en/settings",
    ),
    Claim(
        format="script",
        title="Scripts of a shell: credentials of providers, private keys",
        syntax=Syntax.TEXT,
        reads="settings_files.scripts",
        paths=("*.sh", "*.bash", "*.zsh", "*.ps1", "*.bat", "*.cmd"),
        probe=(*PROVIDERS_WORDS, b" PRIVATE KEY-----", b"eyJ"),
        docs="https://owasp.org/www-project-non-human-identities-top-10/2025/2-secret-leakage/",
    ),
    Claim(
        format="helm-values",
        title="Values of Helm charts: what they switch on, credentials of providers",
        syntax=Syntax.TEMPLATED_YAML,
        reads="settings_files.chart_values",
        names=("values.yaml", "values.yml"),
        paths=("values*.yaml", "values*.yml", "*values.yaml", "*values.yml"),
        probe=(b":", b"{}"),
        docs="https://helm.sh/docs/chart_template_guide/values_files/",
    ),
    Claim(
        format="helm-helpers",
        title="Named templates of Helm charts: what conditions of other templates ask for",
        syntax=Syntax.TEXT,
        reads="settings_files.chart_values",
        paths=("templates/*.tpl", "templates/**/*.tpl"),
        probe=(b"define",),
        docs="https://helm.sh/docs/chart_template_guide/named_templates/",
    ),
    Claim(
        format="helm-chart",
        title="Charts of Helm: what they are called, which of the charts below them are switched on",
        syntax=Syntax.TEMPLATED_YAML,
        reads="settings_files.chart_values",
        names=("Chart.yaml",),
        probe=(b"name:",),
        docs="https://helm.sh/docs/topics/charts/",
    ),
)
