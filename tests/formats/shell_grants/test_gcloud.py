"""What command lines of gcloud give, and what they do not."""

from __future__ import annotations

import pytest

from nhilint.formats.shell_grants.scanner import scan
from nhilint.model.fact import Unknown, value_of
from tests.formats.shell_grants.reading import identities, resources, shown

_MEMBER = "--member=serviceAccount:bot@acme-prod.iam.gserviceaccount.com"
_TAKES = f"gcloud projects remove-iam-policy-binding acme-prod {_MEMBER} --role=roles/editor"
_BOT = "bot@acme-prod.iam.gserviceaccount.com"
_GIVES = f"gcloud projects add-iam-policy-binding acme-prod {_MEMBER} --role=roles/editor"


def roles(text, path="deploy/setup.sh"):
    return {name: [value_of(grant.role) for grant in facts.grants] for name, facts in identities(text, path).items()}


@pytest.mark.parametrize(
    "text",
    [
        _GIVES,
        _GIVES.replace(" ", " \\\n  "),
        _GIVES.replace("=", " "),
        _GIVES.replace("gcloud", "sudo -E gcloud --quiet beta"),
        f"R=roles/editor\nP=acme-prod\n{_GIVES.replace('roles/editor', '$R')} --condition=None >/dev/null 2>&1 || true",
        f'ROLES=(\n  roles/editor\n)\nfor role in "${{ROLES[@]}}"; do {_GIVES.replace("roles/editor", "$role")}; done',
        f'ROLES=()\nif x; then\n  ROLES+=(\n    roles/editor\n  )\nfi\nfor role in "${{ROLES[@]}}"; do {_GIVES.replace("roles/editor", "$role")}; done',
        f"for r in a b; do echo $r; done\nfor r in roles/editor; do {_GIVES.replace('roles/editor', '$r')}; done\nfor r in c; do echo $r; done",
        f'give() {{\n  local role="$1"\n  {_GIVES.replace("roles/editor", "$role")}\n}}\nmain() {{ give roles/editor; }}\nmain "$@"',
        f"if ! gcloud projects describe acme-prod; then {_GIVES}; fi",
        f"X=$({_GIVES} --format=json)",
        f"give() {{ {_GIVES}; }}\ncase $1 in up) give ;; esac",
        f"up() {{ {_GIVES}; }}\ndown() {{ {_TAKES}; }}\ncase $1 in up) up ;; down) down ;; esac",
        f'echo "$({_GIVES})"',
        f"gcloud projects remove-iam-policy-binding acme-prod {_MEMBER} --role=roles/editor\n{_GIVES}",
    ],
)
def test_a_role_is_given(text):
    assert roles(text) == {_BOT: ["roles/editor"]}


@pytest.mark.parametrize(
    "text",
    [
        f"# {_GIVES}",
        f"echo '{_GIVES}'",
        f"cat <<EOF\n{_GIVES}\nEOF",
        f"usage() {{ {_GIVES}; }}",
        f"{_GIVES}\ngcloud projects remove-iam-policy-binding acme-prod {_MEMBER} --role=roles/editor",
        f"undo() {{ gcloud projects remove-iam-policy-binding p {_MEMBER} --role=roles/editor; }}\ntrap undo EXIT\n{_GIVES}",
        "gcloud projects get-iam-policy acme-prod",
        f"#!/usr/bin/env python3\n{_GIVES}",
        f"case $1 in view) x ;; edit) {_GIVES} ;; esac",
    ],
)
def test_no_role_is_given(text):
    assert roles(text) == {}


def test_a_person_is_no_workload():
    text = (
        "gcloud projects add-iam-policy-binding p --role=roles/owner --member=user:$(gcloud config get-value account)"
    )
    assert roles(text) == {}
    (policy,) = resources(text).values()
    (principal,) = policy.facts.grants[0].principals
    assert value_of(principal.kind) == "user"
    assert isinstance(principal.value, Unknown)


@pytest.mark.parametrize(
    "text",
    [
        "ROLE=${1:-roles/owner}\n",
        "ROLE=roles/owner\nif x; then ROLE=roles/viewer; fi\n",
        "ROLE=roles/owner\nROLE=roles/viewer\nset_role() { ROLE=$1; }\nset_role x\n",
        "ROLE=roles/owner\nfor r in a b; do ROLE=roles/viewer; done\n",
        '[ -z "$ROLE" ] && ROLE=roles/owner\n',
        "read ROLE\nROLE=roles/owner\n",
        "ROLE=$(cat role)\n",
        "",
    ],
)
def test_a_role_that_is_not_known(text):
    (facts,) = identities(f"{text}gcloud projects add-iam-policy-binding p {_MEMBER} --role=$ROLE").values()
    assert isinstance(facts.grants[0].role, Unknown)


def test_places_lead_to_what_is_written():
    text = f"ROLE='roles/editor'\n{_GIVES.replace('roles/editor', '$ROLE')}"
    (facts,) = identities(text).values()
    assert shown(text, facts.grants[0].role) == "'roles/editor'"
    assert shown(text, facts.grants[0]) == "gcloud projects add-iam-policy-binding acme-prod"


def test_an_account_is_called_by_its_name():
    text = (
        'gcloud iam service-accounts create deploy-bot --project="$P"\n'
        'gcloud projects add-iam-policy-binding "$P" --role=roles/run.admin '
        '--member="serviceAccount:deploy-bot@${P}.iam.gserviceaccount.com"'
    )
    assert roles(text) == {"deploy-bot": ["roles/run.admin"]}


_DEFAULT = (
    'if [ -z "$n" ]; then SA={}; else SA={}; fi\n'
    "gcloud projects add-iam-policy-binding acme --role=roles/run.admin "
    '--member="serviceAccount:${{SA}}@acme-prod.iam.gserviceaccount.com"'
)


def test_a_name_of_which_one_branch_hands_on_what_is_given_is_the_one_that_the_other_writes():
    assert list(roles(_DEFAULT.format("maker", '"$n"'))) == ["maker@acme-prod.iam.gserviceaccount.com"]
    assert list(roles(_DEFAULT.format('"$m"', '"$n"'))) == list(roles(_DEFAULT.format("one", "other")))


_GIVEN_BY_DEFAULT = (
    "{}gcloud projects add-iam-policy-binding acme --role=roles/run.admin "
    '--member="serviceAccount:${{SA{}}}@acme-prod.iam.gserviceaccount.com"'
)


def test_a_name_with_a_default_is_called_by_it_where_the_script_sets_no_other():
    named = ["maker@acme-prod.iam.gserviceaccount.com"]
    assert list(roles(_GIVEN_BY_DEFAULT.format('export SA=${SA:-"maker"}\n', ""))) == named
    assert list(roles(_GIVEN_BY_DEFAULT.format("", ":-maker"))) == named
    assert list(roles(_GIVEN_BY_DEFAULT.format("SA=$(date)\n", ":-maker"))) != named
    assert list(roles(_GIVEN_BY_DEFAULT.format("read SA\n", ":-maker"))) != named


def test_what_makes_projects_is_said_to_deploy():
    found = identities(_DEFAULT.format('"project-factory-${RANDOM}"', '"$n"'), "deploy/setup.sh")
    assert [value_of(facts.taken_by) for facts in found.values()] == ["deployment"]


_ADMINISTRATOR = (
    'gcloud organizations add-iam-policy-binding "$ORG" --role=roles/resourcemanager.organizationAdmin '
    '--member="serviceAccount:terraform@acme-ops.iam.gserviceaccount.com"\n'
    'gcloud resource-manager folders add-iam-policy-binding "$FOLDER" --role=roles/resourcemanager.folderIamAdmin '
    '--member="serviceAccount:terraform@acme-ops.iam.gserviceaccount.com"\n'
)
_KEY = "gcloud iam service-accounts keys create k.json --iam-account=terraform@acme-ops.iam.gserviceaccount.com\n"


def test_what_deploys_with_a_key_in_a_file_is_whoever_has_the_file():
    without, with_key = (identities(text, "deploy/setup.sh") for text in (_ADMINISTRATOR, _ADMINISTRATOR + _KEY))
    assert [value_of(facts.taken_by) for facts in without.values()] == ["deployment"]
    assert [value_of(facts.taken_by) for facts in with_key.values()] == ["anything"]


def test_administering_roles_hold_on_what_they_are_given_for():
    (facts,) = identities(_ADMINISTRATOR, "deploy/setup.sh").values()
    assert value_of(facts.admin_over) == ("organization", "folder")


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("projects", "project"),
        ("resource-manager folders", "folder"),
        ("organizations", "organization"),
        ("storage buckets", "resource"),
        ("beta run services", "resource"),
    ],
)
def test_where_a_role_holds(place, level):
    (facts,) = identities(f"gcloud {place} add-iam-policy-binding x {_MEMBER} --role=roles/viewer").values()
    assert value_of(facts.grants[0].scope_level) == level


def test_a_condition_is_kept():
    text = f"{_GIVES} --condition='expression=request.time < timestamp(\"2027-01-01T00:00:00Z\"),title=until'"
    (facts,) = identities(text).values()
    assert value_of(facts.grants[0].conditions[0].values) == ('request.time < timestamp("2027-01-01T00:00:00Z")',)
    (from_file,) = identities(f"{_GIVES} --condition-from-file=c.yaml").values()
    assert isinstance(from_file.grants[0].conditioned, Unknown)


def test_a_key_and_who_it_is_for():
    text = f"gcloud iam service-accounts keys create key.json --iam-account={_BOT}"
    facts = identities(text)[_BOT]
    assert value_of(facts.credentials[0].location) == "file"
    assert value_of(facts.credentials[0].never_expires) is True


def test_a_pipeline_becomes_an_account():
    text = (
        "POOL=ci\n"
        "gcloud iam workload-identity-pools providers create-oidc github --location=global "
        '--workload-identity-pool="$POOL" --issuer-uri=https://token.actions.githubusercontent.com '
        '--attribute-mapping="google.subject=assertion.sub,attribute.repository=assertion.repository" '
        "--attribute-condition=\"assertion.repository_owner == 'acme'\"\n"
        f"gcloud iam service-accounts add-iam-policy-binding {_BOT} --role=roles/iam.workloadIdentityUser "
        '--member="principalSet://iam.googleapis.com/projects/$N/locations/global/workloadIdentityPools/$POOL/attribute.repository/acme/web"'
    )
    (trust,) = identities(text)[_BOT].trusts
    assert value_of(trust.issuer_kind) == "github"
    assert value_of(trust.subject_scope) == "repository"


def test_recipes_of_a_makefile():
    text = (
        "PROJECT := acme-prod\nSA ?= other\n\n"
        "setup:\n\t@echo giving\n\t-@gcloud projects add-iam-policy-binding $(PROJECT) \\\n"
        "\t  --member=serviceAccount:bot@$(PROJECT).iam.gserviceaccount.com \\\n\t  --role=roles/editor\n"
        "\tfor r in roles/viewer; do gcloud projects add-iam-policy-binding $(PROJECT) "
        "--member=serviceAccount:$(SA) --role=$$r; done\n"
        f"gone:\n\techo '{_GIVES}'\n"
    )
    assert roles(text, "Makefile") == {_BOT: ["roles/editor"], "<SA>": ["roles/viewer"]}


@pytest.mark.parametrize(
    ("path", "setting"),
    [("deploy/setup.sh", "production"), ("deploy/test-setup.sh", "test"), ("deploy/demo_setup.sh", "test")],
)
def test_what_a_script_is_called_says_what_it_is_for(path, setting):
    assert resources(_GIVES, path)[_BOT].setting == setting


def test_what_is_given_for_a_cluster_on_ones_own_machine_ends_with_it():
    assert resources(f"kind create cluster\n{_GIVES}")[_BOT].setting == "test"


def test_a_list_is_all_that_is_ever_added_to_it():
    gives = _GIVES.replace("roles/editor", "$role")
    text = f'R=(roles/viewer)\nif x; then R+=(roles/owner roles/editor); fi\nfor role in "${{R[@]}}"; do {gives}; done'
    assert roles(text) == {_BOT: ["roles/viewer", "roles/owner", "roles/editor"]}


@pytest.mark.parametrize(
    "text",
    [
        'R=(roles/viewer)\nif x; then R=(roles/owner); fi\nfor role in "${R[@]}"; do GIVES; done',
        'R=(roles/viewer)\nf() { for role in "${R[@]}"; do GIVES; done; }\nR=(roles/owner)\nf',
        "for role in roles/owner; do x; done\nf() { GIVES; }\nfor role in roles/viewer; do f; done",
    ],
)
def test_a_list_that_may_be_begun_anew_and_a_loop_of_elsewhere_stay_open(text):
    found = roles(text.replace("GIVES", _GIVES.replace("roles/editor", "$role")))
    assert all(role is None for held in found.values() for role in held)


def test_what_is_set_anew_counts_for_the_lines_behind_it():
    gives = _GIVES.replace("roles/editor", "$role")
    text = f'R=(roles/viewer)\nfor role in "${{R[@]}}"; do {gives}; done\nR=(roles/owner)\nfor role in "${{R[@]}}"; do {gives}; done'
    assert roles(text) == {_BOT: ["roles/viewer", "roles/owner"]}
    text = f"A=acme\nM=roles/editor\n{_GIVES.replace('roles/editor', '$M')}\nM=roles/owner\nif x; then M=$A; fi"
    assert roles(text) == {_BOT: ["roles/editor"]}


_GIVES_ROLE = _GIVES.replace("roles/editor", "$R")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (f"if x; then\n  R=roles/viewer\n  {_GIVES_ROLE}\nfi", "roles/viewer"),
        (f"R=roles/owner\nif x; then R=roles/viewer; else R=roles/editor; {_GIVES_ROLE}; fi", "roles/editor"),
        (f"f() {{ R=roles/owner; R=roles/viewer; {_GIVES_ROLE}; }}\nf", "roles/viewer"),
        (f"while read -r x; do R=roles/viewer; {_GIVES_ROLE}; done", "roles/viewer"),
        (f"if x; then R=roles/viewer; if y; then {_GIVES_ROLE}; fi; fi", "roles/viewer"),
        (f"if x; then R=roles/viewer; fi\n{_GIVES_ROLE}", None),
        (f"if x; then R=roles/viewer; else {_GIVES_ROLE}; fi", None),
        (f"if x; then y && R=roles/viewer; {_GIVES_ROLE}; fi", None),
        (f"if x; then R=roles/viewer; if y; then R=roles/owner; fi; {_GIVES_ROLE}; fi", None),
        (f"if x; then R=roles/viewer; while y; do {_GIVES_ROLE}; R=roles/owner; done; fi", None),
        (f"f() {{ R=roles/owner; }}\nif x; then R=roles/viewer; f; {_GIVES_ROLE}; fi", None),
        (f"if x; then A=$(R=roles/viewer; echo $R); {_GIVES_ROLE}; fi", None),
    ],
)
def test_what_a_branch_sets_counts_within_it(text, role):
    assert roles(text) == {_BOT: [role]}


def test_a_branch_of_case_ends_where_the_next_begins():
    script = scan("case $1 in a) A=x; use $A ;; b) use $A ;; esac")
    (assignment,) = script.assignments
    uses = [word.start for command in script.commands for word in command.words[1:] if command.words[0].plain == "use"]
    inside = [
        [begin <= use < end for use in uses]
        for begin, end in script.branches
        if begin <= assignment.values[0].start < end
    ]
    assert inside == [[True, False]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("if x; then SA=$(who); GIVES; fi", "<SA>"),
        ("SA=$(who)\nGIVES", "<SA>"),
        ("SA=$(who)\nGIVES\nSA=$(other)", "<SA>"),
    ],
)
def test_what_is_worked_out_keeps_the_name_of_its_variable(text, name):
    gives = "gcloud projects add-iam-policy-binding acme --member=serviceAccount:$SA --role=roles/editor"
    assert list(roles(text.replace("GIVES", gives))) == [name]
