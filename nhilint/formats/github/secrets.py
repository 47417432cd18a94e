"""Finds the secrets that a part of a workflow names, and where it hands out all of them at once.

Only the names are read; a workflow never holds the values. `GITHUB_TOKEN` is the job's own token, not a secret of the
repository.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.github.expression import embedded
from nhilint.formats.github.loaded_secrets import loaded_secrets
from nhilint.formats.github.matrix_rows import in_other_rows, rows_of
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.node import Node
    from nhilint.model.place import Pointer

_SECRET = Deferred(r"(?<![\w.-])secrets(?:\.([A-Za-z_][\w-]*)|\[\s*'([^'\]]{1,100})'\s*\])", flags=re.IGNORECASE)
_WHOLE = Deferred(r"\btojson\(\s*secrets\s*\)", flags=re.IGNORECASE)
_TOKEN = Deferred(r"\bgithub\.token\b|\bsecrets\.github_token\b", flags=re.IGNORECASE)
_TAKEN_APART = Deferred(
    r"\bfromjson\(\s*secrets\.([A-Za-z_][\w-]*)\s*\)(?:\.([A-Za-z_][\w-]*)|\[\s*'([^'\]]{1,100})'\s*\])",
    flags=re.IGNORECASE,
)
_MASKS = "::add-mask::"
_LASTS = Deferred(
    r">>\s*[\"']?\$(?:\{GITHUB_ENV\}|GITHUB_ENV\b|env:GITHUB_ENV\b)|\bOut-File\b[^\n]{0,200}\bGITHUB_ENV\b"
)
"""A line of a script that sets a variable for all later steps of its job."""
_CAMEL = Deferred(r"(?<=[a-z])(?=[A-Z])")
_STAGE = (
    r"(?:_(?:PROD|PRODUCTION|STAGING|STAGE|STG|DEV|DEVELOPMENT|TEST|QA|UAT|PREVIEW|SANDBOX|NONPROD|PREPROD))?(?:_\d+)?"
)
_OPENS_NOTHING = Deferred(
    r"(?:_|^)(?:IDS?|URLS?|URIS?|HOSTS?|HOSTNAMES?|USERS?|USERNAMES?|LOGIN|ORG|ORGANIZATION|PROJECTS?|REGIONS?|ZONES?"
    r"|REGISTR(?:Y|IES)|REPOSITOR(?:Y|IES)|REPOS?"
    r"|(?:USERS?|LOGINS?|NAMES?|TEAMS?|CHANNELS?)_MAP(?:PING)?(?:_JSON)?|BUCKET_(?:PRIMARY|SECONDARY|ROOT|PREFIX)|(?:WHITE|ALLOW)LIST"
    r"|NUMBER|TAGS?|IMAGES?|AUTHORITY|RATE|BUDGET|PREFIX|SUFFIX|LOCATION|OCID|FINGERPRINT|CONTEXT|TLD|GROUPS?|SCOPES?|SID|SENDER|DIRECTORY|SUBPATH|SITE|TARGETS?"
    r"|DEVICES|USER_AGENT|UUID|IDENTIFIER|DEBUG|PERCENTAGE|REALM|PRINCIPALS|USR|LOGINS|PUB|(?:TENANT|CLIENT|SUBSCRIPTION|APP)ID"
    r"|BRANCH|DSN|ALIAS|EMAILS?|RECIPIENTS?|NAMES?|BUCKETS?|ACCOUNTS?|DOMAINS?|ENDPOINTS?|ADDR|ADD?RESS(?:ES)?|PORTS?|VERSION|NAMESPACES?|CLUSTERS?|ENV"
    r"|ENVIRONMENT|ARNS?|ROLES?|PATH|DIR|OWNER|TEAM|ENABLED|MODEL|IDENTITY|LEVEL|CHANNEL|TENANT|TAILNET|SUBSCRIPTION|SLUG|TMATE|SERVERS?"
    rf"|IPS?|CIDRS?|PROVIDER|AUDIENCE|ISSUER|PROTOCOL|CATALOG|SCHEMA|TABLE|LICEN[CS]E|EXPIRES_AT|DURATION|INTERVAL|TIMEOUT|THRESHOLD|LIMIT|COUNT|SIZE|VIOLATIONS"
    rf"|CONTAINERS?|VPCS?|GUID|POSTFIX|SUBDOMAIN|WORKSPACE|TYPE|MODE|(?<!CSC_)LINKS?|PG(?:HOST|PORT|USER|DATABASE)){_STAGE}$"
    r"|(?:^|_)(?:SUBNETS?|SENTRY_DSN)(?:_|$)"
    r"|ROLE_TO_ASSUME|(?:SERVICE|PROJECT|ACCOUNT|CLIENT|TEAM|ORG|TENANT|SUBSCRIPTION)_ID_|ANON_KEY|PUBLISHABLE|PUBLIC_(?:[A-Z0-9]{1,20}_)?KEY|^PUBLIC_|(?:NEXT|NUXT|EXPO|PLASMO)_PUBLIC_"
    r"|^(?!\w{0,100}(?:^|_)KEYS?(?:_|$))\w{1,100}_PUBLIC_"
    r"|^GORELEASER_KEY$|(?:^|_)(?:KMS|TF_BACKEND|TF_STATE)_KEY$|(?:^|_)CACHE_SEED$|USERIDS?$"
    r"|(?:^|_)ECR_REPO(?:SITORY)?_(?!\w{0,40}(?:KEY|PASS|PWD|AUTH|CRED))\w{1,40}$|(?:^|_)ENDPOINT_(?!\w{0,40}(?:KEY|PASS|PWD|AUTH|CRED|PAT|SAS|SECRET|TOKEN))\w{1,40}$"
)
_OPENS_AFTER_ALL = Deferred(
    r"WEBHOOK|ACCESS_KEY|SIGNED|TOKEN|SECRET|SERVICE_ROLE$"
    rf"|(?:DATABASE|(?:^|_)DB|CONNECTION|MONGO|REDIS|POSTGRES|MYSQL)(?:\w*_)?(?:URL|URI|DSN|SERVER|ENDPOINT|ADDR|ADDRESS)S?{_STAGE}$"
)
_FOR_EVERYBODY = Deferred(
    r"^(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|REACT_APP|VITE|GATSBY|PUBLIC)_(?!REPO)|_PUBLIC_(?!REPO)\w*TOKEN"
)
"""Values that a browser gets (the prefix is how a bundler is told to build them in), and tokens that are said to be for
everybody. A token for public repositories is none."""
_COUNTS_TOKENS = Deferred(r"(?:^|_)(?:MAX|MIN)_(?:\w{1,40}_)?TOKENS$|_TOKENS?_(?:LIMIT|COUNT|BUDGET)$")
"""Numbers that a model is given: how much it may read or write."""
_UPLOADS_ALONE = Deferred(
    r"^(?:(?:CODECOV|COVERALLS|CHROMATIC|PERCY)_(?!API_)(?:\w+_)?TOKEN|(?:CODACY|CODSPEED)_(?:PROJECT_)?TOKEN"
    r"|CYPRESS_RECORD_KEY|CODE_?CLIMATE_REPO_TOKEN|QLTY_COVERAGE_TOKEN|INFRACOST_API_KEY|BENCHER_API_(?:TOKEN|KEY)"
    r"|(?:\w{1,60}_)?(?:OTEL|OTLP)_(?:\w{1,60}_)?(?:TOKEN|HEADERS?|API_KEY))$"
)
"""Tokens that upload a project's own coverage, pictures, measurements or telemetry, or ask for public prices, and do
nothing else."""
_CALLED_A_KEY = Deferred(r"PASSW|SECRET|TOKEN|KEY|CREDENTIAL|KUBE_?CONFIG|(?:^|_)(?:PAT|PWD|PASS|CERT)(?:_|$)")
EVERY = "every secret"
"""What a step is handed that gets the whole collection as one value, in words."""
A_PART = "?"
"""Stands for the member of an object whose name is only known when a workflow runs."""
TOKEN_NAME = "GITHUB_TOKEN"  # noqa: S105 - the name of the job's token, not a token


class Mention(Struct, frozen=True):
    """A secret by its name, and the text that names it."""

    name: str
    pointer: Pointer

    @property
    def given_as(self) -> str:
        """The variable or the input that it fills; empty for one pasted into a script."""
        return filled_by(self.pointer)


def filled_by(pointer: Pointer) -> str:
    """The variable of an `env` or the input of a `with` that a place fills; empty for any other place."""
    inside = len(pointer) > 1 and pointer[-2] in ("env", "with")
    return str(pointer[-1]) if inside else ""


def texts(value: object, pointer: Pointer = ()) -> list[tuple[str, Pointer]]:
    """Every text inside a value with its route, mapping keys left out."""
    found: list[tuple[str, Pointer]] = []
    _collect(value, pointer, found)
    return found


def _collect(value: object, pointer: Pointer, found: list[tuple[str, Pointer]]) -> None:
    if isinstance(value, str):
        found.append((value, pointer))
        return
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        if isinstance(inner, str):
            found.append((inner, (*pointer, key)))
        elif isinstance(inner, (dict, list)):
            _collect(inner, (*pointer, key), found)


def secrets_in(found: Iterable[tuple[str, Pointer]]) -> tuple[Mention, ...]:
    """Each secret that the texts name in an expression, once, in order."""
    mentions: dict[str, Mention] = {}
    for text, pointer in found:
        if "secrets" not in text or "${{" not in text:
            continue
        for name in (match[1] or match[2] for part in embedded(text) for match in _SECRET.finditer(part.source)):
            if name.upper() != TOKEN_NAME:
                mentions.setdefault(name.upper(), Mention(name, pointer))
    return tuple(mentions.values())


@lru_cache(maxsize=4096)
def opens_something(name: str) -> bool:
    """Whether a secret's name is that of a credential; many are kept as secrets that only name a project or a host."""
    upper = _CAMEL.sub("_", name).upper()
    if any(form.search(upper) is not None for form in (_UPLOADS_ALONE, _FOR_EVERYBODY, _COUNTS_TOKENS)):
        return False
    return _OPENS_NOTHING.search(upper) is None or _OPENS_AFTER_ALL.search(upper) is not None


def is_called_otherwise(name: str) -> bool:
    """Whether a secret is not called after a key, a password or the like: those come first where several are told."""
    return _CALLED_A_KEY.search(name.upper()) is None


def is_address_to_post_to(name: str, given_as: str = "") -> bool:
    """Whether a secret is the address of an incoming webhook: whoever has it may post a message there, no more.

    Its own name tells it, or that of the variable or input that it fills: one that is nothing but an address, unless
    the secret is called like a connection or a key.
    """
    words = (name.upper(), given_as.upper())
    if words[1] in _ADDRESSES and _OPENS_AFTER_ALL.search(words[0]) is None and _KEYS.search(words[0]) is None:
        return True
    return any("WEBHOOK" in word and not word.endswith(("SECRET", "KEY", "TOKEN", "SECRETS")) for word in words)


_ADDRESSES = frozenset({"URL", "URI", "ENDPOINT"})
_KEYS = Deferred(r"KEY|PASS|CREDENTIAL|AUTH|(?:^|_)PAT(?:_|$)")


def opens_little(name: str, given_as: str = "") -> bool:
    """Whether a secret is worth telling only where something graver is handed over or held with it."""
    return is_address_to_post_to(name, given_as) or opens_tests_alone(name)


def opens_tests_alone(name: str) -> bool:
    """Whether a secret is what a user signs in with who is made for tests, or what an instance under test signs its
    sessions with: by its name, which has nothing of a database, a registry or a cloud."""
    upper = _CAMEL.sub("_", name).upper()
    return _OF_TEST_USER.search(upper) is not None and _OF_SYSTEM.search(upper) is None


_OF_TEST_USER = Deferred(
    r"(?:^|_)(?:E2E|CYPRESS|PLAYWRIGHT|SMOKE_?TESTS?|TEST_?USERS?|TEST)(?:_\w{1,60})?"
    r"_(?:PASSWORDS?|PASSWD|PASS|PWD|TOTP(?:_SECRET)?|(?:TOKEN|SESSION|COOKIE)_SECRET)$"
)
_OF_SYSTEM = Deferred(
    r"(?:^|_)(?:DB|DATABASE|PG|POSTGRES\w*|MYSQL|MONGO\w*|REDIS|REGISTRY|DOCKER\w*|QUAY|AWS|AZURE|GCP|ARM|ADMIN|ROOT"
    r"|KEYSTORE|CERT\w*|SSH|PYPI|NPM)(?:_|$)"
)


def reports_on_code(name: str) -> bool:
    """Whether a secret is a token for a service that is sent what a scanner has found in the code, and shows it.

    What its vendor encourages for a pipeline is a token that can do no more; that of an account can, and looks alike.
    Source: https://docs.sonarsource.com/sonarqube-community-build/user-guide/managing-tokens, read 2026-11-22.
    """
    return name.upper().startswith(("SONAR_", "SONARCLOUD_", "SONARQUBE_"))


def hands_out_all(text: str) -> bool:
    """Whether a text turns the whole collection of secrets into one value."""
    if "secrets" not in text or _WHOLE.search(text) is None:
        return False
    return any(_WHOLE.search(part.source) is not None for part in embedded(text))


def part_of_secret(text: str) -> str | None:
    """The part of a structured secret that a text takes out by its name, where that is the name of a credential.

    The log hides a secret as a whole, line by line, but no value inside of it. What a called workflow gets as a secret
    is hidden there as one of its own.
    Source: https://docs.github.com/en/actions/reference/security/secure-use#use-secrets-for-sensitive-information.
    """
    for part in embedded(text):
        for match in _TAKEN_APART.finditer(part.source):
            member = match[2] or match[3]
            if opens_something(member):
                return f"{member} of {match[1]}"
    return None


class JobSecrets:
    """The secrets that one job names, found in one walk and asked for by step.

    Steps are told apart by their place under `steps`; whatever else a job or its workflow's `env` names is seen by all,
    and what a script writes to `$GITHUB_ENV`, line by line, or a login leaves there, by every later step.
    """

    def __init__(self, job: Node, environment: Node) -> None:
        found = [*texts(job.value, job.pointer), *texts(environment.value, environment.pointer)]
        naming = [(text, pointer) for text, pointer in found if "secrets" in text and "${{" in text]
        self._path = job.path
        self._depth = len(job.pointer)
        self._steps = job["steps"]
        self._by_step: dict[object, list[Mention]] = {}
        self._left: list[tuple[object, Mention]] = []
        self._all: dict[object, Place] = {}
        self.places: tuple[tuple[str, Place], ...] = ()
        self.unmasked: Known[str] | None = None
        masks = bool(naming) and any(_MASKS in text for text, _ in found)
        for text, pointer in naming:
            step = self._step(pointer)
            self._by_step.setdefault(step, []).extend(secrets_in([(text, pointer)]))
            if isinstance(step, int):
                node = job["steps"][step]
                left = _left_behind(node["run"], text, pointer) or _signed_in(node, text, pointer)
                self._left.extend((step, mention) for mention in left)
            as_secret = pointer[self._depth : self._depth + 1] == ("secrets",)
            part = None if masks or self.unmasked or as_secret else part_of_secret(text)
            if part is not None:
                self.unmasked = Known(part, Place(self._path, pointer))
            if hands_out_all(text):
                self._all.setdefault(step, Place(self._path, pointer))
        for text, pointer in found:
            step = self._step(pointer) if text.startswith(_OF_1PASSWORD) else None
            if isinstance(step, int) and _is_loaded(job["steps"][step]) and filled_by(pointer):
                self._left.append((step, Mention(filled_by(pointer), pointer)))
        loaded = loaded_secrets(self._steps, found)
        self._loaded = [(one.step, Mention(one.name, one.pointer)) for one in loaded if one.is_input]
        self._left.extend((one.by, Mention(one.name, one.pointer)) for one in loaded)
        once = {m.name.upper(): m for mentions in reversed(self._by_step.values()) for m in reversed(mentions)}
        self.places = tuple((m.name, Place(self._path, m.pointer)) for m in reversed(once.values()))

    def of_step(self, index: int) -> list[Mention]:
        """The secrets that a step names itself, then those of the environments around it and of what went before."""
        around = [m for m in self._by_step.get(None, ()) if "env" in m.pointer]
        left = [mention for step, mention in self._left if isinstance(step, int) and step < index]
        loaded = [mention for step, mention in self._loaded if step == index]
        return [*self._by_step.get(index, ()), *loaded, *around, *left]

    def beside(self, index: int) -> tuple[tuple[str, Place], ...]:
        """The secrets that the job has where a step runs, with the place of each: not those that only steps for other
        rows of its matrix name."""
        rows = rows_of(self._steps[index])
        if not rows:
            return self.places
        here = {m.name.upper() for step, named in self._by_step.items() if self._may_meet(rows, step) for m in named}
        return tuple((name, at) for name, at in self.places if name.upper() in here)

    def _may_meet(self, rows: dict[tuple[str, ...], str], step: object) -> bool:
        return not isinstance(step, int) or not in_other_rows(rows, rows_of(self._steps[step]))

    def all_at(self, index: int) -> Known[bool] | None:
        """The place where a step turns all secrets into one value."""
        place = self._all.get(index)
        return Known(value=True, at=place) if place is not None else None

    def _step(self, pointer: Pointer) -> object:
        """The index of the step that a place belongs to; None for the rest of the job and for the workflow."""
        inside = len(pointer) > self._depth + 1 and pointer[0] == "jobs" and pointer[self._depth] == "steps"
        return pointer[self._depth + 1] if inside else None


def _left_behind(script: Node, text: str, pointer: Pointer) -> tuple[Mention, ...]:
    """The secrets of a text of a step that its script writes into the environment of the steps to come."""
    whole = script.value
    if not isinstance(whole, str) or "GITHUB_ENV" not in whole:
        return ()
    lines = [line for line in whole.splitlines() if _LASTS.search(line) is not None]
    if pointer == script.pointer:
        return secrets_in((line, pointer) for line in lines)
    variable = filled_by(pointer)
    is_written = any(f"${variable}" in line or f"${{{variable}}}" in line for line in lines)
    return secrets_in([(text, pointer)]) if variable and is_written else ()


_SIGNS_IN = {
    "aws-actions/configure-aws-credentials": (
        ("aws-access-key-id", "aws-secret-access-key"),
        ("output-env-credentials",),
    ),
    "google-github-actions/auth": (("credentials_json",), ("create_credentials_file", "export_environment_variables")),
}
"""Actions that leave the key they are given in the environment of the later steps, by which inputs they take it, and
the inputs that turn this off. Source: the action.yml of each, as stored in older versions; that of AWS says too that
the credentials of a role that is assumed stand there instead of the key. The switches are from workflows that use them.
"""


def _signed_in(step: Node, text: str, pointer: Pointer) -> tuple[Mention, ...]:
    """The secrets of a text with which a step signs the whole rest of its job in."""
    action = str(step["uses"].value).partition("@")[0].lower()
    keys, switches = _SIGNS_IN.get(action, ((), ()))
    inputs = step["with"]
    if filled_by(pointer) not in keys or inputs["role-to-assume"].exists:
        return ()
    is_off = any(str(inputs[name].value).lower() == "false" for name in switches)
    return () if is_off else secrets_in([(text, pointer)])


_OF_1PASSWORD = "op://"


def _is_loaded(step: Node) -> bool:
    """Whether a step reads references to 1Password and leaves what they stand for to the later steps, as it says.

    What happens where `export-env` is not given has changed with the action's versions, so that it is not told.
    Source: https://github.com/1Password/load-secrets-action (README, "Export secrets as environment variables"), read
    2026-11-22.
    """
    action = str(step["uses"].value).partition("@")[0].lower()
    return action == "1password/load-secrets-action" and str(step["with"]["export-env"].value).lower() == "true"


def names_token(text: str) -> bool:
    """Whether a text names the job's own token."""
    return "token" in text.lower() and _TOKEN.search(text) is not None


def is_token_alone(text: str) -> bool:
    """Whether a text names the job's own token and no secret of the repository."""
    return names_token(text) and not secrets_in([(text, ())])


def credential_of(name: str, at: Place) -> Credential:
    """A secret of the repository as a credential fact."""
    return Credential(at=at, name=Known(name, at), reference=Known(name, at), source=Known("ci_secret", at))
