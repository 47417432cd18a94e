"""The files of Terraform in a tree are read once for all who ask what they state."""

from __future__ import annotations

from collections import Counter

from nhilint.app_code.terraform_sources import TerraformSources
from nhilint.tree import MemoryTree

CALL = '# a comment\nmodule "mesh" {\n  source = "../parts/mesh?ref=v1"\n}\n'


class CountingTree(MemoryTree):
    def __init__(self, files):
        super().__init__(files)
        self.read_again = Counter()

    def read(self, path):
        self.read_again[path] += 1
        return super().read(path)


def test_what_calls_name():
    found = TerraformSources(MemoryTree({"live/main.tf": CALL, "live/terragrunt.hcl": 'source = "./own"\n'}))
    assert found.sources == {"live/main.tf": (b"../parts/mesh?ref=v1",), "live/terragrunt.hcl": (b"./own",)}
    assert {b"parts", b"mesh", b"own"} <= found.parts_named()
    assert b"own" not in found.parts_named(".tf")


def test_each_file_is_read_once_however_much_is_asked():
    tree = CountingTree({"live/main.tf": CALL, "notes.md": "source"})
    found = TerraformSources(tree)
    assert not tree.read_again
    assert found.parts_named()
    assert found.parts_named(".tf")
    assert b"comment" not in found.texts["live/main.tf"]
    assert tree.read_again == {"live/main.tf": 1}
