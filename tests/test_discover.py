"""Folders become files: what git knows, what the disk holds, and nothing that a hostile repository would like us to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from nhilint import discover
from nhilint.discover import _bytes_of, link_target, list_files, read_file, root_of
from nhilint.errors import UsageError
from nhilint.model.finding import Problem
from nhilint.tree import DiskTree
from tests.running import OPEN_SCRIPT, git, nhilint


def put(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)


class TestWhatGitKnows:
    def test_tracked_and_untracked_but_not_ignored(self, repository):
        root = repository({".gitignore": "*.log\n/build/\n", "a/tracked.json": "", "kept.log": ""})
        git(root, "add", "-f", "kept.log")
        put(root, "a/untracked.json", "build/x.json", "b/x.log")
        assert list_files(root) == (".gitignore", "a/tracked.json", "a/untracked.json", "kept.log")

    def test_exclude_file_of_the_clone_and_nested_ignore_files(self, repository):
        root = repository({"a/.gitignore": "secret.json\n", "x.json": ""})
        (root / ".git" / "info" / "exclude").write_text("mine/\n")
        put(root, "a/secret.json", "b/secret.json", "mine/x.json")
        assert list_files(root) == ("a/.gitignore", "b/secret.json", "x.json")

    def test_a_repository_in_which_everything_is_ignored_stays_empty(self, repository):
        root = repository({"a.json": ""})
        git(root, "rm", "-q", "--cached", "a.json")
        (root / ".git" / "info" / "exclude").write_text("*\n")
        assert (root / "a.json").is_file()
        assert list_files(root) == ()

    def test_a_nested_repository_is_its_own(self, repository):
        root = repository({"x.json": ""})
        put(root, "nested/y.json")
        git(root / "nested", "init", "-q")
        assert root_of(root / "nested" / "y.json") == root / "nested"
        assert list_files(root / "nested") == ("y.json",)
        tree = DiskTree(root)
        assert [path for path in tree.paths() if isinstance(tree.read(path), bytes)] == ["x.json"]

    def test_a_work_tree_beside_its_repository(self, repository, tmp_path):
        root = repository({"x.json": ""})
        git(root, "worktree", "add", "-q", tmp_path / "other")
        assert (tmp_path / "other" / ".git").is_file()
        assert root_of(tmp_path / "other") == tmp_path / "other"
        assert list_files(tmp_path / "other") == ("x.json",)

    def test_a_sparse_checkout_has_what_is_there(self, repository):
        root = repository({"a/x.json": "{}", "b/x.json": "{}"})
        git(root, "sparse-checkout", "set", "--cone", "a")
        tree = DiskTree(root)
        assert {path: tree.read(path) for path in tree.paths()} == {"a/x.json": b"{}", "b/x.json": None}

    def test_a_file_in_conflict_is_listed_once(self, repository):
        root = repository({"x.json": "one"})
        git(root, "checkout", "-q", "-b", "other")
        put(root, "x.json")
        git(root, "commit", "-q", "-am", "other")
        git(root, "checkout", "-q", "main")
        (root / "x.json").write_text("three")
        git(root, "commit", "-q", "-am", "three")
        with pytest.raises(Exception, match="merge"):
            git(root, "merge", "other")
        assert list_files(root) == ("x.json",)

    def test_variables_of_a_hook_that_runs_us_do_not_lead_elsewhere(self, repository, tmp_path, monkeypatch):
        """git sets GIT_DIR and GIT_INDEX_FILE for its hooks."""
        root = repository({"x.json": ""})
        monkeypatch.setenv("GIT_DIR", str(tmp_path))
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "none"))
        assert list_files(root) == ("x.json",)


class TestWithoutGit:
    def test_a_plain_folder_is_walked(self, folder):
        root = folder(
            {"b/x.json": "", "a.json": "", "node_modules/p/x.json": "", "a/.venv/x.json": "", ".hidden/x.json": ""}
        )
        assert list_files(root) == (".hidden/x.json", "a.json", "b/x.json")
        assert root_of(root / "b") == root / "b"

    def test_a_machine_without_git(self, repository, monkeypatch):
        root = repository({".gitignore": "*.log\n", "x.json": "", "y.log": ""})
        monkeypatch.setenv("PATH", "")
        assert list_files(root) == (".gitignore", "x.json", "y.log")

    def test_a_repository_that_git_refuses_is_walked(self, repository):
        """As with a checkout of another user's in a container: git says "dubious ownership" and lists nothing."""
        root = repository({"x.json": ""})
        (root / ".git" / "HEAD").write_text("nonsense")
        assert list_files(root) == ("x.json",)

    def test_git_that_never_ends(self, repository, tmp_path, monkeypatch):
        root = repository({"x.json": ""})
        slow = tmp_path / "bin" / "git"
        slow.parent.mkdir()
        slow.write_text("#!/bin/sh\nexec sleep 60\n")
        slow.chmod(0o755)
        monkeypatch.setenv("PATH", str(slow.parent), prepend=os.pathsep)
        monkeypatch.setattr(discover, "_GIT_SECONDS", 0.2)
        with pytest.raises(UsageError, match="did not list the files"):
            list_files(root)


class TestNamed:
    def test_what_git_ignores_is_there_when_somebody_names_it(self, repository):
        root = repository({".gitignore": "build/\n*.log\n", "x.json": ""})
        put(root, "build/deep/y.json", "z.log")
        assert list_files(root, ["build"]) == (".gitignore", "build/deep/y.json", "x.json")
        assert list_files(root, ["z.log"]) == (".gitignore", "x.json", "z.log")

    def test_a_folder_of_other_peoples_code_when_somebody_names_it(self, folder):
        root = folder({"node_modules/p/x.json": "", "node_modules/p/node_modules/q/x.json": "", "y.json": ""})
        assert list_files(root, ["node_modules/p"]) == ("node_modules/p/x.json", "y.json")

    def test_naming_what_is_listed_adds_nothing(self, repository):
        root = repository({".gitignore": "*.log\n", "a/x.json": "", "a/x.log": ""})
        assert list_files(root, ["a", "a/x.json", ".", "a/none"]) == (".gitignore", "a/x.json")


class TestLinks:
    def test_a_link_to_a_file_of_the_tree_stands_for_it(self, folder):
        root = folder({"a/real.json": "real"})
        (root / "link.json").symlink_to("a/real.json")
        assert link_target(root, "link.json") == "a/real.json"
        assert read_file(root, "link.json") == b"real"
        assert link_target(root, "a/real.json") is None

    @pytest.mark.parametrize("target", ["../outside.json", "none.json", "link.json", "a", ".git/config", "/etc/passwd"])
    def test_other_links_are_not_followed(self, repository, tmp_path, target):
        root = repository({"a/real.json": "real"})
        (tmp_path / "outside.json").write_text("outside")
        (root / "link.json").symlink_to(target)
        found = read_file(root, "link.json")
        assert isinstance(found, Problem)
        assert (found.kind, found.incomplete) == ("outside", False)
        assert "symbolic link" in found.message

    def test_a_linked_folder_is_not_looked_into(self, folder, tmp_path):
        root = folder({"x.json": ""})
        put(tmp_path, "outside/y.json")
        (root / "linked").symlink_to(tmp_path / "outside")
        (root / "loop").symlink_to(root)
        assert list_files(root) == ("x.json",)
        found = read_file(root, "linked/y.json")
        assert isinstance(found, Problem)
        assert found.kind == "outside"

    def test_a_folder_that_became_a_link_after_it_was_tracked(self, repository, tmp_path):
        root = repository({"a/x.json": "inside"})
        shutil.move(root / "a", tmp_path / "a")
        (root / "a").symlink_to(tmp_path / "a")
        tree = DiskTree(root)
        assert not any(isinstance(tree.read(path), bytes) for path in tree.paths())


class TestReading:
    def test_pipes_folders_and_absent_files_are_no_files(self, folder):
        root = folder({"a/x.json": ""})
        os.mkfifo(root / "pipe.json")
        assert read_file(root, "pipe.json") is None
        assert read_file(root, "a") is None
        assert read_file(root, "none.json") is None

    @pytest.mark.parametrize("told", [0, 3, 4, 5, 40])
    def test_a_file_that_is_written_while_it_is_read_is_read_to_its_end(self, folder, told):
        assert _bytes_of(str(folder({"x.json": "fine"}) / "x.json"), told) == b"fine"

    def test_a_file_that_may_not_be_read(self, folder, monkeypatch):
        root = folder({"x.json": "", "y.json": "fine"})

        def refusing(name, *_):
            if name.endswith("x.json"):
                raise PermissionError(13, "Permission denied")
            return Path(name).read_bytes()

        monkeypatch.setattr("nhilint.discover._bytes_of", refusing)
        found = read_file(root, "x.json")
        assert isinstance(found, Problem)
        assert (found.kind, found.incomplete, found.message) == (
            "unreadable",
            True,
            "cannot be read: Permission denied",
        )
        assert read_file(root, "y.json") == b"fine"

    def test_a_huge_file_is_refused_before_it_is_read(self, folder):
        root = folder({})
        with (root / "huge.json").open("wb") as file:
            file.truncate(10 * 1024**3)
        found = read_file(root, "huge.json")
        assert isinstance(found, Problem)
        assert found.kind == "too-large"
        assert "10,737,418,240 bytes" in found.message


class TestHostileRepository:
    def hooked(self, repository, tmp_path, **settings):
        """A repository whose own configuration names a command of its author's in every place that takes one."""
        root = repository({"x.json": ""})
        script = tmp_path / "run.sh"
        script.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
        script.chmod(0o755)
        hooks = root / ".git" / "own-hooks"
        hooks.mkdir()
        for name in ("post-index-change", "post-checkout", "pre-auto-gc", "fsmonitor-watchman"):
            shutil.copy(script, hooks / name)
        for key, value in settings.items():
            git(root, "config", key.replace("__", "."), value.format(script=script, hooks=hooks))
        return root, tmp_path / "ran"

    @pytest.mark.parametrize(
        "settings",
        [
            {"core__fsmonitor": "{script}"},
            {"core__hooksPath": "{hooks}", "core__fsmonitor": "true"},
            {"alias__ls-files": "!{script}"},
            {"core__pager": "{script}", "pager__ls-files": "{script}"},
            {"core__sshCommand": "{script}", "core__editor": "{script}", "core__askPass": "{script}"},
            {"diff__external": "{script}", "filter__x__clean": "{script}", "filter__x__smudge": "{script}"},
        ],
        ids=lambda settings: next(iter(settings)),
    )
    def test_nothing_of_it_is_run(self, repository, tmp_path, settings):
        root, ran = self.hooked(repository, tmp_path, **settings)
        put(root, ".gitattributes", "y.json")
        assert "x.json" in list_files(root)
        assert not ran.exists()

    def test_the_same_settings_do_run_when_nothing_forbids_it(self, repository, tmp_path):
        """The control of the test above: git itself would have run it."""
        root, ran = self.hooked(repository, tmp_path, core__fsmonitor="{script}")
        git(root, "ls-files", "--others")
        assert ran.exists()

    def test_no_object_is_fetched_by_a_command_of_its_own(self, repository, tmp_path):
        """A sparse index names trees instead of files; where one lacks, a partial clone runs its remote's command."""
        root, ran = self.hooked(repository, tmp_path, protocol__ext__allow="always")
        put(root, "a/x.json", "b/c/x.json")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "second")
        git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "a")
        tree = git(root, "rev-parse", "HEAD:b").strip()
        (root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
        git(root, "config", "remote.origin.url", f"ext::{tmp_path}/run.sh")
        git(root, "config", "remote.origin.promisor", "true")
        assert "a/x.json" in list_files(root)
        assert not ran.exists()
        git(root, "ls-files")
        assert ran.exists()  # git by itself would have run it

    @pytest.mark.parametrize(
        "name",
        ["a\nb.json", 'a"b\\.json', "a\tb.json", "é/ü.json", "日本/語.json", "-rf.json", "a b.json", "\u202egnp.json"],
    )
    def test_names_as_odd_as_they_come(self, repository, name):
        root = repository({name: "content"})
        assert list_files(root) == (name,)
        assert read_file(root, name) == b"content"

    def test_names_that_are_no_utf8(self, repository):
        root = repository({"a.txt": ""})
        odd = root / os.fsdecode(b"caf\xe9") / "appsscript.json"
        odd.parent.mkdir()
        odd.write_text(OPEN_SCRIPT)
        assert os.fsencode(list_files(root)[-1]) == b"caf\xe9/appsscript.json"
        for form, shown in (("text", "caf\\xe9/appsscript.json:1:"), ("json", '"caf\\\\xe9/appsscript.json"')):
            ended = nhilint("check", "--format", form, cwd=root)
            assert ended.code == 1
            assert shown in ended.out
        assert "caf%E9/appsscript.json" in nhilint("check", "--format", "sarif", cwd=root).out


def test_thousands_of_files_are_listed_by_one_process(repository, monkeypatch):
    root = repository({f"{n % 50}/{n}.txt": "" for n in range(2_000)})
    started = []
    real = discover.subprocess.run
    monkeypatch.setattr(discover.subprocess, "run", lambda *a, **k: started.append(a) or real(*a, **k))
    assert len(list_files(root)) == 2_000
    assert len(started) == 1
