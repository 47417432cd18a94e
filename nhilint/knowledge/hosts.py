"""How far away a host is, judged from its name alone, and who publishes at it.

Nothing is resolved: a name says whether it can only mean this machine, something near, or something on the internet.
Not here: whether the scheme is safe, and reading configuration.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv6Address

_PLACEHOLDERS = ("$", "{", "}", "<", ">", "*", "`", "(")
# Special-use names of RFC 6761, 6762, 8375 and 9476, names that container engines and clusters give, and the endings
# that home routers and companies use inside.
_LOOPBACK_NAMES = frozenset(
    {"localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback", "loopback"}
)
_LOCAL_ENDINGS = (
    ".local",
    ".internal",
    ".svc",
    ".cluster.local",
    ".lan",
    ".home",
    ".home.arpa",
    ".corp",
    ".intranet",
    ".private",
    ".localdomain",
    ".test",
    ".alt",
    ".docker.internal",
    ".containers.internal",
)
_PUBLISHERS = {
    "amazonaws.com": "AWS",
    "api.aws": "AWS",
    "anthropic.com": "Anthropic",
    "atlassian.com": "Atlassian",
    "atlassian.net": "Atlassian",
    "azure.com": "Microsoft",
    "cloudflare.com": "Cloudflare",
    "dynamics.com": "Microsoft",
    "githubcopilot.com": "GitHub",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "google.com": "Google",
    "googleapis.com": "Google",
    "huggingface.co": "Hugging Face",
    "linear.app": "Linear",
    "microsoft.com": "Microsoft",
    "neon.tech": "Neon",
    "notion.com": "Notion",
    "notion.so": "Notion",
    "openai.com": "OpenAI",
    "sentry.dev": "Sentry",
    "sentry.io": "Sentry",
    "slack.com": "Slack",
    "stripe.com": "Stripe",
    "supabase.com": "Supabase",
    "vercel.com": "Vercel",
    "windows.net": "Microsoft",
}
# Platforms where anybody publishes: the domain says nothing about who stands behind a host below it.
_SHARED_PLATFORMS = (
    "azurewebsites.net",
    "cloudfront.net",
    "deno.dev",
    "fly.dev",
    "github.io",
    "herokuapp.com",
    "lambda-url.us-east-1.on.aws",
    "modal.run",
    "netlify.app",
    "ngrok-free.app",
    "ngrok-free.dev",
    "ngrok.app",
    "ngrok.io",
    "on.aws",
    "onrender.com",
    "pages.dev",
    "railway.app",
    "replit.app",
    "run.app",
    "server.smithery.ai",
    "supermachine.app",
    "trycloudflare.com",
    "vercel.app",
    "web.app",
    "workers.dev",
)


class Reach(StrEnum):
    """From where a host can be reached.

    LOOPBACK: only this machine. LOCAL_NAME: a name that means something only nearby (a single label such as a Compose
    or Kubernetes service, .local, .internal, .svc). PRIVATE: an address of a private or link-local network. PUBLIC: the
    internet. UNKNOWN: the host holds a placeholder.
    """

    LOOPBACK = "loopback"
    LOCAL_NAME = "local_name"
    PRIVATE = "private"
    PUBLIC = "public"
    UNKNOWN = "unknown"


def host_of(url: str) -> str:
    """The host of an address, in lower case, without user, port and brackets: `https://u@[::1]:8/x` → `::1`.

    A text without a scheme is read as a host with an optional port and path. Empty when there is none.
    """
    authority = url.partition("://")[2] if "://" in url else url
    for end in "/?#\\":
        authority = authority.partition(end)[0]
    host = authority.rpartition("@")[2].strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name, colon, port = host.rpartition(":")
    if colon and ":" not in name and (port.isdigit() or not port or _is_templated(port)):
        host = name
    return host.rstrip(".")


def reach(host: str) -> Reach:
    """From where `host` (a name or an IP address, no port) can be reached."""
    host = host.strip().strip("[]").rstrip(".").lower()
    if not host or _is_templated(host):
        return Reach.UNKNOWN
    address = _address(host)
    if address is not None:
        return _reach_of_address(address)
    if host in _LOOPBACK_NAMES or host.endswith(".localhost"):
        return Reach.LOOPBACK
    if "." not in host or host.endswith(_LOCAL_ENDINGS):
        return Reach.LOCAL_NAME
    return Reach.PUBLIC


def publisher_of_host(host: str) -> str | None:
    """The company whose domain `host` lies in; None for domains not known here and for platforms anybody may use."""
    host = host.strip().rstrip(".").lower()
    if is_shared_platform(host):
        return None
    labels = host.split(".")[-6:]
    domains = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((_PUBLISHERS[domain] for domain in domains if domain in _PUBLISHERS), None)


def is_shared_platform(host: str) -> bool:
    """Whether anybody may publish below the domain of `host` (workers.dev, vercel.app, ngrok, …)."""
    host = host.rstrip(".").lower()
    return any(host == platform or host.endswith(f".{platform}") for platform in _SHARED_PLATFORMS)


def _is_templated(text: str) -> bool:
    return any(mark in text for mark in _PLACEHOLDERS) or text.count("%") > 1


def _address(host: str) -> IPv4Address | IPv6Address | None:
    if ":" not in host and not host[-1].isdigit() and not host.startswith("0x"):
        return None
    from ipaddress import ip_address

    try:
        return ip_address(host.partition("%")[0])
    except ValueError:
        return _shortened_ipv4(host)


def _shortened_ipv4(host: str) -> IPv4Address | None:
    """`127.1`, `0x7f000001`, `2130706433`: forms that resolvers accept (inet_aton)."""
    from ipaddress import IPv4Address

    parts = host.split(".")
    if len(parts) > 4 or not all(part[:1].isdigit() for part in parts):
        return None
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return None
    room = 8 * (5 - len(numbers))
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 1 << room:
        return None
    value = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        value |= number << (24 - 8 * place)
    return IPv4Address(value)


def _number(part: str) -> int:
    if part[:2] == "0x":
        return int(part, 16)
    return int(part, 8 if part[0] == "0" and len(part) > 1 else 10)


def _reach_of_address(address: IPv4Address | IPv6Address) -> Reach:
    address = getattr(address, "ipv4_mapped", None) or address
    # 0.0.0.0 and :: mean this machine when something connects to them.
    if address.is_loopback or address.is_unspecified:
        return Reach.LOOPBACK
    # 100.64.0.0/10 is shared address space (RFC 6598), used by carriers and overlay networks.
    shared = address.version == 4 and address.packed[0] == 100 and 64 <= address.packed[1] < 128
    return Reach.PRIVATE if shared or address.is_private or address.is_link_local else Reach.PUBLIC
