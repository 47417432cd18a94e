"""IAM resources of a module become identities: roles, users, groups, and policies that nobody in it has.

Source: the pages of `aws_iam_*` below registry.terraform.io/providers/hashicorp/aws/latest/docs/resources, read
2026-11-22. An access key that Terraform makes never expires, and its secret stands in the state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.boundary import bounded
from nhilint.formats.aws.deployers import purpose
from nhilint.formats.aws.documents import statements
from nhilint.formats.aws.guardrails import guarded
from nhilint.formats.aws.identity import LIMITS, Holding, IdentityKind, identity
from nhilint.formats.aws.trust import is_trust
from nhilint.formats.terraform.attachments import INLINE, PRINCIPALS
from nhilint.formats.terraform.chat_channels import guardrails_of
from nhilint.formats.terraform.cluster_access import cluster_accesses
from nhilint.formats.terraform.execution_roles import execution_roles
from nhilint.formats.terraform.handed_back import with_maker
from nhilint.formats.terraform.handed_to import with_callers
from nhilint.formats.terraform.known_in_part import known_part, label_with_place, tells_more
from nhilint.formats.terraform.left_to_callers import only_call, others_decide
from nhilint.formats.terraform.mail_keys import with_mail_keys
from nhilint.formats.terraform.own_account import all_in, files_with_own_account
from nhilint.formats.terraform.referents import attribute_of, resource_named
from nhilint.formats.terraform.rotation import is_rotated
from nhilint.formats.terraform.stack_set_roles import building_for_stack_sets
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.attachments import Attached, Attachments, Stranger
    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.module import Block, Module
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.fact import Many
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.statement import Grant

_LASTING_KEYS = {
    "aws_iam_access_key": ("user", "aws-access-key-id", "an AWS access key"),
    "aws_iam_service_specific_credential": (
        "user_name",
        "aws-service-specific-credential",
        "a key for one AWS service",
    ),
}
"""Resources that make a key, with the attribute that names its user, the type of the key and what to call it."""
_FILLED_IN = Deferred(r"\$\{[^{}]{0,200}\}")
_SAME_EVERYWHERE = Deferred(r"\$\{(?:(?:var|local)\.[\w.-]{1,100}|terraform\.workspace|AWS\.Region|AWS\.AccountId)\}")
_WHATEVER = "\0"
"""A part of a name that only a run knows: a star covers it, and nothing that is written out does."""
_CONTROLS = ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY")
"""Types of an organisation's policies that are written in the policy language; the first counts where none is named."""
_KINDS: dict[str, IdentityKind] = {"aws_iam_role": "role", "aws_iam_user": "user", "aws_iam_group": "group"}


def principals(resolver: Resolver, attachments: Attachments, files: PolicyFiles) -> Iterator[tuple[str, Identity]]:
    """The roles, users and groups of a module with all that it attaches to them."""
    accesses = cluster_accesses(resolver, attachments)
    started, filled = execution_roles(resolver.module), files_with_own_account(resolver.module)
    for kind in PRINCIPALS:
        for block in resolver.module.of_kind(kind):
            entered = tuple(accesses.get((block.kind, block.label), ()))
            for key in resolver.instance_keys(block):
                with resolver.instance(block, key):
                    name, facts = _principal(block, resolver, attachments.of(block, key), attachments, files, filled)
                facts = with_mail_keys(facts, _access_keys(block, resolver, attachments), resolver.module)
                if kind == "aws_iam_role" and started.has(block.label, facts):
                    facts = replace(facts, starts_tasks=Known(value=True, at=facts.at))
                yield name, replace(facts, cluster_access=entered) if entered else facts
    for (_, text), stranger in attachments.strangers.items():
        facts = with_maker(text, _stranger(stranger, files), resolver.module)
        yield value_of(facts.name) or stranger.name, with_callers(text, facts, resolver.module)
    yield from _users_with_keys(resolver, attachments)


def _users_with_keys(resolver: Resolver, attachments: Attachments) -> Iterator[tuple[str, Identity]]:
    """Users that are made elsewhere, known by the keys that this module makes for them by name."""
    for kind, (user, type_id, title) in _LASTING_KEYS.items():
        for key in resolver.module.of_kind(kind):
            name = key.body.get(user)
            if isinstance(name, str) and name and attachments.principal("aws_iam_user", name) is None:
                made = _key(key, type_id, title)
                yield name, identity(Holding(kind="user", name=name, at=key.at, credentials=(made,)))


def loose_policies(resolver: Resolver, attachments: Attachments, files: PolicyFiles) -> Iterator[tuple[str, Identity]]:
    """The policies that no principal of the module has, and those of an organisation, which only ever limit."""
    for block in resolver.module.of_kind("aws_organizations_policy"):
        if block.body.get("type", _CONTROLS[0]) in _CONTROLS:
            with resolver.instance(block):
                content = resolver.document(block.body.get("content"), block.spot.to("content"))
            name, control = _loose(block, content, name_of(block), bounds=True)
            yield name, files.complete(control, (content,), None)
    filled = files_with_own_account(resolver.module)
    for kind in ("aws_iam_policy", *INLINE):
        for block in resolver.module.of_kind(kind):
            if "policy" in block.body and not _is_carried(block, resolver, attachments):
                document = resolver.block_document(block)
                bounds = (block.kind, block.label) in attachments.boundaries
                told = known_part(resolver.text(block.body.get("name"), block.spot.to("name")))
                called = f"{told} {_purpose(block, resolver.module)}"
                fills_in = all_in((document,), filled)
                name, loose = _loose(block, document, name_of(block), bounds=bounds, called=called, fills_in=fills_in)
                yield _told_apart(block, name, files.complete(loose, (document,), None))


def _stranger(stranger: Stranger, files: PolicyFiles) -> Identity:
    """A principal of another module, known by what this one attaches to it."""
    held = stranger.attached
    facts = identity(
        Holding(
            kind=_KINDS[f"aws_iam_{stranger.kind}"],
            name=stranger.name,
            at=stranger.block.at,
            documents=tuple(held.documents),
            managed=tuple(held.managed),
            own=tuple(arn for policy in held.carried for arn in arns_of(policy)),
        )
    )
    return files.complete(facts, held.documents, None)


def loose_documents(resolver: Resolver, referred_elsewhere: frozenset[str]) -> Iterator[tuple[str, Identity]]:
    """Policy documents that no resource of the module uses: outputs, and arguments of modules."""
    documents = [
        (block, resolver.data_document(block))
        for block in resolver.module.data.values()
        if block.kind == "aws_iam_policy_document" and block.label not in referred_elsewhere
    ]
    for block, document in documents:
        label = block.label
        if label in resolver.used or label in resolver.module.handed_on:
            continue
        held = statements(document)
        if held and all(is_trust(statement) for statement in held):
            yield label, identity(Holding(kind="role", name=label, at=block.at, trust=document))
        elif not any(s["Principal"].exists or s["NotPrincipal"].exists for s in held):
            yield _told_apart(block, *_loose(block, document, label, bounds=False))


def _is_carried(block: Block, resolver: Resolver, attachments: Attachments) -> bool:
    """Whether a principal of this module or of one that calls it has the policy."""
    return attachments.is_attached(block) or (block.kind, block.label) in resolver.module.carried


def name_of(block: Block) -> str:
    """The name that a block states; else its label."""
    stated = block.body.get("name")
    return stated if isinstance(stated, str) and stated else block.label


def arns_of(block: Block) -> tuple[str, ...]:
    """What stands for the ARN of a principal or policy: by its label, as references have it, and by its name."""
    by_label = attribute_of(block.kind, block.label, "arn") or ""
    name = block.body.get("name")
    by_name = attribute_of(block.kind, name, "arn") if isinstance(name, str) and name else None
    return tuple(dict.fromkeys(arn for arn in (by_label, by_name) if arn))


def _own_arns(block: Block, resolver: Resolver) -> Iterator[str]:
    """The ARNs of a principal or policy, also by its name as it comes out, be it with variables that are left open: a
    policy of the same module spells these alike."""
    yield from arns_of(block)
    stated = "name_prefix" if "name_prefix" in block.body else "name"
    told = resolver.text(block.body.get(stated), block.spot.to(stated))
    named = _FILLED_IN.sub(lambda part: part[0] if _SAME_EVERYWHERE.match(part[0]) else _WHATEVER, told)
    named += _WHATEVER if told and stated == "name_prefix" else ""
    if named and "${" not in _SAME_EVERYWHERE.sub("", named) and block.body.get("path", "/") == "/":
        yield attribute_of(block.kind, named, "arn") or named


def _loose(
    block: Block, document: Node, name: str, *, bounds: bool, called: str = "", fills_in: bool = False
) -> tuple[str, Identity]:
    limits = bounds or LIMITS.search(f"{block.at.path}/{name}") or LIMITS.search(block.label)
    kind: IdentityKind = "control_policy" if limits else "policy"
    own = arns_of(block) if block.kind == "aws_iam_policy" else ()
    held = Holding(kind=kind, name=name, at=block.at, documents=(document,), own=own, called=called)
    return name, identity(replace(held, fills_in_account=fills_in))


def _principal(
    block: Block,
    resolver: Resolver,
    attached: Attached,
    attachments: Attachments,
    files: PolicyFiles,
    filled: frozenset[str],
) -> tuple[str, Identity]:
    entered = block.body.get("assume_role_policy")
    trust = resolver.document(entered, block.spot.to("assume_role_policy")) if entered is not None else None
    documents = (*_inline(block, resolver), *attached.documents)
    stated = "name_prefix" if "name_prefix" in block.body else "name"
    told = resolver.text(block.body.get(stated), block.spot.to(stated))
    known = bool(told) and "${" not in told and stated == "name"
    called = known_part(told) + ("…" if told and stated == "name_prefix" else "")
    name = told if known else called if tells_more(called, block.label) else name_of(block)
    signs_in, made = _signs_in(block, resolver, attachments), tuple(_keys(block, resolver, attachments))
    of_groups = attachments.of_groups(block)
    facts = identity(
        Holding(
            kind=_KINDS[block.kind],
            name=name,
            at=block.at,
            documents=documents,
            attached=tuple(of_groups.documents),
            trust=trust,
            managed=(*attached.managed, *(of_groups.managed if made and not signs_in else ())),
            boundary=_attribute(block, resolver, "permissions_boundary").text(),
            session=_attribute(block, resolver, "max_session_duration").number(),
            credentials=made,
            own=tuple(arn for held in (block, *attached.carried) for arn in _own_arns(held, resolver)),
            name_at=block.spot.to("name").place if known else None,
            called=f"{'' if known else called} {_purpose(block, resolver.module)}".strip(),
            signs_in=signs_in,
            fills_in_account=all_in(documents, filled),
        )
    )
    whole = files.complete(facts, documents, trust, lent=bool(of_groups.documents))
    limited = guarded(bounded(whole, _boundary(block, resolver, files)), guardrails_of(block, resolver))
    return _told_apart(block, name, limited, resolver.module)


def _told_apart(block: Block, name: str, facts: Identity, module: Module | None = None) -> tuple[str, Identity]:
    """An identity by what tells it from others, where all that is known of its name is a label that many have; what
    it is for has been judged by then, since a folder says nothing of that."""
    call = only_call(module) if module is not None else ""
    apart = label_with_place(block.kind, block.label, block.at.path, call) if name == block.label else name
    return apart, facts if apart == name else replace(facts, name=Known(apart, block.at))


def _purpose(block: Block, module: Module) -> str:
    """What its description or the stack sets of its module say of what it is for."""
    stated = block.body.get("description")
    said = purpose(stated) if isinstance(stated, str) else ""
    return said or building_for_stack_sets(module, block.kind, block.label)


def _signs_in(block: Block, resolver: Resolver, attachments: Attachments) -> bool:
    """Whether the module makes a password for a user, to sign in to the console with."""
    profiles = resolver.module.of_kind("aws_iam_user_login_profile") if block.kind == "aws_iam_user" else ()
    owners = (attachments.principal("aws_iam_user", profile.body.get("user")) for profile in profiles)
    return (block.kind, block.label) in owners


def _boundary(block: Block, resolver: Resolver, files: PolicyFiles) -> Many[Grant] | None:
    """The statements of its permissions boundary, where the module declares that."""
    key = resource_named(block.body.get("permissions_boundary"))
    policy = resolver.module.resources.get(key) if key is not None and key[0] == "aws_iam_policy" else None
    return files.of_boundary(resolver.block_document(policy)) if policy is not None else None


def _attribute(block: Block, resolver: Resolver, name: str) -> Node:
    return resolver.node(block.body.get(name), block.spot.to(name))


def _inline(block: Block, resolver: Resolver) -> Iterator[Node]:
    bodies = block.body.get("inline_policy")
    for index, body in enumerate(bodies if isinstance(bodies, list) else []):
        if isinstance(body, dict) and "policy" in body:
            yield resolver.document(body["policy"], block.spot.to("inline_policy", index, "policy"))


def _access_keys(block: Block, resolver: Resolver, attachments: Attachments) -> list[Block]:
    keys = resolver.module.of_kind("aws_iam_access_key") if block.kind == "aws_iam_user" else ()
    owner = (block.kind, block.label)
    return [key for key in keys if attachments.principal("aws_iam_user", key.body.get("user")) == owner]


def _keys(block: Block, resolver: Resolver, attachments: Attachments) -> Iterator[Credential]:
    """The lasting keys that a module makes for a user: access keys, and keys for one service such as the models."""
    if block.kind != "aws_iam_user":
        return
    for kind, (user, type_id, title) in _LASTING_KEYS.items():
        for key in resolver.module.of_kind(kind):
            if attachments.principal("aws_iam_user", key.body.get(user)) != (block.kind, block.label):
                continue
            if others_decide(key, resolver.module):
                continue
            yield _key(key, type_id, title)


def _key(key: Block, type_id: str, title: str) -> Credential:
    inactive = key.body.get("status") == "Inactive"
    ends = inactive or key.body.get("credential_age_days") is not None or is_rotated(key)
    return Credential(
        at=key.at,
        name=Known(key.label, key.at),
        type=Known(type_id, key.at),
        type_title=Known(title, key.at),
        provider=Known("AWS", key.at),
        principal=Known("workload", key.at),
        never_expires=Known(not ends, key.at),
        sealed=Known(key.body.get("pgp_key") not in (None, ""), key.at),
    )
