"""Which files belong to Supabase projects."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="supabase-config",
        title="Supabase project configuration",
        syntax=Syntax.TOML,
        reads="supabase.config",
        paths=("supabase/config.toml", "*supabase*.toml"),
        probe=(b"[auth", b"[functions"),
        docs="https://supabase.com/docs/guides/local-development/cli/config",
    ),
)
