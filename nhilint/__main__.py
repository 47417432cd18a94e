"""`nhilint` and `python -m nhilint`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. The version alone needs none of it."""
    if sys.argv[1:] == ["--version"]:
        from nhilint import __version__

        sys.stdout.write(f"nhilint {__version__}\n")
        return
    from nhilint.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
