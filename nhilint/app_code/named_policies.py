"""A policy of AWS in a file of its own that nothing in the repository names is kept like an example.

Such a file does nothing by itself: Terraform, a script, a pipeline, or a person who follows a document sends it to AWS,
and each of them has to say which file. Named is a file by its whole name anywhere, and in code also by its name without
the ending, or through its folder (`fileset("policies", …)`, `policies/*.json`, `"policies/${name}.json"`), which who
calls a module of Terraform does not do: the files of that folder name its policies, be it by a pattern. Where no code
makes anything of IAM, somebody sends the policy by hand; a repository with many such files is about them; a trust in
tokens of an issuer and a policy that is called after the pipeline (`github-actions-policy.json`) are made for what runs
here; Chalice takes those beside its settings by itself; what AWS printed of an account is in force there; and where
more stands than is looked through, nothing is said. How a file reaches AWS:
https://docs.aws.amazon.com/cli/latest/reference/iam/create-policy.html (`file://…`), read 2026-11-22;
https://aws.github.io/chalice/topics/configfile (`iam_policy_file`), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.model.fact import known_records
from nhilint.model.vocabulary import Identity, ResourcePolicy
from nhilint.setting import setting_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_FORMAT = "aws-iam-policy"
_CODE = frozenset(
    {"tf", "hcl", "tfvars", "sh", "bash", "ps1", "bat", "cmd", "py", "ts", "js", "mjs", "go", "rb", "java", "cs", "yml"}
    | {"yaml", "mk", "makefile", "justfile", "jenkinsfile", "dockerfile", "toml", "groovy", "jsonnet", "nix", "j2"}
)
_OF_MODULES = (".tf", ".hcl")
_CALLED = re.compile(rb"(?m)^[ \t]*(?:source[ \t]*=[ \t]*|module[ \t]+)\"[^\"\n]*\"")
"""What a block of Terraform calls that calls a module, and where that is."""
_ANY_OF_FOLDER = re.compile(rb"[*}]\.json")
"""How the files of a module name policies beside them by a pattern."""
_OF_IAM = re.compile(
    rb"\baws_iam_|\baws_\w{1,40}_policy\b|AWS::IAM::|\baws\s+iam\s|\b(?:put|create|attach)[-_](?:\w{1,20}[-_])?policy\b"
    rb"|-IAM\w{0,20}Policy\b|\baws[-_.]iam\b|\biam\.(?:Managed)?Policy|PolicyDocument|\biam[-_]?polic(?:y|ies)[-_]?(?:file|arn)",
    re.IGNORECASE,
)
"""What code has that makes roles or policies of AWS: blocks, templates, commands, calls of libraries."""
_READ = _CODE | {"md", "txt", "rst", "adoc"}
"""Code, and texts that tell a person what to send."""
_MOST_BYTES = 8_000_000
_MANY = 20
"""So many policies that nothing names are what a repository is about: somebody fetches them from there."""
_MANY_IN_ALL = 100
_SHORTEST = 6
"""A name of so many letters says which file is meant without its ending."""
_OF_PIPELINES = frozenset({"github", "gha", "gitlab", "ci", "cicd", "deploy", "deployer", "deployment", "terraform"})
"""Words in the name of a policy for the pipeline that runs here, which a person gave its role once."""


def with_unnamed_policies(
    resources: Iterable[Resource], tree: Tree, scopes: Sequence[str] = ()
) -> tuple[Resource, ...]:
    """The resources; a policy in a file that nothing names is an example, unless the user names it: `scopes`."""
    listed = tuple(resources)
    paths = {one.at.path for one in listed if _waits(one) and not _is_meant(one.at.path, scopes)}
    unnamed = _unnamed(paths, tree) if paths else frozenset()
    return tuple(replace(one, setting="example") if one.at.path in unnamed and _waits(one) else one for one in listed)


def _waits(resource: Resource) -> bool:
    """Whether a resource is a policy that somebody has to send to AWS before it is in force."""
    facts = resource.facts
    if resource.format != _FORMAT or resource.setting != "production":
        return False
    if resource.at.path.split("/")[-2:-1] == [".chalice"]:
        return False
    if not _OF_PIPELINES.isdisjoint(re.split(r"[^a-z]+", resource.at.path.rpartition("/")[2].lower())):
        return False
    if isinstance(facts, ResourcePolicy):
        return True
    if not isinstance(facts, Identity) or facts.arn is not None:
        return False
    return not any(trust.issuer is not None for trust in known_records(facts.trusts))


def _is_meant(path: str, scopes: Sequence[str]) -> bool:
    return any(path == scope or path.startswith(scope.rstrip("/") + "/") for scope in scopes)


def _unnamed(paths: set[str], tree: Tree) -> frozenset[str]:
    """The files that neither code nor a text of the tree names; none where that cannot be said."""
    if len(paths) >= _MANY_IN_ALL:
        return frozenset()
    waiting = [_Names(path) for path in sorted(paths)]
    makes_policies = False
    try:
        for path, data in looked_through(tree, lambda path: _ending(path) in _READ, _MOST_BYTES):
            in_code = _ending(path) in _CODE and setting_of(path) != "test"
            makes_policies = makes_policies or (in_code and _OF_IAM.search(data) is not None)
            waiting = [one for one in waiting if not one.stand_in(data, in_code=in_code, path=path)]
            if not waiting:
                return frozenset()
    except MoreThanIsLookedThroughError:
        return frozenset()
    return frozenset(one.path for one in waiting) if makes_policies and len(waiting) < _MANY else frozenset()


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()


class _Names:
    """The ways to name one file: whole, in code without its ending or through its folder; at the top, by a pattern."""

    def __init__(self, path: str) -> None:
        self.path = path
        folders, _, file = path.rpartition("/")
        self._beside = folders
        stem, folder = file.partition(".")[0], folders.rpartition("/")[2]
        self._whole = _Word(file, rb"(?<![\w.-])%s(?!\w)")
        self._stem = _Word(stem, rb"(?<![\w-])%s(?![\w-])") if len(stem) >= _SHORTEST else None
        through = rb"\b%s(?:/?[\"'`]|/[^\s/]{0,80}[*${%%<])"
        self._folder = _Word(folder, through) if folder else _Word("*.json", rb"%s")

    def stand_in(self, data: bytes, *, in_code: bool, path: str) -> bool:
        """Whether the file at a path names this one."""
        by_name = self._whole.stands_in(data) or (in_code and self._stem is not None and self._stem.stands_in(data))
        if by_name or not in_code:
            return by_name
        is_of_module = path.endswith(_OF_MODULES)
        if is_of_module and path.rpartition("/")[0] == self._beside and _ANY_OF_FOLDER.search(data):
            return True
        return self._folder.stands_in(_CALLED.sub(b"", data) if is_of_module else data)


class _Word:
    """A word that is looked for as it is before its surroundings are."""

    def __init__(self, word: str, around: bytes) -> None:
        self._word = word.encode()
        self._around = re.compile(around % re.escape(self._word))

    def stands_in(self, data: bytes) -> bool:
        """Whether it stands there by itself."""
        return self._word in data and self._around.search(data) is not None
