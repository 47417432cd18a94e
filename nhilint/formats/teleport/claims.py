"""Which files may hold Teleport roles: YAML documents whose kind is a role in small letters."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="teleport-role",
        title="Teleport roles",
        syntax=Syntax.YAML,
        reads="teleport.role",
        suffixes=(".yaml", ".yml"),
        probe=(b"kind: role\n", b"kind: role\r", b'kind: "role"', b"kind: 'role'"),
        docs="https://goteleport.com/docs/reference/access-controls/roles/",
    ),
)
