"""Reads one package specifier, as a runner's argument writes it, into a `Package` with its pin.

Grammars: npm `package-spec` (npm-package-arg), PEP 440 and PEP 508 with uv's `name@version`, OCI distribution
references, Go module queries, NuGet `name@version`, cargo `crate@version`, pip and npm VCS addresses, Nix flake
references, Deno specifiers. Credentials and queries in addresses are dropped. Not here: finding the specifier among
the arguments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.tools.launch import Package, Pin
from nhilint.knowledge.tools.words import is_opaque, is_path
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable

_COMMIT = Deferred(r"[0-9a-f]{40}(?:[0-9a-f]{24})?$")
_NO_IMAGE = Deferred(r"[A-Z=]")
_DIGEST = Deferred(r"sha256:[0-9a-f]{64}$|sha512:[0-9a-f]{128}$")
_SEMVER = Deferred(r"[=v]?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$")
_NPM_RANGE = Deferred(r"[\^~<>=*]|[xX](?:\.|$)|v?\d+(?:\.(?:\d+|[xX*])){0,2}$")
_PYPI_NAME = Deferred(r"([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*")
_NUGET_EXACT = Deferred(r"\d+\.\d+\.\d+(?:\.\d+)?(?:-[\w.-]+)?$")
_VCS = Deferred(r"(?:git\+)?(?:https?|ssh|git|file)://", flags=re.IGNORECASE)
_IN_PATH = Deferred(r"@(v?\d+\.\d+\.\d+[\w.+-]*)/")
_HOSTED = {"github": "github.com", "gitlab": "gitlab.com", "bitbucket": "bitbucket.org", "gist": "gist.github.com"}
_NO_NAME = Deferred(r"[\s;|&`]")
"""What no name of a package holds: the text is a command line that was given as one argument."""
_SHORTHAND = Deferred(r"[A-Za-z0-9][\w.-]*/[\w.-]+(?:#.*)?$")


def read_spec(ecosystem: str, text: str) -> Package:
    """The package that `text` names for a runner of `ecosystem`; `words` is left for the caller to set."""
    if ecosystem == "oci":
        return _image(text)
    if _VCS.match(text) or text.startswith("git@"):
        package = _versioned_address(text) if ecosystem == "deno" else _address(text)
        return replace(package, pin="unknown") if is_opaque(text) else package
    if is_opaque(text) and not is_path(text):
        return _opaque(ecosystem, text)
    if is_path(text) or text.startswith(("file:", "link:", "workspace:", "portal:")):
        return Package("local", text.removeprefix("file:"), None, "local")
    return _READERS.get(ecosystem, _versioned)(ecosystem, text)


def with_version(package: Package, version: str) -> Package:
    """The package with the version that a separate option (`--version 1.2.3`) gives it."""
    if is_opaque(version):
        return Package(package.ecosystem, package.name, version, "unknown")
    return Package(package.ecosystem, package.name, version, _nuget_pin(version))


def _opaque(ecosystem: str, text: str) -> Package:
    """`pkg@${VERSION}` still names its package; `${PACKAGE}` names nothing."""
    name, version = _split_version(text)
    if version and not is_opaque(name):
        return Package(ecosystem, name, version, "unknown")
    return Package(ecosystem, text, None, "unknown")


def _split_version(text: str) -> tuple[str, str | None]:
    """`@scope/pkg@1` → (@scope/pkg, 1); an @ in first place belongs to the scope."""
    at = text.find("@", 1)
    return (text, None) if at < 0 else (text[:at], text[at + 1 :])


def _npm(ecosystem: str, text: str) -> Package:
    host, colon, rest = text.partition(":")
    if colon and host in _HOSTED:
        return _repository(f"{_HOSTED[host]}/{rest}", "#")
    name, version = _split_version(text)
    if _NO_NAME.search(name):
        return Package(ecosystem, text, None, "unknown")
    if not text.startswith("@") and _SHORTHAND.match(text) and version is None:
        return _repository(f"github.com/{text}", "#")
    if version and version.startswith("npm:"):
        return _npm(ecosystem, version.removeprefix("npm:"))
    if version and (":" in version or "/" in version):
        return read_spec(ecosystem, version)
    return Package(ecosystem, name, version or None, npm_pin(version))


def npm_pin(version: str | None) -> Pin:
    """The pin of an npm version, range or tag; None is no version."""
    if not version:
        return "none"
    if is_opaque(version):
        return "unknown"
    if _SEMVER.match(version):
        return "exact"
    return "range" if _NPM_RANGE.match(version) or " " in version or "||" in version else "tag"


def _pypi(ecosystem: str, text: str) -> Package:
    named = _PYPI_NAME.match(text)
    if named is None:
        return Package(ecosystem, text, None, "unknown")
    rest = text[named.end() :].split(";", 1)[0].strip()
    if rest.startswith("@"):
        rest = rest[1:].strip()
        if _VCS.match(rest) or is_path(rest):
            return read_spec(ecosystem, rest)
        pin: Pin = "tag" if rest == "latest" else "exact" if rest[:1].isdigit() else _pypi_pin(rest)
        return Package(ecosystem, named.group(1), rest or None, pin)
    exact = next((part.strip() for part in rest.split(",") if _pypi_pin(part.strip()) == "exact"), None)
    version = exact.lstrip("=").strip() if exact else rest or None
    return Package(ecosystem, named.group(1), version, "exact" if exact else _pypi_pin(rest))


def _pypi_pin(clause: str) -> Pin:
    if not clause:
        return "none"
    if clause.startswith("==") and not clause.endswith("*") and "," not in clause:
        return "exact"
    return "range" if clause[0] in "<>=!~" else "unknown"


def _image(text: str) -> Package:
    """`registry/name:tag@digest`; a tag can move, whatever it looks like. What no image can be called (a name has no
    capitals and no `=`) is a slip in the options before it, and what then runs is unknown."""
    name, _, digest = text.partition("@")
    slash = name.rfind("/")
    colon = name.find(":", slash + 1)
    tag = name[colon + 1 :] if colon > 0 and not name[slash + 1 :].startswith("$") else None
    bare = name[:colon] if tag is not None else name
    if digest and _DIGEST.match(digest):
        return Package("oci", bare, digest, "digest")
    if digest or is_opaque(text) or _NO_IMAGE.search(bare[slash + 1 :]):
        return Package("oci", bare, tag or digest or None, "unknown")
    return Package("oci", bare, tag, "tag" if tag else "none")


def _go(ecosystem: str, text: str) -> Package:
    name, _, version = text.partition("@")
    if text.endswith(".go") or "." not in name.split("/", 1)[0]:
        return Package("local", text, None, "local")
    fixed = _SEMVER.match(version) is not None or _COMMIT.match(version) is not None
    pin: Pin = "none" if not version else "exact" if fixed else "tag"
    return Package(ecosystem, name, version or None, pin)


def _versioned(ecosystem: str, text: str) -> Package:
    """`name@version`, the form of NuGet, cargo, Homebrew and others."""
    name, version = _split_version(text)
    return Package(ecosystem, name, version or None, _nuget_pin(version or ""))


def _nuget_pin(version: str) -> Pin:
    if not version:
        return "none"
    if _NUGET_EXACT.match(version):
        return "exact"
    return "range" if version[0].isdigit() or version[0] in "[(*^~<>=" else "tag"


def _maven(ecosystem: str, text: str) -> Package:
    parts = text.split(":")
    if len(parts) < 2:
        return Package("local", text, None, "local")
    version = parts[2] if len(parts) > 2 else None
    return Package(ecosystem, ":".join(parts[:2]), version, "exact" if version and version[:1].isdigit() else "none")


def _deno(_: str, text: str) -> Package:
    scheme, colon, rest = text.partition(":")
    if colon and scheme in {"npm", "jsr"}:
        name, version = _split_version(rest.lstrip("/"))
        return Package(scheme, _without_path(name), version, npm_pin(version.split("/", 1)[0] if version else None))
    return Package("local", text, None, "local")


def _versioned_address(text: str) -> Package:
    """`https://deno.land/x/name@v1.2.3/mod.ts`: module hosts keep the version in the path."""
    package = _address(text)
    version = _IN_PATH.search(package.name)
    return replace(package, version=version.group(1), pin="exact") if version else package


def without_credentials(address: str) -> str:
    """An address without its user and password; `name=address` keeps its name."""
    name, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return name + mark + host.rsplit("@", 1)[-1] + slash + path if mark else address


def _without_path(name: str) -> str:
    parts = name.split("/")
    return "/".join(parts[:2] if name.startswith("@") else parts[:1])


def _nix(ecosystem: str, text: str) -> Package:
    reference, _, attribute = text.partition("#")
    if reference in {"", "."}:
        return Package("local", text, None, "local")
    scheme, colon, rest = reference.partition(":")
    if not colon:
        return Package(ecosystem, f"{reference}#{attribute}" if attribute else reference, None, "none")
    if scheme not in _HOSTED:
        return _address(reference)
    parts = rest.split("?", 1)[0].split("/")
    version = "/".join(parts[2:]) or None
    pin: Pin = "none" if not version else "digest" if _COMMIT.match(version) else "tag"
    return Package("git", f"{_HOSTED[scheme]}/{'/'.join(parts[:2])}", version, pin)


def _address(text: str) -> Package:
    """A repository or file at an address. User, password and query are dropped; a fragment may hold the revision."""
    scheme, _, rest = text.partition("://")
    if text.startswith("git@"):
        scheme, rest = "git+ssh", text.removeprefix("git@").replace(":", "/", 1)
    host, slash, path = rest.partition("/")
    rest = host.rsplit("@", 1)[-1].lower() + slash + path
    if scheme.lower().startswith(("git", "ssh")) or ".git" in path:
        return _repository(rest, "@" if "@" in rest.split("#", 1)[0] else "#")
    name, _, fragment = rest.partition("#")
    name = name.split("?", 1)[0].rstrip("/")
    if host.rsplit("@", 1)[-1].lower() in _HOSTED.values() and name.count("/") == 2:
        # npm reads the bare address of a hosted repository as git.
        return _repository(rest.replace("/#", "#"), "#")
    pinned = "sha256=" in fragment or "sha512=" in fragment
    return Package("url", f"{scheme.lower()}://{name}", None, "digest" if pinned else "none")


def _repository(text: str, mark: str) -> Package:
    name, _, revision = text.partition(mark)
    revision = revision.split("#", 1)[0] if mark == "@" else revision.split("&", 1)[0].removeprefix("semver:")
    name = name.split("#", 1)[0].split("?", 1)[0].removesuffix(".git")
    if not revision or "=" in revision:
        return Package("git", name, None, "none")
    pin: Pin = "unknown" if is_opaque(revision) else "digest" if _COMMIT.match(revision) else "tag"
    return Package("git", name, revision, pin)


_READERS: dict[str, Callable[[str, str], Package]] = {
    "npm": _npm,
    "pypi": _pypi,
    "go": _go,
    "maven": _maven,
    "deno": _deno,
    "nix": _nix,
}
