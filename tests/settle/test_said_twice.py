"""One finding for what would be said several times, with the other places beside it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nhilint.api import scan
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.finding import Confidence, Disposition, Finding, Note, Severity, Subject
from nhilint.model.place import Place
from nhilint.model.run import Located
from nhilint.report.chain import chain_of
from nhilint.settle.said_twice import HANDFUL, each_place, said_once


def finding(
    path, *, name="github", message="github runs x in whatever version is newest", check="unpinned", kind="tool", **more
):
    return Finding(
        check=check,
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH,
        message=message,
        place=Place(path, ("mcpServers", name)),
        subject=Subject(kind, name),
        fingerprint=f"of {path}",
        **more,
    )


def test_what_is_handed_a_secret_leads_those_with_a_token_alone():
    def called(job, given):
        message = f"{job} calls acme/flows/x.yml at v3 with {given}"
        uses = Place(".github/workflows/ci.yml", ("jobs", job, "uses"))
        return replace(finding(uses.path, message=message, kind="workflow", name="ci"), place=uses)

    token, secret = called("build", "a token that may write id-token"), called("release", "the secret RELEASE_KEY")
    for order in ((token, secret), (secret, token)):
        (told,) = said_once(order)
        assert told.place == secret.place
        assert [note.place for note in told.related] == [token.place]


def test_one_credential_in_two_files_is_told_once():
    kept = {"kind": "credential", "check": "literal-credential"}
    one, other = (
        finding("a.yaml", name="url", credential="h1", **kept),
        finding("b.env", name="URL", credential="h1", **kept),
    )
    differs, shapeless = finding("c.yaml", credential="h2", **kept), finding("d.yaml", **kept)
    elsewhere = finding("e.yaml", credential="h1", kind="credential", check="shared-literal-credential")
    found = said_once([one, other, differs, shapeless, elsewhere])
    assert [f.place.path for f in found] == ["a.yaml", "c.yaml", "d.yaml", "e.yaml"]
    assert [note.place.path for note in found[0].related] == ["b.env"]


def test_a_value_whose_shape_tells_nothing_may_be_the_password_of_something_else(tmp_path):
    token, password = sample("github-pat-fine-grained"), sample("github-pat-fine-grained")[-20:]
    for path in ("one/.env", "two/.env"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(f"GITHUB_TOKEN={token}\nDB_PASSWORD={password}\n")
    found = scan(tmp_path, select=["literal-credential", "literal-secret-value"]).findings
    assert sorted((one.check, len(one.copies)) for one in found) == [
        ("literal-credential", 1),
        ("literal-secret-value", 0),
        ("literal-secret-value", 0),
    ]


def test_the_same_server_in_the_files_of_two_clients():
    found = said_once([finding(".cursor/mcp.json"), finding(".mcp.json", check="other"), finding(".mcp.json")])
    assert [(f.check, f.place.path) for f in found] == [("unpinned", ".cursor/mcp.json"), ("other", ".mcp.json")]
    assert [note.place.path for note in found[0].related] == [".mcp.json"]
    assert [copy.fingerprint for copy in found[0].copies] == ["of .mcp.json"]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("logs.tools.example.net/mcp", "metrics.tools.example.net/mcp", 1),
        ("tools.example.net/logs", "tools.example.net:8080/metrics", 1),
        ("tools.example.net/mcp", "tools.example.org/mcp", 2),
        ("203.0.113.5/mcp", "198.0.113.5/mcp", 2),
    ],
)
def test_servers_of_one_domain_without_encryption(first, second, told):
    places = {"A": first, "B": second}
    every = [
        finding(".mcp.json", name=name, message=f"MCP server {name} is reached at http://{at} without encryption")
        for name, at in places.items()
    ]
    assert len(said_once(every)) == told


def test_one_reason_for_several_servers_of_a_file():
    reason = "the client does not replace this; write ${env:%s}"
    every = [finding(".mcp.json", name=name, message=f"{name} of server {name}: {reason % name}") for name in "ABC"]
    (told,) = said_once(every)
    assert [note.message.partition(" ")[0] for note in told.related] == ["B", "C"]
    assert len(said_once([every[0], replace(every[1], place=Place("sub/.mcp.json", ("mcpServers", "B")))])) == 2
    assert (
        len(said_once([replace(one, message=one.message.replace("this;", f"{one.subject.name};")) for one in every]))
        == 3
    )


def test_capitals_do_not_make_another_server():
    one = finding(".mcp.json", name="serena", message="serena runs the head")
    other = finding(".cursor/mcp.json", name="Serena", message="Serena runs the head")
    assert len(said_once([one, other])) == 1
    assert len(said_once([replace(x, subject=Subject("agent", x.subject.name)) for x in (one, other)])) == 2


def test_the_same_package_of_one_server_in_two_lists_though_one_hands_it_less():
    one = finding(".mcp.json", message="runs x, and is handed A")
    other = finding(".cursor/mcp.json", message="runs x, with the rights of whoever starts it")
    assert len(said_once([one, other], located(one, other, content="x"))) == 1
    assert len(said_once([one, other], {**located(one, content="x"), **located(other, content="y")})) == 2


def test_a_client_whose_settings_have_no_dot_in_their_name_is_one_of_them():
    (told,) = said_once([finding(".mcp.json"), finding("opencode.json")])
    assert [note.place.path for note in told.related] == ["opencode.json"]
    assert len(said_once([finding(".mcp.json"), finding("web/opencode.json")])) == 2


@pytest.mark.parametrize("path", ["tools/.mcp.json", "servers.json", "tools/servers.json"])
def test_files_of_another_folder_are_another_decision(path):
    both = (finding(".mcp.json"), finding(path))
    assert said_once(both) == both


def test_two_workflows_are_told_each_by_itself():
    both = [finding(f".github/workflows/{name}.yml", kind="workflow") for name in ("one", "two")]
    assert said_once(both) == tuple(both)
    assert len(said_once([both[0], both[0]])) == 1


@pytest.mark.parametrize(("key", "told"), [("runs-on", 1), ("permissions", 2)])
def test_machines_that_one_setting_closes_to_forks_are_one_decision(key, told):
    both = [
        replace(finding(path, name=path, message=path, kind="workflow"), place=Place(path, ("jobs", path, key)))
        for path in ("one.yml", "two.yml")
    ]
    assert len(said_once(both)) == told


@pytest.mark.parametrize(
    ("on", "name", "told"),
    [("workflow_dispatch", "a", "b"), ("push", "a", "a"), ("push", "Release (deprecated)", "b")],
)
def test_a_live_workflow_is_told_before_one_that_a_hand_starts(tmp_path, on, name, told):
    text = "on: {}\nname: {}\npermissions: {{contents: write}}\njobs: {{j: {{runs-on: x, steps: [{{uses: acme/x@main}}]}}}}\n"
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(text.format(on, name))
    (folder / "b.yml").write_text(text.format("push", "b"))
    (found,) = scan(tmp_path, select=["unpinned-action-with-write-token"]).findings
    assert found.place.path == f".github/workflows/{told}.yml"


@pytest.mark.parametrize(("machine", "told"), [("ubuntu-20.04", "b"), ("ubuntu-24.04", "a")])
def test_a_workflow_that_no_machine_takes_is_told_last(tmp_path, machine, told):
    text = "on: workflow_dispatch\npermissions: {contents: write}\njobs: {j: {runs-on: %s, steps: [{uses: acme/x@main}]}}\n"
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(text % machine)
    (folder / "b.yml").write_text(text % "ubuntu-latest")
    (found,) = scan(tmp_path, select=["unpinned-action-with-write-token"]).findings
    assert found.place.path == f".github/workflows/{told}.yml"


@pytest.mark.parametrize(
    ("key", "said"), [("secrets", "{} hands every secret to {}/{}.yml at main"), ("uses", "{} calls {}/{}.yml at v1")]
)
@pytest.mark.parametrize(("other", "told"), [("Acme/release", 1), ("else/release", 2)])
def test_the_owner_of_all_called_workflows_is_told_once(key, said, other, told):
    both = [
        replace(
            finding(path, name=path, message=said.format(path, f"{owner}/.github/workflows", path), kind="workflow"),
            place=Place(path, ("jobs", path, key)),
        )
        for path, owner in (("one", "acme/build"), ("two", other))
    ]
    assert len(said_once(both)) == told


@pytest.mark.parametrize(
    ("key", "first", "second", "told"),
    [
        (
            "run",
            "A in one runs whatever x.sh is that day and is given K",
            "B in two runs whatever x.sh is that day and so",
            1,
        ),
        (
            "run",
            "A in one runs whatever x.sh is that day and is given K",
            "B in two runs whatever y.sh is that day and so",
            2,
        ),
        ("if", "${{ a }} == b holds nothing back: it is a text", "${{ c }} == d holds nothing back: it is a text", 1),
        ("if", "${{ a }} == b holds nothing back: it is a text", "github.actor == 'x' keeps nobody out: it looks", 2),
    ],
)
def test_one_cause_in_several_steps_of_a_file_is_told_once(key, first, second, told):
    both = [
        replace(finding("w.yml", name=said, message=said, kind="workflow"), place=Place("w.yml", ("jobs", job, key)))
        for job, said in enumerate((first, second))
    ]
    where = {one.place: Located(1, 1, 1, 2, "", "", one.message) for one in both}
    assert len(said_once(both, where)) == told


@pytest.mark.parametrize(("second", "told"), [("test logs in with KEY", 1), ("test logs in with OTHER", 2)])
def test_one_script_in_two_jobs_is_told_once(second, told):
    both = [
        replace(finding(path, name=path, message=said, kind="workflow"), place=Place(path, ("jobs", path, 0, "run")))
        for path, said in (("one", "build logs in with KEY"), ("two", second))
    ]
    assert len(said_once(both, located(*both, content="login --token"))) == told


@pytest.mark.parametrize(
    ("line", "told"), [("ALL: ${{ toJSON(secrets) }}", 1), ("KEY: ${{ secrets.KEY }}", 1), ("KEY: ${{ env.KEY }}", 2)]
)
def test_what_two_workflows_hand_over_alike_is_told_once(line, told):
    both = [
        replace(
            finding(path, name=path, message=path, kind="workflow"),
            place=Place(path, ("jobs", path, 0, "env", "ALL")),
        )
        for path in ("one", "two")
    ]
    where = {one.place: Located(1, 1, 1, 2, line, "", "same") for one in both}
    assert len(said_once(both, where)) == told


@pytest.mark.parametrize(("count", "told"), [(HANDFUL, HANDFUL), (HANDFUL + 1, 1)])
def test_the_same_step_in_many_workflows_is_one_decision(count, told):
    every = [
        finding(f".github/workflows/{number}.yml", name=str(number), message=str(number), kind="workflow")
        for number in range(count)
    ]
    alike = [replace(one, place=Place(one.place.path, ("jobs", "run"))) for one in every]
    assert len(said_once(alike, located(*alike))) == told
    apart = {place: where for one in alike for place, where in located(one, content=one.message).items()}
    assert len(said_once(alike, apart)) == count


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("acme/x at v1 is handed K{}", 1),
        ("acme/x at v1 runs in {0} beside the secret {0}", 1),
        ("acme/{} at v1 is handed K", 2),
        ("acme/x/{}/run at v1 is handed K", 1),
    ],
)
def test_one_version_that_two_workflows_use_is_one_decision(message, told):
    both = [
        replace(
            finding(f"{name}.yml", name=name, message=message.format(name), kind="workflow"),
            place=Place(f"{name}.yml", ("steps", 0, "uses")),
        )
        for name in ("one", "two")
    ]
    assert len(said_once(both)) == told


@pytest.mark.parametrize(("content", "told"), [("same", 1), ("other", 2)])
def test_an_app_of_which_several_workflows_take_the_whole_token_is_one_decision(content, told):
    both = [
        replace(
            finding(f"{name}.yml", name=name, message=name, kind="workflow"), place=Place(f"{name}.yml", ("app-id",))
        )
        for name in ("one", "two")
    ]
    assert len(said_once(both, {**located(both[0]), **located(both[1], content=content)})) == told


@pytest.mark.parametrize(("count", "told"), [(HANDFUL, HANDFUL), (HANDFUL + 1, 1)])
def test_versions_that_more_than_a_handful_of_workflows_leave_movable_are_one_habit(count, told):
    each = [
        replace(
            finding(f"{number}.yml", name=str(number), message=f"{number} at {step}", kind="workflow"),
            place=Place(f"{number}.yml", ("jobs", step, "uses")),
        )
        for number in range(count)
        for step in ("one", "two")
    ]
    assert len(said_once(each)) == told
    assert len(each_place(said_once(each))) == 2 * count
    graver = [replace(one, severity=Severity.CRITICAL) if index == 0 else one for index, one in enumerate(each)]
    assert len(said_once(graver)) == told + 1


@pytest.mark.parametrize(("folder", "count", "told"), [("flows/", 10, 10), ("flows/", 11, 1), ("", 11, 11)])
def test_more_than_two_handfuls_of_credentials_below_one_folder_are_a_collection(folder, count, told):
    each = [
        finding(f"{folder}{number}.json", name=str(number), message=str(number), kind="credential")
        for number in range(count)
    ]
    assert len(said_once(each)) == told
    assert len(each_place(said_once(each))) == count


def test_other_words_another_name_and_another_severity_stay_apart():
    others = [
        finding(".a/mcp.json"),
        finding(".b/mcp.json", message="github runs y in whatever version is newest"),
        finding(".c/mcp.json", name="gitlab"),
        replace(finding(".d/mcp.json"), severity=Severity.HIGH),
    ]
    assert said_once(others) == tuple(others)


def test_one_setting_with_the_cure_of_each_client_is_told_once():
    cures = {".a/mcp.json": "name: add type", ".b/mcp.json": "name: add transport", ".c/mcp.json": "other: add type"}
    (told, other) = said_once([finding(path, message=message) for path, message in cures.items()])
    assert [note.message for note in told.related] == ["name: add transport"]
    assert other.message == "other: add type"


@pytest.mark.parametrize("kind", ["tool", "credential"])
@pytest.mark.parametrize(("count", "told"), [(HANDFUL, HANDFUL), (HANDFUL + 1, 1)])
def test_more_than_a_handful_in_one_file_is_one_decision(count, told, kind):
    each = [finding("a.env", name=str(number), message=str(number), kind=kind) for number in range(count)]
    assert len(said_once(each)) == told


def test_one_key_in_the_files_of_two_clients():
    both = [finding(path, kind="credential", message="x-key holds a value") for path in (".roo/mcp.json", ".mcp.json")]
    assert len(said_once(both)) == 1
    environments = [
        replace(one, place=Place(path, ("KEY",))) for one, path in zip(both, (".env", ".env.b"), strict=True)
    ]
    assert len(said_once(environments)) == 2


def test_the_steps_that_one_event_opens_to_outsiders_are_one_decision():
    def opened(job, event, *inside):
        chain = (Note(event, Place("ci.yml", ("on", event))), Note(job, Place("ci.yml", ("jobs", job))))
        return replace(in_job(job, flow=chain), place=Place("ci.yml", ("jobs", job, "steps", 0, *inside)))

    assert len(said_once([opened("build", "issues"), opened("test", "issues")])) == 1
    assert len(said_once([opened("build", "issues"), opened("test", "push")])) == 2
    assert len(said_once([opened("build", "issues", "run"), opened("test", "issues", "run")])) == 2


@pytest.mark.parametrize(("end", "told"), [("roles.tf", 1), (".github/workflows/0.yml", 2)])
def test_a_role_that_several_workflows_become_is_one_decision(end, told):
    chain = (Note("which rules its account", Place(end, ("role",))),)
    each = [
        finding(f".github/workflows/{n}.yml", name=str(n), message=str(n), kind="workflow", flow=chain) for n in (1, 2)
    ]
    assert len(said_once(each)) == told
    apart = [replace(each[0], flow=(Note("x", Place(end, ("other",))),)), each[1]]
    assert len(said_once(apart)) == 2


@pytest.mark.parametrize(("check", "told"), [("unpinned-action-with-b", 1), ("unpinned-called-workflow", 2)])
def test_what_two_checks_say_of_the_versions_in_one_workflow_is_mended_at_once(check, told):
    both = [
        replace(
            finding("w.yml", name="w", message=name, check=name, kind="workflow"),
            place=Place("w.yml", ("jobs", name, "uses")),
            severity=severity,
        )
        for name, severity in (("unpinned-action-with-a", Severity.MEDIUM), (check, Severity.HIGH))
    ]
    found = said_once(both)
    assert len(found) == told
    assert max(one.severity for one in found) is Severity.HIGH
    assert found[0].check == (check if told == 1 else "unpinned-action-with-a")


def test_the_versions_of_one_workflow_are_one_decision():
    steps = [in_job(name, "uses") for name in ("build", "test", "release")]
    assert [len(one.copies) for one in said_once(steps)] == [2]
    assert len(said_once([in_job(name) for name in ("build", "test", "release")])) == 3


def test_steps_of_one_job_that_run_an_agent_alike():
    steps = [finding("a.yml", name=f"plan / {name}", kind="agent") for name in ("read", "write")]
    assert len(said_once(steps)) == 1
    other = finding("a.yml", name="review / read", kind="agent")
    assert len(said_once([*steps, other])) == 2


@pytest.mark.parametrize(
    ("first", "told"), [(".github/actions/setup/action.yml", 1), (".github/workflows/setup.yml", 2)]
)
def test_a_version_in_an_action_of_the_repository_and_in_a_job(first, told):
    def using(path, message):
        return replace(finding(path, kind="workflow", message=message), place=Place(path, ("steps", 0, "uses")))

    one, other = using(first, "x beside A"), using(".github/workflows/plan.yml", "x beside B")
    assert len(said_once([one, other], located(one, other, content="acme/x@v1"))) == told
    assert (
        len(said_once([one, other], {**located(one, content="acme/x@v1"), **located(other, content="acme/x@v2")})) == 2
    )


def test_the_first_line_of_a_file_is_told():
    both = [in_job("late"), in_job("early")]
    where = {
        one.place: Located(line, 1, line, 2, "uses: x", "", "same") for one, line in zip(both, (9, 3), strict=True)
    }
    assert [one.fingerprint for one in said_once(both, where)] == ["early"]


def test_the_rules_of_one_list_are_told_once_with_the_words_of_each():
    rules = [
        replace(
            finding("s.json", kind="agent", name="claude", message=f"{rule} runs anything"),
            place=Place("s.json", ("permissions", held, index)),
        )
        for held, index, rule in (("allow", 0, "node"), ("allow", 3, "awk"), ("ask", 0, "sh"))
    ]
    told = said_once(rules)
    assert [one.message for one in told] == ["node runs anything", "sh runs anything"]
    assert [note.message for note in told[0].related] == ["awk runs anything"]


def test_an_excepted_place_covers_no_other_one():
    waived = replace(finding(".a/mcp.json"), disposition=Disposition.WAIVED)
    assert said_once([waived, finding(".b/mcp.json"), finding(".c/mcp.json")])[:1] == (waived,)
    assert said_once([waived, finding(".b/mcp.json"), finding(".c/mcp.json")])[1].place.path == ".b/mcp.json"


def test_every_place_can_be_had_again():
    all_of_them = [finding(".a/mcp.json"), finding(".b/mcp.json"), finding(".c/mcp.json")]
    assert [f.fingerprint for f in each_place(said_once(all_of_them))] == [
        "of .a/mcp.json",
        "of .b/mcp.json",
        "of .c/mcp.json",
    ]


def test_places_of_the_same_words_are_no_chain():
    assert chain_of(said_once([finding(".a/mcp.json"), finding(".b/mcp.json")])[0]) == ()


def in_job(job, key="run", **more):
    found = finding("ci.yml", name="CI", kind="workflow", message=f"x runs in {job} beside a secret")
    return replace(found, place=Place("ci.yml", ("jobs", job, "steps", 0, key)), fingerprint=job, **more)


def located(*findings, content="same"):
    return {one.place: Located(1, 1, 1, 2, "uses: x", "", content) for one in findings}


def test_the_same_text_in_several_jobs_is_told_with_the_words_of_each():
    jobs = [in_job("build"), in_job("test"), in_job("release")]
    (found,) = said_once(jobs, located(*jobs))
    assert found.fingerprint == "build"
    assert [(note.message, note.place.pointer[1]) for note in found.related] == [
        ("x runs in test beside a secret", "test"),
        ("x runs in release beside a secret", "release"),
    ]


def test_other_text_and_text_that_nobody_may_see_stay_apart():
    jobs = (in_job("build"), in_job("test"))
    assert said_once(jobs, {**located(jobs[0]), **located(jobs[1], content="other")}) == jobs
    assert said_once(jobs, located(*jobs, content="")) == jobs


def test_what_a_change_brings_is_not_hidden_by_what_was_there():
    old, new = in_job("build", disposition=Disposition.UNCHANGED), in_job("test")
    assert said_once([old, new], located(old, new)) == (old, new)


@pytest.mark.parametrize(("number", "told"), [(HANDFUL, HANDFUL), (HANDFUL + 1, 1)])
def test_more_than_a_handful_about_one_thing_is_told_once(number, told):
    rows = [in_job(f"job {index}") for index in range(number)]
    found = said_once([*rows, finding("ci.yml", check="other")])
    assert len(found) == told + 1
    assert len(list(each_place(found))) == number + 1


def definitions(number, holder=".claude", kind="agent"):
    paths = [
        f"{holder}/skills/s{index}/SKILL.md" if index % 2 else f"{holder}/commands/x/c{index}.md"
        for index in range(number)
    ]
    return [finding(path, name=path, message=f"{path} approves", kind=kind) for path in paths]


@pytest.mark.parametrize(("number", "told"), [(1, 1), (2, 1), (9, 1)])
def test_a_habit_of_one_collection_is_told_once(number, told):
    found = said_once(definitions(number))
    assert len(found) == told
    assert len(each_place(found)) == number
    assert all(note.message.endswith("approves") for note in found[0].related)


@pytest.mark.parametrize(("number", "told"), [(HANDFUL, HANDFUL), (HANDFUL + 1, 1)])
def test_of_grave_ones_a_handful_is_told_each_by_itself(number, told):
    assert len(said_once(replace(one, severity=Severity.HIGH) for one in definitions(number))) == told


def test_the_plugins_of_one_folder_have_one_maintainer():
    several = definitions(1, "plugins/a") + definitions(1, "plugins/b")
    assert len(said_once(several)) == 1
    assert len(said_once(replace(one, severity=Severity.HIGH) for one in several)) == 2


def test_collections_of_two_folders_and_other_kinds_stay_apart():
    assert len(said_once(definitions(1, "web/.claude") + definitions(1, "api/.claude"))) == 2
    assert len(said_once(definitions(HANDFUL + 1, kind="tool"))) == HANDFUL + 1


def test_what_was_folded_before_is_folded_with_its_copies():
    pairs = [in_job(f"{index} {half}") for index in range(HANDFUL + 1) for half in "ab"]
    where = {
        place: at
        for index in range(HANDFUL + 1)
        for place, at in located(*pairs[2 * index : 2 * index + 2], content=str(index)).items()
    }
    (found,) = said_once(pairs, where)
    assert {one.fingerprint for one in each_place([found])} == {one.fingerprint for one in pairs}
    assert len(found.related) == len(pairs) - 1


def test_one_action_in_three_jobs_of_a_workflow(tmp_path):
    job = "  {}:\n    runs-on: x\n    permissions: {{contents: write}}\n    steps: [{{uses: acme/changelog@main}}]\n"
    workflow = tmp_path / ".github/workflows/ci.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text("on: push\njobs:\n" + "".join(map(job.format, ("build", "test", "release"))))
    (found,) = scan(tmp_path, select=["unpinned-action-with-write-token"]).findings
    assert {note.message.split(" beside ")[0] for note in found.related[1:]} == {
        "acme/changelog at main runs in test",
        "acme/changelog at main runs in release",
    }
    assert len({one.fingerprint for one in each_place([found])}) == 3


ROLE = """apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: triage}
rules:
  - {apiGroups: [""], resources: ["secrets"], verbs: [%s]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: triage}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: triage}
subjects:
  - {kind: ServiceAccount, name: triage, namespace: ops}
"""


@pytest.mark.parametrize(("verbs", "told"), [("get, list", 1), ("list", 2)])
def test_one_object_of_a_cluster_in_two_overlays(tmp_path, verbs, told):
    for folder, words in (("east", "get, list"), ("west", verbs)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rbac.yaml").write_text(ROLE % words)
    found = [one for one in scan(tmp_path).findings if one.check == "secrets-of-every-namespace"]
    assert len(found) == told


RENDERED = """  - apiGroups:
      - ""
    verbs:
      - get
      - %s
    resources:
      - secrets"""


@pytest.mark.parametrize(("verb", "told"), [("list", 1), ("watch", 2)])
def test_one_object_of_a_cluster_and_what_a_tool_rendered_of_it(tmp_path, verb, told):
    line = """  - {apiGroups: [""], resources: ["secrets"], verbs: [%s]}"""
    for folder, text in (("source", ROLE % "get, list"), ("made", ROLE.replace(line, RENDERED % verb))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rbac.yaml").write_text(text)
    found = [one for one in scan(tmp_path).findings if one.check == "secrets-of-every-namespace"]
    assert len(found) == told


STAR = """
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: %(role)s
  namespace: %(namespace)s
rules:
  - {apiGroups: [""], resources: ["secrets"], verbs: ["*"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: keeper, namespace: %(namespace)s}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %(role)s}
subjects:
  - {kind: ServiceAccount, name: keeper, namespace: %(namespace)s}
"""


@pytest.mark.parametrize(("other", "told"), [("keeper", 1), ("cleaner", 2)])
def test_one_role_made_again_for_every_namespace(tmp_path, other, told):
    for namespace, role in (("east", "keeper"), ("west", other)):
        (tmp_path / namespace).mkdir()
        (tmp_path / namespace / "rbac.yaml").write_text(STAR % {"role": role, "namespace": namespace})
    found = [one for one in scan(tmp_path).findings if one.check == "star-in-role"]
    assert len(found) == told


@pytest.mark.parametrize(("one", "other", "told"), [("4.16", "4.17", 1), ("v1.2", "v1.3.1", 1), ("prod", "test", 2)])
def test_a_policy_kept_for_each_version_is_one_decision(one, other, told):
    found = [finding(f"sts/{folder}/registry.json", kind="identity") for folder in (one, other)]
    assert len(said_once(found)) == told
    assert len(said_once([found[0], finding(f"sts/{other}/csi.json", kind="identity")])) == 2


@pytest.mark.parametrize(
    ("jobs", "told"),
    [
        ("one: {steps: [{run: make}]}", "The token of one may write everything"),
        (
            "one: {steps: [{run: make}]}, two: {steps: [{run: make}]}",
            "The token of every job without permissions of its own may write everything",
        ),
    ],
)
def test_a_statement_for_the_whole_file_is_told_once_for_all_of_its_jobs(tmp_path, jobs, told):
    workflow = tmp_path / ".github/workflows/ci.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(f"on: push\npermissions: write-all\njobs: {{{jobs}}}\n")
    (found,) = scan(tmp_path, select=["write-all-token"]).findings
    assert found.message == told


def test_scopes_of_one_list_are_one_request():
    every = [
        replace(finding("app.json", kind="app", name="Desk", message=f"Desk asks for {n}"), place=Place("app.json", at))
        for n, at in enumerate([("scopes", 0, "id"), ("scopes", 1, "id"), ("optional", 0, "id")])
    ]
    assert [note.message for note in said_once(every)[0].related] == ["Desk asks for 1"]
    assert len(said_once(every)) == 2


@pytest.mark.parametrize(("other", "told"), [("web/manifest.v2.json", 1), ("old/manifest.json", 2)])
def test_an_app_has_a_manifest_for_each_platform_beside_the_other(other, told):
    both = [finding(path, kind="app", name="Box", message="Box reads all") for path in ("web/manifest.json", other)]
    assert len(said_once(both)) == told


def test_what_several_roles_of_one_holder_give_is_told_once():
    said = ["ci can sign in as any with roles/a", "ci can sign in as any with roles/b", "cd can sign in as any with x"]
    every = [finding("main.tf", kind="resource_policy", name=str(n), message=text) for n, text in enumerate(said)]
    assert [note.message for note in said_once(every)[0].related] == [said[1]]
    assert len(said_once(every)) == 2
    assert len(said_once([replace(one, subject=Subject("identity", one.subject.name)) for one in every])) == 3


@pytest.mark.parametrize(("product", "told"), [("kubernetes", 2), ("vault-settings", 2), ("nomad-job", 3)])
def test_one_key_that_workloads_of_an_account_take_is_told_once(product, told):
    said = [
        "Job a (bot) takes KEY from the Secret s",
        "Job b (bot) takes KEY from the Secret s",
        "Job b (bot) takes KEY from x",
    ]
    every = [
        finding(f"{n}.yaml", kind="identity", name="bot", message=text, product=product) for n, text in enumerate(said)
    ]
    where = {one.place: Located(n, 1, n, 2, f"line {n}", "", "") for n, one in enumerate(every)}
    assert len(said_once(every, where)) == told


@pytest.mark.parametrize(
    ("other", "severity", "told"),
    [
        ("b (statement 3) does not give s3:ListBucket: names objects", Severity.LOW, 1),
        ("b (statement 3) does not give s3:GetObject: names the bucket", Severity.LOW, 2),
        ("b (statement 3) does not give s3:ListBucket: names objects", Severity.MEDIUM, 2),
    ],
)
def test_a_small_slip_that_is_copied_from_policy_to_policy_is_told_once(other, severity, told):
    said = "a (List) does not give s3:ListBucket: names objects"
    every = [
        replace(finding(f"{name}/role.yaml", name=name, message=message, kind="identity"), severity=severity)
        for name, message in (("a", said), ("b", other))
    ]
    assert len(said_once(every)) == told


def test_the_surest_leads():
    sure = finding("b/.mcp.json", kind="app", name="Box", message="Box reads all")
    unsure = replace(finding("b/a.json", kind="app", name="Box", message="Box reads all"), confidence=Confidence.LOW)
    (told,) = said_once([unsure, sure])
    assert (told.place.path, [copy.place.path for copy in told.copies]) == ("b/.mcp.json", ["b/a.json"])


JOB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: backup, namespace: ops}
spec:
  selector: {}
  template:
    spec:
      containers:
        - name: one
          image: backup
          env: &env
            - name: AWS_SECRET_ACCESS_KEY
              valueFrom: {secretKeyRef: {name: store, key: key}}
        - {name: two, image: backup, env: *env}
        - {name: three, image: backup, env: *env}
"""


def test_an_alias_of_a_line_is_not_shown_beside_it(tmp_path):
    (tmp_path / "backup.yaml").write_text(JOB)
    (found,) = [one for one in scan(tmp_path).findings if one.check == "static-cloud-key-in-workload"]
    assert found.copies
    assert not found.related


def test_what_several_statements_of_one_role_give_is_told_once_unless_it_is_grave():
    said = "agent may read every parameter, by statement"
    each = [
        replace(
            finding("main.tf", name="agent", message=f"{said} {n}", kind="identity"), place=Place("main.tf", ("S", n))
        )
        for n in (1, 2)
    ]
    assert [len(one.related) for one in said_once(each)] == [1]
    assert len(said_once([replace(one, severity=Severity.HIGH) for one in each])) == 2
    assert len(said_once([each[0], replace(each[1], subject=Subject("identity", "other"))])) == 2


@pytest.mark.parametrize(
    ("product", "count", "told"),
    [
        ("kubernetes", 3, 1),
        ("kubernetes", 2, 2),
        ("nomad-job", 3, 1),
        ("vault-settings", 3, 1),
        ("terraform-aws", 3, 3),
    ],
)
def test_more_than_two_accounts_of_one_file_that_may_do_the_same_are_told_once(product, count, told):
    each = [
        replace(
            finding(
                "deploy/rbac.yaml", name=f"store/{number}", message=f"{number} may", kind="identity", product=product
            ),
            place=Place("deploy/rbac.yaml", (number, "rules", 0)),
        )
        for number in range(count)
    ]
    assert len(said_once(each)) == told
    assert len(each_place(said_once(each))) == count
    apart = [replace(one, place=Place(f"deploy/{one.subject.name}.yaml", (0,))) for one in each]
    assert len(said_once(apart)) == count


@pytest.mark.parametrize("other", ["infra/docker/realm.json", "infra/base/realm.json"])
def test_a_client_in_the_realms_of_several_environments_is_told_once(other):
    def redirect(path, product, end):
        message = f"web sends authorization codes to http://api.acme-apps.com/{end} without encryption"
        return replace(finding(path, kind="app", name="web", message=message), product=product)

    realms = [redirect("infra/base/realm.json", "keycloak-realm", "one"), redirect(other, "keycloak-realm", "two")]
    assert len(said_once(realms)) == 1
    others = [replace(one, product="okta") for one in realms]
    assert len(said_once(others)) == len({one.place.path for one in realms})


@pytest.mark.parametrize(("product", "told"), [("slack-manifest", 1), ("web-extension", 2)])
def test_a_scope_in_two_manifests_of_one_app_is_told_once(product, told):
    paths = ("app/slack-manifest.yaml", "slack-manifest.json")
    asked = [finding(path, kind="app", name="standup", message="standup asks for channels:join") for path in paths]
    assert len(said_once([replace(one, product=product) for one in asked])) == told


@pytest.mark.parametrize(
    ("second", "product", "told"),
    [
        ("iam/bootstrap-1.json", "aws-iam-policy", 1),
        ("iam/bootstrap-1.json", "terraform", 2),
        ("iam/reader-1.json", "aws-iam-policy", 2),
        ("iam/bootstrap.json", "aws-iam-policy", 2),
        ("other/bootstrap-1.json", "aws-iam-policy", 2),
    ],
)
def test_a_policy_in_numbered_files_is_told_once(second, product, told):
    parts = [finding(path, name=path, message=path, kind="identity") for path in ("iam/bootstrap-0.json", second)]
    assert len(said_once([replace(one, product=product) for one in parts])) == told
