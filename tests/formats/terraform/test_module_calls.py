"""What callers hand to a module of the repository counts in it, where they agree."""

from __future__ import annotations

import pytest

from nhilint.evaluate.engine import judge
from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import extract
from nhilint.link.terraform import join
from nhilint.model.fact import known_records, value_of
from nhilint.source.document import read
from nhilint.testing import rendered

CLAIM = {claim.format: claim for claim in CLAIMS}
ADMIN = '["arn:aws:iam::aws:policy/AdministratorAccess"]'
TRUST = (
    'jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", '
    'Principal = { Service = "lambda.amazonaws.com" } }] })'
)
ROLE = f"""
variable "name" {{ default = "plain" }}
variable "arns" {{ default = [] }}
variable "policy" {{}}
resource "aws_iam_role" "this" {{
  name                = var.name
  managed_policy_arns = var.arns
  assume_role_policy  = {TRUST}
}}
resource "aws_iam_role_policy" "p" {{
  role   = aws_iam_role.this.id
  policy = var.policy
}}
"""


def claim_of(path):
    if path.endswith(".tf.json"):
        return CLAIM["terraform-json"]
    if path.endswith(".tfvars"):
        return CLAIM["terraform-variables"]
    return CLAIM["terraform-aws"]


def resources(files):
    fragments = []
    for path, text in files.items():
        data, claim = text.encode(), claim_of(path)
        if claim is CLAIM["terraform-aws"] and b"aws_iam_" not in data and b"resource " not in data:
            claim = CLAIM["terraform-values"]
        fragments.extend(extract(read(path, data, claim.syntax), claim).resources)
    return join(tuple(fragments))


def call(label, **arguments):
    stated = "".join(f"  {key} = {value}\n" for key, value in arguments.items())
    return f'module "{label}" {{\n  source = "./modules/role"\n{stated}}}\n'


def role(main, **others):
    found = resources({"main.tf": main, "modules/role/main.tf": ROLE, **others})
    return next(r.facts for r in found if r.at.path == "modules/role/main.tf" and value_of(r.facts.kind) == "role")


def test_an_argument_takes_the_place_of_the_default():
    facts = role(call("agent", name='"agent"', arns=ADMIN))
    assert value_of(facts.name) == "agent"
    assert value_of(facts.managed_admin) == ("arn:aws:iam::aws:policy/AdministratorAccess",)


READ_ONLY = '["arn:aws:iam::aws:policy/ReadOnlyAccess"]'


def roles(main):
    found = resources({"main.tf": main, "modules/role/main.tf": ROLE})
    return {value_of(r.facts.name): value_of(r.facts.managed_admin) for r in found if r.kind == "identity"}


def test_a_module_is_another_one_for_callers_that_disagree():
    main = call("one", name='"one"', arns=ADMIN) + call("two", name='"two"', arns=READ_ONLY)
    assert roles(main) == {"one": ("arn:aws:iam::aws:policy/AdministratorAccess",), "two": ()}


def test_a_caller_that_says_nothing_keeps_the_default():
    assert set(roles(call("one", name='"agent"') + call("two"))) == {"agent", "plain"}


def test_callers_that_agree_make_one():
    assert list(roles(call("one", name='"agent"', arns=READ_ONLY) + call("two", name='"agent"', arns=READ_ONLY))) == [
        "agent"
    ]


def test_a_call_for_each_counts_for_every_key():
    made = call("each", for_each=f'{{ one = {ADMIN[1:-1]}, two = "x" }}', name="each.key", arns="[each.value]")
    assert roles(made) == {"one": ("arn:aws:iam::aws:policy/AdministratorAccess",), "two": ()}


def test_what_differs_goes_through_modules_in_between():
    between = 'variable "arn" {}\nmodule "role" {\n  source = "../role"\n  name = "it"\n  arns = [var.arn]\n}\n'
    main = "".join(
        f'module "{n}" {{\n  source = "./modules/between"\n  arn = {v}\n}}\n'
        for n, v in (("a", ADMIN[1:-1]), ("b", '"x"'))
    )
    found = resources({"main.tf": main, "modules/role/main.tf": ROLE, "modules/between/main.tf": between})
    held = [value_of(r.facts.managed_admin) for r in found if r.kind == "identity"]
    assert sorted(held) == [(), ("arn:aws:iam::aws:policy/AdministratorAccess",)]


def test_what_a_module_leaves_unnamed_is_called_after_its_only_call():
    main = 'variable "who" {}\n' + call("machine", name="var.who")
    assert list(roles(main)) == ["aws_iam_role.this of module.machine"]


def test_a_module_that_is_called_in_too_many_ways_is_read_once():
    main = "".join(call(f"n{n}", name=f'"n{n}"') for n in range(30))
    assert list(roles(main)) == ["aws_iam_role.this of modules/role"]


def test_a_document_of_the_caller_is_judged_at_its_own_place_and_not_twice():
    document = (
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["iam:PutUserPolicy"]\n'
        '    resources = ["*"]\n  }\n}\n'
    )
    main = document + call("agent", policy="data.aws_iam_policy_document.d.json")
    found = resources({"main.tf": main, "modules/role/main.tf": ROLE})
    holders = [r for r in found if any(True for _ in known_records(r.facts.escalations))]
    assert [r.at.path for r in holders] == ["modules/role/main.tf"]
    way = next(iter(known_records(holders[0].facts.escalations)))
    assert rendered(way.at).startswith("main.tf#/data/aws_iam_policy_document/d/")


def test_a_caller_gets_its_own_arguments_first():
    outer = 'variable "arns" {}\nmodule "inner" {\n  source = "../role"\n  arns = var.arns\n}\n'
    main = f'module "outer" {{\n  source = "./modules/outer"\n  arns = {ADMIN}\n}}\n'
    found = resources({"main.tf": main, "modules/outer/main.tf": outer, "modules/role/main.tf": ROLE})
    facts = next(r.facts for r in found if r.at.path == "modules/role/main.tf")
    assert value_of(facts.managed_admin)


def test_modules_that_call_each_other_end():
    loop = 'variable "x" {}\nmodule "b" {\n  source = "../b"\n  x = var.x\n}\n'
    back = loop.replace('"b"', '"a"').replace("../b", "../a")
    found = resources({"a/main.tf": loop, "b/main.tf": back, "modules/role/main.tf": ROLE})
    assert len(found) == 1


@pytest.mark.parametrize("file", ["terraform.tfvars", "site.auto.tfvars"])
def test_values_that_are_loaded_by_themselves_count(file):
    files = {"iam/main.tf": ROLE, f"iam/{file}": f"arns = {ADMIN}\n"}
    assert value_of(resources(files)[0].facts.managed_admin)


def test_what_a_file_of_values_lists_stands_there_for_each():
    role = """
variable "accounts" { default = {} }
resource "aws_iam_user" "this" {
  for_each = var.accounts
  name     = each.key
}
resource "aws_iam_user_policy_attachment" "this" {
  for_each   = var.accounts
  user       = aws_iam_user.this[each.key].name
  policy_arn = each.value
}
"""
    files = {
        "modules/user/main.tf": role,
        "live/main.tf": 'module "users" {\n  source = "../modules/user"\n  accounts = var.accounts\n}\n',
        "live/variables.tf": 'variable "accounts" {}\n',
        "live/terraform.tfvars": 'accounts = {\n  "ci" = "arn:aws:iam::aws:policy/AdministratorAccess"\n'
        '  "deploy" = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n',
    }
    found = {one.name: one.facts.managed_admin for one in resources(files)}
    assert {name: (fact.at.path, fact.at.pointer) for name, fact in found.items()} == {
        "ci": ("live/terraform.tfvars", ("accounts", "ci")),
        "deploy": ("live/terraform.tfvars", ("accounts", "deploy")),
    }


def test_json_is_read_as_the_same_configuration():
    text = (
        '{"variable": {"n": {"default": "bot"}}, "resource": {"aws_iam_role": {"x": {"name": "${var.n}",'
        '"assume_role_policy": "${data.aws_iam_policy_document.t.json}"}}}, "data": {"aws_iam_policy_document": {"t":'
        '{"statement": {"actions": ["sts:AssumeRole"], "principals": {"type": "AWS", "identifiers": ["*"]}}}}}}'
    )
    found = resources({"main.tf.json": text})
    assert [r.name for r in found] == ["bot"]
    assert value_of(next(iter(known_records(found[0].facts.trusts))).anyone) is True


def test_odd_json_never_raises():
    for text in ('{"resource": 1}', '{"resource": {"aws_iam_role": []}}', '{"resource": {"aws_iam_role": {"x": "y"}}}'):
        resources({"main.tf.json": text})


def test_a_policy_attached_to_a_principal_of_another_module():
    attach = (
        'variable "role" {}\nresource "aws_iam_role_policy_attachment" "a" {\n  role = var.role\n'
        '  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n'
    )
    (found,) = resources({"main.tf": attach})
    assert (found.name, value_of(found.facts.kind)) == ("a", "role")
    (place,) = known_records(found.facts.admin_attachments)
    assert rendered(place.at) == "main.tf#/resource/aws_iam_role_policy_attachment/a/0/policy_arn"


@pytest.mark.parametrize(
    ("inline", "attached", "held"),
    [
        ("var.role.id", "var.role.name", [("a", 1, 1)]),
        ("data.aws_iam_role.r[0].id", "data.aws_iam_role.r[0].name", [("a", 1, 1)]),
        ('"deployer"', '"deployer"', [("deployer", 1, 1)]),
        ("var.id", "var.name", [("a", 0, 1), ("p", 1, 0)]),
        ("module.x.id", "module.x.name", [("a", 0, 1), ("p", 1, 0)]),
        ("var.role.id", "var.other.name", [("a", 0, 1), ("p", 1, 0)]),
    ],
)
def test_the_document_of_a_principal_of_another_module_joins_what_is_attached_to_it(inline, attached, held):
    source = (
        f'resource "aws_iam_role_policy" "p" {{\n  role = {inline}\n'
        '  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }] })\n}\n'
        f'resource "aws_iam_role_policy_attachment" "a" {{\n  role = {attached}\n'
        '  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"\n}\n'
    )
    found = resources({"main.tf": source})
    told = [(it.name, len(it.facts.grants), len(value_of(it.facts.managed) or ())) for it in found]
    assert sorted(told) == held


def test_each_of_a_list_of_strangers_stays_unnamed():
    attach = (
        'resource "aws_iam_role_policy_attachment" "a" {\n  for_each = var.roles\n  role = each.value\n'
        '  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n'
    )
    assert resources({"main.tf": attach}) == ()


def test_a_document_for_anybody_that_only_an_output_uses_is_a_resource_policy():
    document = (
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["sns:Publish"]\n    resources = ["*"]\n'
        '    principals {\n      type = "AWS"\n      identifiers = ["*"]\n    }\n  }\n}\n'
    )
    (found,) = resources({"main.tf": document})
    assert found.kind == "resource_policy"
    assert judge((), (found,)).findings == ()


def test_a_key_for_one_service_that_ends_is_no_lasting_one():
    user = 'resource "aws_iam_user" "u" {\n  name = "u"\n}\n'
    key = (
        'resource "aws_iam_service_specific_credential" "k" {\n  service_name = "bedrock.amazonaws.com"\n'
        "  user_name = aws_iam_user.u.name\n%s}\n"
    )
    ends = [
        value_of(
            next(iter(known_records(resources({"main.tf": user + key % extra})[0].facts.credentials))).never_expires
        )
        for extra in ("", "  credential_age_days = 30\n")
    ]
    assert ends == [True, False]


@pytest.mark.parametrize(
    ("call", "kept"),
    [
        ("wanted = true", 1),
        ('name = "u"', 1),
        ("wanted = try(var.items.wanted, true)", 0),
    ],
)
def test_a_key_that_others_ask_for_is_theirs(call, kept):
    user = (
        'variable "wanted" { default = true }\nvariable "name" {}\nresource "aws_iam_user" "u" {\n  name = "u"\n}\n'
        'resource "aws_iam_access_key" "k" {\n  count = var.wanted ? 1 : 0\n  user = aws_iam_user.u.name\n}\n'
    )
    main = f'module "m" {{\n  source = "./modules/user"\n  {call}\n}}\n'
    found = resources({"main.tf": main, "modules/user/main.tf": user})
    assert [len(it.facts.credentials) for it in found] == [kept]


SWITCHED = ROLE.replace("  name  ", "  count = var.on ? 1 : 0\n  name  ") + 'variable "on" { default = true }\n'


@pytest.mark.parametrize(
    ("main", "made"),
    [
        (call("agent", on="false"), False),
        (call("agent", on="true"), True),
        (call("agent"), True),
        (call("one", on="false") + call("two", on="true"), True),
        ('variable "on" { default = false }\n' + call("agent", on="var.on"), True),
        ("locals {\n  on = false\n}\n" + call("agent", on="local.on"), False),
        ('variable "on" {}\nlocals {\n  on = var.on\n}\n' + call("agent", on="local.on"), True),
        (call("agent", on="true", count="0"), False),
        (call("agent", count="var.unset"), True),
        (call("one", count="0") + call("two"), True),
    ],
)
def test_a_switch_that_every_caller_writes_out_decides(main, made):
    found = resources({"main.tf": main, "modules/role/main.tf": SWITCHED})
    assert any(value_of(r.facts.kind) == "role" for r in found) is made


def test_a_switch_is_followed_through_a_module_between():
    outer = 'variable "on" {}\n' + call("inner", on="var.on").replace("./modules/role", "../role")
    tree = {"modules/outer/main.tf": outer, "modules/role/main.tf": SWITCHED}
    main = call("outer", on="false").replace("modules/role", "modules/outer")
    assert not any(value_of(r.facts.kind) == "role" for r in resources({"main.tf": main, **tree}))


def test_what_a_module_that_nobody_makes_calls_is_not_made_either():
    outer = call("inner").replace("./modules/role", "../role")
    tree = {"modules/outer/main.tf": outer, "modules/role/main.tf": ROLE}
    main = call("outer", count="0").replace("modules/role", "modules/outer")
    assert not any(value_of(r.facts.kind) == "role" for r in resources({"main.tf": main, **tree}))


def test_a_policy_handed_over_in_a_map_is_told_where_the_caller_writes_it():
    module = ROLE.replace(
        'resource "aws_iam_role_policy" "p" {', 'resource "aws_iam_role_policy" "p" {\n  for_each = var.policy'
    )
    module = module.replace("policy = var.policy\n", "policy = jsonencode(each.value)\n")
    statement = '{ Effect = "Allow", Action = "iam:PutUserPolicy", Resource = "*" }'
    main = call("agent", policy=f"{{ one = {{ Statement = [{statement}] }} }}")
    found = resources({"main.tf": main, "modules/role/main.tf": module})
    ways = [way for r in found for way in known_records(r.facts.escalations)]
    assert {rendered(way.at) for way in ways} == {"main.tf#/module/agent/0/policy/one/Statement/0/Action"}


def test_a_client_that_its_caller_names_is_of_its_module():
    client = 'variable "name" {}\nresource "auth0_client" "c" {\n  name = var.name\n  app_type = "spa"\n}\n'
    main = 'module "c" {\n  source = "./c"\n  name = "shop"\n}\n'
    (found,) = resources({"main.tf": main, "c/main.tf": client})
    assert (found.kind, found.name, found.format) == ("app", "shop", "terraform-aws")
