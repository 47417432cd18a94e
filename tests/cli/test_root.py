"""`--root` names the top of the tree, whatever git work tree surrounds it."""

from __future__ import annotations

from click.testing import CliRunner

from nhilint.cli import cli

ADMIN = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'


def test_root_is_scanned_by_itself(repository):
    root = repository({"inner/iam/p.json": ADMIN, "other/p.json": ADMIN})
    result = CliRunner().invoke(cli, ["check", "--no-cache", "--root", str(root / "inner")], standalone_mode=False)
    assert result.return_value == 1
    assert "iam/p.json:1" in result.output
    assert "other/p.json" not in result.output
    assert "inner/" not in result.output


def test_a_file_outside_of_any_work_tree_is_seen_from_the_current_folder(folder, monkeypatch):
    """Its folder is part of what it is: `.kiro/agents/x.json` alone would be any JSON file."""
    root = folder({".claude/settings.json": '{"permissions": {"allow": ["Bash"]}}'})
    monkeypatch.chdir(root)
    result = CliRunner().invoke(cli, ["check", "--no-cache", ".claude/settings.json"], standalone_mode=False)
    assert result.return_value == 1
    assert "unrestricted-shell-allowed" in result.output
