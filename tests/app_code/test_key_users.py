"""Who logs in by a private key of the repository, who has made it, and which keys are dropped."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.app_code import with_code
from nhilint.gather import gather
from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import value_of
from nhilint.settings import Settings
from nhilint.testing import WHEN
from nhilint.tree import MemoryTree

KEY = sample("pem-private-key")


def told(files: dict[str, str], key: str = "keys/key.pem") -> tuple[str | None, list[str]] | None:
    """What the key opens and the paths of the lines that use it; None where it is dropped."""
    tree = MemoryTree({key: KEY, **files})
    found = with_code(gather(tree, Settings(root=Path(), now=WHEN)).resources, tree)
    keys = [one.facts for one in found if one.at.path == key]
    return (value_of(keys[0].opens), [use.at.path for use in keys[0].uses]) if keys else None


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("deploy.sh", "ssh -i keys/key.pem web@shop.acme.com ./restart"),
        ("deploy.sh", "scp -r -i ./keys/key.pem build web@shop.acme.com:/srv"),
        ("keys/login.sh", 'ssh -i "key.pem" web@shop.acme.com'),
        ("ops/login.sh", "ssh -i ../keys/key.pem shop"),
        (".github/workflows/d.yml", "      - run: ssh-add keys/key.pem"),
        ("ansible.cfg", "private_key_file = keys/key.pem"),
        ("hosts.ini", "web ansible_host=1.2.3.4 ansible_ssh_private_key_file=keys/key.pem"),
        ("site.yml", "    ansible_ssh_private_key_file: '/workspaces/shop/keys/key.pem'"),
        ("ssh_config", "  IdentityFile keys/key.pem"),
        ("ops/login.sh", "ssh -i ../keys/key.pem web@shop"),
    ],
)
def test_lines_that_log_in(path, line):
    said, places = told({path: f"{line}\n"})
    assert f"with which {path} " in said
    assert places == [path]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("deploy.sh", "ssh -i ~/.ssh/key.pem web@shop.acme.com"),
        ("deploy.sh", "ssh -i $HOME/keys/key.pem web@shop.acme.com"),
        ("deploy.sh", "ssh -i /root/.ssh/key.pem web@shop.acme.com"),
        ("deploy.sh", "ssh -i other/key.pem web@shop.acme.com"),
        ("deploy.sh", "# ssh -i keys/key.pem web@shop.acme.com"),
        ("deploy.sh", "ssh -i keys/key.pem root@localhost"),
        ("deploy.sh", "ssh -i keys/key.pem root@127.0.0.1"),
        ("deploy.sh", "openssl rsa -in keys/key.pem -pubout"),
        ("tests/deploy.sh", "ssh -i ../keys/key.pem web@shop.acme.com"),
        ("nginx.conf", "ssl_certificate_key keys/key.pem;"),
        ("main.tf", 'public_key = file("~/.ssh/key.pub")'),
        ("main.tf", 'public_key = file("other/key.pub")'),
        ("main.tf", 'pem_private_key = file("keys/key.pem")'),
        ("README.md", "ssh -i keys/key.pem web@shop.acme.com"),
        ("Dockerfile", "COPY keys/key.pem /etc/ssl/key.pem"),
    ],
)
def test_lines_that_do_not(path, line):
    assert told({path: f"{line}\n"}) is None


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [
        ("main.tf", '    private_key = file("${path.module}/keys/key.pem")', "that main.tf hands on"),
        ("main.tf", '    private_key = "${file("keys/key.pem")}"', "that main.tf hands on"),
        ("main.tf", '  pem_file = file("keys/key.pem")', "that main.tf hands on"),
        ("main.tf", 'public_key = file("keys/key.pub")', "whose public half main.tf gives to machines"),
        ("main.tf", 'ssh-keys = "ops:${file("keys/key.pem.pub")}"', "whose public half main.tf gives to machines"),
        ("Dockerfile", "COPY keys/key.pem /root/.ssh/id_rsa", "that Dockerfile puts into an image"),
    ],
)
def test_what_else_is_done_with_it(path, line, said):
    assert told({path: f"{line}\n"}) == (f"the private key {said}", [path])


def test_the_host_is_said():
    assert told({"d.sh": "ssh -p 22 -i keys/key.pem web@shop.acme.com\n"})[0] == (
        "the private key with which d.sh logs in to web@shop.acme.com"
    )


def test_machines_below_a_vagrantfile_are_ones_own():
    assert told({}, "ops/id_rsa") is not None
    assert told({"Vagrantfile": "Vagrant.configure('2')\n"}, "ops/id_rsa") is None
    assert told({"boxes/Vagrantfile": "Vagrant.configure('2')\n"}, "ops/id_rsa") is not None


def test_a_released_program_keeps_its_machines_elsewhere():
    assert told({".goreleaser.yml": "builds: []\n"}, "ops/id_rsa") is None
    assert told({".goreleaser.yml": "", "d.sh": "ssh -i ops/id_rsa a@shop.acme.com"}, "ops/id_rsa") is not None


def test_a_pair_within_images_opens_the_containers_alone():
    own = {"Dockerfile": "COPY id_rsa /keys/\nCOPY id_rsa.pub /root/authorized_keys\n"}
    assert told(own, "id_rsa") is None
    assert told({"Dockerfile": "RUN true\n"}, "id_rsa") is not None


def test_a_change_cannot_hide_the_key_that_it_brings():
    files = {"ops/id_rsa": KEY, "Vagrantfile": "", ".goreleaser.yml": "", "Dockerfile": "COPY ops/id_rsa.pub /k\n"}
    tree, before = MemoryTree(files), MemoryTree({"README.md": ""})
    resources = gather(tree, Settings(root=Path(), now=WHEN)).resources
    assert [one.name for one in with_code(resources, tree, before)] == ["id_rsa"]
    assert with_code(resources, tree) == ()


MADE = """
resource "tls_private_key" "node" {}
resource "local_file" "key" {
  filename = "${path.module}/${var.env}-node.pem"
  content  = tls_private_key.node.private_key_pem
}
"""


def test_terraform_that_has_made_it():
    said, places = told({"env_dev/main.tf": MADE}, "env_dev/dev-node.pem")
    assert said == "the private key that env_dev/main.tf has made and written to this file"
    assert places == ["env_dev/main.tf"]
    assert told({"env_dev/main.tf": MADE}, "env_dev/x-node.pem") is not None


@pytest.mark.parametrize(
    "text",
    [
        MADE + 'resource "tls_self_signed_cert" "x" {}\n',
        MADE.replace("private_key_pem", "public_key_openssh"),
        MADE.replace("-node.pem", "-other.pem"),
        MADE.replace("${path.module}/${var.env}-node.pem", "${var.name}"),
    ],
)
def test_terraform_that_has_not(text):
    assert told({"env_dev/main.tf": text}, "env_dev/x-node.pem") is None


def test_hostile_lines_end_soon():
    long = "ssh " + "-i " * 60_000
    assert told({"d.sh": f"{long} keys/key.pem\n", "e.sh": "ssh -i keys/key.pem\n" * 5_000})[1] == ["e.sh"] * 8
