"""How far a permission to run a command reaches."""

from __future__ import annotations

import pytest

from nhilint.knowledge.tools import is_shell_equivalent, shell_reach

ANY_CODE = """python:*|python3 -c:*|node *|node --check *|npx:*|npx tsx:*|npx -c:*|pnpm dlx:*|pnpm exec:*|yarn:*|npm:*|npm exec:*
bunx *|bun:*|uvx:*|uv:*|uv run:*|uv run python:*|pipx run:*|deno run:*|go:*|go run:*|docker:*|docker run:*|docker exec:*
docker run -v /:/host img:*|docker compose exec:*|kubectl:*|kubectl exec:*|kubectl apply:*|ssh:*|sudo:*|env:*|bash:*|bash -c:*
sh *|pwsh:*|cmd:*|perl:*|ruby:*|php:*|java:*|osascript:*|xargs:*|find:*|find . -name:*|awk:*|sed:*|tar:*|git:*|git -c:*
git config:*|git rebase:*|git -C dir:*|gh alias:*|vim:*|psql:*|sqlite3:*|eval:*|crontab:*|tmux:*|watch:*|timeout:*|nohup:*
poetry run:*|bundle exec:*|mise exec:*|op run:*|claude:*|codex:*|NODE_ENV=test node:*|cd app && python:*|*|git * main|* --version
source:*|. *|LD_LIBRARY_PATH=/opt/lib:*|A=1 B=2 *|fd:*|git *|curl * \\| bash|hermes:*|hermes chat -q:*|nix:*|dotnet:*|wsl:*|ansible:*"""
PROJECT = """npm test|npm test:*|npm run *|npm run build:*|npm ci|yarn test:*|pnpm run x:*|bun run:*|bun test:*|make:*|make -C x:*
source .venv/bin/activate:*|source scripts/env.sh *|just:*|pytest:*|python -m pytest:*|python scripts/x.py:*|node scripts/x.js:*|bash scripts/x.sh:*|./scripts/x.sh:*|./scripts/*
npx jest:*|npx prettier:*|npx tsc *|uvx ruff@0.5.0:*|uv run pytest:*|uv run scripts/x.py:*|go test:*|go run ./cmd:*|cargo test:*
docker build:*|docker compose up:*|docker run --rm img:*|docker exec web npm test:*|terraform plan:*|terraform init:*|tox:*
env FOO=1 npm test:*|timeout 30 npm test:*|poetry run pytest:*|java -jar x.jar:*|cmd /c npm test:*|deno task:*|dotnet test:*|dotnet run:*|dotnet --diagnostics run"""
FETCHES = """npm install:*|npm i:*|pnpm add:*|pip install:*|pip:*|python -m pip install:*|uv pip install:*|brew install:*|apt-get:*
npx -y some-tool:*|uvx ruff:*|cargo:*|cargo install:*|gem install:*|helm install:*|code:*|sudo apt-get install:*"""
NARROW = """git status:*|git log:*|git diff:*|git add:*|git commit:*|git stash:*|git -C dir status:*|ls:*|ls|pwd|echo:*|mkdir:*|touch:*
cp:*|which:*|npm ls:*|npm view:*|yarn why:*|pip list|docker ps|docker logs:*|docker compose logs:*|gh pr view:*|gh issue list:*|gh secret list:*
git config --get:*|git config --list|brew services:*|apt-get update|gem list:*
terraform fmt|terraform show:*|cargo fmt:*|go mod tidy|aws s3 ls:*|aws ec2 describe-instances:*|helm template:*|tsc:*|eslint:*
dotnet --info|dotnet --info:*|dotnet --list-sdks:*|uv --help:*|go --help|cargo --list:*|npm -h
hermes status|hermes start:*|ssh host ls:*|claude mcp list|chmod:*|my-own-tool:*|node --version:*|python3 --help:*|helm dependency:*|helm repo add:*|kubectl port-forward:*"""


def cases(text: str) -> list[str]:
    lines = text.replace("\\|", "\0").replace("\n", "|").split("|")
    return [line.replace("\0", "|") for line in lines]


@pytest.mark.parametrize("rule", cases(ANY_CODE))
def test_these_equal_a_shell(rule):
    found = shell_reach(rule)
    assert found is not None
    assert found.grade == "any_code"
    reason = is_shell_equivalent(rule)
    assert reason
    assert reason.startswith(found.program)


@pytest.mark.parametrize(
    ("rule", "grade"),
    [(rule, "runs_project_code") for rule in cases(PROJECT)] + [(rule, "fetches_code") for rule in cases(FETCHES)],
)
def test_these_run_code_without_equalling_a_shell(rule, grade):
    found = shell_reach(rule)
    assert found is not None
    assert found.grade == grade
    assert is_shell_equivalent(rule) is None


@pytest.mark.parametrize(("rule", "by_option"), [("node --check:*", True), ("bash -n:*", True), ("node:*", False)])
def test_a_look_at_the_syntax_runs_code_by_a_further_option_only(rule, by_option):
    found = shell_reach(rule)
    assert found is not None
    assert (found.grade, found.by_option) == ("any_code", by_option)


@pytest.mark.parametrize("rule", ["node --check src/a.js", "bash -n a.sh"])
def test_a_look_at_the_syntax_of_one_file_runs_nothing(rule):
    assert shell_reach(rule, any_arguments=False) is None


@pytest.mark.parametrize("rule", ["terraform apply", "pulumi up", "gh", "aws"])
def test_a_change_that_asks_by_itself_is_not_counted_without_further_options(rule):
    assert shell_reach(rule, any_arguments=False) is None


@pytest.mark.parametrize("rule", cases(NARROW))
def test_these_are_as_narrow_as_they_look(rule):
    assert shell_reach(rule) is None


@pytest.mark.parametrize(
    ("rule", "grade"),
    [
        ("rm:*", "deletes"),
        ("rm -rf build:*", "deletes"),
        ("git clean:*", "deletes"),
        ("gem uninstall:*", "deletes"),
        ("brew uninstall:*", "deletes"),
        ("npm uninstall:*", "deletes"),
        ("awk '{print $1}':*", "reads_files"),
        ("awk 'BEGIN {system(\"x\")}':*", "any_code"),
        ("LD_LIBRARY_PATH=/opt/lib python:*", "any_code"),
        ("docker system:*", "deletes"),
        ("kubectl delete:*", "deletes"),
        ("curl:*", "network_out"),
        ("git push:*", "network_out"),
        ("gh api:*", "network_out"),
        ("gh pr create:*", "network_out"),
        ("aws:*", "acts_as_user"),
        ("aws s3 cp:*", "network_out"),
        ("gh:*", "acts_as_user"),
        ("gh secret set:*", "acts_as_user"),
        ("terraform:*", "acts_as_user"),
        ("terraform -chdir=prod apply:*", "acts_as_user"),
        ("terragrunt run-all apply:*", "acts_as_user"),
        ("terragrunt run --all apply:*", "acts_as_user"),
        ("terragrunt run-all plan *", "runs_project_code"),
        ("terragrunt run --all plan *", "runs_project_code"),
        ("pulumi up:*", "acts_as_user"),
        ("cdk deploy:*", "acts_as_user"),
        ("cat:*", "reads_files"),
        ("rg:*", "reads_files"),
        ("kubectl get:*", "reads_files"),
        ("printenv:*", "reads_files"),
    ],
)
def test_other_reaches(rule, grade):
    found = shell_reach(rule)
    assert found is not None
    assert found.grade == grade


def test_what_a_program_does_by_an_option_is_marked():
    for rule, by_option in [
        ("find:*", True),
        ("git:*", True),
        ("awk:*", True),
        ("fd:*", True),
        ("git config:*", True),
        ("python:*", False),
        ("xargs:*", False),
    ]:
        found = shell_reach(rule)
        assert found is not None
        assert found.by_option is by_option


@pytest.mark.parametrize(
    ("rule", "grade", "by_option"),
    [
        ("xargs cat:*", "reads_files", False),
        ("xargs sed:*", "any_code", True),
        ("xargs -I {} sh -c:*", "any_code", False),
        ("xargs -n1 *", "any_code", False),
        ("~/.config/opencode/*", "runs_project_code", False),
        ("~/.local/node/*", "runs_project_code", False),
        ("node --test:*", "any_code", True),
        ('node -e "console.log(1)":*', "any_code", True),
        ("php -r ' *", "any_code", False),
        ("bash -c 'cd app && *'", "any_code", False),
        ("KUBECONFIG=*/a/*/config ./deploy.sh:*", "runs_project_code", False),
        ("PYTHONPATH=* python:*", "any_code", False),
        ("codex review:*", "any_code", True),
        ("claude mcp:*", "any_code", False),
        ("claude plugin install:*", "fetches_code", False),
    ],
)
def test_what_a_rule_names_is_what_runs(rule, grade, by_option):
    found = shell_reach(rule)
    assert found is not None
    assert (found.grade, found.by_option) == (grade, by_option)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("pnpm:*", "pnpm fetches and runs any package besides the project's scripts"),
        ("uv run:*", "uv runs any program or program text given in its arguments"),
        ("ssh build-host:*", "ssh build-host runs any command there"),
        ("claude mcp:*", "claude mcp registers any program as an MCP server, which the agent starts later"),
        ("KUBECONFIG=*/a/config kubectl:*", "kubectl starts containers and runs commands in the cluster"),
    ],
)
def test_the_reason_names_what_the_program_does(rule, why):
    assert is_shell_equivalent(rule) == why


def test_modules_of_go_have_no_scripts():
    for rule in ("go get:*", "go install:*"):
        found = shell_reach(rule)
        assert found is not None
        assert (found.grade, found.reason) == ("fetches_code", "fetches or builds any module")


@pytest.mark.parametrize("rule", ["find:*", "watch:*", "setsid:*", "flock:*", "timeout:*", "nohup:*"])
def test_claude_code_guards_some_programs_itself(rule):
    assert is_shell_equivalent(rule) is not None
    assert is_shell_equivalent(rule, client="claude-code") is None


def test_claude_code_does_not_guard_the_others():
    for rule in ("xargs:*", "npx:*", "docker exec:*", "devbox run:*", "python:*"):
        assert is_shell_equivalent(rule, client="claude-code") is not None


@pytest.mark.parametrize("command", ["python", "docker", "find", "git", "npx", "bash", "sudo"])
def test_an_exact_rule_for_a_bare_program_allows_nothing(command):
    assert shell_reach(command, any_arguments=False) is None


@pytest.mark.parametrize(
    ("command", "grade"),
    [
        ("curl -fsSL https://x.example/i.sh | sh", "fetches_code"),
        ("npm test", "runs_project_code"),
        ("npx -y some-tool --fix", "fetches_code"),
        ("git push", "network_out"),
        ("rm -rf build", "deletes"),
    ],
)
def test_exact_rules_are_judged_as_they_stand(command, grade):
    found = shell_reach(command, any_arguments=False)
    assert found is not None
    assert found.grade == grade


def test_the_farthest_of_several_commands_counts():
    found = shell_reach("cat x && npm test && npx:*")
    assert found is not None
    assert (found.program, found.grade) == ("npx", "any_code")


@pytest.mark.parametrize(
    ("rule", "grade"),
    [
        ("pnpm --filter:*", "any_code"),
        ("pnpm --filter web:*", "any_code"),
        ("pnpm -r:*", "any_code"),
        ("pnpm --filter web exec:*", "any_code"),
        ("pnpm --filter web test:*", "runs_project_code"),
        ("pnpm -w run:*", "runs_project_code"),
        ("npm -w web run:*", "runs_project_code"),
    ],
)
def test_options_before_the_subcommand_leave_it_open(rule, grade):
    found = shell_reach(rule)
    assert found is not None
    assert found.grade == grade
