"""Which scripts, playbooks, Dockerfiles and infrastructure code log in by a private key that lies in the repository.

A line counts where it names this very file, from the folder it stands in, from the repository's root or by a path that
ends like the key's own, and not one of that name in somebody's home. Files of tests and examples do not count, nor do
logins at this machine. A key that neither its name nor any such line tells anything of is dropped: certificates of
tests lie in repositories far more often than those of a service. So is one below a Vagrantfile, which opens machines on
one's own machine. Where its name alone tells, one is dropped as well whose public half an image or Compose of the same
repository names, since it opens those containers, and one in a repository of a program that is released to others,
whose own machines are kept elsewhere.

Sources, named from a survey, pages not re-read: https://man.openbsd.org/ssh (`-i`, IdentityFile),
https://docs.ansible.com/ansible/latest/inventory_guide/connection_details.html (ansible_ssh_private_key_file),
https://developer.hashicorp.com/terraform/language/resources/provisioners/connection (private_key),
https://developer.hashicorp.com/vagrant/docs/vagrantfile.
"""

from __future__ import annotations

from itertools import islice
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.key_makers import made_by
from nhilint.formats.private_keys.claims import FORMAT
from nhilint.formats.private_keys.names import is_made_up
from nhilint.model.fact import Known, value_of
from nhilint.model.place import Place
from nhilint.model.vocabulary.credential import Credential, CredentialUse
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_ENDINGS = (".sh", ".bash", ".zsh", ".ps1", ".yml", ".yaml", ".tf", ".tofu", ".cfg", ".ini", ".config", ".hcl", ".py")
_NAMES = ("dockerfile", "makefile", "jenkinsfile", "ssh_config", "config", "hosts", "inventory", "justfile")
_MOST_FILES, _LONGEST, _LONGEST_LINE, _MOST_USES, _MOST_KEYS = 400, 200_000, 500, 8, 50
_RELEASED = frozenset({".goreleaser.yml", ".goreleaser.yaml", "terraform-registry-manifest.json"})
_LOGS_IN = Deferred(r"\b(?:ssh|scp|sftp|autossh)\b[^|;&]{0,300}?\s-i\s{0,3}[\"']?([^\s\"']+)([^|;&]{0,200})")
_NAMES_KEY = Deferred(
    r"(?:\bIdentityFile|\bansible_(?:ssh_)?private_key_file|\bprivate_key_file|--private-key"
    r"|\bssh_(?:private_)?key(?:_path|_file)?|\bkey_filename)[\"']?[ \t]{0,20}[=: ][ \t]{0,20}[\"']?([^\s\"')]+)"
)
_ADDS = Deferred(r"\bssh-add\s+(?:-\w\s+)?[\"']?([^\s\"'-][^\s\"']*)")
_HANDS_ON = Deferred(
    r"^\s*(?:private_key|pem_file)\s{0,40}=\s{0,9}(?:\"\$\{\s{0,9})?(?:trimspace\()?file\(\s{0,9}\"([^\"]+)\""
)
"""Up to Terraform 0.11 in quotes: `private_key = "${file("key.pem")}"`."""
_GIVES_HALF = Deferred(
    r"\b(?:public_key|ssh_public_key|key_data|ssh[-_]keys)\b[^\n]{0,80}?\bfile\(\s{0,9}\"([^\"]{1,200})\.pub\""
)
_COPIES = Deferred(r"^\s*(?:COPY|ADD)\s+(?:--\S+\s+)?(\S+)\s+\S{0,200}\.ssh/")
_HOST = Deferred(r"(?<![\w.@/-])([A-Za-z_][\w.-]{0,40}@([A-Za-z0-9][A-Za-z0-9.-]{0,120}))")
_CONTAINERS = Deferred(r"(?i)(?:^|/)(?:[\w.-]{0,40}dockerfile[^/]*|[^/]*compose[^/]*\.ya?ml)$")
_BY_SSH, _LOGS_IN_TO = "with which {} logs in by SSH", "with which {} logs in to"
_HERE = ("./", "${path.module}/", "${path.root}/", "{{ playbook_dir }}/", "{{playbook_dir}}/", "{{ inventory_dir }}/")


def with_uses(resources: Iterable[Resource], tree: Tree, of_itself: Tree) -> tuple[Resource, ...]:
    """The same resources; files with a private key know who logs in by them, and those of unknown use are left out.

    What speaks against a key's use is read from `of_itself`, the tree before a change, so that no change hides its own.
    """
    boxes = tuple(dirname(path) for path in of_itself.paths() if path.rpartition("/")[2] == "Vagrantfile")
    is_released = not _RELEASED.isdisjoint(of_itself.paths())
    keys = [one for one in resources if one.format == FORMAT and not _is_below(one.at.path, boxes)][:_MOST_KEYS]
    uses = _uses([key.at.path for key in keys], tree, of_itself) if keys else {}
    told = {id(key): _told(key, uses[key.at.path], is_released=is_released) for key in keys}
    known = ((told.get(id(one)) if one.format == FORMAT else one) for one in resources)
    return tuple(one for one in known if one is not None)


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(not folder or path.startswith(f"{folder}/") for folder in folders)


def _told(key: Resource, found: list[CredentialUse] | None, *, is_released: bool) -> Resource | None:
    """The key with what is known of its use; `found` is None for one that opens containers alone."""
    facts, uses = key.facts, found or []
    if not isinstance(facts, Credential):
        return None
    opens = value_of(facts.opens) if not is_released and found is not None else None
    if uses:
        opens = f"the private key {value_of(uses[0].name)}"
    if opens is None:
        return None
    return replace(key, facts=replace(facts, opens=Known(opens, facts.at), uses=tuple(uses)))


def _uses(keys: Sequence[str], tree: Tree, of_itself: Tree) -> dict[str, list[CredentialUse] | None]:
    """The lines that log in by one of the keys, by the key's path, None for a key that only opens containers; files
    nearest to a key are looked at first."""
    paths = tree.paths()
    tops = {key.partition("/")[0] for key in keys}
    may_name = [path for path in paths if _may_name(path)]
    may_name.sort(key=lambda path: path.partition("/")[0] not in tops)
    found = {key: list(made_by(key, tree)) for key in keys}
    of_containers: set[str] = set()
    for path in may_name[:_MOST_FILES]:
        data = tree.read(path)
        if not isinstance(data, bytes) or len(data) > _LONGEST:
            continue
        named = [key for key in keys if _stem(key).rpartition("/")[2].encode() in data]
        text = data.decode("utf-8", "replace") if named else ""
        for key in named:
            found[key].extend(islice(_in_text(text, path, key), _MOST_USES - len(found[key])))
            if _CONTAINERS.search(path) and _holds(of_itself, path, f"{key.rpartition('/')[2]}.pub"):
                of_containers.add(key)
    return {key: uses if uses or key not in of_containers else None for key, uses in found.items()}


def _holds(tree: Tree, path: str, word: str) -> bool:
    data = tree.read(path)
    return isinstance(data, bytes) and word.encode() in data


def _may_name(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return (name.endswith(_ENDINGS) or name.startswith(_NAMES)) and not is_made_up(path)


def _in_text(text: str, path: str, key: str) -> Iterator[CredentialUse]:
    name, start = _stem(key).rpartition("/")[2], 0
    for line in text.splitlines(keepends=True):
        if name in line and len(line) <= _LONGEST_LINE and not line.lstrip().startswith(("#", "//")):
            said = _said(line, path, key)
            if said is not None:
                begins = start + len(line) - len(line.lstrip())
                at = Place(path, (), "source", (begins, start + len(line.rstrip())))
                yield CredentialUse(at=at, name=Known(said.format(path), at))
        start += len(line)


def _said(line: str, path: str, key: str) -> str | None:
    """What a line does with the key, with `{}` where its file is named; None where it does not log in by it."""
    login = _LOGS_IN.search(line)
    if login is not None and _is_the_key(login[1], path, key):
        host = _HOST.search(login[2])
        if host is None:
            return _BY_SSH
        return None if host[2].lower() == "localhost" or host[2].startswith("127.") else f"{_LOGS_IN_TO} {host[1]}"
    for pattern, said in ((_NAMES_KEY, _BY_SSH), (_ADDS, _BY_SSH), (_COPIES, "that {} puts into an image")):
        match = pattern.search(line)
        if match is not None and _is_the_key(match[1], path, key):
            return said
    return _said_by_terraform(line, path, key) if path.endswith((".tf", ".tofu")) else None


def _said_by_terraform(line: str, path: str, key: str) -> str | None:
    handed = _HANDS_ON.search(line)
    if handed is not None and _is_the_key(handed[1], path, key):
        return "that {} hands on"
    half = _GIVES_HALF.search(line)
    is_half = half is not None and (_is_the_key(half[1], path, key) or _is_the_key(half[1], path, _stem(key)))
    return "whose public half {} gives to machines" if is_half else None


def _stem(key: str) -> str:
    """The path of a key without the ending by which it differs from its public half."""
    return key.removesuffix(".pem").removesuffix(".key")


def _is_the_key(stated: str, path: str, key: str) -> bool:
    """Whether a path that a file states is that of the key, not one of the same name elsewhere."""
    for start in _HERE:
        stated = stated.removeprefix(start)
    if stated.startswith(("~", "$")) or (stated.startswith("/") and "/.ssh/" in stated):
        return False
    if stated.startswith("/"):
        return _ends_alike(stated, key)
    from_folder = normpath(f"{dirname(path)}/{stated}" if dirname(path) else stated)
    return key in (from_folder, normpath(stated)) or ("/" in stated and key.endswith("/" + stated.lstrip("./")))


def _ends_alike(stated: str, key: str) -> bool:
    """Whether a path of another root ends with the key's path, or with its last three parts."""
    parts = key.split("/")[-3:]
    return len(parts) > 1 and stated.split("/")[-len(parts) :] == parts
