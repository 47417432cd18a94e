"""`nhilint` and `python -m nhilint`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. The version alone needs none of it."""
    if sys.argv[1:] == ["--version"]:
        from nhilint.version import __version__

        sys.stdout.write(f"nhilint {__version__}\n")
        return
    try:
        from nhilint.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line was there to catch it
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
