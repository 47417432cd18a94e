"""`nhilint` and `python -m nhilint`."""

from __future__ import annotations

import gc
import os
import sys

_ALLOCATIONS_BETWEEN_COLLECTIONS = 1_000_000
"""A scan makes many small values that live until its end; looking through them every 700 costs a tenth of it, and at
every hundred thousandth still a fortieth. What waits to be collected meanwhile is some ten megabytes."""


def main() -> None:
    """Run the command line. The version alone needs none of it."""
    if sys.argv[1:] == ["--version"]:
        from nhilint.version import __version__

        sys.stdout.write(f"nhilint {__version__}\n")
        return
    try:
        gc.set_threshold(_ALLOCATIONS_BETWEEN_COLLECTIONS, 20, 20)
        from nhilint.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line was there to catch it
        code = 130
    _leave(code)


def _leave(code: int) -> None:
    """End the process at once; `run` has written standard output. The interpreter would first take every value apart
    that is left of the scan, which costs a twentieth of it."""
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
