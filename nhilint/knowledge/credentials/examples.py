"""Recognises credentials that a provider's own documents print, hosts reserved for documents, and shipped passwords.

Examples are compared by SHA-256 digest, so no example is carried in this tree. Rules that need no digest stand here
with their source.
"""

from __future__ import annotations

from nhilint.knowledge.credentials.records import catalogue

# RFC 2606 and RFC 6761 names, RFC 5737 addresses.
_RESERVED_DOMAINS = ("example.com", "example.org", "example.net", "example", "test", "invalid")
_RESERVED_NETWORKS = ("192.0.2.", "198.51.100.", "203.0.113.")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "[::1]", "0.0.0.0", "host.docker.internal"})  # noqa: S104

_LOOPBACK = frozenset({"localhost", "::1", "[::1]"})


def is_documented(credential: str) -> bool:
    """Whether a provider prints this very text in its documents."""
    if credential.endswith(("EXAMPLE", "EXAMPLEKEY")):  # AWS documentation
        return True
    if "EXAM" in credential and (credential.startswith(("AKIA", "ASIA")) or len(credential) == 40):
        return True  # the same, altered to pass a check
    if credential.startswith("xox") and ("-1234" in credential or "-0000" in credential):  # Slack documentation
        return True
    return _is_listed(credential)


def is_documented_jwt(token: str, claims: dict[str, object]) -> bool:
    """Whether a token is the one of jwt.io, of RFC 7515 and 7519 (issuer joe), or of Supabase's local stack."""
    if claims.get("iss") in {"supabase-demo", "joe"}:
        return True
    if claims.get("sub") == "1234567890":
        return True
    return _is_listed(token.rpartition(".")[2])


def is_reserved_host(host: str) -> bool:
    """Whether a host exists only in documents (example.com, *.test, 192.0.2.0/24 …)."""
    name = host.lower().rstrip(".")
    if name.startswith(_RESERVED_NETWORKS):
        return True
    return any(name == domain or name.endswith("." + domain) for domain in _RESERVED_DOMAINS)


def is_local_host(host: str) -> bool:
    """Whether a host is this machine or, having no dot, a service of the same compose file or namespace."""
    name = host.lower().rstrip(".")
    if name in _LOCAL or name.endswith((".localhost", ".local")) or name.startswith("127."):
        return True
    return bool(name) and "." not in name and ":" not in name


def is_loopback(address: str) -> bool:
    """Whether a host, with or without a scheme and a port, is this machine and no other of its network."""
    host = address.rpartition("://")[2].rpartition("@")[2].partition("/")[0].lower()
    host = host if host.count(":") > 1 else host.partition(":")[0]
    return host in _LOOPBACK or host.startswith("127.")


def is_local_default(user: str, password: str) -> bool:
    """Whether user and password are the pair a product ships with."""
    return (user, password) in catalogue().local_pairs or (user == password and user != "")


def is_default_password(password: str) -> bool:
    """Whether a password is one that products ship with, whatever the user."""
    return any(password == default for _, default in catalogue().local_pairs)


def _is_listed(text: str) -> bool:
    digests = [digest for length, digest in catalogue().examples if length == len(text)]
    if not digests:
        return False
    from hashlib import sha256

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest() in digests
