"""nhilint run as users run it: in a process of its own, with its exit code, standard output and standard error."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BYTECODE = Path(tempfile.gettempdir()) / f"nhilint-tests-bytecode-{os.getuid() if hasattr(os, 'getuid') else 0}"
"""Compiled modules of the runs, as an installation has them; kept between test runs, since Python checks their age."""

_SCRIPT = (
    '{"oauthScopes": ["https://www.googleapis.com/auth/%s"], "webapp": {"access": "%s", "executeAs": "USER_DEPLOYING"}}'
)
OPEN_SCRIPT = _SCRIPT % ("gmail.readonly", "ANYONE")
"""Content for `appsscript.json`, a name that is recognised without a look inside: one high finding."""
OPEN_SCRIPT_CHECK = "public-script-runs-as-owner"
SAFE_SCRIPT = _SCRIPT % ("spreadsheets.currentonly", "MYSELF")
UNDECIDED_SCRIPT = OPEN_SCRIPT.replace("ANYONE", "EVERYBODY")
BROKEN_SCRIPT = '{"timeZone": '
BROAD_SCRIPT = _SCRIPT % ("drive", "MYSELF")
"""One medium finding, `critical-scope`."""


class Ended(NamedTuple):
    """How a process ended. Line ends of standard output and error are `\\n` on every platform."""

    code: int
    out: str
    err: str


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "nhilint", *map(str, arguments)]


def surroundings(**changes: str | None) -> dict[str, str]:
    """The environment of a run: this checkout, no colours wanted or refused, compiled modules kept aside."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")}
    wanted = {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(BYTECODE), "COLUMNS": "100", **changes}
    return {k: v for k, v in (environment | wanted).items() if v is not None}


def nhilint(
    *arguments: object, cwd: Path, given: str | bytes = b"", seconds: float = 60, **changes: str | None
) -> Ended:
    """Run the command line in a folder; `given` is its standard input, `changes` go to its environment."""
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=surroundings(**changes),
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        check=False,
        timeout=seconds,
    )
    out, err = (stream.decode("utf-8").replace("\r\n", "\n") for stream in (done.stdout, done.stderr))
    return Ended(done.returncode, out, err)


def git(root: Path, *arguments: object) -> str:
    """Run git with an identity of the tests' own and none of the machine's configuration."""
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *map(str, arguments)], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout
