"""Files with a private key: which become a credential, and what their names tell of them."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.formats.private_keys import key_file
from nhilint.formats.private_keys.claims import CLAIMS
from nhilint.formats.private_keys.names import is_made_up, said_by_name
from nhilint.formats.private_keys.unlocked import unlocked_key
from nhilint.formats.registry import Recogniser
from nhilint.knowledge.credentials.sample import sample
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.source.document import Syntax, read

KEY = sample("pem-private-key")


def extracted(path: str, text: str):
    return key_file.extract(read(path, text.encode(), Syntax.TEXT), CLAIMS[0])


def openssh(cipher: bytes) -> str:
    body = b64encode(b"openssh-key-v1\0" + len(cipher).to_bytes(4, "big") + cipher + bytes(range(256)) * 2).decode()
    lines = "\n".join(body[at : at + 70] for at in range(0, len(body), 70))
    return f"-----BEGIN OPENSSH {'PRIVATE'} KEY-----\n{lines}\n-----END OPENSSH {'PRIVATE'} KEY-----\n"


def putty(encryption: str) -> str:
    lines = ["PuTTY-User-Key-File-2: ssh-rsa", f"Encryption: {encryption}", "Comment: ops", "Public-Lines: 4"]
    return "\n".join([*lines, *["AAAA" * 16] * 4, "Private-Lines: 4", *["BBBB" * 16] * 4, "Private-MAC: 00"])


def test_a_key_is_a_credential_and_its_text_is_in_no_fact():
    [resource] = extracted("keys/id_rsa", KEY).resources
    facts = resource.facts
    assert (resource.kind, resource.name, facts.at.path) == ("credential", "id_rsa", "keys/id_rsa")
    assert value_of(facts.opens) == "a private key under the name of one for logins by SSH"
    assert (value_of(facts.source), value_of(facts.location), facts.shaped) == ("literal", "file", None)
    assert KEY.splitlines()[1] not in repr(resource)


def test_a_key_behind_something_else_is_found_where_it_stands():
    text = f"Bag Attributes\n    friendlyName: x\n{KEY}"
    [resource] = extracted("deploy.pem", text).resources
    start, end = resource.facts.at.within
    assert text[start:end] == KEY.rstrip("\n")


@pytest.mark.parametrize(
    "text",
    [
        KEY.replace("-----BEGIN PRIVATE", "-----BEGIN ENCRYPTED PRIVATE").replace(
            "END PRIVATE", "END ENCRYPTED PRIVATE"
        ),
        KEY.replace("PRIVATE KEY-----\n", "PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n", 1),
        openssh(b"aes256-ctr"),
        putty("aes256-cbc"),
        sample("pgp-private-key"),
        "-----BEGIN RSA PRIVATE KEY-----\n\n... deploy key for read-only access\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nREPLACE_ME\n-----END PRIVATE KEY-----\n",
        KEY[:300],
        "$ANSIBLE_VAULT;1.1;AES256\n623132\n",
        "",
    ],
)
def test_locked_keys_and_placeholders_are_none(text):
    assert unlocked_key(text) is None
    assert not extracted("keys/id_rsa", text).recognised


@pytest.mark.parametrize("text", [KEY, openssh(b"none"), putty("none")])
def test_keys_that_nothing_locks(text):
    assert unlocked_key(text) is not None


def test_the_key_of_vagrant_boxes_is_everybodys(monkeypatch):
    from hashlib import sha256

    first = KEY.splitlines()[1]
    monkeypatch.setattr(
        "nhilint.formats.private_keys.unlocked._OF_EVERYBODY", frozenset({sha256(first.encode()).hexdigest()})
    )
    assert unlocked_key(KEY) is None


@pytest.mark.parametrize(
    ("path", "is_said"),
    [
        ("id_ed25519", True),
        ("ansible/files/web_id_rsa", True),
        ("ops/prod.ppk", True),
        ("files/ssh_host_rsa_key", True),
        ("acme.2026-01-31.private-key.pem", True),
        ("AuthKey_ABC1234567.p8", True),
        ("terraform/prod-bastion.pem", True),
        ("gcp/acme-prod-node.pem", True),
        (".travis/deploy_rsa", True),
        ("aws/my-key-pair.pem", True),
        (".pem", False),
        (".key", False),
        ("", False),
        ("server.key", False),
        ("nginx/key.pem", False),
        ("certs/node.key", False),
        ("certs/node-key.pem", False),
        ("certs/ssh-tls.pem", False),
        ("src/deployment-service.key", False),
        ("keys/jwt-prod.pem", False),
        ("docker/sftp/ssh_host_rsa_key", False),
        ("src/main/resources/id_rsa", False),
        ("src/acme.2026-01-31.private-key.pem", True),
        ("acme.private-key.pem", False),
        ("authkey.p8", False),
    ],
)
def test_what_a_name_tells(path, is_said):
    assert (said_by_name(path) is not None) is is_said


@pytest.mark.parametrize(
    ("path", "made_up"),
    [
        ("tests/id_rsa", True),
        ("dev/certs/a.key", True),
        ("apps/develop/a.key", True),
        ("molecule/default/id_rsa", True),
        ("keys/insecure_id_rsa", True),
        ("vendor/github.com/a/b/id_rsa", True),
        ("env_dev/a-node.pem", False),
        ("env_test/a-test-node.pem", False),
        ("environments/dev/id_rsa", False),
        ("environments/dev/mock/id_rsa", True),
        ("environments/test/id_rsa", False),
        ("environments/test/testdata/id_rsa", True),
        ("docs/environments/dev/id_rsa", True),
        ("tests/environments/test/id_rsa", True),
        ("test/env/a/id_rsa", True),
        ("latest/contest/id_rsa", False),
    ],
)
def test_where_keys_are_made_up(path, made_up):
    assert is_made_up(path) is made_up


def test_only_names_that_tools_give_are_opened():
    recogniser = Recogniser(CLAIMS)
    assert all(
        recogniser.candidates(path) for path in ("a/x.PEM", "id_rsa", "id_rsa.old", "x.p8", "deploy_key", "bastion-key")
    )
    assert not any(recogniser.candidates(path) for path in ("a/x.go", "key.txt", "keys/README", "monkey", "a.crt"))
    assert not list(recogniser.recognise("ca.pem", b"-----BEGIN CERTIFICATE-----\nMII\n"))


@given(st.text(alphabet=st.sampled_from("-BEGINRSAPUTKY \n=AMIb3:,4\0é"), max_size=200), st.text(max_size=30))
def test_odd_texts_and_paths_raise_nothing(text, path):
    pem = f"-----BEGIN {'PRIVATE'} KEY-----{text}"
    for odd in (text, pem, f"{pem}-----END PRIVATE KEY-----", "PuTTY-User-Key-File-" + text):
        assert unlocked_key(odd) is None
    said_by_name(path)
    is_made_up(path)


@pytest.mark.parametrize(("path", "text"), [("id_rsa", KEY), ("ops.ppk", putty("none"))])
def test_in_a_repository_that_shows_things_a_key_is_a_sample(path, text):
    found = extracted(path, text).resources
    assert [value_of(one.facts.sample) for one in link(found, of_samples=True)] == [True]
    assert [value_of(one.facts.sample) for one in link(found)] == [None]
