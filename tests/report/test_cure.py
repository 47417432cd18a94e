"""The sentence of a cure that fits the product at hand."""

from __future__ import annotations

import pytest

from nhilint.report.cure import cure_for

SEVERAL = (
    'Claude Code settings: take "a" out of "b". Codex: b = 1, e.g. in the profile. Gemini CLI and Qwen Code: remove "c".\n'
    "VS Code: unset it. Review it anyway.\n\nMore on the page."
)


@pytest.mark.parametrize(
    ("product", "said"),
    [
        ("claude-code", 'Claude Code settings: take "a" out of "b".'),
        ("codex", "Codex: b = 1, e.g. in the profile."),
        ("qwen-code", 'Gemini CLI and Qwen Code: remove "c".'),
        ("vscode", "VS Code: unset it."),
        ("goose", "Review it anyway."),
        ("", "Review it anyway."),
    ],
)
def test_by_product(product, said):
    assert cure_for(SEVERAL, product) == said


def test_one_for_all_is_the_first_sentence():
    assert cure_for("Name a digest: it cannot move. And pin.", "codex") == "Name a digest: it cannot move."


def test_only_labelled_ones_and_none_fits():
    assert cure_for("Codex: do this. Cursor: do that.", "zed") == "Codex: do this."


CLOUDS = (
    "Name the one that is meant. AWS: an ARN. Google Cloud: an e-mail address. Terraform: leave it out.\n"
    "Istio in Kubernetes: list the callers. Databases: grant to a role."
)


@pytest.mark.parametrize(
    ("format_id", "said"),
    [
        ("terraform-aws", "AWS: an ARN."),
        ("aws-cloudformation", "AWS: an ARN."),
        ("terraform-google", "Google Cloud: an e-mail address."),
        ("gcp-iam", "Google Cloud: an e-mail address."),
        ("terraform-vault", "Terraform: leave it out."),
        ("kubernetes", "Istio in Kubernetes: list the callers."),
        ("sql-grants", "Databases: grant to a role."),
        ("cedar-policy", "Name the one that is meant."),
    ],
)
def test_by_the_most_special_word_of_a_format(format_id, said):
    assert cure_for(CLOUDS, format_id) == said
