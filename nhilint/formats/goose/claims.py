"""Which files belong to Goose. They also hold its extensions, MCP servers among them, so it comes before `mcp`."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://block.github.io/goose/docs/guides/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="goose-config",
        title="Goose configuration",
        syntax=Syntax.YAML,
        reads="goose.config",
        paths=("goose/config.yaml", ".goose/config.yaml"),
        probe=(b"GOOSE_", b"extensions:"),
        docs=_DOCS + "config-files/",
    ),
    Claim(
        format="goose-recipe",
        title="Goose recipes",
        syntax=Syntax.YAML,
        reads="goose.recipe",
        names=("recipe.yaml",),
        paths=(".goose/recipes/**/*.yaml", ".goose/*.yaml", "goose/recipes/**/*.yaml"),
        probe=(b"instructions:", b"prompt:", b"extensions:"),
        docs=_DOCS + "recipes/recipe-reference/",
    ),
)
