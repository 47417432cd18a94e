"""What is known of MCP servers, by package, image, address and name, and how switches narrow it."""

from __future__ import annotations

import pytest

from nhilint.knowledge.tools import Package, ToolKnowledge, look_up_server, unwrap


def pairs(known: ToolKnowledge | None) -> set[str]:
    assert known is not None
    return {f"{held.category}:{held.access}" for held in known.capabilities}


def of_line(command: str, *args: str, **more: object) -> ToolKnowledge | None:
    launch = unwrap(command, args)
    environment = {name: value for name, value, _ in launch.environment}
    return look_up_server(package=launch.package, arguments=launch.arguments, environment=environment, **more)


@pytest.mark.parametrize(
    ("arguments", "identity"),
    [
        ({"package": Package("npm", "@playwright/mcp", "1.0.0", "exact")}, "playwright"),
        ({"package": Package("npm", "@Playwright/MCP", None, "none")}, "playwright"),
        ({"package": Package("pypi", "mcp_server_git", None, "none")}, "git"),
        ({"package": Package("pypi", "awslabs-core-mcp-server", None, "none")}, "aws-core"),
        ({"package": Package("pypi", "iam-policy-autopilot", None, "none")}, "iam-policy-autopilot"),
        ({"package": Package("pypi", "microsoft-fabric-rti-mcp", None, "none")}, "fabric-rti"),
        ({"package": Package("oci", "docker.io/mcp/fetch", "1", "tag")}, "fetch"),
        ({"package": Package("oci", "awslabs/valkey-mcp-server", None, "none")}, "aws-valkey"),
        ({"package": Package("docker-mcp", "gateway", None, "unknown")}, "docker-mcp-gateway"),
        ({"image": "ghcr.io/github/github-mcp-server:v1@sha256:" + "0" * 64}, "github"),
        ({"url": "https://api.githubcopilot.com/mcp/"}, "github"),
        ({"url": "https://mcp.notion.com/sse"}, "notion-remote"),
        ({"url": "https://user:pw@mcp.linear.app:443/mcp?x=1"}, "linear"),
        ({"url": "https://contoso.crm.dynamics.com/api/mcp"}, "dataverse"),
        ({"url": "http://127.0.0.1:3845/sse"}, "figma"),
    ],
)
def test_a_package_image_or_address_is_sure(arguments, identity):
    known = look_up_server(**arguments)
    assert known is not None
    assert (known.id, known.confidence) == (identity, "sure")


@pytest.mark.parametrize(
    "arguments",
    [
        {"package": Package("npm", "some-unknown-mcp", None, "none")},
        {"package": Package("npm", "mcp-server-git", None, "none")},
        {"package": Package("local", "dist/index.js", None, "local")},
        {"package": Package("local", "./mcp-server-git.py", None, "local")},
        {"url": "https://example.com/api.githubcopilot.com/mcp"},
        {"url": "https://api.githubcopilot.com.example.com/mcp"},
        {"url": "https://gitlab.com/someone/else"},
        {"url": "${MCP_URL}"},
        {"name": "my-own-thing"},
        {"name": "storage"},
        {"name": ""},
        {},
    ],
)
def test_what_is_not_known_is_none(arguments):
    assert look_up_server(**arguments) is None


def test_an_installed_program_or_module_is_only_likely():
    for launch in (
        unwrap("mcp-server-git"),
        unwrap("/usr/local/bin/mcp-server-git"),
        unwrap("python", ["-m", "mcp_server_git"]),
    ):
        known = look_up_server(package=launch.package)
        assert known is not None
        assert (known.id, known.confidence) == ("git", "likely")


def test_a_name_alone_is_weak_and_inferred_and_joins_all_that_share_it():
    known = look_up_server(name="GitHub")
    assert known is not None
    assert known.confidence == "weak"
    assert {held.source for held in known.capabilities} == {"inferred"}
    one, other = (
        look_up_server(package=Package(*p, None, "none"))
        for p in (("oci", "ghcr.io/github/github-mcp-server"), ("npm", "@modelcontextprotocol/server-github"))
    )
    assert pairs(known) == pairs(one) | pairs(other)
    assert look_up_server(name="mcp-server-github") == look_up_server(name="github-mcp")


def test_a_name_counts_only_when_nothing_surer_is_known():
    known = look_up_server(package=Package("npm", "@modelcontextprotocol/server-memory", None, "none"), name="github")
    assert known is not None
    assert known.id == "memory"


def test_unverified_entries_are_inferred_and_verified_ones_known():
    sure = look_up_server(package=Package("pypi", "mcp-server-fetch", None, "none"))
    assert sure is not None
    assert sure.verified
    assert {held.source for held in sure.capabilities} == {"known"}
    guess = look_up_server(package=Package("npm", "mcp-searxng", None, "none"))
    assert guess is not None
    assert not guess.verified
    assert {held.source for held in guess.capabilities} == {"inferred"}


GITHUB = ("docker", "run", "-i", "--rm")
IMAGE = "ghcr.io/github/github-mcp-server"
NARROWED = [
    (of_line, (*GITHUB, IMAGE, "stdio", "--read-only"), {}),
    (of_line, (*GITHUB, IMAGE, "stdio", "--read-only=true"), {}),
    (of_line, (*GITHUB, "-e", "GITHUB_READ_ONLY=1", IMAGE), {}),
    (of_line, (*GITHUB, "-e", "GITHUB_READ_ONLY=True", IMAGE), {}),
]


@pytest.mark.parametrize(("look_up", "line", "more"), NARROWED)
def test_a_switch_leaves_only_reading(look_up, line, more):
    known = look_up(*line, **more)
    assert known is not None
    assert known.read_only is True
    assert all(held.access == "read" for held in known.capabilities)
    assert known.egress is False
    assert known.reads_untrusted is True


@pytest.mark.parametrize(
    "line",
    [
        (*GITHUB, IMAGE, "stdio"),
        (*GITHUB, IMAGE, "stdio", "--read-only=false"),
        (*GITHUB, "-e", "GITHUB_READ_ONLY=0", IMAGE),
        (*GITHUB, "-e", "OTHER=1", IMAGE, "--", "x--read-only"),
    ],
)
def test_a_switch_that_is_off_narrows_nothing(line):
    known = of_line(*line)
    assert known is not None
    assert known.read_only is False
    assert "source_code:write" in pairs(known)


def test_a_switch_with_a_variable_is_unknown():
    known = of_line(*GITHUB, "-e", "GITHUB_READ_ONLY=${READ_ONLY}", IMAGE)
    assert known is not None
    assert known.read_only is None


def test_headers_and_addresses_narrow_too():
    url = "https://api.githubcopilot.com/mcp/"
    assert look_up_server(url=url).read_only is False
    assert look_up_server(url=url, headers={"x-mcp-readonly": "true"}).read_only is True
    assert look_up_server(url=url + "x/issues/readonly").read_only is True
    assert look_up_server(url="https://mcp.supabase.com/mcp?read_only=true").read_only is True
    assert look_up_server(url="https://mcp.supabase.com/mcp?read_only=false").read_only is False


def test_some_servers_read_only_until_they_are_widened():
    package = Package("pypi", "awslabs.eks-mcp-server", None, "none")
    narrow = look_up_server(package=package)
    assert pairs(narrow) == {"infra:read"}
    sensitive = look_up_server(package=package, arguments=["--allow-sensitive-data-access"])
    assert pairs(sensitive) == {"infra:read", "secrets:read"}
    wide = look_up_server(package=package, arguments=["--allow-write", "--allow-sensitive-data-access"])
    assert {"infra:write", "infra:admin", "secrets:read"} <= pairs(wide)


def test_an_option_with_a_value_may_be_two_words():
    package = Package("pypi", "postgres-mcp", None, "none")
    assert look_up_server(package=package, arguments=["--access-mode", "restricted"]).read_only is True
    assert look_up_server(package=package, arguments=["--access-mode=restricted"]).read_only is True
    assert look_up_server(package=package, arguments=["--access-mode=unrestricted"]).read_only is False
    assert look_up_server(package=package, arguments=["--access-mode=${MODE}"]).read_only is None


def test_single_capabilities_can_be_switched_off():
    package = Package("npm", "kubernetes-mcp-server", None, "none")
    assert "infra:delete" not in pairs(look_up_server(package=package, arguments=["--disable-destructive"]))
    assert "infra:write" in pairs(look_up_server(package=package, arguments=["--disable-destructive"]))
    n8n = Package("npm", "n8n-mcp", None, "none")
    assert pairs(look_up_server(package=n8n)) == {"web:read"}
    assert "infra:execute" in pairs(look_up_server(package=n8n, environment={"N8N_API_KEY": "${KEY}", "X": "1"})) | {
        "infra:execute"
    }


def test_a_context_without_a_shell_of_its_own_leaves_nothing_that_sends_out():
    serena = Package("pypi", "serena-agent", None, "none")
    for arguments in (["--context", "ide-assistant"], ["--context=claude-code"], ["--context", "codex"]):
        known = look_up_server(package=serena, arguments=arguments)
        assert not known.can("code_execution")
        assert known.can("source_code", "write")
        assert known.egress is False
    assert look_up_server(package=serena, arguments=["--context", "agent"]).can("code_execution")
    assert look_up_server(package=serena).egress is True


def test_what_would_narrow_it_and_what_it_asks_for_is_told():
    known = of_line(*GITHUB, IMAGE)
    assert known is not None
    assert ("flag", "--read-only", False) in known.read_only_mode
    assert "GITHUB_PERSONAL_ACCESS_TOKEN" in known.credential_names
    assert known.remote_oauth is True
    assert known.official
    assert known.can("source_code", "write")
    assert not known.can("payments")
