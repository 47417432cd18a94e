"""nhilint: a policy-as-code linter and merge gate for AI agents and other non-human identities.

The public API is what this module names; everything else may move.
"""

from __future__ import annotations

__version__ = "0.1.0"
