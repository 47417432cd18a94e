"""Agentic workflows: who starts them, whose text they read, what they may run and ask for, and their compiled twins."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from nhilint.formats.gh_aw import lock, workflow
from nhilint.formats.gh_aw.claims import CLAIMS
from nhilint.formats.gh_aw.digest import digest_in_lock, digest_of_source
from nhilint.link.gh_aw import join
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.source.document import Syntax, read

PATH = ".github/workflows/helper.md"


def extraction(front, body="Help.", path=PATH):
    text = f"---\n{front}\n---\n{body}\n"
    return workflow.extract(read(path, text.encode(), Syntax.MARKDOWN), CLAIMS[0])


def agent(front, body="Help."):
    return next(r.facts for r in extraction(front, body).resources if isinstance(r.facts, Agent))


@pytest.mark.parametrize(
    ("on", "open_to"),
    [
        ("{issues: {types: [opened]}}", "writers"),
        ("{issues: {types: [opened]}, roles: all}", "anyone"),
        ("{issue_comment: , roles: [admin, read]}", "anyone"),
        ("{issues: {types: [labeled]}, roles: all}", "writers"),
        ("{slash_command: help, roles: all}", "anyone"),
        ("{slash_command: {name: help, events: [pull_request_comment]}, roles: all}", "writers"),
        ("{pull_request: , roles: all}", "writers"),
        ("{workflow_run: {workflows: [CI]}, roles: all}", "writers"),
        ("{schedule: daily}", "nobody"),
        ("daily", "writers"),
    ],
)
def test_who_starts_it(on, open_to):
    assert value_of(agent(f"on: {on}\nengine: copilot").open_to) == open_to


@pytest.mark.parametrize("more", ["steps: [{run: ./ask.sh}]", "manual-approval: production"])
def test_what_may_refuse_people_leaves_it_unknown(more):
    found = agent(f"on: {{issues: {{types: [opened]}}, roles: all, {more}}}\nengine: copilot").open_to
    assert isinstance(found, Unknown)


@pytest.mark.parametrize(
    ("bash", "reach"),
    [
        ("true", "sandboxed"), ('[":*"]', "sandboxed"), ('["python3:*"]', "sandboxed"), ('["git status"]', "listed"),
        ("[]", "none"), ("false", "none"), ("", "listed"),
    ],
)  # fmt: skip
def test_which_commands_it_runs(bash, reach):
    assert value_of(agent(f"on: daily\ntools: {{bash: {bash}}}").command_reach) == reach


@pytest.mark.parametrize("free", ["sandbox: {agent: false}", "sandbox: false", 'network: {allowed: ["*"]}'])
def test_any_command_without_the_firewall(free):
    assert value_of(agent(f"on: daily\ntools: {{bash: true}}\n{free}").command_reach) == "any"


@pytest.mark.parametrize(
    ("front", "rights"),
    [
        ("safe-outputs: {add-labels: }", "weak"),
        ("safe-outputs: {create-pull-request: }", "weak"),
        ("safe-outputs: {push-to-pull-request-branch: }", "strong"),
        ("safe-outputs: {push-to-pull-request-branch: {staged: true}}", "none"),
        ("safe-outputs: {staged: true, merge-pull-request: }", "none"),
        ("permissions: {contents: write}", "strong"),
        ("permissions: {issues: write}", "weak"),
        ("permissions: {contents: read, copilot-requests: write}", "none"),
        ("env: {KEY: '${{ secrets.DEPLOY_KEY }}'}\nengine: copilot", "strong"),
    ],
)
def test_what_it_holds(front, rights):
    assert value_of(agent(f"on: daily\n{front}").rights) == rights


@pytest.mark.parametrize(
    ("front", "body", "count"),
    [
        ("on: {issue_comment: }\nengine: copilot", 'Read "${{ steps.sanitized.outputs.text }}".', 1),
        ("on: daily\nengine: copilot", 'Read "${{ steps.sanitized.outputs.text }}".', 0),
        ("on: daily\ntools: {github: {min-integrity: none}}", "Read.", 1),
        ("on: daily\ntools: {github: {lockdown: false}}", "Read.", 1),
        ("on: daily\ntools: {github: {min-integrity: approved}}", "Read.", 0),
        ("on: {issues: {types: [opened]}, roles: all}\nengine: copilot", "Read.", 1),
    ],
)
def test_whose_text_it_reads(front, body, count):
    assert len(value_of(agent(front, body).untrusted_input)) == count


def test_requests_are_tools_with_what_they_do():
    tools = known_records(
        agent("on: daily\nsafe-outputs: {merge-pull-request: , add-comment: , jobs: {tell: {}}}").tools
    )
    assert [value_of(tool.name) for tool in tools] == ["merge-pull-request", "add-comment", "tell"]
    assert isinstance(tools[2].capabilities, Unknown)


def test_a_shared_part_gives_its_servers_and_documentation_nothing():
    shared = extraction("mcp-servers: {docs: {type: http, url: 'https://mcp.context7.com/mcp', allowed: [search]}}")
    assert [(r.kind, r.name) for r in shared.resources] == [("tool", "docs")]
    assert value_of(shared.resources[0].facts.exposed) == "list"
    assert not extraction("title: How we work").recognised


def digest(front):
    return sha256(json.dumps({"frontmatter-text": front}, separators=(",", ":")).encode()).hexdigest()


LOCK = '# gh-aw-metadata: {{"schema_version":"{}","frontmatter_hash":"{}"}}\nname: X\non: push\njobs: {{a: {{steps: []}}}}\n'


@pytest.mark.parametrize(
    ("front", "recorded", "version", "state"),
    [
        ("on: daily\nengine: copilot", "on: daily\nengine: copilot", "v4", "fresh"),
        ("on: daily\nengine: copilot", "on: daily\nengine: claude", "v4", "stale"),
        ("on: daily\nengine: copilot", "on: daily\nengine: claude", "v1", None),
        ("on: daily\nimports: [a.md]\nengine: copilot", "on: daily", "v4", None),
    ],
)
def test_the_compiled_twin(front, recorded, version, state):
    text = LOCK.format(version, digest(recorded))
    compiled = lock.extract(read(".github/workflows/helper.lock.yml", text.encode(), Syntax.YAML), CLAIMS[1])
    joined = join((*extraction(front).resources, *compiled.resources))
    assert value_of(joined[0].facts.compiled) == state


def test_a_compiled_twin_that_compares_refuses_what_it_was_not_made_from():
    text = LOCK.format("v4", digest("on: daily\nengine: claude")) + "x:\n      stale_lock_file_failed: yes\n"
    compiled = lock.extract(read(".github/workflows/helper.lock.yml", text.encode(), Syntax.YAML), CLAIMS[1])
    joined = join((*extraction("on: daily\nengine: copilot").resources, *compiled.resources))
    assert value_of(joined[0].facts.compiled) == "refused"


def test_the_digest_is_of_lines_that_end_in_a_line_feed():
    crlf = "---\r\non: daily\r\nengine: copilot\r\n---\r\nRead.\r\n"
    assert digest_of_source(crlf, imports=False) == digest("on: daily\nengine: copilot")


def test_the_front_matter_ends_at_the_first_three_dashes_even_indented_ones():
    text = "---\non: daily\nrun: |\n  ---\n  more\n---\nRead.\n"
    assert digest_of_source(text, imports=False) == digest("on: daily\nrun: |")


OFF = "safe-outputs: {create-pull-request: {%s}, threat-detection: {enabled: false}}"
ALONE = "on: daily\ntools: {github: false, bash: false, edit: }\n"


@pytest.mark.parametrize(
    ("front", "limits", "count"),
    [
        ("on: daily\n", "", 1),
        (ALONE, "", 0),
        (ALONE + "mcp-servers: {docs: {url: 'https://docs.acme.io/mcp'}}\n", "", 1),
        (ALONE + "imports: [shared/more.md]\n", "", 1),
        (ALONE + "steps: [{run: gh pr list}]\n", "", 1),
        (ALONE + "steps: [{run: git log}]\n", "", 0),
        ("on: daily\ntools: {github: false, bash: false, web-fetch: }\n", "", 1),
        ("on: daily\ntools: {github: false, bash: true}\n", "", 1),
        ("on: daily\n", "allowed-files: [docs/setup.md, README.md]", 0),
        ("on: daily\n", "allowed-files: ['docs/**']", 0),
        ("on: daily\n", "allowed-files: [docs/setup.md, AGENTS.md]", 1),
        ("on: daily\n", "allowed-files: ['docs/**', 'src/**']", 1),
        ("on: daily\n", "allowed-files: [.github/workflows/fix.md]", 1),
    ],
)
def test_a_second_look_counts_where_others_are_read_and_code_is_asked_for(front, limits, count):
    off = agent(front + OFF % limits).safeguards_off
    assert [value_of(one.setting) for one in off] == ["safe-outputs.threat-detection.enabled: false"] * count


def test_a_source_that_was_never_compiled_and_one_of_a_collection():
    assert value_of(join(extraction("on: daily\nengine: copilot").resources)[0].facts.compiled) == "missing"
    elsewhere = extraction("on: daily\nengine: copilot", path="workflows/helper.md").resources
    assert join(elsewhere)[0].facts.compiled is None


def test_digests_that_cannot_be_compared():
    assert digest_of_source("no front matter", imports=False) is None
    assert digest_of_source("---\non: daily\n---\n${{ vars.X }}", imports=False) is None
    assert digest_of_source("---\non: daily\ninlined-imports: true\n---\n", imports=False) is None
    assert digest_in_lock("# gh-aw-metadata: {not json}\n") is None
    assert digest_in_lock("name: X\n") is None


def test_a_workflow_of_a_project_in_a_folder_starts_no_agent():
    front = "on: issues\nengine: claude\nsafe-outputs: {add-comment: {}}"
    assert extraction(front).recognised
    assert not extraction(front, path=f"vendor/lib/{PATH}").recognised


WEAK = "on: {workflow_call: }\npermissions: {contents: read}\nsafe-outputs: {add-comment: }"
STRONG = "on: {workflow_call: }\npermissions: {contents: read}\nsafe-outputs: {push-to-pull-request-branch: }"


@pytest.mark.parametrize(
    ("outputs", "target", "rights"),
    [
        ("call-workflow: [called]", WEAK, "weak"),
        ("dispatch-workflow: {workflows: [called]}", WEAK, "weak"),
        ("call-workflow: [called]", STRONG, "strong"),
        ("call-workflow: [called, elsewhere]", WEAK, "strong"),
        ("call-workflow: [called], merge-pull-request: ", WEAK, "strong"),
        ("dispatch-repository: {x: {workflow: called}}", WEAK, "strong"),
    ],
)
def test_who_starts_workflows_holds_what_they_hold(outputs, target, rights):
    first = extraction(f"on: daily\npermissions: {{contents: read}}\nsafe-outputs: {{{outputs}}}")
    second = extraction(target, path=".github/workflows/called.md")
    joined = join((*first.resources, *second.resources))
    assert value_of(joined[0].facts.rights) == rights
