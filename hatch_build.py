"""Build hook: the checks, compiled, go into the wheel as one file, so that an installed nhilint parses no YAML.

Compiling needs what nhilint needs at run time. Where that is not installed, as in the isolated build of an installation
from a checkout, the wheel holds the checks alone, and the first run compiles them into the user's cache. A release must
have the bundle: `make package` sets NHILINT_BUNDLE=require, and a build that cannot compile then fails.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles `checks/` and `frameworks/` into `nhilint/_bundled/checks.bundle`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the bundle to the files of a wheel; an editable installation reads the checkout itself."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from nhilint.policies import BUNDLE, compile_policies, encode

            compiled = encode(compile_policies((Path(self.root),)))
        except ImportError as error:
            if os.environ.get("NHILINT_BUNDLE") == "require":
                msg = f"the bundle of checks cannot be made: {error}; build without isolation (make package)"
                raise RuntimeError(msg) from error
            return
        self._folder = TemporaryDirectory()
        bundle = Path(self._folder.name) / BUNDLE
        bundle.write_bytes(compiled)
        build_data["force_include"][str(bundle)] = f"nhilint/_bundled/{BUNDLE}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was made for the wheel."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
