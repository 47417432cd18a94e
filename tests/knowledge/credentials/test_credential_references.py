"""Every notation that points elsewhere is read as a pointer, with what it names."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials import Reading, judge
from nhilint.knowledge.credentials.references import references_in, whole_reference

WHOLE = [
    ("${TOKEN}", "env", "TOKEN", None),
    ("${TOKEN:-abc}", "env", "TOKEN", "abc"),
    ("${TOKEN-abc}", "env", "TOKEN", "abc"),
    ("${TOKEN:?is required}", "env", "TOKEN", None),
    ("${A:-${B:-c}}", "env", "A", "${B:-c}"),
    ("${DB_PASSWORD:secret}", "env", "DB_PASSWORD", "secret"),
    ("$TOKEN", "env", "TOKEN", None),
    ("$CI_JOB_TOKEN", "env", "CI_JOB_TOKEN", None),
    ("$env:TOKEN", "env", "TOKEN", None),
    ("${env:TOKEN}", "env", "TOKEN", None),
    ("{env:TOKEN}", "env", "TOKEN", None),
    ("env:TOKEN", "env", "TOKEN", None),
    ("env://TOKEN", "env", "TOKEN", None),
    ("%TOKEN%", "env", "TOKEN", None),
    ("$(TOKEN)", "env", "TOKEN", None),
    ("$[variables.token]", "env", "token", None),
    ("$[variables['token']]", "env", "token", None),
    ("${oc.env:TOKEN,spare}", "env", "TOKEN", "spare"),
    ("os.environ/TOKEN", "env", "TOKEN", None),
    ("${{ env.TOKEN }}", "env", "TOKEN", None),
    ("${{ vars.TOKEN }}", "env", "TOKEN", None),
    ("{{ env_var('TOKEN') }}", "env", "TOKEN", None),
    ("${input:token}", "input", "token", None),
    ("${{ inputs.token }}", "input", "token", None),
    ("{file:~/.token}", "file", "~/.token", None),
    ("file:///run/secrets/token", "file", "/run/secrets/token", None),
    ("/run/secrets/token", "file", "/run/secrets/token", None),
    ("$(op read op://a/b/c)", "command", "op", None),
    ("`cat token`", "command", "cat", None),
    ("${{ secrets.TOKEN }}", "ci_secret", "TOKEN", None),
    ("${{ secrets['TOKEN'] }}", "ci_secret", "TOKEN", None),
    ("${{ secrets.TOKEN || 'spare' }}", "ci_secret", "TOKEN", "spare"),
    ("${{ github.token }}", "ci_secret", "github.token", None),
    ("secrets.TOKEN", "ci_secret", "TOKEN", None),
    ("op://vault/item/field", "secret_store", "op://vault/item/field", None),
    ("vault:secret/data/x#key", "secret_store", "vault:secret/data/x#key", None),
    ("sm://project/name", "secret_store", "sm://project/name", None),
    ("projects/p/secrets/s/versions/latest", "secret_store", "projects/p/secrets/s/versions/latest", None),
    ("@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)", "secret_store", ..., None),
    ("https://v.vault.azure.net/secrets/s/1", "secret_store", ..., None),
    ("arn:aws:secretsmanager:eu-west-1:111122223333:secret:x", "secret_store", ..., None),
    ("{{resolve:secretsmanager:db:SecretString:password}}", "secret_store", ..., None),
    ("{{resolve:ssm-secure:/db/password:1}}", "secret_store", ..., None),
    ("${ssm:/db/password}", "secret_store", "/db/password", None),
    ("ENC[AES256_GCM,data:abc]", "encrypted", None, None),
    ("encrypted:BNxW0kq3v1sA", "encrypted", None, None),
    ("ENC(abcdef)", "encrypted", None, None),
    ("$ANSIBLE_VAULT;1.1;AES256", "encrypted", None, None),
    ("vault:v1:abcd", "encrypted", None, None),
    ("CiQA" + "x1" * 60, "encrypted", None, None),
    ("AgB" + "x1" * 150, "encrypted", None, None),
    ("{" + "aB3" * 10 + "==}", "encrypted", None, None),
    ("{{ .Values.token }}", "template", None, None),
    ("{{ x | default('spare') }}", "template", None, "spare"),
    ("<%= token %>", "template", None, None),
    ("{% token %}", "template", None, None),
    ("#{TOKEN}#", "template", None, None),
    ("__TOKEN__", "template", "TOKEN", None),
    ("@@TOKEN@@", "template", "TOKEN", None),
    ("~TOKEN~", "template", "TOKEN", None),
    ("${workspaceFolder}", "template", "workspaceFolder", None),
    ("${var.token}", "template", "var.token", None),
    ("${{ steps.login.outputs.token }}", "template", None, None),
    ("${{ fromJSON(steps.secrets.outputs.vault).TOKEN }}", "template", None, None),
    ("var.token", "template", "var.token", None),
    ("random_password.db.result", "template", "random_password.db.result", None),
    ("jsondecode(data.aws_secretsmanager_secret_version.x.secret_string)[0]", "template", None, None),
    ("[parameters('adminPassword')]", "template", None, None),
    ("!Ref Password", "template", None, None),
    ("!GetAtt Secret.Value", "template", None, None),
    ("process.env.TOKEN", "code", "TOKEN", None),
    ("process.env.TOKEN || 'spare'", "code", "TOKEN", "spare"),
    ('os.environ["TOKEN"]', "code", "TOKEN", None),
    ('os.getenv("TOKEN", "spare")', "code", "TOKEN", "spare"),
    ('System.getenv("TOKEN")', "code", "TOKEN", None),
    ('ENV["TOKEN"]', "code", "TOKEN", None),
    ('Deno.env.get("TOKEN")', "code", "TOKEN", None),
]
NONE = [
    "pa$$word",
    "Pa$sw0rd",
    "$2y$10$abcdefgh",
    "<token>",
    "sk-abc",
    "${",
    "${{",
    "${}",
    "%AB%CD",
    "~/.ssh/id",
    "a_b",
    "pass:word",
    "100%",
    "user@example.com",
    "1.2.3",
    "projects/p/locations/l",
]


@pytest.mark.parametrize(("text", "kind", "name", "default"), WHOLE, ids=[case[0] for case in WHOLE])
def test_a_value_that_is_a_pointer(text: str, kind: str, name: object, default: str | None):
    reference = whole_reference(text)
    assert reference is not None
    assert (reference.kind, reference.default) == (kind, default)
    assert name is ... or reference.name == name
    assert judge(text, name="ACCESS_TOKEN", sensitive=True).reading is Reading.REFERENCE


@pytest.mark.parametrize("text", NONE)
def test_a_value_that_only_looks_like_one(text: str):
    assert whole_reference(text) is None


def test_pointers_inside_a_text_have_their_place():
    text = "psql postgres://u:${PW}@h/$DB_NAME -c {{ sql }}"
    found = [(text[one.start : one.end], one.reference.kind) for one in references_in(text)]
    assert found == [("${PW}", "env"), ("$DB_NAME", "env"), ("{{ sql }}", "template")]


@pytest.mark.parametrize(
    "text",
    ["Bearer ${TOKEN}", "token $TOKEN", "Basic ${AUTH}", "postgres://u:${PW}@h/db", "https://h/?api_key={{ key }}",
     "${USER}:${PASSWORD:-dev}", "https://${TOKEN}@github.com/o/r", "--token=${TOKEN}", "Authorization: Bearer $TOKEN"],
)  # fmt: skip
def test_text_around_a_pointer_leaves_it_a_reference(text: str):
    said = judge(text, name="Authorization", sensitive=True)
    assert said.reading is Reading.REFERENCE
    assert said.reference is not None
    assert said.match is None


def test_a_nested_bracket_is_followed_to_its_end_and_no_further():
    assert whole_reference("${A:-${B:-${C}}}") is not None
    assert whole_reference("${A}${B}") is None
    assert whole_reference("${" * 20 + "}" * 20) is None
