"""Steps that run an agent: who starts it, what it reads, what it may run, what it holds."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import Unknown, value_of
from tests.formats.github.reading import SHA, agent_of, resources_of, steps_of

CLAUDE = f"anthropics/claude-code-action@{SHA}"
KEY = "anthropic_api_key: '${{ secrets.ANTHROPIC_API_KEY }}'"
TOKEN = "github_token: '${{ github.token }}'"


def claude(
    *inputs: str, on: str = "issues", permissions: str = "{issues: write, id-token: write}", uses: str = CLAUDE
) -> str:
    with_ = "".join(f"          {line}\n" for line in (KEY, *inputs))
    return f"on: {on}\npermissions: {permissions}\njobs:\n  j:\n    runs-on: x\n    steps:\n      - uses: {uses}\n        with:\n{with_}"


def script(text: str, env: str = "{}", on: str = "push", permissions: str = "{}", before: str = "") -> str:
    return f"""
on: {on}
permissions: {permissions}
jobs:
  j:
    runs-on: x
    steps:
{before}      - run: {json.dumps(text)}
        env: {env}
"""


@pytest.mark.parametrize(
    ("inputs", "open_to"),
    [
        ((), "writers"),
        (('allowed_non_write_users: "*"', TOKEN), "anyone"),
        (('allowed_non_write_users: "*"',), "writers"),
        (("allowed_non_write_users: alice", TOKEN), "writers"),
        (("allowed_non_write_users: '${{ vars.U }}'", TOKEN), None),
    ],
)
def test_who_the_claude_action_lets_in(inputs, open_to):
    agent = agent_of(claude(*inputs, "prompt: x"))
    assert value_of(agent.open_to) == open_to
    assert agent.started_by.value == "issues"


def test_the_base_action_lets_everybody_in():
    agent = agent_of(claude("prompt: x", uses=f"anthropics/claude-code-base-action@{SHA}"))
    assert (agent.open_to.value, agent.checks_actor.value) == ("anyone", False)


@pytest.mark.parametrize(
    ("arguments", "reach", "autonomy"),
    [
        ("--max-turns 3", "none", "asks_for_writes"),
        ("--dangerously-skip-permissions", "any", "ungated"),
        ("--permission-mode bypassPermissions", "any", "ungated"),
        ("--permission-mode auto", "none", "classifier_gated"),
        ("--allowedTools Bash", "any", "asks_for_writes"),
        ('--allowed-tools "Read,Bash(python:*)"', "any", "asks_for_writes"),
        ('--allowedTools "Read" "Bash(gh issue view:*)"', "listed", "asks_for_writes"),
        ("--allowedTools Bash(gh pr diff:*)", "listed", "asks_for_writes"),
        ('--allowedTools "Read,mcp__github__get_issue"', "none", "asks_for_writes"),
        ("# --dangerously-skip-permissions\\n--model x", "none", "asks_for_writes"),
        ("${{ vars.ARGS }}", None, "asks_for_writes"),
        ("--model ${{ vars.MODEL }}", "none", "asks_for_writes"),
        ("${{ inputs.fix && '--allowedTools Bash' || '--allowedTools Read' }}", "any", "asks_for_writes"),
    ],
)
def test_how_far_claudes_arguments_reach(arguments, reach, autonomy):
    quoted = arguments.replace('"', '\\"')
    agent = agent_of(claude(f'claude_args: "{quoted}"', "prompt: x"))
    assert (value_of(agent.command_reach), agent.autonomy.value) == (reach, autonomy)


def test_settings_and_former_inputs_count_too():
    assert isinstance(agent_of(claude("allowed_tools: Bash", "prompt: x")).command_reach, Unknown)
    before, since = (claude("allowed_tools: Bash", "prompt: x").replace(SHA, tag) for tag in ("beta", "v1.0.195"))
    assert agent_of(before).command_reach.value == "any"
    assert agent_of(since).command_reach.value == "none"
    settings = """settings: '{"permissions": {"allow": ["Bash(npm test)"], "defaultMode": "acceptEdits"}}'"""
    assert agent_of(claude(settings, "prompt: x")).command_reach.value == "listed"


def test_asked_by_a_mention_it_reads_the_event_and_commits():
    agent = agent_of(claude(on="issue_comment"))
    assert agent.untrusted_input.value == ("the thread that it is called into (issue_comment)",)
    assert agent.command_reach.value == "listed"


def test_a_slash_command_hides_its_tools_in_a_file():
    assert isinstance(agent_of(claude('prompt: "/triage ${{ github.event.issue.number }}"')).command_reach, Unknown)


@pytest.mark.parametrize(
    ("inputs", "permissions", "rights"),
    [
        ((), "{id-token: write}", "strong"),  # a token of the vendor's app
        ((TOKEN,), "{}", "none"),
        ((TOKEN,), "{issues: write}", "weak"),
        ((TOKEN,), "{contents: write}", "strong"),
        ((TOKEN,), "{id-token: write}", "none"),  # the action hides it from the agent
        (("github_token: '${{ secrets.BOT_PAT }}'",), "{}", "strong"),
    ],
)
def test_what_the_claude_action_holds(inputs, permissions, rights):
    assert agent_of(claude(*inputs, "prompt: x", permissions=permissions)).rights.value == rights


@pytest.mark.parametrize("permissions", ["{}", "{contents: write}", "read-all"])
def test_the_claude_action_stops_where_it_can_neither_prove_the_job_nor_has_a_token(permissions):
    kinds = [resource.kind for resource in resources_of(claude("prompt: x", permissions=permissions))]
    assert "workflow" in kinds
    assert "agent" not in kinds


def test_an_apps_token_is_as_wide_as_it_was_asked_for():
    text = """
on: push
permissions: {{}}
jobs:
  j:
    runs-on: x
    steps:
      - {{id: app, uses: actions/create-github-app-token@v2, with: {{app-id: 1{0}}}}}
      - uses: anthropics/claude-code-action@v1
        with: {{github_token: "${{{{ steps.app.outputs.token }}}}", prompt: x}}
"""
    assert agent_of(text.format("")).rights.value == "strong"
    assert agent_of(text.format(", permission-issues: write")).rights.value == "weak"
    assert agent_of(text.format(", permission-contents: read")).rights.value == "none"
    assert [value_of(step.app_token) for step in steps_of(text.format(""))] == ["whole", None]


@pytest.mark.parametrize(
    ("prompt", "found"),
    [
        ("Triage ${{ github.event.issue.title }}", "github.event.issue.title"),
        ("Read it with gh issue view", "gh issue view"),
        ("Look at #${{ github.event.issue.number }}", "github.event.issue.number"),
        ("Write the changelog", None),
    ],
)
def test_whose_text_a_prompt_brings(prompt, found):
    texts = agent_of(claude(f'prompt: "{prompt}"')).untrusted_input.value
    assert any(found in text for text in texts) if found else texts == ()


def test_keys_say_whose_they_are():
    agent = agent_of(claude("claude_code_oauth_token: '${{ secrets.CLAUDE_CODE_OAUTH_TOKEN }}'", "prompt: x"))
    assert [(c.name.value, c.principal.value) for c in agent.credentials] == [
        ("anthropic_api_key", "workload"),
        ("claude_code_oauth_token", "human"),
    ]


@pytest.mark.parametrize(
    ("inputs", "reach", "checks"),
    [
        ("{prompt: x}", "sandboxed", True),
        ("{prompt: x, sandbox: read-only}", "sandboxed", True),
        ("{prompt: x, sandbox: danger-full-access}", "any", True),
        ("{prompt: x, allow-users: '*'}", "sandboxed", False),
        ("{prompt: x, codex-args: '[\"--yolo\"]'}", "any", True),
        ("{prompt: x, codex-args: '-c sandbox_workspace_write.network_access=true'}", "any", True),
        ('{prompt: x, codex-args: \'["--config", "sandbox_workspace_write={network_access=true}"]\'}', "any", True),
        ("{prompt: x, codex-args: '-c sandbox_workspace_write.network_access=false'}", "sandboxed", True),
        ("{prompt: x, codex-args: '-c tools.network_access=true'}", "sandboxed", True),
        ("{prompt: x, codex-args: '-c sandbox_mode=danger-full-access'}", "sandboxed", True),
        (
            "{prompt: x, sandbox: danger-full-access, safety-strategy: read-only, codex-args: '-c sandbox_workspace_write.network_access=true'}",
            "sandboxed",
            True,
        ),
        ("{prompt: x, sandbox: '${{ vars.S }}'}", None, True),
    ],
)
def test_what_codex_may_do(inputs, reach, checks):
    agent = agent_of(
        f"on: issues\njobs: {{j: {{runs-on: x, steps: [{{uses: openai/codex-action@v1, with: {inputs}}}]}}}}\n"
    )
    assert (value_of(agent.command_reach), agent.checks_actor.value) == (reach, checks)


@pytest.mark.parametrize(
    ("settings", "reach"),
    [
        (None, "any"),
        ('{"tools": {"core": ["read_file"]}}', "none"),
        ('{"coreTools": ["run_shell_command(gh issue view)", "run_shell_command"]}', "any"),
        (
            '{"tools": {"core": ["run_shell_command(gh label list)"]}, "telemetry": {"enabled": ${{ vars.X != 0 }},}}',
            "listed",
        ),
        ('{"model": {"maxSessionTurns": 5}}', "any"),
        ("not json", None),
    ],
)
def test_what_gemini_may_do(settings, reach):
    given = f"settings: '{settings}', " if settings else ""
    text = f"on: issues\njobs: {{j: {{runs-on: x, steps: [{{uses: google-github-actions/run-gemini-cli@v0, with: {{{given}prompt: x}}}}]}}}}\n"
    agent = agent_of(text)
    assert value_of(agent.command_reach) == reach
    assert (agent.autonomy.value, agent.open_to.value) == ("ungated", "anyone")


@pytest.mark.parametrize(
    ("release", "reach"),
    [
        ("0.38.2", "any"),
        ("v0.9.0", "any"),
        ("0.39.0", "any"),
        ("0.39.1", "listed"),
        ("0.40.0", "listed"),
        ("latest", "listed"),
    ],
)
def test_old_releases_of_gemini_do_not_keep_to_the_list(release, reach):
    given = f"""gemini_cli_version: {release}, settings: '{{"tools": {{"core": ["run_shell_command(echo)"]}}}}'"""
    text = f"on: issues\njobs: {{j: {{runs-on: x, steps: [{{uses: google-github-actions/run-gemini-cli@v0, with: {{{given}, prompt: x}}}}]}}}}\n"
    assert value_of(agent_of(text).command_reach) == reach


@pytest.mark.parametrize(
    ("command", "product", "reach"),
    [
        ("claude -p 'x' --dangerously-skip-permissions", "claude-code", "any"),
        ("cat x | claude --print --allowedTools 'Bash(ls:*)'", "claude-code", "listed"),
        ("npx -y @anthropic-ai/claude-code@1.2.3 -p x", "claude-code", "none"),
        ("codex exec --full-auto x", "codex", "sandboxed"),
        ("codex exec -c sandbox_mode='\"danger-full-access\"' x", "codex", "any"),
        ("codex exec --config=sandbox_mode=danger-full-access --sandbox read-only x", "codex", "sandboxed"),
        ("codex exec -c sandbox_mode=danger-full-access --full-auto x", "codex", "sandboxed"),
        ("codex exec --dangerously-bypass-approvals-and-sandbox x", "codex", "any"),
        ("gemini --approval-mode=yolo -p x", "gemini-cli", "any"),
        ("timeout 10m copilot --prompt x --allow-all-tools", "copilot-cli", "any"),
        ("X=$(copilot -p x --allow-tool 'shell(git:*)')", "copilot-cli", "listed"),
        ("opencode run x", "opencode", None),
        ("cursor-agent -p x --force", "cursor", "any"),
        ('set -e\nfor f in *; do\n  qwen -y -p "$f" \\\n    --debug\ndone', "qwen-code", "any"),
    ],
)
def test_which_command_lines_run_an_agent(command, product, reach):
    agent = agent_of(script(command))
    assert (agent.product.value, value_of(agent.command_reach)) == (product, reach)


@pytest.mark.parametrize(
    "command",
    [
        "claude --version",
        "npm install -g @openai/codex",
        "echo claude -p x",
        "codex --help",
        "gemini",
        "make gemini",
        "pip install aider-chat",
    ],
)
def test_which_do_not(command):
    assert [r.kind for r in resources_of(script(command))] == ["workflow"]


def test_the_token_reaches_a_command_by_its_environment_or_the_work_tree():
    command = "claude -p x --dangerously-skip-permissions"
    write = "{contents: write}"
    assert agent_of(script(command, permissions=write)).rights.value == "none"
    assert (
        agent_of(script(command, env="{GH_TOKEN: '${{ github.token }}'}", permissions=write)).rights.value == "strong"
    )
    checkout = "      - uses: actions/checkout@v4\n"
    assert agent_of(script(command, permissions=write, before=checkout)).rights.value == "strong"
    kept = "      - {uses: actions/checkout@v4, with: {persist-credentials: false}}\n"
    assert agent_of(script(command, permissions=write, before=kept)).rights.value == "none"


def test_the_key_to_the_model_is_no_right_over_the_repository():
    env = "{OPENAI_API_KEY: '${{ secrets.OPENAI_API_KEY }}', NPM_TOKEN: '${{ secrets.NPM_TOKEN }}'}"
    agent = agent_of(script("codex exec x", env=env))
    assert agent.held.value[0] == "the secret NPM_TOKEN"
    assert {value_of(c.reference) for c in agent.credentials} == {"OPENAI_API_KEY", "NPM_TOKEN"}
    env = "{OPENAI_API_KEY: '${{ secrets.OPENAI_API_KEY }}'}"
    assert agent_of(script("codex exec x", env=env)).rights.value == "none"


def test_inference_has_no_tools_of_its_own():
    text = "on: issues\njobs: {j: {runs-on: x, steps: [{uses: actions/ai-inference@v1, with: {prompt: '${{ github.event.issue.body }}'}}]}}\n"
    agent = agent_of(text)
    assert (agent.autonomy.value, agent.command_reach.value, agent.tools_exposed.value) == ("suggest", "none", "none")


def test_opencode_checks_its_users_and_may_run_anything():
    text = "on: issue_comment\njobs: {j: {runs-on: x, steps: [{uses: sst/opencode/github@latest, with: {model: m}}]}}\n"
    agent = agent_of(text)
    assert (agent.open_to.value, agent.command_reach.value, agent.rights.value) == ("writers", "any", "strong")


@pytest.mark.parametrize(
    ("prompt", "read"),
    [
        ("Start with gh issue list.", "gh issue list"),
        ("Duplicates came because the gh issue list --search gate lags.", None),
        ("Never run gh pr view.", None),
        ("See gh pr list, then read gh pr diff 3.", "gh pr diff"),
    ],
)
def test_a_prompt_tells_what_to_read_and_may_also_just_talk(prompt, read):
    agent = agent_of(claude(f"prompt: {json.dumps(prompt)}"))
    words = (f"issues or pull requests that it is told to read ({read})",) if read else ()
    assert agent.untrusted_input.value == words
