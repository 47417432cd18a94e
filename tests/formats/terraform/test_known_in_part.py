"""What a message calls a block whose label tells nothing."""

from __future__ import annotations

import pytest

from nhilint.formats.terraform.known_in_part import called_or_placed


@pytest.mark.parametrize(
    ("told", "label", "shown"),
    [
        ("${var.name}", "this", "google_container_node_pool.this of modules/pools"),
        ("gpu-${var.name}", "this", "google_container_node_pool.this of modules/pools"),
        ("workers-${var.name}", "this", "workers-…"),
        ("", "gpu", "gpu"),
        ("", "acr", "acr"),
    ],
)
def test_a_block_called_this_is_told_with_its_place(told, label, shown):
    assert called_or_placed(told, "google_container_node_pool", label, "modules/pools/main.tf") == shown
