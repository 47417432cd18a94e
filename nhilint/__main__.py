"""`nhilint` and `python -m nhilint`."""

from __future__ import annotations

import gc
import sys

_ALLOCATIONS_BETWEEN_COLLECTIONS = 100_000
"""A scan makes many small values that live until its end; looking through them every 700 costs a tenth of it."""


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
    sys.exit(code)


if __name__ == "__main__":
    main()
