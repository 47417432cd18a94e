"""Recognises steps that become a cloud identity, by a stored key or by the job's own short-lived identity.

Sources, read 2026-11-22: the inputs in action.yml of aws-actions/configure-aws-credentials, google-github-actions/auth,
azure/login, hashicorp/vault-action, rubygems/configure-rubygems-credentials, pypa/gh-action-pypi-publish,
tibdex/github-app-token and actions/create-github-app-token (whose README tells the reach of its token), and
https://docs.github.com/en/actions/concepts/security/openid-connect.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.github.step_outputs import texts_of_output
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.workflow import CloudLogin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

Provider = Literal["aws", "gcp", "azure", "vault", "pypi", "rubygems", "other"]


class _Grammar(Struct, frozen=True):
    """Which inputs hold a stored key, which belong to federation, and which name the identity."""

    provider: Provider
    static: tuple[str, ...]
    federated: tuple[str, ...]
    identity: tuple[str, ...]


_OF_ORGANIZATION = (
    "organization-",
    "members",
    "custom-properties-for-organizations",
    "enterprise-",
    "team-discussions",
)
"""How permissions begin that hold for an organisation, whatever repositories a token is good for."""
HERE = "this repository"
"""How far the token of an app goes that is good for the repository of the workflow alone."""
_OF_ENVIRONMENT = Deferred(r"\$\{\{\s*env\.([A-Za-z_]\w*)\s*\}\}")
_OF_MATRIX = Deferred(r"\$\{\{\s*matrix\.([A-Za-z_][\w-]*)\s*\}\}")
_MOST_ROWS = 50
_ON_THE_MACHINE = Deferred(r"https?://(?:127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$)")
_TEMPORARY = "aws-session-token"
"""Keys that come with it end by themselves: an earlier login of the job made them."""

_GRAMMARS = {
    "aws-actions/configure-aws-credentials": _Grammar(
        "aws", ("aws-access-key-id", "aws-secret-access-key"), ("role-to-assume",), ("role-to-assume",)
    ),
    "google-github-actions/auth": _Grammar(
        "gcp", ("credentials_json",), ("workload_identity_provider",), ("service_account", "workload_identity_provider")
    ),
    "azure/login": _Grammar("azure", ("creds",), ("client-id",), ("client-id",)),
    "pypa/gh-action-pypi-publish": _Grammar("pypi", ("password",), (), ()),
    "rubygems/configure-rubygems-credentials": _Grammar("rubygems", ("api-token",), ("role-to-assume",), ()),
    "hashicorp/vault-action": _Grammar(
        "vault", ("token", "secretid", "roleid"), ("role", "jwtgithubaudience"), ("role",)
    ),
}
_STORED_KEY = _Grammar("gcp", ("service_account_key",), (), ())
_OF_FIRST_RELEASES = {
    "googlecloudplatform/github-actions": ("", _STORED_KEY),
    "google-github-actions/setup-gcloud": ("v0", _STORED_KEY),
}
"""Actions that signed in with a stored key alone, and how the versions begin that did: the first home of setup-gcloud
kept to it, the later one gave the input up with 1.0 (from a survey, release notes not re-read)."""


_TRUSTED_BY_OTHERS = frozenset(
    {
        *_GRAMMARS,
        "anthropics/claude-code-action",
        "changesets/action",
        "cycjimmy/semantic-release-action",
        "goreleaser/goreleaser-action",
        "jfrog/setup-jfrog-cli",
        "nuget/login",
        "octo-sts/action",
        "pulumi/auth-actions",
        "rubygems/release-gem",
        "rust-lang/crates-io-auth-action",
        "tailscale/github-action",
    }
)
"""Actions that trade the job's identity for rights elsewhere: a cloud's, a registry's, those of an app."""
_ATTESTS = ("actions/attest", "slsa-framework/", "sigstore/")
_PROVING = (
    *("ACTIONS_ID_TOKEN", "cosign", "publish", "upload", "semantic-release", "assume-role-with-web-identity"),
    *("workload-identity", "vault", "federated-token"),
)
"""Words of which each script has one that `_PROVES` holds for."""
_PROVES = Deferred(
    r"ACTIONS_ID_TOKEN|\bcosign\s+(?:sign|attest)|\b(?:npm|pnpm|yarn(?:\s+npm)?|bun|lerna|changeset|uv|poetry|hatch)\s"
    r"(?:[^\n|;&]{0,80}\s)?publish\b|\btwine\s+upload|semantic-release|assume-role-with-web-identity|workload-identity"
    r"|\bvault\s+(?:login|write)|federated-token",
)


_CALLED_LIKE = Deferred(
    r"log-?in|auth|creden|oidc|token|secret|vault|aws|ecr|s3|gcp|google|gcloud|azure|acr|cloud|kube|eks|aks|gke|deploy"
    r"|publish|release|upload|push|sign|attest|provenance|terraform|tofu|pulumi|docker|image",
    flags=re.IGNORECASE,
)


def proves_identity(job: Node, *, besides: str = "") -> bool:
    """Whether a job does something with its identity that others trust: a login, a release, a signature.

    `id-token: write` alone opens nothing: somebody must have been told to trust the job, and without a sign of that in
    the job nobody has, as far as can be seen. An action of the repository itself may do anything with it, but one that
    sets up tools or a cache is seldom called like one that signs in or publishes. Actions that the account `besides`
    publishes are passed over.
    """
    for step in job["steps"].items():
        uses, script = step.value_under("uses"), step.value_under("run")
        if isinstance(script, str) and any(word in script for word in _PROVING) and _PROVES.search(script) is not None:
            return True
        if isinstance(uses, str):
            name = "/".join(uses.partition("@")[0].lower().split("/")[:2])
            if besides and name.startswith(f"{besides}/"):
                continue
            if name in _TRUSTED_BY_OTHERS or name.startswith(_ATTESTS):
                return True
            if uses.startswith(("./", "$/")) and _CALLED_LIKE.search(uses) is not None:
                return True
    return isinstance(job.value_under("uses"), str)


class AppToken(Struct, frozen=True):
    """How far the token goes that a step makes for a GitHub App, that in words, and which app it is: its id as written,
    a variable or a secret of the repository or the number itself."""

    extent: Fact[Literal["narrowed", "whole"]]
    gives: Fact[str]
    app: Fact[str]


def app_token_of(action: str, inputs: Node, at: Place) -> AppToken | None:
    """How far the token of a GitHub App goes. None for any other action.

    Without named permissions it has all that the app was given. It is good for the repositories that are listed;
    without a list, for this repository where no `owner` is named either, else for every one that the app is installed
    on. The older action takes the whole installation unless a list says otherwise. A list of this repository alone
    beside an `owner` says what leaving both out says.
    """
    if action == "actions/create-github-app-token":
        named = [node for name, node in inputs.entries() if name.startswith("permission-")]
        writes = [n.key.removeprefix("permission-") for n in named if n.value == "write"]
        wide = inputs["owner"].exists and bool(inputs.value_under("owner"))
    elif action == "tibdex/github-app-token":
        named = [inputs["permissions"]] if inputs["permissions"].exists else []
        writes, wide = [], True
    else:
        return None
    listed = inputs["repositories"].value
    is_here = isinstance(listed, str) and _THIS_REPOSITORY.fullmatch(listed.strip()) is not None
    wide = wide and not is_here
    where = "every repository that it is installed on" if wide else HERE
    stated = next((inputs[name] for name in APP_IDS if inputs[name].exists), None)
    app = _app(stated) if stated is not None else None
    if inputs["repositories"].exists and listed and not is_here:
        return AppToken(Known("narrowed", inputs["repositories"].at), None, app)
    if not named:
        at = stated.at if stated is not None else at
        return AppToken(Known("whole", at), Known(f"everything its GitHub App may do on {where}", at), app)
    spread = [scope for scope in writes if not scope.startswith(_OF_ORGANIZATION)]
    if wide and spread:
        gives = f"write access to {' and '.join(spread)} on {where}"
        return AppToken(Known("whole", inputs["owner"].at), Known(gives, inputs["owner"].at), app)
    return AppToken(Known("narrowed", named[0].at), None, app)


_THIS_REPOSITORY = Deferred(r"\$\{\{\s*github\.event\.repository\.name\s*\}\}")
APP_IDS = ("app-id", "app_id", "client-id")
"""The inputs of which one says whose token it is. Sources: https://github.com/actions/create-github-app-token
(action.yml, read 2026-11-22), and workflows for `client-id` and the older `app_id`."""
_OF_REPOSITORY = Deferred(r"\$\{\{\s*(?:vars|secrets)\.\w{1,100}\s*\}\}")


def _app(stated: Node) -> Fact[str]:
    """The app by its id; unknown where that is worked out or handed in."""
    text = str(stated.value).strip()
    if "${{" in text and _OF_REPOSITORY.fullmatch(text) is None:
        return stated.unknown("the app's id is worked out in the run")
    return Known("".join(text.split()), stated.at)


def login_of(
    action: str,
    inputs: Node,
    environments: Sequence[Node] = (),
    job: Node | None = None,
    *,
    version: str = "",
    only_called: bool = False,
) -> CloudLogin | None:
    """The login that a step makes; `action` is its repository in lower case. None for any other action.

    A key that goes with the endpoint of a store that only speaks S3 (R2, MinIO) is no key of AWS. In a workflow that is
    `only_called` by others PyPI takes nothing but its token: no called workflow can be a trusted
    publisher (https://docs.pypi.org/trusted-publishers/troubleshooting/, read 2026-11-22; pypi/warehouse#11096).
    """
    grammar = _GRAMMARS.get(action) or _of_first_releases(action, version)
    if grammar is None or not inputs.is_mapping or (only_called and grammar.provider == "pypi"):
        return None
    given = {name.lower(): node for name, node in inputs.entries() if node.value not in (None, "")}
    lasting = () if _TEMPORARY in given else grammar.static
    static = next((given[name] for name in lasting if name in given), None)
    federated = next((given[name] for name in grammar.federated if name in given), None)
    chosen = static or federated
    if chosen is None or (grammar.provider == "pypi" and _is_another_index(given)):
        return None
    if grammar.provider == "vault" and static is not None and _is_of_the_machine(given):
        return None
    if grammar.provider == "aws" and _is_another_store(given, environments):
        return None
    identity = next((given[name] for name in grammar.identity if name in given), None)
    by = _way(grammar, static, federated, chosen.at.at_key())
    return CloudLogin(
        at=chosen.at.at_key(),
        provider=Known(grammar.provider, inputs.at),
        identity=_identity(identity, environments) if identity is not None else None,
        may_be=_may_be(identity, environments, job) if identity is not None and value_of(by) == "oidc" else None,
        by=by,
    )


def _way(grammar: _Grammar, static: Node | None, federated: Node | None, at: Place) -> Fact[Literal["oidc", "static"]]:
    """How the login is made: by the stored key where one is given, else by the job's own token.

    Google's action stops unless exactly one of both inputs has a value: beside a provider that is written out the key
    is empty, and of two that are filled in later no file tells which one is. Source: the README of
    google-github-actions/auth and the error in its main.ts ("must specify exactly one of"), read 2026-11-23.
    """
    if static is None or (grammar.provider == "gcp" and federated is not None and "${{" not in str(federated.value)):
        return Known("oidc", at)
    if grammar.provider == "gcp" and federated is not None:
        return Unknown("the action takes either a key or a provider, and both are filled in later", at)
    return Known("static", at)


def _of_first_releases(action: str, version: str) -> _Grammar | None:
    begins, grammar = _OF_FIRST_RELEASES.get(action, ("", None))
    return grammar if version.startswith(begins) else None


def _is_of_the_machine(inputs: Mapping[str, Node]) -> bool:
    """Whether a Vault on the runner itself is opened with what an earlier step found there: nothing that is stored."""
    address = inputs["url"].value if "url" in inputs else None
    given = [str(inputs[name].value) for name in _GRAMMARS["hashicorp/vault-action"].static if name in inputs]
    found_there = all("steps." in text and "secrets." not in text for text in given)
    return isinstance(address, str) and _ON_THE_MACHINE.match(address) is not None and found_there


def _is_another_index(inputs: Mapping[str, Node]) -> bool:
    """Whether an upload goes, or may go, to another index than PyPI: nobody knows whether that one trusts jobs."""
    address = next((inputs[name].value for name in ("repository-url", "repository_url") if name in inputs), None)
    return isinstance(address, str) and "pypi.org" not in address


def _is_another_store(inputs: Mapping[str, Node], environments: Sequence[Node]) -> bool:
    """Whether the region is that of Cloudflare R2 or variables name another endpoint than Amazon's.

    Sources, read 2026-11-22: developers.cloudflare.com/r2/api/s3/api/ (the region is `auto`),
    docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html.
    """
    if "aws-region" in inputs and inputs["aws-region"].value == "auto":
        return True
    stated = (env.value_under(name) for env in environments for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"))
    return any(isinstance(one, str) and "amazonaws.com" not in one for one in stated)


def _identity(stated: Node, environments: Sequence[Node]) -> Fact[str]:
    """The identity as text, with what `env` is plainly set to; unknown with anything else that only a run can tell.

    The nearest of the step's, the job's and the workflow's `env` counts. What an earlier step writes to `$GITHUB_ENV`
    is not followed. Source: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts (`env`), from a
    survey, page not re-read.
    """

    told = _with_environment(stated.value, environments)
    return Known(told, stated.at) if told and "${{" not in told else stated.text()


def _with_environment(text: object, environments: Sequence[Node]) -> str:
    def meant(reference: re.Match[str]) -> str:
        held = (environment[reference[1]].value for environment in environments)
        found = next((value for value in held if isinstance(value, str | int) and value != ""), None)
        return reference[0] if found is None else str(found)

    return _OF_ENVIRONMENT.sub(meant, text) if isinstance(text, str) else ""


def _may_be(stated: Node, environments: Sequence[Node], job: Node | None) -> Fact[tuple[str, ...]]:
    """What an identity may be that holds an expression: each row of the job's matrix apart, or each text that an
    earlier step of the job writes out for it, the rest as written."""
    told = _with_environment(stated.value, environments)
    if "${{" not in told:
        return None
    written = texts_of_output(told, job) if job is not None else ()
    if written:
        return Known(tuple(dict.fromkeys(_with_environment(text, environments) for text in written)), stated.at)
    asked = _OF_MATRIX.search(told)
    if asked is None or job is None:
        return Known((told,), stated.at)
    matrix = job["strategy"]["matrix"]
    rows = (row[asked[1]] for row in matrix["include"].items())
    values = (*matrix[asked[1]].items(), *rows)
    texts = dict.fromkeys(_OF_MATRIX.sub(str(v.value), told) for v in values if isinstance(v.value, str | int))
    return Known(tuple(texts)[:_MOST_ROWS], stated.at)
