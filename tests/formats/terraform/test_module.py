"""What the Terraform files of a folder turn into."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import extract
from nhilint.link import link
from nhilint.link.terraform import join
from nhilint.model.fact import Known, Unknown
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.source.document import read
from nhilint.testing import rendered
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
AWS = next(claim for claim in CLAIMS if claim.format == "terraform-aws")
VALUES = next(claim for claim in CLAIMS if claim.format == "terraform-values")
ROLE = """
resource "aws_iam_role" "agent" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}
"""


def module(**files):
    """The subjects of a folder; files with a policy are read as such, others as values."""
    fragments = []
    for name, text in files.items():
        data = text.encode()
        claim = AWS if any(probe in data for probe in AWS.probe) else VALUES
        fragments.extend(extract(read(f"{name}.tf", data, claim.syntax), claim).resources)
    return {resource.name: resource.facts for resource in join(tuple(fragments))}


def agent(policy, **files):
    inline = f'resource "aws_iam_role_policy" "p" {{\n  role = aws_iam_role.agent.id\n  policy = {policy}\n}}\n'
    return module(main=ROLE + inline, **files)["agent"]


def encoded(resource, action='"s3:GetObject"'):
    return f'jsonencode({{ Statement = [{{ Effect = "Allow", Action = {action}, Resource = {resource} }}] }})'


def test_fragments_never_leave_the_join():
    fragments = extract(read("v.tf", b'variable "x" {}', VALUES.syntax), VALUES).resources
    assert fragments
    assert join(fragments) == ()


@pytest.mark.parametrize(
    ("resource", "everywhere"),
    [
        ('"*"', True),
        ('["*"]', True),
        ("aws_s3_bucket.b.arn", False),
        ('"${aws_s3_bucket.b.arn}/*"', False),
        ('"arn:aws:s3:::${var.unheard}/*"', False),
        ("var.given", None),
        ('"${var.given}"', None),
        ("var.wide", True),
        ("local.wide", True),
        ("local.nested.scope", True),
        ("local.nested.unheard", None),
        ('concat([aws_s3_bucket.b.arn], ["*"])', True),
        ('join("", ["*"])', True),
        ('format("arn:aws:s3:::%s", var.wide)', False),
        ("module.other.arn", None),
        ('var.on ? "*" : aws_s3_bucket.b.arn', True),
        ('var.given ? "*" : aws_s3_bucket.b.arn', None),
        ("local.round", None),
    ],
)
def test_a_resource_is_as_wide_as_its_expression_makes_it(resource, everywhere):
    role = agent(
        encoded(resource),
        values="""
variable "given" {}
variable "on" { default = true }
variable "wide" { default = "*" }
locals {
  wide   = var.wide
  nested = { scope = local.wide }
  round  = local.round
}
""",
    )
    fact = role.grants[0].all_resources
    assert (fact.value if isinstance(fact, Known) else None) is everywhere


def test_a_heredoc_is_read_in_place():
    policy = (
        '<<-EOF\n    {"Statement": [{"Effect": "Allow", "Action": "iam:*",\n'
        '    "Resource": ["${aws_s3_bucket.b.arn}/*", "$${aws:username}", "${var.wide}"]}]}\n  EOF'
    )
    role = agent(policy, values='variable "wide" { default = "*" }')
    (grant,) = role.grants
    assert grant.whole_services.value == ("iam",)
    assert grant.resources.value[0].startswith("arn:aws:s3:::b")
    assert grant.resources.value[1:] == ("${aws:username}", "*")
    start, end = grant.actions.at.within
    assert policy[start:end] == '"iam:*"'
    assert grant.actions.at.pointer == ("resource", "aws_iam_role_policy", "p", 0, "policy")


def test_a_heredoc_that_is_no_json_before_it_is_filled_in_is_unknown():
    role = agent('<<EOF\n{"Statement": ${jsonencode(var.statements)}}\nEOF')
    assert isinstance(role.grants[0], Unknown)
    assert isinstance(role.admin, Unknown)


DOCUMENT = """
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Base"
    actions   = ["s3:*"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "p" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    effect    = "Deny"
    actions   = ["iam:*"]
    resources = ["arn:aws:iam::*:user/&{aws:username}"]
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-1"]
    }
  }
}
"""


def test_a_policy_document_of_another_file():
    role = agent("data.aws_iam_policy_document.p.json", documents=DOCUMENT)
    base, own = role.grants
    assert (base.name.value, base.effect.value, base.whole_services.value) == ("Base", "allow", ("s3",))
    assert rendered(base.at) == "documents.tf#/data/aws_iam_policy_document/base/0/statement/0"
    assert (own.effect.value, own.resources.value) == ("deny", ("arn:aws:iam::*:user/${aws:username}",))
    assert own.conditions[0].key.value == "aws:principalorgid"


def test_an_overriding_document_replaces_statements_of_the_same_sid():
    over = DOCUMENT.replace("source_policy_documents", "override_policy_documents").replace(
        'effect    = "Deny"', 'sid = "Base"\n    effect = "Deny"'
    )
    (grant,) = agent("data.aws_iam_policy_document.p.json", documents=over).grants
    assert grant.effect.value == "allow"


def test_statements_of_a_dynamic_block_may_be_there():
    document = (
        'data "aws_iam_policy_document" "p" {\n  dynamic "statement" {\n    for_each = var.x\n    content {}\n  }\n}'
    )
    role = agent("data.aws_iam_policy_document.p.json", documents=document)
    assert isinstance(role.grants[0], Unknown)


EACH = """
resource "aws_iam_role_policy_attachment" "a" {
  for_each   = toset([ARN])
  role       = aws_iam_role.agent.name
  policy_arn = each.value
}
"""


@pytest.mark.parametrize(
    "attachment",
    [
        'resource "aws_iam_role_policy_attachment" "a" {\n role = aws_iam_role.agent.name\n policy_arn = ARN\n}',
        'resource "aws_iam_policy_attachment" "a" {\n roles = ["${aws_iam_role.agent.name}"]\n policy_arn = ARN\n}',
        EACH,
    ],
)
def test_attached_policies(attachment):
    own = 'resource "aws_iam_policy" "p" {\n  policy = ' + encoded('"*"', '"*"') + "\n}\n"
    found = module(main=ROLE, policies=own, attach=attachment.replace("ARN", "aws_iam_policy.p.arn"))
    assert found["agent"].admin.value is True
    assert "p" not in found
    managed = module(main=ROLE, attach=attachment.replace("ARN", '"arn:aws:iam::aws:policy/AdministratorAccess"'))
    assert managed["agent"].managed_admin.value == ("arn:aws:iam::aws:policy/AdministratorAccess",)


ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


@pytest.mark.parametrize(
    "stated",
    [
        (
            'for_each = toset(["AdministratorAccess"])\n role = aws_iam_role.agent.name\n'
            ' policy_arn = "arn:aws:iam::aws:policy/${each.value}"'
        ),
        (
            f'for_each = {{a = {{arn = "{ADMINISTRATOR}"}}, b = {{arn = "x"}}}}\n role = aws_iam_role.agent.name\n'
            " policy_arn = each.value.arn"
        ),
        f'for_each = {{agent = "{ADMINISTRATOR}"}}\n role = aws_iam_role.agent[each.key].name\n policy_arn = each.value',
        f'for_each = {{agent = "{ADMINISTRATOR}", other = "x"}}\n role = each.key\n policy_arn = each.value',
        f'for_each = toset([aws_iam_role.agent.name])\n role = each.value\n policy_arn = "{ADMINISTRATOR}"',
    ],
)
def test_policies_attached_in_each_instance(stated):
    found = module(main=ROLE, attach=f'resource "aws_iam_role_policy_attachment" "a" {{\n {stated}\n}}\n')
    assert ADMINISTRATOR in found["agent"].managed_admin.value


def test_instances_with_policies_of_the_module():
    own = 'resource "aws_iam_policy" "p" {\n  policy = ' + encoded('"*"', '"*"') + "\n}\n"
    attach = (
        'resource "aws_iam_role_policy_attachment" "a" {\n for_each = {agent = aws_iam_policy.p.arn}\n'
        " role = each.key\n policy_arn = each.value\n}\n"
    )
    assert module(main=ROLE + own, attach=attach)["agent"].admin.value is True


ROLES = """locals {
  roles = {
    deployer = { arn = "arn:aws:iam::aws:policy/AdministratorAccess", by = "codebuild.amazonaws.com", may = ["*"] }
    reader   = { arn = "arn:aws:iam::aws:policy/ReadOnlyAccess", by = "ec2.amazonaws.com", may = ["s3:GetObject"] }
  }
}
resource "aws_iam_role" "r" {
  for_each           = local.roles
  name               = "acme-${each.key}"
  assume_role_policy = jsonencode({Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = each.value.by } },
  ]})
}
"""


def test_roles_made_for_each_of_a_map_are_told_apart():
    attach = (
        'resource "aws_iam_role_policy_attachment" "a" {\n  for_each   = local.roles\n'
        "  role       = aws_iam_role.r[each.key].name\n  policy_arn = each.value.arn\n}\n"
    )
    found = module(main=ROLES, attach=attach)
    assert {name: facts.managed_admin.value for name, facts in found.items()} == {
        "acme-deployer": (ADMINISTRATOR,),
        "acme-reader": (),
    }
    (place,) = found["acme-deployer"].admin_attachments
    assert rendered(place.at) == "main.tf#/locals/0/roles/deployer/arn"
    assert [one.value.value for trust in found["acme-reader"].trusts for one in trust.principals] == [
        "ec2.amazonaws.com"
    ]


@pytest.mark.parametrize(
    "own",
    [
        (
            'resource "aws_iam_role_policy" "p" {\n  for_each = local.roles\n  role = aws_iam_role.r[each.key].id\n'
            "  policy = data.aws_iam_policy_document.d[each.key].json\n}\n"
        ),
        (
            'resource "aws_iam_policy" "p" {\n  for_each = local.roles\n'
            "  policy = data.aws_iam_policy_document.d[each.key].json\n}\n"
            'resource "aws_iam_role_policy_attachment" "a" {\n  for_each = local.roles\n'
            "  role = aws_iam_role.r[each.key].name\n  policy_arn = aws_iam_policy.p[each.key].arn\n}\n"
        ),
    ],
)
def test_documents_made_for_each_belong_to_the_role_of_their_key(own):
    documents = (
        'data "aws_iam_policy_document" "d" {\n  for_each = local.roles\n  statement {\n'
        '    actions = each.value.may\n    resources = ["*"]\n  }\n}\n'
    )
    found = module(main=ROLES, documents=documents, own=own)
    assert {name: facts.admin.value for name, facts in found.items()} == {"acme-deployer": True, "acme-reader": False}


def test_policies_that_nobody_has_stand_alone():
    text = f'resource "aws_iam_policy" "alone" {{\n  policy = {encoded(chr(34) + "*" + chr(34))}\n}}\n'
    text += text.replace("alone", "edge")
    bounded = 'resource "aws_iam_user" "bot" {\n  permissions_boundary = aws_iam_policy.edge.arn\n}\n'
    found = module(main=text + bounded, documents=DOCUMENT)
    kinds = {name: facts.kind.value for name, facts in found.items()}
    assert kinds == {"alone": "policy", "edge": "control_policy", "bot": "user", "p": "policy"}


def test_a_trust_document_says_who_may_enter():
    trust = """
data "aws_iam_policy_document" "t" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]
    }
    condition {
      test     = "StringLike"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:acme/*:*"]
    }
  }
}
resource "aws_iam_role" "ci" {
  name                 = "ci-${var.stage}"
  max_session_duration = 43200
  assume_role_policy   = data.aws_iam_policy_document.t.json
}
"""
    role = module(main=trust)["ci"]
    assert role.trusts[0].subject_scope.value == "organization"
    assert role.session_hours.value == 12


def test_principals_of_the_own_account_are_not_foreign():
    trust = ROLE.replace(
        '{ Service = "lambda.amazonaws.com" }',
        '{ AWS = ["arn:aws:iam::${data.aws_caller_identity.me.account_id}:root", aws_iam_role.other.arn] }',
    )
    principals = module(main=trust)["agent"].trusts[0].principals
    assert [(p.kind.value, p.external.value) for p in principals] == [("account", False), ("role", False)]


def test_anybody_as_a_principal_block():
    text = DOCUMENT + 'resource "aws_sqs_queue_policy" "q" {\n  policy = data.aws_iam_policy_document.p.json\n}\n'
    text = text.replace('sid       = "Base"', 'principals {\n type = "*"\n identifiers = ["*"]\n }')
    policy = module(main=text)["q"]
    assert policy.service.value == "sqs"
    assert policy.grants[0].principals[0].kind.value == "anyone"


def test_a_permission_on_a_function_is_a_statement():
    text = """
resource "aws_lambda_permission" "open" {
  action        = "lambda:InvokeFunction"
  function_name = "f"
  principal     = "*"
}
resource "aws_lambda_permission" "bucket" {
  action        = "lambda:InvokeFunction"
  function_name = "f"
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.b.arn
}
"""
    found = module(main=text)
    assert found["open"].grants[0].principals[0].kind.value == "anyone"
    assert found["bucket"].grants[0].principals[0].kind.value == "service"
    assert found["bucket"].grants[0].conditioned.value is True


def test_an_access_key_is_a_credential_of_its_user():
    text = 'resource "aws_iam_user" "bot" {}\nresource "aws_iam_access_key" "k" {\n  user = aws_iam_user.bot.name\n}\n'
    (key,) = module(main=text)["bot"].credentials
    assert rendered(key.at) == "main.tf#/resource/aws_iam_access_key/k/0"


def test_a_role_that_is_never_made_is_left_out():
    assert not module(main=ROLE.replace("  assume", "  count = 0\n  assume"))


def test_folders_do_not_share_values():
    role = (
        ROLE
        + f'resource "aws_iam_role_policy" "p" {{\n role = aws_iam_role.agent.id\n policy = {encoded("var.w")}\n}}\n'
    )
    fragments = (
        *extract(read("a/main.tf", role.encode(), AWS.syntax), AWS).resources,
        *extract(read("b/vars.tf", b'variable "w" { default = "*" }', VALUES.syntax), VALUES).resources,
    )
    (found,) = join(fragments)
    assert isinstance(found.facts.grants[0].all_resources, Unknown)


def whole_repository(**files):
    """The subjects of a folder with JSON files beside it, each read by its own format."""
    from nhilint.link import link
    from nhilint.pipeline import gather
    from nhilint.settings import Settings
    from nhilint.tree import MemoryTree

    tree = MemoryTree({name.replace("__", "/").replace("_json", ".json"): text for name, text in files.items()})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    return {resource.name: resource.facts for resource in link(gathered.resources)}


POLICY = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
TRUST = '{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}'


@pytest.mark.parametrize(
    "call",
    [
        'file("${path.module}/p.json")',
        'templatefile("p.json", { a = var.b })',
        '"${file("${path.module}/p.json")}"',
        '"${file("p.json")}"',
    ],
)
def test_a_policy_file_is_a_part_of_the_role_that_names_it(call):
    main = ROLE + f'resource "aws_iam_role_policy" "p" {{\n  role = aws_iam_role.agent.id\n  policy = {call}\n}}\n'
    found = whole_repository(**{"iam__main.tf": main, "iam__p_json": POLICY, "other__p_json": POLICY})
    assert set(found) == {"agent", "p.json"}
    assert found["agent"].admin.value is True
    assert rendered(found["agent"].grants[0].at) == "iam/p.json#/Statement/0"
    assert found["p.json"].at.path == "other/p.json"


def test_the_way_that_iam_alone_opens_is_the_first_of_several_files():
    main = ROLE + "".join(
        f'resource "aws_iam_role_policy" "{n}" {{\n  role = aws_iam_role.agent.id\n  policy = file("{n}.json")\n}}\n'
        for n in ("s3", "iam")
    )
    files = {n: POLICY.replace('"Action": "*"', f'"Action": "{n}:*"') for n in ("s3", "iam")}
    (agent,) = whole_repository(**{"main.tf": main}, s3_json=files["s3"], iam_json=files["iam"]).values()
    assert agent.escalations[0].kind.value == "self-escalation"
    assert [rendered(step.at) for step in agent.escalation_steps] == ["iam.json#/Statement/0/Action"]


TEMPLATE = '{"Statement": [{"Effect": "Allow", "Action": "${act}", "Resource": "${on}"}]}'


@pytest.mark.parametrize(
    ("policy", "more"),
    [
        ('templatefile("${path.module}/p.json", { act = "*", on = local.all })', 'locals {\n  all = "*"\n}\n'),
        (
            "data.template_file.p.rendered",
            'data "template_file" "p" {\n  template = file("p.json")\n  vars = {\n    act = "*"\n    on = "*"\n  }\n}\n',
        ),
        (
            '"${data.template_file.p.rendered}"',
            (
                'data "template_file" "p" {\n  template = "${file("${path.module}/p.json")}"\n'
                '  vars {\n    act = "*"\n    on = "${format("%s", "*")}"\n  }\n}\n'
            ),
        ),
    ],
)
def test_a_policy_template_holds_what_the_module_fills_in(policy, more):
    main = f'resource "aws_iam_role_policy" "p" {{\n  role = aws_iam_role.agent.id\n  policy = {policy}\n}}\n'
    found = whole_repository(**{"iam__main.tf": ROLE + main + more, "iam__p_json": TEMPLATE})
    assert set(found) == {"agent"}
    assert found["agent"].admin.value is True
    assert rendered(found["agent"].grants[0].at) == "iam/p.json#/Statement/0"


def test_what_a_policy_template_is_not_given_stays_unknown():
    main = 'resource "aws_iam_policy" "p" {\n  policy = templatefile("p.json", { act = var.act, on = "*" })\n}\n'
    (found,) = whole_repository(**{"main.tf": main, "p_json": TEMPLATE}).values()
    (grant,) = found.grants
    assert isinstance(grant.unlimited_permissions, Unknown)


def test_a_trust_file_says_who_may_enter():
    main = 'resource "aws_iam_role" "r" {\n  assume_role_policy = file("${path.module}/t.json")\n}\n'
    found = whole_repository(**{"main.tf": main, "t_json": TRUST})
    assert set(found) == {"r"}
    assert found["r"].trusts[0].anyone.value is True


def test_a_file_that_is_not_there_is_unknown():
    main = 'resource "aws_iam_policy" "p" {\n  policy = file("../../../p.json")\n}\n'
    assert isinstance(whole_repository(**{"main.tf": main})["p"].grants[0], Unknown)


def test_a_file_read_as_a_policy_on_a_resource_is_judged_there():
    open_queue = POLICY.replace('"Action"', '"Principal": "*", "Action"')
    main = 'resource "aws_sqs_queue_policy" "q" {\n  policy = file("q.json")\n}\nresource "aws_iam_user" "u" {}\n'
    assert set(whole_repository(**{"main.tf": main, "q_json": open_queue})) == {"q.json", "u"}


SWITCH = ROLE.replace("  assume", "  COUNT\n  assume")


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("count = var.grafana.enabled ? 1 : 0", False),
        ("count = local.on", False),
        ("count = var.loki.enabled ? 1 : 0", True),
        ("count = var.unset ? 1 : 0", True),
        ("for_each = toset([])", False),
        ("for_each = var.grafana.enabled ? { a = 1 } : {}", False),
        ("for_each = var.grafana", True),
    ],
)
def test_what_the_loaded_values_switch_off_is_not_made(written, made):
    values = 'variable "grafana" {}\nvariable "unset" {}\nvariable "loki" {\n default = { enabled = true }\n}\n'
    values += "locals {\n on = var.grafana.enabled ? 1 : 0\n}\n"
    tree = {
        "main.tf": SWITCH.replace("COUNT", written),
        "v.tf": values,
        "terraform.tfvars": "grafana = { enabled = false }",
    }
    found = link(gather(MemoryTree({n: t.encode() for n, t in tree.items()}), SETTINGS).resources)
    assert [r.name for r in found if r.kind == "identity"] == (["agent"] if made else [])


def test_a_default_alone_switches_nothing_off_that_nobody_calls():
    values = 'variable "create" {\n default = false\n}\n'
    assert "agent" in module(main=SWITCH.replace("COUNT", "count = var.create ? 1 : 0"), values=values)


def test_blocks_of_one_name_are_all_read_and_a_reference_means_the_last():
    block = 'resource "aws_iam_user_policy" "p" {{\n  user = "bot{n}"\n  name = "{n}"\n  policy = jsonencode({{ Statement = [{n}] }})\n}}\n'
    found = module(main="".join(block.format(n=n) for n in range(3)))
    assert sorted(found) == ["0", "1", "2"]
    assert [facts.at.pointer[-1] for _, facts in sorted(found.items())] == [0, 1, 2]


def test_an_override_file_replaces_the_block():
    policy = 'resource "aws_iam_policy" "p" {{\n  name = "{0}"\n  policy = jsonencode({{ Statement = [] }})\n}}\n'
    assert list(module(main=policy.format("kept"), main_override=policy.format("changed"))) == ["changed"]


def test_a_key_for_a_user_that_is_made_elsewhere_is_that_users():
    made = module(main='resource "aws_iam_access_key" "k" {\n  user = "deploy-bot"\n}\n# aws_iam_access_key\n')
    assert made["deploy-bot"].credentials[0].never_expires.value is True
    assert not module(main='resource "aws_iam_access_key" "k" {\n  user = var.user\n}\n')


def test_a_block_that_a_variable_switches_on_is_read_as_if_it_were_on():
    stated = """
variable "on" { default = false }
locals { bucket = var.on ? "acme-backup" : "" }
resource "aws_iam_policy" "read" {
  count = var.on ? 1 : 0
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${local.bucket}/*" }] })
}
resource "aws_iam_policy" "besides" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::${local.bucket}/*" }] })
}
"""
    found = module(main=stated)
    assert found["read"].grants[0].resources.value == ("arn:aws:s3:::acme-backup/*",)
    assert found["besides"].grants[0].resources.value == ("arn:aws:s3:::/*",)


@pytest.mark.parametrize(("user", "taker"), [("this", "people"), ("other", "anything")])
def test_a_password_makes_a_user_a_persons_and_a_part_of_its_name_tells_more_than_this(user, taker):
    stated = """
locals { name = "break-glass-${var.account}" }
resource "aws_iam_user" "this" { name = local.name }
resource "aws_iam_user" "other" { name = "other" }
"""
    found = module(main=stated + f'resource "aws_iam_user_login_profile" "p" {{ user = aws_iam_user.{user}.name }}')
    assert found["break-glass-…"].taken_by.value == taker


@pytest.mark.parametrize(("stated", "sealed"), [("", False), ('  pgp_key = "keybase:acme"\n', True)])
def test_what_is_kept_of_a_key_may_be_encrypted_for_one_reader(stated, sealed):
    user = f'resource "aws_iam_user" "bot" {{}}\nresource "aws_iam_access_key" "k" {{\n  user = aws_iam_user.bot.name\n{stated}}}\n'
    (key,) = module(main=user)["bot"].credentials
    assert key.sealed.value is sealed
