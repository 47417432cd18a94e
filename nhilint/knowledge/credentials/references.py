"""Recognises notations that point to a value kept elsewhere: variables, inputs, secret stores, files, templates, code.

`whole_reference` reads a value that is one pointer and nothing else; `references_in` finds pointers inside a longer
text (`Bearer ${TOKEN}`). Neither resolves anything, and neither looks at how random a text is. Each notation is
documented by the product named beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.knowledge.credentials.expressions import braced, double_braced, github_expression
from nhilint.knowledge.credentials.names import is_ciphertext_name
from nhilint.knowledge.credentials.vocabulary import Reference
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 400
"""No notation is followed further than this many characters."""

DEEPEST = 8
"""Nor deeper than this many brackets: beyond, it is not written by people."""

FARTHEST = 8192
"""References are looked for in this many characters of a text."""

_OPENERS = frozenset("$%{<_@#~`")

_STORES = (
    "op://",  # 1Password
    "vault://",
    "vault:",
    "doppler://",
    "infisical://",
    "bws://",  # Bitwarden Secrets Manager
    "akeyless:/",
    "keyring:",
    "secretref:",  # Azure Container Apps
    "sm://",
    "gsm://",
    "gcpsm://",
    "awssm://",
    "aws-sm://",
    "awssecret://",
    "ssm://",
    "azkv://",
    "azurekv://",
    "kv://",
    "secret://",
    "secrets://",
    "ref+",  # vals, helmfile
    "@Microsoft.KeyVault(",  # Azure App Service
    "projects/",  # Google Secret Manager: projects/P/secrets/S
)
_ENCRYPTED = (
    "ENC[",  # SOPS
    "encrypted:B",  # dotenvx
    "ENC(",  # jasypt
    "$ANSIBLE_VAULT;",
    "-----BEGIN AGE ENCRYPTED FILE-----",
    "-----BEGIN PGP MESSAGE-----",
    "vault:v1:",  # HashiCorp Vault transit ciphertext
    "AQICAH",  # AWS KMS ciphertext blob in base64
    "CiQA",  # Google Cloud KMS ciphertext in base64: a first field of 36 bytes, which names the key's version
)
_ENV = Deferred(r"env:(?://)?([A-Za-z_]\w{0,80})(?::-(.{0,200}))?")
_FILE = Deferred(r"(?:file://?/?|file:)[\w~./-][^\s]{0,300}|(?:/var)?/run/secrets/[\w./-]{1,200}")
_AWS_STORE = Deferred(r"arn:aws[a-z-]{0,12}:(?:secretsmanager|ssm):\S{1,300}")
_AZURE_STORE = Deferred(r"https://[\w-]{1,60}\.vault\.(?:azure\.net|azure\.cn|usgovcloudapi\.net)/secrets/\S{1,200}")
_CLOUDFORMATION = Deferred(r"!(?:Ref|Sub|GetAtt|ImportValue|Join|FindInMap|If|Select)\b|Fn::[A-Z]\w{1,20}")
_TERRAFORM = Deferred(
    r"(?:var|local|module|data|each)\.[A-Za-z_][\w.*\[\]\"-]{0,200}",
    r"|[a-z]{1,40}_[a-z0-9_]{1,80}\.[\w-]{1,80}\.[\w.]{1,80}",
)
_TERRAFORM_CALL = Deferred(r"[a-z0-9_]{2,30}\(.{0,300}\b(?:var|local|data|module)\.[a-z_]")
_CONTEXTS = ("secrets.", "env.", "vars.", "inputs.", "steps.", "needs.", "matrix.", "github.")
_CONTEXT = Deferred(r"[a-z]+\.[A-Za-z_][\w.-]{0,120}")
_CODE_WORDS = ("process.env", "import.meta.env", "os.environ", "os.getenv", "os.Getenv", "System.getenv", "Deno.env")
_CODE_CALLS = ("ENV[", "ENV.fetch(", "getenv(", "env(")
_CODE = Deferred(
    r"(?:[A-Za-z]{1,8}\.)?(?:meta\.env|env\.get|environ\.get|environ|[gG]etenv|ENV\.fetch|ENV|env)",
    r"[.(\[]\s?[\"']?([A-Za-z_]\w{0,80})[\"']?\]?(?:\s?(?:,|\|\||\?\?)\s?[\"']([^\"']{0,200})[\"'])?\)?",
)
_SEALED = Deferred(r"Ag[A-D][A-Za-z0-9+/]{200,}={0,2}")  # Bitnami SealedSecret
_MAVEN = Deferred(r"\{[A-Za-z0-9+/]{20,400}={1,2}\}")
_CIPHERTEXT = Deferred(r"[A-Za-z0-9+/\s]{42,8192}={0,2}\s*")
"""Base64 of at least 32 bytes: a block and what it was started with."""
_VARIABLE = Deferred(r"\$(?:env:)?([A-Za-z_]\w{0,120})")
_LONE_VARIABLE = Deferred(r"(?<![\w$\\])\$(?:env:[A-Za-z_]\w{0,80}|[A-Z_][A-Z0-9_]{1,120})\b(?![a-z])")
_PERCENT = Deferred(r"%([A-Za-z_]\w{2,80})%")
_MARKED = Deferred(r"__[A-Z][A-Z0-9_]{0,100}[A-Z0-9]__|@@?[A-Z][A-Z0-9_.-]{1,60}@@?|~[A-Z][A-Z0-9_]{1,60}~")
_ENV_NAME = Deferred(r"[A-Z_][A-Z0-9_.]*")


class Pointer(Struct, frozen=True):
    """A reference found in a text, with the span of its notation."""

    start: int
    end: int
    reference: Reference


def whole_reference(value: str) -> Reference | None:
    """The reference a value is, or None. A value that only contains one is left to `references_in`."""
    encrypted = _encrypted(value)
    if encrypted is not None:
        return encrypted
    first = next(references_in(value), None) if _OPENERS.intersection(value) else None
    if first is not None and first.start == 0 and first.end == len(value):
        return first.reference
    return _variable(value) or _store(value) or _code(value)


def references_in(text: str) -> Iterator[Pointer]:
    """References inside the first 8 KB of a text, in order and without overlap."""
    place, last = 0, min(len(text), FARTHEST)
    while place < last:
        place = _next_opener(text, place)
        pointer = _pointer_at(text, place) if place < last else None
        if pointer is not None:
            yield pointer
        place = pointer.end if pointer is not None else place + 1


def _next_opener(text: str, place: int) -> int:
    while place < len(text) and text[place] not in _OPENERS:
        place += 1
    return place


def _pointer_at(text: str, place: int) -> Pointer | None:
    for opener, closer, read in _BRACKETS:
        if text.startswith(opener, place):
            end = _closing(text, place + len(opener), opener, closer)
            if end < 0:
                continue
            reference = read(text[place + len(opener) : end].strip())
            if reference is not None:
                return Pointer(place, end + len(closer), reference)
    for expression, kind in ((_LONE_VARIABLE, "env"), (_PERCENT, "env"), (_MARKED, "template")):
        found = expression.match(text, place)
        if found:
            name = found[0].strip("$%_@~").removeprefix("env:")
            return Pointer(place, found.end(), Reference("env" if kind == "env" else "template", name))
    return None


def _closing(text: str, start: int, opener: str, closer: str) -> int:
    """Where the bracket opened before `start` closes, nested ones stepped over; -1 when that is nowhere near."""
    last = min(len(text), start + LONGEST)
    nested = opener[-1] if len(closer) == 1 else opener
    depth, place = 1, start
    while depth <= DEEPEST:
        end = text.find(closer, place, last)
        if end < 0:
            return -1
        inner = text.find(nested, place, end)
        if inner >= 0 and opener != closer:
            depth, place = depth + 1, inner + len(nested)
        elif depth == 1:
            return end
        else:
            depth, place = depth - 1, end + len(closer)
    return -1


def named_ciphertext(value: str, name: str) -> Reference | None:
    """What a base64 text is whose name says that it was encrypted (ENCRYPTED_TOKEN, ciphertext); None otherwise."""
    said = is_ciphertext_name(name) and _CIPHERTEXT.fullmatch(value) is not None
    return Reference("encrypted") if said else None


def _encrypted(value: str) -> Reference | None:
    sealed = value.startswith("Ag") and len(value) > 200 and _SEALED.fullmatch(value)
    wrapped = value.startswith("{") and value.endswith("=}") and _MAVEN.fullmatch(value)
    return Reference("encrypted") if sealed or wrapped or value.startswith(_ENCRYPTED) else None


def _variable(value: str) -> Reference | None:
    if value.startswith("$"):
        found = _VARIABLE.fullmatch(value)
        return Reference("env", found[1]) if found else None
    found = _ENV.fullmatch(value) if value.startswith("env:") else None
    return Reference("env", found[1], found[2]) if found else None


def _store(value: str) -> Reference | None:
    if value.startswith(_STORES) and " " not in value and ("/" in value or ":" in value):
        if value.startswith("projects/") and "/secrets/" not in value:
            return None
        return Reference("secret_store", value)
    if value.startswith("arn:") and _AWS_STORE.fullmatch(value):
        return Reference("secret_store", value)
    if "/secrets/" in value and _AZURE_STORE.fullmatch(value):
        return Reference("secret_store", value)
    if value.startswith(("file:", "/run/", "/var/run/")) and _FILE.fullmatch(value):
        return Reference("file", value.removeprefix("file://").removeprefix("file:"))
    return Reference("template") if value.startswith(("!", "Fn::")) and _CLOUDFORMATION.match(value) else None


def _code(value: str) -> Reference | None:
    found = _CODE.fullmatch(value) if value.startswith((*_CODE_WORDS, *_CODE_CALLS)) else None
    if found:
        return Reference("code", found[1], found[2])
    if value.startswith(_CONTEXTS) and _CONTEXT.fullmatch(value):
        return github_expression(value)
    if value.startswith("os.environ/"):  # LiteLLM
        return Reference("env", value.removeprefix("os.environ/"))
    if value.startswith("[") and value.endswith(")]") and "(" in value:  # Azure Resource Manager expressions
        return Reference("template")
    if "." in value[:-1] and not value[0].isdigit():
        return Reference("template") if _TERRAFORM_CALL.match(value) else _terraform_address(value)
    return None


def _terraform_address(value: str) -> Reference | None:
    return Reference("template", value) if _TERRAFORM.fullmatch(value) else None


def _command(content: str) -> Reference | None:
    if not content:
        return None
    if _ENV_NAME.fullmatch(content):
        return Reference("env", content)  # Azure Pipelines and Kubernetes: $(NAME)
    return Reference("command", content.split(maxsplit=1)[0])


def _file(content: str) -> Reference | None:
    return Reference("file", content) if content else None


def _env(content: str) -> Reference | None:
    return Reference("env", content) if content else None


def _runtime(content: str) -> Reference | None:
    for opening in ("variables.", "variables['"):
        if content.startswith(opening):
            return Reference("env", content.removeprefix(opening).rstrip("']"))
    return Reference("template")


def _template(content: str) -> Reference | None:
    return Reference("template") if content else None


_BRACKETS: tuple[tuple[str, str, Callable[[str], Reference | None]], ...] = (
    ("${{", "}}", github_expression),  # GitHub Actions, Azure Pipelines templates
    ("{{", "}}", double_braced),  # Jinja, Helm, Go, Handlebars, CloudFormation dynamic references, n8n
    ("${", "}", braced),  # shells, compose, editors, Terraform, Spring, OmegaConf
    ("$(", ")", _command),
    ("$[", "]", _runtime),  # Azure Pipelines runtime expressions
    ("{env:", "}", _env),  # opencode
    ("{file:", "}", _file),
    ("<%", "%>", _template),  # ERB, EJS
    ("{%", "%}", _template),
    ("%{", "}", _template),  # Terraform directives, Puppet
    ("#{", "}#", _template),  # token replacement in Azure Pipelines
    ("#{", "}", _template),  # Octopus, Ruby
    ("`", "`", _command),
)
