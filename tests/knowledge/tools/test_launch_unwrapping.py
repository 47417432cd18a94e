"""Command lines as public configurations write them, and the program that each really starts."""

from __future__ import annotations

import shlex

import pytest

from nhilint.knowledge.tools import Launch, unwrap, unwrap_text


def launched(line: str) -> Launch:
    command, *args = shlex.split(line)
    return unwrap(command, args)


def summary(launch: Launch) -> tuple[str, str, str | None, str, int] | None:
    package = launch.package
    return package and (package.ecosystem, package.name, package.version, package.pin, package.words[0])


COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "sha256:" + "ab" * 32
STARTS = [
    # npm
    ("npx -y @playwright/mcp@0.0.40", ("npm", "@playwright/mcp", "0.0.40", "exact", 2)),
    ("npx some-mcp", ("npm", "some-mcp", None, "none", 1)),
    ("npx -y some-mcp@latest --stdio", ("npm", "some-mcp", "latest", "tag", 2)),
    ("npx -y some-mcp@^1.2", ("npm", "some-mcp", "^1.2", "range", 2)),
    ("npx --yes --package=@scope/tools@1.0.0 -- serve --port 1", ("npm", "@scope/tools", "1.0.0", "exact", 2)),
    ("npx -y -p some-mcp some-bin", ("npm", "some-mcp", None, "none", 3)),
    ("npx --registry https://npm.example.com some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 3)),
    ("npx --some-unknown value some-mcp", ("npm", "some-mcp", None, "none", 3)),
    ("npx --quiet some-mcp", ("npm", "some-mcp", None, "none", 2)),
    ("npx -y 'some-mcp@${VERSION}'", ("npm", "some-mcp", "${VERSION}", "unknown", 2)),
    ("npx -y '${PACKAGE}'", ("npm", "${PACKAGE}", None, "unknown", 2)),
    ("npx -y github:owner/repo", ("git", "github.com/owner/repo", None, "none", 2)),
    (f"npx -y github:owner/repo#{COMMIT}", ("git", "github.com/owner/repo", COMMIT, "digest", 2)),
    ("npx -y https://github.com/owner/repo", ("git", "github.com/owner/repo", None, "none", 2)),
    ("npx -y ./local-mcp", ("local", "./local-mcp", None, "local", 2)),
    ("npx.cmd -y some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 2)),
    ("/opt/homebrew/bin/npx -y some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 2)),
    ("npm exec --yes -- @scope/server@2025.4.25", ("npm", "@scope/server", "2025.4.25", "exact", 4)),
    ("npm run mcp", ("local", "npm run mcp", None, "local", 2)),
    ("npm --prefix app run mcp", ("local", "npm run mcp", None, "local", 4)),
    ("npm install -g some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 3)),
    ("pnpm dlx some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 2)),
    ("pnpm --dir app exec some-mcp", ("local", "some-mcp", None, "local", 4)),
    ("yarn dlx some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 2)),
    ("yarn mcp", ("local", "yarn run mcp", None, "local", 1)),
    ("bunx --bun some-mcp", ("npm", "some-mcp", None, "none", 2)),
    ("bun x some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 2)),
    ("bun run --env-file .env ./mcp/index.ts", ("local", "./mcp/index.ts", None, "local", 4)),
    # PyPI
    ("uvx mcp-server-git", ("pypi", "mcp-server-git", None, "none", 1)),
    ("uvx mcp-server-git@latest", ("pypi", "mcp-server-git", "latest", "tag", 1)),
    ("uvx mcp-server-git@2025.7.1", ("pypi", "mcp-server-git", "2025.7.1", "exact", 1)),
    ("uvx --from mcp-server-git==2025.7.1 mcp-server-git", ("pypi", "mcp-server-git", "2025.7.1", "exact", 2)),
    ("uvx --from 'some-mcp[cli]>=1,<2' some-mcp", ("pypi", "some-mcp", ">=1,<2", "range", 2)),
    ("uvx --python 3.12 some-mcp==1.*", ("pypi", "some-mcp", "==1.*", "range", 3)),
    ("uvx --from git+https://github.com/o/r serve", ("git", "github.com/o/r", None, "none", 2)),
    (f"uvx --from git+https://github.com/o/r@{COMMIT} serve", ("git", "github.com/o/r", COMMIT, "digest", 2)),
    ("uvx --from git+https://github.com/o/r.git@main serve", ("git", "github.com/o/r", "main", "tag", 2)),
    ("uvx python3.12 scripts/server.py", ("local", "scripts/server.py", None, "local", 2)),
    ("uv tool run some-mcp@1.0.0", ("pypi", "some-mcp", "1.0.0", "exact", 3)),
    ("uv --directory /srv run server.py", ("local", "server.py", None, "local", 4)),
    ("uv run --with 'mcp[cli]==1.12.0' mcp run server.py", ("local", "server.py", None, "local", 6)),
    ("uv run --with some-mcp some-mcp", ("pypi", "some-mcp", None, "none", 3)),
    ("uv run -m my_server", ("pypi", "my-server", None, "local", 3)),
    ("pipx run --spec some-mcp==1.0.0 some-mcp", ("pypi", "some-mcp", "1.0.0", "exact", 3)),
    ("pip install some-mcp==1.0.0", ("pypi", "some-mcp", "1.0.0", "exact", 2)),
    ("python3.12 -m mcp_server_git --repository .", ("pypi", "mcp-server-git", None, "local", 2)),
    ("python -m src.server", ("local", "src.server", None, "local", 2)),
    ("python -u server.py", ("local", "server.py", None, "local", 2)),
    (".venv/bin/python server.py", ("local", "server.py", None, "local", 1)),
    ("fastmcp run server.py", ("local", "server.py", None, "local", 2)),
    # others
    ("node node_modules/@playwright/mcp/cli.js", ("npm", "@playwright/mcp", None, "local", 1)),
    ("node --env-file .env dist/index.js", ("local", "dist/index.js", None, "local", 3)),
    ("tsx src/index.ts", ("local", "src/index.ts", None, "local", 1)),
    ("npx -y tsx src/index.ts", ("local", "src/index.ts", None, "local", 3)),
    ("node node_modules/.bin/tsx src/index.ts", ("local", "src/index.ts", None, "local", 2)),
    ("deno run -A npm:some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 3)),
    ("deno run -N jsr:@scope/mcp", ("jsr", "@scope/mcp", None, "none", 3)),
    (
        "deno run https://deno.land/x/mcp@v1.2.3/mod.ts",
        ("url", "https://deno.land/x/mcp@v1.2.3/mod.ts", "v1.2.3", "exact", 2),
    ),
    ("deno run -A ./server.ts", ("local", "./server.ts", None, "local", 3)),
    ("go run github.com/owner/some-mcp@v1.0.0", ("go", "github.com/owner/some-mcp", "v1.0.0", "exact", 2)),
    ("go run github.com/owner/some-mcp/cmd@latest", ("go", "github.com/owner/some-mcp/cmd", "latest", "tag", 2)),
    ("go run ./cmd/server", ("local", "./cmd/server", None, "local", 2)),
    ("dnx Some.Mcp --version 1.0.0 --yes", ("nuget", "Some.Mcp", "1.0.0", "exact", 1)),
    ("dotnet tool exec Some.Mcp@1.0.0 --yes", ("nuget", "Some.Mcp", "1.0.0", "exact", 3)),
    ("dotnet run --project src/Mcp", ("local", "src/Mcp", None, "local", 3)),
    ("cargo install some-mcp@1.0.0 --locked", ("crates", "some-mcp", "1.0.0", "exact", 2)),
    (f"nix run github:owner/some-mcp/{COMMIT}", ("git", "github.com/owner/some-mcp", COMMIT, "digest", 2)),
    ("nix run .#mcp", ("local", ".#mcp", None, "local", 2)),
    ("java -jar some-mcp-1.0.0.jar", ("local", "some-mcp-1.0.0.jar", None, "local", 2)),
    ("jbang io.example:some-mcp:1.0.0", ("maven", "io.example:some-mcp", "1.0.0", "exact", 1)),
    ("php artisan boost:mcp", ("local", "artisan", None, "local", 1)),
    ("bundle exec some-mcp", ("local", "some-mcp", None, "local", 2)),
    ("brew install some-mcp", ("brew", "some-mcp", None, "none", 2)),
    ("github-mcp-server stdio", ("local", "github-mcp-server", None, "local", 0)),
    ("./scripts/mcp", ("local", "./scripts/mcp", None, "local", 0)),
    # containers
    ("docker run -i --rm mcp/git", ("oci", "mcp/git", None, "none", 4)),
    ("docker run -i --rm mcp/git:1.2.3 /src", ("oci", "mcp/git", "1.2.3", "tag", 4)),
    (f"docker run -i --rm ghcr.io/o/r@{DIGEST}", ("oci", "ghcr.io/o/r", DIGEST, "digest", 4)),
    (f"podman run ghcr.io/o/r:1.0@{DIGEST}", ("oci", "ghcr.io/o/r", DIGEST, "digest", 2)),
    ("docker run localhost:5000/r", ("oci", "localhost:5000/r", None, "none", 2)),
    ("docker run 'mcp/git:${TAG}'", ("oci", "mcp/git", "${TAG}", "unknown", 2)),
    ("docker --context x run mcp/git", ("oci", "mcp/git", None, "none", 4)),
    ("docker run --rm node:20 npx -y some-mcp@1.0.0", ("npm", "some-mcp", "1.0.0", "exact", 6)),
    ("docker run --rm my/image node dist/index.js", ("oci", "my/image", None, "none", 3)),
    ("docker mcp gateway run --servers=github", ("docker-mcp", "gateway", None, "unknown", 3)),
    ("docker exec -i box mcp-server", ("local", "mcp-server", None, "local", 4)),
    ("kubectl exec -i pod -- uvx some-mcp", ("pypi", "some-mcp", None, "none", 6)),
    ("thv run uvx://mcp-server-git@2025.7.1", ("pypi", "mcp-server-git", "2025.7.1", "exact", 2)),
    ("thv run fetch", ("toolhive", "fetch", None, "none", 2)),
    # wrappers
    ("cmd /c npx -y pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 4)),
    ("cmd.exe /d /s /c 'npx -y pkg@1.0.0'", ("npm", "pkg", "1.0.0", "exact", 4)),
    ("pwsh -NoProfile -Command 'npx pkg@1.0.0'", ("npm", "pkg", "1.0.0", "exact", 3)),
    ("powershell -ExecutionPolicy Bypass -File run.ps1", ("local", "run.ps1", None, "local", 4)),
    ("sh -c 'exec npx -y pkg@1.0.0'", ("npm", "pkg", "1.0.0", "exact", 2)),
    ("bash -lc 'cd /app && . .env && uvx some-mcp'", ("pypi", "some-mcp", None, "none", 2)),
    ("bash -c 'npx -y pkg 2>&1 | tee log'", ("npm", "pkg", None, "none", 2)),
    ("bash -c 'pip install a==1 && python -m a'", ("pypi", "a", None, "local", 2)),
    ("bash scripts/run.sh", ("local", "scripts/run.sh", None, "local", 1)),
    ("env TOKEN=x npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 3)),
    ("env -i -u HOME npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 5)),
    ("npx cross-env TOKEN=x npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 4)),
    ("dotenvx run -f .env -- node server.js", ("local", "server.js", None, "local", 6)),
    ("npx dotenv-cli -e .env -- node server.js", ("local", "server.js", None, "local", 6)),
    ("op run --env-file=.env -- npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 5)),
    ("doppler run --project p --config dev --command 'uv run main.py'", ("local", "main.py", None, "local", 7)),
    ("aws-vault exec prod -- uvx some-mcp", ("pypi", "some-mcp", None, "none", 5)),
    ("sudo -u root -E npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 5)),
    ("timeout -k 5 60 npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 5)),
    ("mise exec node@22 -- npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 5)),
    ("wsl -d Ubuntu -- npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 5)),
    ("ssh -p 22 user@host npx pkg@1.0.0", ("npm", "pkg", "1.0.0", "exact", 5)),
    ("npx @modelcontextprotocol/inspector node server.js", ("local", "server.js", None, "local", 3)),
    # bridges
    ("npx -y @smithery/cli@1.2.3 run @owner/server --key KEY", ("smithery", "@owner/server", None, "none", 4)),
    ("npx -y supergateway --stdio 'npx -y pkg@1.0.0'", ("npm", "pkg", "1.0.0", "exact", 4)),
    ("npx -y supergateway --port 1 --stdio 'node server.js'", ("local", "server.js", None, "local", 6)),
    ("uvx mcp-proxy --port 1 -- uvx some-mcp", ("pypi", "some-mcp", None, "none", 6)),
    ("npx mcporter@0.6.0 call linear.list_issues", ("npm", "mcporter", "0.6.0", "exact", 1)),
    ("uvx mcp-scan proxy", ("pypi", "mcp-scan", None, "none", 1)),
]


@pytest.mark.parametrize(("line", "expected"), STARTS, ids=[line for line, _ in STARTS])
def test_the_program_is_found_behind_its_runner(line, expected):
    launch = launched(line)
    assert summary(launch) == expected
    assert launch.unknown is None


REMOTE = [
    ("npx -y mcp-remote@0.1.29 https://mcp.example.com/mcp", "https://mcp.example.com/mcp", 3),
    ("npx mcp-remote --allow-http http://localhost:3000/mcp 3334", "http://localhost:3000/mcp", 3),
    ("bunx mcp-remote '${MCP_URL}'", "${MCP_URL}", 2),
    ("npx -y supergateway --sse https://mcp.example.com/sse", "https://mcp.example.com/sse", 4),
    ("uvx mcp-proxy https://mcp.example.com/sse", "https://mcp.example.com/sse", 2),
    ("uvx mcp-proxy-for-aws@latest https://x.api.aws/mcp --region us-east-1", "https://x.api.aws/mcp", 2),
    ("wsl npx -y mcp-remote https://mcp.example.com/mcp", "https://mcp.example.com/mcp", 4),
]


@pytest.mark.parametrize(("line", "url", "at"), REMOTE)
def test_a_bridge_leads_to_its_address(line, url, at):
    launch = launched(line)
    assert (launch.remote_url, launch.remote_url_at) == (url, at)
    assert launch.package is not None
    assert launch.package.ecosystem in {"npm", "pypi"}


@pytest.mark.parametrize(
    "line",
    [
        "npx -y",
        "uvx",
        "docker run -i --rm",
        "docker compose run --rm mcp",
        "'${COMMAND}' --stdio",
        "env",
        "sudo",
        "npx-missing-nothing-here/",
        "",
    ],
)
def test_what_cannot_be_told_says_why_or_is_local(line):
    command, *args = shlex.split(line) or [""]
    launch = unwrap(command, args)
    if launch.package is None:
        assert launch.unknown
    else:
        assert launch.package.pin == "local"


def test_environment_headers_and_files_keep_their_places():
    launch = launched("env A=1 docker run -e B=2 -e C --env-file .env mcp/git")
    assert launch.environment == (("A", "1", 1), ("B", "2", 5))
    assert launch.env_passed == ("C",)
    assert launch.env_files == (".env",)
    remote = launched("npx mcp-remote https://x.example/mcp --header 'Authorization: Bearer ${TOKEN}' --header X-A:1")
    assert remote.headers == (("Authorization", "Bearer ${TOKEN}", 4), ("X-A", "1", 6))
    proxy = launched("mcp-proxy -H Authorization 'Bearer x' -e API_KEY y https://x.example/sse")
    assert proxy.headers == (("Authorization", "Bearer x", 3),)
    assert proxy.environment == (("API_KEY", "y", 6),)


def test_wrappers_are_named_from_the_outside_in():
    launch = launched("sudo env X=1 op run -- npx -y supergateway --stdio 'uvx some-mcp'")
    assert launch.wrappers == ("sudo", "env", "op", "supergateway")
    assert launch.elevated
    assert launch.secret_injector == "op"
    assert [package.name for package in launch.extra_packages] == ["supergateway"]


def test_arguments_are_those_of_the_program():
    launch = launched("docker run -i --rm ghcr.io/github/github-mcp-server stdio --read-only")
    assert launch.arguments == ("stdio", "--read-only")
    assert launch.arguments_at == 5
    assert launched("npx some-mcp").arguments_at == 2


def test_packages_that_come_along_are_kept():
    launch = launched("uv run --with a==1 --with b,c server.py")
    assert [(package.name, package.pin) for package in launch.extra_packages] == [
        ("a", "exact"),
        ("b", "none"),
        ("c", "none"),
    ]
    launch = launched("npx -y -p a@1.0.0 -p b some-bin")
    assert launch.package is not None
    assert launch.package.name == "a"
    assert [package.name for package in launch.extra_packages] == ["b"]


def test_another_registry_is_noted_without_its_password():
    secret = "p" * 8
    launch = launched(f"uvx --index-url https://user:{secret}@pypi.example.com/simple some-mcp")
    assert launch.package is not None
    assert launch.package.registry == "https://pypi.example.com/simple"


def test_credentials_in_an_address_reach_no_package_name():
    secret = "t" * 12
    for spec in (f"git+https://{secret}@github.com/o/r", f"git+https://u:{secret}@github.com/o/r@${{REF}}"):
        launch = unwrap("uvx", ["--from", spec, "serve"])
        assert launch.package is not None
        assert secret not in repr(launch.package)


def test_a_command_that_holds_a_whole_line_is_split():
    assert summary(unwrap("npx -y some-mcp@1.0.0")) == ("npm", "some-mcp", "1.0.0", "exact", 0)
    assert summary(unwrap("npx -y", ["some-mcp"])) == ("npm", "some-mcp", None, "none", 1)
    assert summary(unwrap("C:\\Program Files\\nodejs\\npx.cmd", ["-y", "some-mcp"])) == (
        "npm",
        "some-mcp",
        None,
        "none",
        2,
    )
    assert summary(unwrap('"$ROOT"/hooks/run.sh')) == ("local", "$ROOT/hooks/run.sh", None, "local", 0)
    assert summary(unwrap("/Applications/My App.app/Contents/MacOS/mcp")) == (
        "local",
        "/Applications/My App.app/Contents/MacOS/mcp",
        None,
        "local",
        0,
    )


def test_ssh_says_where_it_runs():
    assert launched("ssh -i key user@host mcp-server").remote_host == "user@host"


def test_each_command_of_a_shell_line_is_told_apart():
    launches = unwrap_text("cd app && TOKEN=x npx -y a@1.0.0; echo done || uvx b | tee log")
    assert [launch.package and launch.package.name for launch in launches] == ["a", "b", "tee"]
    assert launches[0].environment == (("TOKEN", "x", 0),)
    assert launches[0].package is not None
    assert launches[0].package.words == (3, 4)


def test_exported_variables_reach_the_commands_after_them():
    first, second = unwrap_text("export A=1; npx a; export B=2; npx b")
    assert [name for name, _, _ in first.environment] == ["A"]
    assert [name for name, _, _ in second.environment] == ["A", "B"]


def test_commands_in_substitutions_come_last():
    launches = unwrap_text('TOKEN="$(op read x)" node server.js')
    assert [launch.package and launch.package.name for launch in launches] == ["server.js", "op"]
