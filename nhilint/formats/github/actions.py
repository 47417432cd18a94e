"""Reads `uses`: which action or workflow it names, and how firmly.

Only a full commit id is fixed; a tag or branch is whatever its owner makes it tomorrow.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsuses and
https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions, read 2026-11-22.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.model.fact import Known
from nhilint.model.vocabulary.tool import Package, Pin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place, Pointer

_COMMIT = Deferred(r"[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?")
_PLATFORM = frozenset({"actions", "github", "dependabot", "githubsecuritylab", "octokit"})
_VENDORS = frozenset(
    [
        *("aws-actions", "azure", "cloudflare", "databricks", "digitalocean", "docker", "google-github-actions"),
        *("googleapis", "googlecloudplatform", "hashicorp", "microsoft", "opentofu", "redhat-actions"),
        *("superfly", "useblacksmith"),
        *("astral-sh", "dart-lang", "denoland", "dotnet", "erlef", "golang", "graalvm", "gradle"),
        *("haskell-actions", "julia-actions", "leanprover", "nuget", "ocaml", "oven-sh", "pnpm"),
        *("pypa", "r-hub", "r-lib", "ruby", "rubygems", "rust-lang", "scalacenter"),
        *("anthropics", "google-gemini", "openai"),
    ]
)
"""Owners who make the cloud (first), the language or registry (next) or the agent that their action sets up, or run the
only machines on which their actions work: whoever has the machine has the job. A language's foundation counts as its
maker (Erlang's, Haskell's, Julia's, Scala's)."""


_BY_TAG_ALONE = frozenset({"slsa-framework/slsa-github-generator"})
"""Repositories whose workflows refuse to run at a commit, since who verifies their statements looks for the tag.
Source: https://github.com/slsa-framework/slsa-github-generator#referencing-slsa-builders-and-generators, 2026-11-22."""


class Reference(Struct, frozen=True):
    """An action or workflow as named: `name` in lower case without its version; `spelled` as written.

    `repository` is owner and repository, in lower case, without a path inside; `owner` the account that publishes it,
    empty for a local one or an image without one.
    """

    ecosystem: str
    name: str
    spelled: str
    version: str
    pin: Pin
    repository: str
    owner: str = ""


@lru_cache(maxsize=4096)
def read_uses(text: str) -> Reference:
    """What a `uses` names."""
    text = text.strip()
    if text.startswith("$/"):
        text = f".{text[1:]}"  # the repository itself, at the same commit
    if text.startswith(("./", "../", ".\\")):
        return Reference("local", text, text, "", "local", _repository(text))
    if text.startswith("docker://"):
        return _read_image(text.removeprefix("docker://"))
    name, _, version = text.partition("@")
    pin: Pin = "none" if not version else "digest" if _COMMIT.fullmatch(version) else "tag"
    lower = name.lower()
    return Reference("github-action", lower, name, version, pin, _repository(lower), lower.partition("/")[0])


def _repository(name: str) -> str:
    return "/".join(name.split("/")[:2])


def package_of(reference: Reference, at: Place) -> Package:
    """The reference as a fact."""
    if reference.ecosystem == "oci":
        first = _is_makers_image(reference)
    else:
        known = reference.owner in _PLATFORM or reference.owner in _VENDORS or reference.repository in _BY_TAG_ALONE
        first = known or reference.ecosystem == "local"
    return Package(
        at=at,
        ecosystem=Known(reference.ecosystem, at),
        name=Known(reference.spelled, at),
        version=Known(reference.version, at) if reference.version else None,
        pin=Known(reference.pin, at),
        first_party=Known(first, at),
    )


@lru_cache(maxsize=4096)
def serves_vendor_of(reference: Reference, secret: str, given_as: str = "") -> bool:
    """Whether a secret belongs to the very service whose action runs, by its name or by what it is `given_as`.

    The publisher must be the service, by the name of the account: many actions have a service in their name that a
    third party has made for it. What a general tool is given in variables of its own to reach others with (rclone) is
    theirs, not the tool's. An address to post to (a webhook) and a key that sends code to be judged (Sonar) open
    so little that such an action may have them. A key that signs is the project's own, whoever made the tool for it;
    what fills `GITHUB_TOKEN`, or is called so, opens GitHub, whatever stands before it.
    """
    if _is_githubs(secret.upper(), _plain(given_as)):
        return False
    if any(_SIGNS.search(name.upper()) is not None for name in (secret, given_as)):
        return False
    if _FOR_OTHERS.match(given_as) is not None:
        given_as = ""
    if _plain(given_as) in _OWN_INPUTS.get(reference.repository, ()):
        return True
    return any(_is_services(reference, name) for name in (secret, given_as) if name)


def _is_githubs(secret: str, given_as: str) -> bool:
    """Whether a secret is a token for GitHub; a `_PAT` fills an input for one and is of no service that gives out its
    own."""
    if given_as in _FOR_GITHUB or _OPENS_GITHUB.search(secret) is not None:
        return True
    return secret.endswith("_PAT") and given_as in _FOR_TOKENS and _OTHERS_PAT.search(secret) is None


_FOR_GITHUB = frozenset({"githubtoken", "ghtoken"})
_FOR_TOKENS = frozenset({"token", "repotoken", "pat"})
_OPENS_GITHUB = Deferred(r"_(?:GITHUB|GH)_(?:TOKEN|PAT)$")
_OTHERS_PAT = Deferred(
    r"DOCKER|DEVOPS|AZURE|(?:^|_)ADO_|VSCE|OVSX|MARKETPLACE|GITLAB|JFROG|ARTIFACTORY|FIGMA|AIRTABLE|SNOW|DATABRICKS"
)
"""Services whose own keys are called personal access tokens too."""


def _is_services(reference: Reference, secret: str) -> bool:
    """Whether a name of a secret, or of a variable or input, has the name of the service that publishes the action."""
    opens_little = _OPENS_LITTLE.search(secret.upper()) is not None
    by_owner = reference.owner and reference.owner not in _UNDER_ANOTHER_NAME and not opens_little
    publisher = _ALSO_CALLED.get(reference.owner, reference.owner) if by_owner else reference.repository
    if any(word in publisher for word in words_of_secret(secret)) or _is_about_its_owner(reference, secret):
        return True
    # A short word occurs inside of others by chance: it must be how the secret and the publisher's name begin or end.
    first = re.split(r"[_-]", secret.lower())[0]
    if first in _SHORT_NAMES:
        return _SHORT_NAMES[first] in reference.repository
    if len(first) != _SHORT or first in _COMMON_WORDS:
        return False
    return reference.owner.startswith(first) or reference.owner.endswith(first)


def _is_about_its_owner(reference: Reference, secret: str) -> bool:
    """Whether an action that begins with its owner's name has a word of the secret's in the rest (acme/acme-cla-action,
    CLA_TOKEN): a company's action for a matter of its own."""
    owner, _, name = reference.repository.partition("/")
    matter = name.removeprefix(f"{owner}-").split("-") if owner and name.startswith(f"{owner}-") else []
    words = re.split(r"[_-]", secret.lower())
    return any(word in matter for word in words if len(word) >= _SHORT and word not in _COMMON_WORDS)


def signs_in_at_home(reference: Reference, job: Node, pointer: Pointer) -> bool:
    """Whether a place is an input of a step of the job that signs in to a registry of the action's own publisher."""
    hosts = _OWN_REGISTRIES.get(reference.owner)
    if hosts is None or pointer[-2:-1] != ("with",):
        return False
    host = job["steps"][pointer[-3]]["with"].value_under("registry")
    named = host.lower().removeprefix("https://").partition("/")[0] if isinstance(host, str) else ""
    return any(f".{named}".endswith(f".{own}") for own in hosts)


def is_owners(reference: Reference, secret: str) -> bool:
    """Whether a word of a secret's name is that of the account that publishes the action."""
    return any(word in reference.owner for word in words_of_secret(secret))


def words_of_secret(name: str) -> list[str]:
    """The words of a secret's name that may be those of a service."""
    return [word for word in re.split(r"[_-]", name.lower()) if len(word) > _SHORT and word not in _COMMON_WORDS]


_UNDER_ANOTHER_NAME = frozenset(
    {"anomalyco", "ariga", "dequelabs", "hetznercloud", "jetbrains", "returntocorp", "sonarsource", "sst"}
)
"""Services that publish under the name of their maker, or did: OpenCode (the first and the last), Atlas, axe, hcloud,
Qodana, Semgrep, SonarQube."""
_ALSO_CALLED = {
    "atlassian": "atlassian jira confluence bitbucket",
    "chromaui": "chromatic",
    "cloud-gov": "cloud-gov cloudgov",
    "google-labs-code": "google-labs-code jules",
    "googlecloudplatform": "gcp-google-gcloud",
    "redhat-actions": "openshift",
}
"""Accounts of services that go by another name, or whose products do (Jira, Jules)."""
_OWN_REGISTRIES = {"redhat-actions": ("quay.io", "registry.redhat.io", "registry.connect.redhat.com")}
_OWN_INPUTS = {"chromaui/action": ("projecttoken",)}
"""Inputs for the key to the very service, without dashes and in lower case: what fills them belongs to it."""
_FOR_OTHERS = Deferred(r"(?:RCLONE_CONFIG|TF_VAR)_")
"""Source: https://rclone.org/docs/#environment-variables (a remote of any store by its variables), read 2026-11-22; and
how Terraform takes its variables, for any provider."""
_OPENS_LITTLE = Deferred(r"WEBHOOK|^SONAR")
_SIGNS = Deferred(r"SIGNING|CODESIGN|CERTIFICATE|(?:^|_)(?:COSIGN|CERT|GPG|PGP|P12|PFX|KEYSTORE)(?:_|$)")
_SHORT = 3
_SHORT_NAMES = {
    "op": "1password",
    "onepassword": "1password",
    "eas": "expo",
    "gcp": "google",
    "dd": "datadog",
    "cf": "cloudflare",
    "hf": "huggingface",
    "tfe": "terraform",
    "ts": "tailscale",
    "vsce": "vscode",
}
"""How services abbreviate themselves in the variables that their own tools read."""
_COMMON_WORDS = frozenset(
    [
        *("action", "actions", "github", "token", "deploy", "release", "create", "setup", "login", "publish", "upload"),
        *("build", "auth", "secret", "access", "private", "public", "pass", "password", "cloud", "test", "repo"),
        *("api", "app", "bot", "dev", "env", "key", "org", "pat", "ssh", "sync", "url", "web"),
    ]
)


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _read_image(text: str) -> Reference:
    name, _, digest = text.partition("@")
    if digest:
        return _image(name, digest, "digest")
    head, colon, tag = name.rpartition(":")
    if colon and "/" not in tag:
        return _image(head, tag, "tag")
    return _image(name, "", "none")


def _image(name: str, version: str, pin: Pin) -> Reference:
    """An image by its account: what comes after the registry, of which Docker Hub's need not be named."""
    first, slash, rest = name.partition("/")
    is_host = bool(slash) and ("." in first or ":" in first or first == "localhost")
    account, slash, _ = (rest if is_host else name).partition("/")
    return Reference("oci", name, name, version, pin, _repository(name), account.lower() if slash else "")


def _is_makers_image(reference: Reference) -> bool:
    """Whether an image of Docker Hub is of its library, or of who makes the cloud that its tool is for."""
    name = reference.name.removeprefix("docker.io/").removeprefix("library/")
    return "/" not in name or (reference.owner in _MAKERS_OF_IMAGES and name.startswith(f"{reference.owner}/"))


_MAKERS_OF_IMAGES = frozenset({"amazon", "google", "hashicorp"})
"""Accounts of Docker Hub, which need not be held by who has the same name on GitHub: AWS (amazon/aws-cli), Google
(google/cloud-sdk) and HashiCorp (hashicorp/terraform). Source: hub.docker.com, from a survey, pages not re-read."""
