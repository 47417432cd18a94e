"""Turns the catalogue of credential shapes (YAML) into `nhilint/knowledge/data/credentials.json`, one record a line.

The catalogue is research material and stays outside the repository: its path is the argument. What it says is taken
over as facts. What was learned since stands below, each with the public text that says so: `MARKS`, `AMENDED` (named
fields of an entry are replaced, `shape` is merged field by field) and `ADDED` (entries in the catalogue's own form).
The result holds no credential: documented examples are kept as SHA-256 digests of their text.

    python tools/refresh/credentials.py CATALOGUE.yaml            # write
    python tools/refresh/credentials.py CATALOGUE.yaml --check    # exit 1 when the file is not what would be written
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

TARGET = Path(__file__).parents[2] / "nhilint" / "knowledge" / "data" / "credentials.json"
DAYS = {"h": 1 / 24, "d": 1.0, "mo": 30.0, "y": 365.0}

# Words that join the placeholder words in made-up values; on their own they prove nothing.
GLUE = """
a an and as at be by do for from have i if in is it its no not of off on only or our please so some that the
their them then there this to too use used very we with without you app api auth access admin account aws
azure basic bearer bot but client code config credential credentials data database db demo dev docker ever
env environment file github google generate generated go good great hard hello id integration internal it
jwt keep long longer main master me mode must name new nothing ok old one openai org own pass passphrase
passwd prod production project pwd random real really root safe save see server service session set shared
should sign signing some something staging start strong super supersecret sure system temp text thing today
top two type unsafe unused user username valid via wrong yes
"""

# The letters that usually follow each letter: pairs that make up 97 percent of those in the 6,737 commonest words of
# the documentation of five public repositories (Apache-2.0 and MIT), counted for this purpose.
LETTER_PAIRS = """
a:bcdfgiklmnprstuvwxyz b:aeilorsu c:acehikloprstuy d:abdegilmorsu e:abcdefghiklmnopqrstuvwxy f:aefilortuy
g:aeghilnorsu h:aeiortu i:abcdefgklmnoprstvxz j:aeu k:aeiosu l:adeilmopstuvy m:abeilmopsu
n:acdefghiklnostuvy o:abcdfgiklmnoprstuvwxy p:aehiloprstuy q:u r:abcdefgiklmnoprstuvy s:acehiklmopstuwy
t:acefhiloprstuwy u:abcdegilmnprst v:aeio w:aehinors x:ceipt y:aeimnps z:aei
"""

_NEVER = {"default_lifetime": "never", "can_expire": False, "rotation": "reissue"}
_JWT_BODY: list[dict[str, Any]] = [
    {"set": "base64url", "len": [17, 200]},
    {"lit": "."},
    {"set": "base64url", "len": [40, 1200]},
    {"lit": "."},
    {"set": "base64url", "len": [40, 800]},
]

MARKS: dict[str, frozenset[str]] = {
    # Opens the administration of an account, an organisation or every credential of a system.
    "admin": frozenset(
        {
            "anthropic-admin-key",
            "cloudflare-global-key",
            "cloudflare-global-key-v2",
            "gitlab-scim-token",
            "litellm-master-key",
            "openai-admin-key",
            "supabase-secret-key",
            "supabase-service-role",
            "vault-recovery-token",
            "vault-unseal-key",
        }
    ),
    # Valid only in a test mode or a test registry.
    "test": frozenset({"stripe-test-key", "testpypi-token", "razorpay-test-key"}),
    # Made to be seen by anyone; finding one is not a leak.
    "publishable": frozenset(
        {
            "langfuse-public-key",
            "mapbox-public-token",
            "posthog-project-key",
            "stripe-publishable-key",
            "supabase-anon-key",
            "supabase-publishable-key",
        }
    ),
}

# Identifiers that documents print so often that they stand for "any": the UUID of many API references.
SAMPLE_IDENTIFIERS = ({"id": "sample-uuid", "parts": ["550e8400-e29b-41d4", "-a716-446655440000"]},)

LOCAL_DEFAULTS = (
    {
        "id": "supabase-local-secret",
        "length": 41,
        "sha256": "c85debb55f2f204d868cc1552c42faa143b4c675f61363ab040dd50b5b5304cd",
    },
    {
        "id": "supabase-local-publishable",
        "length": 46,
        "sha256": "9705102db0d5f99ee08daa19a73e510d9877a2a9add9369da247cbbe6c2a0140",
    },
)
"""Keys with which `supabase start` sets up every local stack, as a public repository's settings for one hold them."""

AMENDED: dict[str, dict[str, Any]] = {
    # `claude setup-token` prints this shape, one year: hexdocs.pm/claude_code_sdk (Auth.Providers.Anthropic), and the
    # OmniRoute wiki page on setup tokens, both describing the vendor's own command.
    "anthropic-oauth-token": {"verified": True},
    # The prefix is the base64 of a version 2 macaroon whose location is test.pypi.org (libmacaroons); recomputed.
    "testpypi-token": {"verified": True, "url": "https://test.pypi.org/help/#apitoken"},
    # The catalogue names these pages by their title.
    "pypi-token": {"url": "https://pypi.org/help/#apitoken"},
    "npm-token": {"url": "https://docs.npmjs.com/about-access-tokens"},
    "npm-token-legacy": {"url": "https://docs.npmjs.com/about-access-tokens"},
    "npmrc-basic": {"url": "https://docs.npmjs.com/cli/configuring-npm/npmrc"},
    # CRC-32 over prefix, payload and length field, base36: GitLab handbook, design document "Routable tokens".
    "gitlab-pat-routable": {"verified": True},
    # CRC-32 of all that stands before, as eight hexadecimal digits, least significant byte first. Recomputed on two
    # published revoked tokens.
    "grafana-service-account": {"shape": {"checksum": "crc32-hex-le-8"}},
    # CRC-32 of all that stands before, "=" included, eight upper-case hexadecimal digits. Recomputed on the two vectors
    # in DataDog/dd-sensitive-data-scanner (Apache-2.0).
    "atlassian-api-token": {"shape": {"checksum": "crc32-hex-8"}},
    # A signature alone says nothing: the query must also carry the version and expiry (SAS) or the credential (SigV4).
    "azure-storage-sas": {"shape": {"companions": ["sv=", "se="]}},
    "aws-s3-presigned-url": {"shape": {"companions": ["X-Amz-Credential=", "X-Amz-Date="]}},
    # Key-value strings hold blanks between the pairs and end a value at ";". The keywords are those of the vendor's
    # page on SqlConnection.ConnectionString.
    "azure-sql-connection": {
        "verified": True,
        "shape": {
            "parts": [
                {"lit": "Server="},
                {"set": "line", "len": [3, 250]},
                {"lit": "Password="},
                {"set": "value", "len": [6, 128]},
            ]
        },
    },
    "jdbc-url-password": {
        "shape": {
            "parts": [
                {"lit": "jdbc:"},
                {"set": "token", "len": [5, 200]},
                {"lit": "password="},
                {"set": "value", "len": [1, 128]},
            ]
        }
    },
}


def _added(
    identifier: str, provider: str, kind: str, parts: list[dict[str, Any]], names: list[str], **others: object
) -> dict[str, Any]:
    shape: dict[str, object] = {"anchor": "structure" if "structure" in parts[0] else "self", "parts": parts}
    shape |= {field: others.pop(field) for field in ("anchor", "checksum") if field in others}
    entry: dict[str, Any] = {
        "id": identifier,
        "provider": provider,
        "kind": kind,
        "principal": "workload",
        "shape": shape,
        "names": names,
        "lifetime": _NEVER,
        "better": ["secret-ref"],
        "severity": "low",
        "verified": True,
    }
    return entry | others


ADDED: list[dict[str, Any]] = [
    # GitHub changelog 2026-05-15: installation tokens become "ghs_" plus a JWT of about 520 characters with two dots.
    _added(
        "github-app-install-token-stateless",
        "GitHub",
        "oauth_access_token",
        [{"lit": "ghs_"}, *_JWT_BODY],
        ["GITHUB_TOKEN"],
        principal="app",
        lifetime={"default_lifetime": "1h", "can_expire": True, "rotation": "automatic"},
        better=["github-app"],
        url="https://docs.github.com/apps/creating-github-apps",
    ),
    # The routable form of the runner token (GitLab handbook, "Routable tokens"; prefix as in GitLab's token overview).
    _added(
        "gitlab-runner-token-routable",
        "GitLab",
        "join_token",
        [
            {"any": ["glrt-", "glrtr-"]},
            {"set": "base64url", "len": [27, 300]},
            {"lit": "."},
            {"set": "lower_digit", "len": [2, 2]},
            {"set": "lower_digit", "len": [7, 7]},
        ],
        ["RUNNER_TOKEN", "CI_RUNNER_TOKEN"],
        checksum="crc32-base36-7",
        better=["gitlab-oidc"],
        severity="high",
        url="https://docs.gitlab.com/security/tokens/",
    ),
    # developers.cloudflare.com, "Token formats": cfk_ and 40 characters and a checksum whose making is not published.
    _added(
        "cloudflare-global-key-v2",
        "Cloudflare",
        "api_key",
        [{"lit": "cfk_"}, {"set": "alnum", "len": [40, 40]}, {"set": "hex_lower", "len": [8, 8]}],
        ["CLOUDFLARE_API_KEY", "CF_API_KEY"],
        principal="human",
        better=["scoped-key"],
        severity="critical",
        url="https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/",
    ),
    # The bare account key: 64 bytes in base64 (learn.microsoft.com, "Manage storage account access keys").
    _added(
        "azure-storage-account-key-bare",
        "Microsoft",
        "secret_access_key",
        [{"set": "base64", "len": [86, 86]}, {"lit": "=="}],
        ["AZURE_STORAGE_KEY", "AZURE_STORAGE_ACCOUNT_KEY", "STORAGE_ACCOUNT_KEY", "AccountKey"],
        anchor="context",
        better=["mi-azure"],
        severity="critical",
        url="https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage",
    ),
    # Npgsql separates the pairs of a connection string by ";" (npgsql.org/doc/connection-string-parameters.html: Host,
    # Port, Database, Username, Password).
    _added(
        "npgsql-connection",
        "PostgreSQL",
        "connection_string",
        [{"lit": "Host="}, {"set": "line", "len": [3, 250]}, {"lit": "Password="}, {"set": "value", "len": [6, 128]}],
        ["ConnectionStrings__Default", "DefaultConnection"],
        better=["iam-db", "vault-dyn"],
        severity="high",
        url="https://www.npgsql.org/doc/connection-string-parameters.html",
    ),
    _added(
        "razorpay-test-key",
        "Razorpay",
        "access_key_id",
        [{"lit": "rzp_test_"}, {"set": "alnum", "len": [14, 14]}],
        ["RAZORPAY_KEY_ID"],
        url="https://razorpay.com/docs/api/authentication/",
    ),
    _added(
        "stripe-publishable-key",
        "Stripe",
        "api_key",
        [{"any": ["pk_live_", "pk_test_"]}, {"set": "base64", "len": [20, 120]}],
        ["STRIPE_PUBLISHABLE_KEY", "CLERK_PUBLISHABLE_KEY"],
        url="https://docs.stripe.com/keys",
    ),
    _added(
        "supabase-publishable-key",
        "Supabase",
        "api_key",
        [{"lit": "sb_publishable_"}, {"set": "base64url", "len": [22, 60]}],
        ["SUPABASE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY"],
        url="https://supabase.com/docs/guides/api/api-keys",
    ),
    _added(
        "supabase-anon-key",
        "Supabase",
        "jwt",
        [{"structure": "jwt", "detail": "iss=supabase;role=anon"}],
        ["SUPABASE_ANON_KEY"],
        url="https://supabase.com/docs/guides/api/api-keys",
    ),
    _added(
        "mapbox-public-token",
        "Mapbox",
        "api_key",
        [
            {"lit": "pk.eyJ"},
            {"set": "base64url", "len": [50, 90]},
            {"lit": "."},
            {"set": "base64url", "len": [22, 22]},
        ],
        ["MAPBOX_ACCESS_TOKEN"],
        url="https://docs.mapbox.com/help/getting-started/access-tokens/",
    ),
    _added(
        "posthog-project-key",
        "PostHog",
        "api_key",
        [{"lit": "phc_"}, {"set": "base64url", "len": [43, 48]}],
        ["POSTHOG_API_KEY", "POSTHOG_KEY"],
        url="https://posthog.com/docs/api",
    ),
    _added(
        "langfuse-public-key",
        "Langfuse",
        "api_key",
        [{"lit": "pk-lf-"}, {"set": "uuid", "len": [36, 36]}],
        ["LANGFUSE_PUBLIC_KEY"],
        url="https://langfuse.com/docs",
    ),
]


def lifetime_in_days(text: str) -> float | None:
    """'90d' → 90.0, '1h' → 0.0417, '6mo' → 180.0; 'never' → None. Months count 30 days, years 365."""
    if text == "never":
        return None
    number = text.rstrip("hdmoy")
    return round(int(number) * DAYS[text[len(number) :]], 4)


def never_expires(lifetime: dict[str, Any]) -> bool | None:
    """True: has no end and cannot be given one. False: ends by default. None: an end can be set, none is by default."""
    if lifetime["default_lifetime"] != "never":
        return False
    return None if lifetime["can_expire"] else True


def part(item: dict[str, Any]) -> object:
    """One part of a shape: text, {"any": […]}, [set, min, max] or [set, [lengths]], {"structure": …, "detail": …}."""
    if "lit" in item:
        return item["lit"]
    if "any" in item:
        return {"any": list(item["any"])}
    if "structure" in item:
        return {"structure": item["structure"], "detail": item["detail"]}
    return [item["set"], list(item["only"])] if "only" in item else [item["set"], *item["len"]]


def record(entry: dict[str, Any]) -> dict[str, object]:
    """A catalogue entry with its amendments, as the runtime reads it."""
    amended = {**entry, **AMENDED.get(entry["id"], {})}
    shape = {**entry["shape"], **amended.get("shape", {})}
    line: dict[str, object] = {name: amended[name] for name in ("id", "provider", "kind", "principal")}
    line["days"] = lifetime_in_days(amended["lifetime"]["default_lifetime"])
    line["never"] = never_expires(amended["lifetime"])
    line |= {name: amended[name] for name in ("severity", "better", "url", "verified", "names")}
    line["anchor"] = shape["anchor"]
    line["parts"] = [part(item) for item in shape["parts"]]
    for optional in ("checksum", "companions"):
        if optional in shape:
            line[optional] = shape[optional]
    marks = [mark for mark, ids in MARKS.items() if entry["id"] in ids]
    return line | ({"marks": marks} if marks else {})


def examples(catalogue: dict[str, Any]) -> list[dict[str, object]]:
    """Documented examples by digest, which is checked against the joined parts, and by length, which saves hashing."""
    found: list[dict[str, object]] = []
    for entry in (*catalogue["known_examples"], *SAMPLE_IDENTIFIERS):
        text = "".join(entry["parts"])
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest != entry.get("sha256", digest):
            raise ValueError(f"{entry['id']}: the digest is not that of its parts")
        found.append({"id": entry["id"], "length": len(text), "sha256": digest})
    found.extend(LOCAL_DEFAULTS)
    return found


def complain_about(records: list[dict[str, Any]], alternatives: dict[str, str]) -> None:
    """Raises ValueError for a doubled id, an unknown alternative, or an amendment that names no shape."""
    ids = [line["id"] for line in records]
    doubled = {one for one in ids if ids.count(one) > 1}
    unknown = {better for line in records for better in line["better"]} - set(alternatives)
    stray = (set(AMENDED) | {one for marked in MARKS.values() for one in marked}) - set(ids)
    if doubled or unknown or stray:
        raise ValueError(f"doubled ids {doubled}, unknown alternatives {unknown}, amendments for nothing {stray}")


def rendered(catalogue: dict[str, Any], source_sha256: str) -> str:
    """The whole JSON text. Each record stands on its own line, so a change of one shape is a change of one line."""
    records: list[dict[str, Any]] = [record(entry) for entry in (*catalogue["credentials"], *ADDED)]
    complain_about(records, catalogue["alternatives"])
    placeholders = catalogue["placeholders"]
    head = {"schema": 1, "generated": str(catalogue["generated"]), "source_sha256": source_sha256}
    sections: dict[str, list[Any]] = {
        "alternatives": [{"id": key, "text": text} for key, text in catalogue["alternatives"].items()],
        "examples": examples(catalogue),
        "words": sorted({*placeholders["words"]}),
        "glue": sorted(GLUE.split()),
        "letter_pairs": LETTER_PAIRS.split(),
        "local_pairs": [list(pair) for pair in placeholders["trivial_local_pairs"]],
        "shapes": records,
    }
    lines = [f'"about":{dumped(head)}']
    lines += [f'"{name}":[\n' + ",\n".join(map(dumped, items)) + "\n]" for name, items in sections.items()]
    return "{" + ",\n".join(lines) + "}\n"


def dumped(item: object) -> str:
    """Compact JSON, keys in the order given."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))


def main() -> int:
    """Writes the file, or with --check compares; the exit code is 1 when the comparison fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    content = asked.catalogue.read_bytes()
    text = rendered(YAML(typ="safe").load(content), hashlib.sha256(content).hexdigest())
    if asked.check:
        return int(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(text)} characters written to {TARGET.name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
