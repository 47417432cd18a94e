"""What a workflow file says about events, tokens, secrets and machines."""

from __future__ import annotations

import pytest

from nhilint.formats.github.secrets import is_address_to_post_to, opens_something
from nhilint.model.fact import Known, Unknown, value_of
from tests.formats.github.reading import SHA, job_of, resources_of, steps_of, workflow_of

STEPS = "{runs-on: ubuntu-latest, steps: [{run: make}]}"


def with_on(on: str) -> str:
    return f"on: {on}\njobs:\n  j: {STEPS}\n"


@pytest.mark.parametrize(
    ("on", "events"),
    [
        ("push", ["push"]),
        ("[push, issues]", ["push", "issues"]),
        ("{push: null, issues: {types: [opened]}}", ["push", "issues"]),
        ('{schedule: [{cron: "0 1 * * *"}]}', ["schedule"]),
        ("null", []),
        ("[3, {a: b}]", []),
    ],
)
def test_every_form_of_on_is_read(on, events):
    assert [trigger.event.value for trigger in workflow_of(with_on(on)).triggers] == events


@pytest.mark.parametrize(
    ("on", "open_to"),
    [
        ("push", "writers"),
        ("workflow_dispatch", "writers"),
        ('{schedule: [{cron: "0 1 * * *"}]}', "nobody"),
        ("issues", "anyone"),
        ("{issues: {types: [labeled]}}", "writers"),
        ("pull_request_target", "anyone"),
        ("{pull_request_target: {types: [labeled]}}", "writers"),
        ("discussion_comment", "anyone"),
        ("watch", "anyone"),
    ],
)
def test_who_can_start_a_run_with_rights(on, open_to):
    assert job_of(with_on(on)).open_to.value == open_to


def test_a_forks_pull_request_has_no_rights():
    job = job_of(with_on("pull_request"))
    assert job.open_to.value == "writers"
    assert [(t.event.value, t.open_to.value, t.privileged.value) for t in job.admits] == [
        ("pull_request", "anyone", False)
    ]


def test_what_others_start_is_up_to_them():
    called = job_of(with_on("workflow_call"))
    assert isinstance(called.open_to, Unknown)
    assert {t.via.value for t in called.admits} == {"workflow_call"}
    follows = job_of(with_on("{workflow_run: {workflows: [CI]}}"))
    assert isinstance(follows.open_to, Unknown)


@pytest.mark.parametrize(
    ("top", "own", "writes", "stated"),
    [
        ("{contents: write}", None, ("contents",), True),
        ("{contents: write}", "{issues: write}", ("issues",), True),
        ("write-all", "{}", (), True),
        ("read-all", None, (), True),
        ("{}", "write-all", ("*",), True),
        ("{contents: read, issues: none}", None, (), True),
    ],
)
def test_a_jobs_permissions_replace_the_files(top, own, writes, stated):
    permissions = f", permissions: {own}" if own else ""
    text = f"on: push\npermissions: {top}\njobs:\n  j: {{runs-on: x, steps: [{{run: make}}]{permissions}}}\n"
    job = job_of(text)
    assert job.writes.value == writes
    assert job.permissions_stated.value is stated


def test_nothing_stated_is_the_repositorys_default_and_unknown():
    job = job_of(with_on("push"))
    assert isinstance(job.writes, Unknown)
    assert job.rights.value == "default"
    assert job.permissions_stated.value is False


@pytest.mark.parametrize(
    ("permissions", "secret", "rights"),
    [
        ("{}", "", "none"),
        ("{issues: write}", "", "weak"),
        ("{contents: write, issues: write}", "", "strong"),
        ("{id-token: write}", "", "strong"),
        ("{}", "secrets.NPM_TOKEN", "strong"),
        ("{}", "secrets.GITHUB_TOKEN", "none"),
        ("{}", "secrets.AWS_ACCOUNT_ID", "none"),
        ("{}", "secrets.AWS_ACCESS_KEY_ID", "strong"),
        ("{}", "steps.secrets.outputs.x", "none"),
    ],
)
def test_what_a_job_holds(permissions, secret, rights):
    env = f"env: {{X: '${{{{ {secret} }}}}'}}, " if secret else ""
    text = f"on: push\njobs:\n  j: {{permissions: {permissions}, {env}runs-on: x, steps: [{{run: make}}]}}\n"
    assert job_of(text).rights.value == rights


def test_secrets_of_the_files_environment_reach_every_step():
    text = f"""
on: push
env: {{A: "${{{{ secrets.ALPHA }}}}"}}
jobs:
  j:
    runs-on: x
    env: {{B: "${{{{ secrets['BETA'] }}}}"}}
    steps:
      - uses: acme/one@{SHA}
        with: {{c: "${{{{ secrets.GAMMA }}}}"}}
      - uses: acme/two@{SHA}
"""
    one, two = steps_of(text)
    assert one.secrets.value == ("GAMMA", "BETA", "ALPHA")
    assert two.secrets.value == ("BETA", "ALPHA")


@pytest.mark.parametrize(
    ("uses", "pin", "first_party"),
    [
        (f"acme/x@{SHA}", "digest", False),
        ("acme/x@v1.2.3", "tag", False),
        ("acme/x@main", "tag", False),
        ("acme/x", "none", False),
        ("actions/checkout@v6", "tag", True),
        ("./.github/actions/x", "local", True),
        ("$/.github/actions/x", "local", True),
        ("docker://alpine:3", "tag", True),  # Docker's own official images have no account before their name
        ("docker://alpine", "none", True),
        ("docker://acme/alpine:3", "tag", False),
        ("docker://localhost:5000/a", "none", False),
        ("docker://alpine@sha256:ab", "digest", True),
    ],
)
def test_how_firmly_an_action_is_named(uses, pin, first_party):
    (step,) = steps_of(f"on: push\njobs: {{j: {{runs-on: x, steps: [{{uses: '{uses}'}}]}}}}\n")
    assert (step.action.pin.value, step.action.first_party.value) == (pin, first_party)


@pytest.mark.parametrize(
    ("runs_on", "self_hosted"),
    [
        ("ubuntu-latest", False),
        ("[self-hosted, linux]", True),
        ("{labels: [Self-Hosted]}", True),
        ("{group: big}", None),
        ("[builders]", None),
        ("ubuntu-24.04-16core", False),
        ("'${{ vars.R }}'", None),
        ("'${{ matrix.os }}'", False),
        ("'${{ matrix.bad }}'", True),
        ("'${{ matrix.gone }}'", False),
        ("\"${{ x == 'y' && 'self-hosted' || 'ubuntu-latest' }}\"", True),
        ("'${{ fromJSON(''[\"self-hosted\", \"linux\"]'') }}'", True),
        ("'${{ fromJSON(x && ''[\"self-hosted\"]'' || ''\"ubuntu-latest\"'') }}'", True),
        ("'${{ fromJSON(''\"ubuntu-latest\"'') }}'", False),
        ("'${{ fromJSON(vars.R) }}'", None),
        ("'${{ fromJSON(''['') }}'", None),
    ],
)
def test_whose_machines_a_job_runs_on(runs_on, self_hosted):
    matrix = "strategy: {matrix: {os: [ubuntu-latest, windows-latest], include: [{bad: self-hosted}]}}"
    text = f"on: push\njobs:\n  j: {{runs-on: {runs_on}, {matrix}, steps: [{{run: make}}]}}\n"
    fact = job_of(text).self_hosted
    assert value_of(fact) is self_hosted
    assert self_hosted is not None or isinstance(fact, Unknown)


def test_a_job_behind_a_guarded_one_is_guarded():
    text = """
on: issues
jobs:
  who: {if: "github.event.issue.author_association == 'MEMBER'", runs-on: x, steps: [{run: "true"}]}
  j: {needs: who, runs-on: x, steps: [{run: make}]}
  careless: {needs: who, if: always(), runs-on: x, steps: [{run: make}]}
"""
    assert job_of(text, "j").open_to.value == "writers"
    assert job_of(text, "careless").open_to.value == "anyone"


def test_reviewers_of_an_environment_may_stand_before_a_job():
    text = "on: issues\njobs:\n  j: {environment: production, runs-on: x, steps: [{run: make}]}\n"
    assert isinstance(job_of(text).open_to, Unknown)


def test_jobs_that_need_each_other_in_a_circle_end():
    text = "on: issues\njobs:\n  j: {needs: k, runs-on: x, steps: []}\n  k: {needs: [j], runs-on: x, steps: []}\n"
    assert job_of(text).open_to.value == "anyone"


def test_scripts_that_nothing_is_to_be_said_about_are_left_out():
    text = f"on: push\njobs:\n  j: {{runs-on: x, steps: [{{run: make}}, {{uses: acme/x@{SHA}}}, {{run: make}}]}}\n"
    (step,) = steps_of(text)
    assert step.at.pointer == ("jobs", "j", "steps", 1)


@pytest.mark.parametrize(
    ("action", "inputs", "by"),
    [
        ("aws-actions/configure-aws-credentials", "{role-to-assume: r}", "oidc"),
        ("aws-actions/configure-aws-credentials", "{aws-access-key-id: k, role-to-assume: r}", "static"),
        ("google-github-actions/auth", "{credentials_json: k}", "static"),
        ("google-github-actions/auth", "{workload_identity_provider: p}", "oidc"),
        ("Azure/Login", "{creds: k}", "static"),
        ("azure/login", "{client-id: c}", "oidc"),
        ("hashicorp/vault-action", "{method: jwt, role: r}", "oidc"),
        ("hashicorp/vault-action", "{token: t}", "static"),
        ("pypa/gh-action-pypi-publish", "{password: p}", "static"),
    ],
)
def test_how_a_step_becomes_a_cloud_identity(action, inputs, by):
    (step,) = steps_of(f"on: push\njobs: {{j: {{runs-on: x, steps: [{{uses: {action}@{SHA}, with: {inputs}}}]}}}}\n")
    assert step.login.by.value == by


@pytest.mark.parametrize(
    ("script", "may_be"),
    [
        ('echo "role=${{ env.A }}" >> "$GITHUB_OUTPUT"\necho role=b >> $GITHUB_OUTPUT', ("arn:a", "b")),
        ('echo "role=$ROLE" >> "$GITHUB_OUTPUT"', ("${{ steps.choose.outputs.role }}",)),
        ('echo "role=b"', ("${{ steps.choose.outputs.role }}",)),
        ('echo "other=b" >> "$GITHUB_OUTPUT"', ("${{ steps.choose.outputs.role }}",)),
    ],
)
def test_an_identity_that_an_earlier_step_writes_out(script, may_be):
    chosen = "".join(f"\n          {line}" for line in script.splitlines())
    *_, step = steps_of(
        "on: push\nenv: {A: 'arn:a'}\njobs:\n  j:\n    runs-on: x\n    steps:\n"
        f"      - id: choose\n        run: |{chosen}\n"
        f"      - uses: aws-actions/configure-aws-credentials@{SHA}\n"
        "        with: {role-to-assume: '${{ steps.choose.outputs.role }}'}\n"
    )
    assert value_of(step.login.may_be) == may_be


@pytest.mark.parametrize(
    ("provider", "by"),
    [
        ("${{ vars.PROVIDER }}", None),
        ("projects/1/locations/global/workloadIdentityPools/a/providers/b", "oidc"),
        ("", "static"),
    ],
)
def test_an_action_that_takes_exactly_one_of_a_key_and_a_provider(provider, by):
    inputs = f'{{credentials_json: "${{{{ secrets.KEY }}}}", workload_identity_provider: "{provider}"}}'
    use = f"{{uses: google-github-actions/auth@{SHA}, with: {inputs}}}"
    (step,) = steps_of(f"on: push\njobs: {{j: {{runs-on: x, steps: [{use}]}}}}\n")
    assert value_of(step.login.by) == by


@pytest.mark.parametrize(
    ("top", "job", "step", "role", "meant"),
    [
        ("A: '111122223333'", "", "", "arn:aws:iam::${{ env.A }}:role/ci", "arn:aws:iam::111122223333:role/ci"),
        ("A: top", "A: job", "", "${{ env.A }}", "job"),
        ("A: top", "A: job", "A: step", "${{env.A}}", "step"),
        ("A: top", "A: '${{ vars.ROLE }}'", "", "${{ env.A }}", "${{ env.A }}"),
        ("A: top", "", "", "${{ env.B }}", "${{ env.B }}"),
        ("A: top", "", "", "${{ env.A }}-${{ secrets.B }}", "${{ env.A }}-${{ secrets.B }}"),
    ],
)
def test_the_identity_of_a_login_by_what_env_is_set_to(top, job, step, role, meant):
    (read,) = steps_of(
        f"on: push\nenv: {{{top}}}\njobs: {{j: {{runs-on: x, env: {{{job}}}, steps: [{{env: {{{step}}}, "
        f'uses: aws-actions/configure-aws-credentials@{SHA}, with: {{role-to-assume: "{role}"}}}}]}}}}\n'
    )
    assert read.login.identity.value == meant


def test_a_login_that_says_nothing_is_none():
    (step,) = steps_of(f"on: push\njobs: {{j: {{runs-on: x, steps: [{{uses: pypa/gh-action-pypi-publish@{SHA}}}]}}}}\n")
    assert step.login is None


def test_a_look_alike_is_left_alone():
    assert resources_of("jobs: [not, a, mapping]\n") == ()
    assert resources_of("runs: {using: composite-like}\n", "action.yml") == ()


def test_places_lead_to_the_deciding_line():
    text = f"on:\n  issues:\n    types: [opened]\npermissions:\n  contents: write\njobs:\n  j: {STEPS}\n"
    job = job_of(text)
    assert job.rights.at.pointer == ("permissions", "contents")
    assert job.admits[0].at.pointer == ("on", "issues")
    assert job.open_to == Known("anyone", job.admits[0].at)


@pytest.mark.parametrize(
    ("secrets", "told"),
    [(("KUBE_CONFIG", "SLACK_WEBHOOK"), ("KUBE_CONFIG", "SLACK_WEBHOOK")), (("SLACK_WEBHOOK",), ())],
)
def test_an_address_is_told_beside_something_graver_only(secrets, told):
    inputs = "\n".join(f"          {name}: '${{{{ secrets.{name} }}}}'" for name in secrets)
    (step,) = steps_of(
        f"on: push\njobs:\n  j:\n    steps:\n      - uses: someone/action-slack@v3\n        env:\n{inputs}\n"
    )
    assert value_of(step.foreign_secrets) == told


@pytest.mark.parametrize(
    ("name", "given_as", "is_address"),
    [
        ("TEAM_ALERTS", "url", True),
        ("TEAM_ALERTS", "password", False),
        ("DATABASE_URL", "url", False),
        ("API_KEY", "url", False),
        ("CHAT_WEBHOOK", "anything", True),
    ],
)
def test_what_only_fills_an_address_is_one_to_post_to(name, given_as, is_address):
    assert is_address_to_post_to(name, given_as) is is_address


@pytest.mark.parametrize(
    ("name", "opens"),
    [
        ("CODECOV_TOKEN", False),
        ("NOMAD_ADDR", False),
        ("TS_TAILNET", False),
        ("NOMAD_TOKEN", True),
        ("DISCORD_WEBHOOK_URL", True),
        ("UPLOAD_TOKEN", True),
        ("CLUSTER_ADMIN_ROLE_ARNS", False),
        ("K8S_NAMESPACES", False),
        ("ENDPOINT_EU", False),
        ("ENDPOINT_AUTH", True),
        ("DATABASE_URLS", True),
    ],
)
def test_what_a_secret_opens_by_its_name(name, opens):
    assert opens_something(name) is opens


@pytest.mark.parametrize(
    ("env", "script", "left"),
    [
        ("", 'echo "K=${{ secrets.K }}" >> $GITHUB_ENV', ("K",)),
        ("", "echo 'K=${{ secrets.K }}' >>\"${GITHUB_ENV}\"", ("K",)),
        ("", '"K=${{ secrets.K }}" | Out-File -FilePath $env:GITHUB_ENV -Append', ("K",)),
        ("{V: '${{ secrets.K }}'}", 'echo "K=$V" >> "$GITHUB_ENV"', ("K",)),
        ("{V: '${{ secrets.K }}'}", 'echo "K=${V}" >> "$GITHUB_ENV"', ("K",)),
        ("{V: '${{ secrets.K }}'}", 'use "$V"; echo "K=1" >> "$GITHUB_OUTPUT"', ()),
        ("{V: '${{ secrets.K }}'}", 'echo "K=1" >> "$GITHUB_ENV"', ()),
        ("", "use ${{ secrets.K }}\necho K=1 >> $GITHUB_ENV", ()),
    ],
)
def test_what_a_script_leaves_in_the_environment_is_handed_to_later_steps(env, script, left):
    indented = script.replace("\n", "\n          ")
    text = f"""
on: push
jobs:
  j:
    runs-on: x
    steps:
      - uses: before/it@v1
      - run: |
          {indented}
        env: {env or "{}"}
      - uses: after/it@v1
"""
    told = {value_of(s.action.name): value_of(s.foreign_secrets) for s in steps_of(text) if s.action is not None}
    assert told == {"before/it": (), "after/it": left}


@pytest.mark.parametrize(
    ("login", "handed"),
    [
        ("aws-actions/configure-aws-credentials@v4, with: {aws-secret-access-key: %s}", ("K",)),
        (
            "aws-actions/configure-aws-credentials@v4, with: {aws-secret-access-key: %s, output-env-credentials: false}",
            (),
        ),
        ("aws-actions/configure-aws-credentials@v4, with: {role-session-name: %s}", ()),
        # what the later steps have is the role's
        ("aws-actions/configure-aws-credentials@v4, with: {aws-secret-access-key: %s, role-to-assume: r}", ()),
        ("google-github-actions/auth@v3, with: {credentials_json: %s}", ("K",)),
        ("acme/login@v1, with: {credentials_json: %s}", ()),
        ("1password/load-secrets-action@v3, with: {export-env: true}, env: {DB_TOKEN: 'op://v/i/f'}", ("DB_TOKEN",)),
        ("1password/load-secrets-action@v3, env: {DB_TOKEN: 'op://v/i/f'}", ()),
    ],
)
def test_a_key_that_a_login_leaves_is_handed_to_later_actions(login, handed):
    step = login.replace("%s", '"${{ secrets.K }}"')
    steps = f"[{{uses: before/it@v1}}, {{uses: {step}}}, {{uses: after/it@v1}}]"
    text = f"on: push\njobs: {{j: {{runs-on: x, steps: {steps}}}}}\n"
    told = {value_of(s.action.name): value_of(s.foreign_secrets) for s in steps_of(text) if s.action is not None}
    assert (told["before/it"], told["after/it"]) == ((), handed)


@pytest.mark.parametrize(
    ("scopes", "told"),
    [
        ("{pages: write, deployments: write, attestations: write, actions: write}", False),
        ("{pages: write, contents: write}", True),
    ],
)
def test_scopes_that_are_hardly_worth_a_hijacking_are_not_told_alone(scopes, told):
    (step,) = steps_of(f"on: push\npermissions: {scopes}\njobs: {{j: {{runs-on: x, steps: [{{uses: a/b@v1}}]}}}}\n")
    assert bool(value_of(step.beside)) is told


def test_what_is_told_where_it_is_handed_a_secret_is_not_told_again():
    text = """
on: push
permissions: {contents: write}
jobs:
  a: {runs-on: x, steps: [{uses: me/tool/one@v1}, {uses: me/tool@v2}]}
  b: {runs-on: x, steps: [{uses: me/tool/two@v1, with: {k: "${{ secrets.K }}"}}]}
"""
    told = [(value_of(s.action.name), bool(value_of(s.beside)), value_of(s.foreign_secrets)) for s in steps_of(text)]
    assert told == [("me/tool/one", False, ()), ("me/tool", True, ()), ("me/tool/two", True, ("K",))]


@pytest.mark.parametrize(
    ("address", "stored"),
    [("https://test.pypi.org/legacy/", True), ("https://packages.example/upload", False), ("${{ vars.A }}", False)],
)
def test_nobody_knows_whether_an_index_of_ones_own_trusts_jobs(address, stored):
    uses = f"{{uses: pypa/gh-action-pypi-publish@{SHA}, with: {{password: p, repository-url: '{address}'}}}}"
    (step,) = steps_of(f"on: push\njobs: {{j: {{runs-on: x, steps: [{uses}]}}}}\n")
    assert (step.login is not None) is stored


@pytest.mark.parametrize(
    ("name", "posts"), [("DISCORD_WEBHOOK_URL", True), ("SLACK_WEBHOOK", True), ("GITHUB_WEBHOOK_SECRET", False)]
)
def test_an_address_to_post_to(name, posts):
    assert is_address_to_post_to(name) is posts
    assert is_address_to_post_to("ALERTS", name.lower()) is posts


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("matrix.part == 'api'", ()),
        ("${{ matrix.part == 'api' && github.ref == 'refs/heads/main' }}", ()),
        ("matrix.part == 'api' || github.ref == 'refs/heads/main'", ("the secret DB_TOKEN",)),
        ("matrix.other == 'api'", ("the secret DB_TOKEN",)),
        ("matrix.part != 'api'", ("the secret DB_TOKEN",)),
        ("matrix.part == 'WEB'", ("the secret DB_TOKEN",)),
    ],
)
def test_a_secret_of_another_row_of_the_matrix_is_not_beside_a_step(condition, told):
    text = f"""
on: push
permissions: {{contents: read}}
jobs:
  j:
    strategy: {{matrix: {{part: [api, web]}}}}
    runs-on: ubuntu-latest
    steps:
      - {{if: "${{{{ matrix.part == 'web' && env.GO }}}}", run: make, env: {{T: "${{{{ secrets.DB_TOKEN }}}}"}}}}
      - {{if: "{condition}", uses: acme/ship@v1}}
"""
    *_, ship = steps_of(text)
    assert value_of(ship.beside) == told
