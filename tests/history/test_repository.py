"""What git tells about two states of a repository, read from its objects."""

from __future__ import annotations

import os

import pytest

from nhilint.errors import UsageError
from nhilint.history.repository import Repository
from nhilint.model.finding import Problem
from tests.running import git


@pytest.fixture
def two(repository):
    """A repository with two commits: a file changed, one moved, one removed, one added, links of three kinds."""
    root = repository(
        {"same.txt": "same", "old name.txt": "text of some length\n" * 5, "gone.txt": "x", "edit.txt": "1"}
    )
    git(root, "mv", "old name.txt", "new name.txt")
    git(root, "rm", "-q", "gone.txt")
    (root / "edit.txt").write_text("2")
    (root / "added.txt").write_text("3")
    for name, target in (("link", "same.txt"), ("out", "../elsewhere"), ("loop", "loop")):
        (root / name).symlink_to(target)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "second")
    return root


def test_between_two_commits(two):
    with Repository(two) as repository:
        changes = repository.changes(repository.commit("HEAD~1"), repository.commit("HEAD"))
    assert changes.changed == {"edit.txt", "added.txt", "new name.txt", "link", "out", "loop"}
    assert (changes.removed, changes.renamed) == ({"gone.txt"}, {"new name.txt": "old name.txt"})
    assert changes.older("new name.txt") == "old name.txt"


def test_between_a_commit_and_the_disk(two):
    (two / "same.txt").write_text("other")
    with Repository(two) as repository:
        assert repository.changes(repository.commit("HEAD")).changed == {"same.txt"}


def test_a_file_that_was_only_touched_is_no_change(two):
    for name in ("same.txt", "edit.txt"):
        (two / name).write_bytes((two / name).read_bytes())
    with Repository(two) as repository:
        assert repository.changes(repository.commit("HEAD")).changed == frozenset()


def test_the_same_size_at_the_same_time_is_still_a_change(two):
    before = (two / "same.txt").stat()
    (two / "same.txt").write_text("emas")
    os.utime(two / "same.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    os.utime(two / ".git" / "index", ns=(before.st_atime_ns, before.st_mtime_ns))
    with Repository(two) as repository:
        assert repository.changes(repository.commit("HEAD")).changed == {"same.txt"}


def test_a_file_in_the_place_of_a_link(two):
    (two / "link").unlink()
    (two / "link").write_text("same.txt")
    with Repository(two) as repository:
        assert repository.changes(repository.commit("HEAD")).changed == {"link"}


def test_what_is_removed_on_disk_only(two):
    (two / "new name.txt").unlink()
    with Repository(two) as repository:
        changes = repository.changes(repository.commit("HEAD~1"))
    assert "new name.txt" in changes.removed
    assert "new name.txt" not in changes.changed
    assert changes.renamed == {}


def test_files_of_a_commit(two):
    with Repository(two) as repository:
        before, after = (repository.tree(repository.commit(name)) for name in ("HEAD~1", "HEAD"))
        assert before.read("edit.txt") == b"1"
        assert after.read("edit.txt") == b"2"
        assert after.read("gone.txt") is None
        assert (after.link_target("link"), after.read("link")) == ("same.txt", b"same")
        for name in ("out", "loop"):
            found = after.read(name)
            assert isinstance(found, Problem)
            assert (after.link_target(name), found.incomplete) == (None, False)


def test_nothing_that_the_repository_configures_is_run(two):
    """Hostile configuration: helpers that would leave a file if git ran them."""
    git(two, "mv", "edit.txt", "edited.txt")
    (two / "edited.txt").write_text("2\n3\n")
    for key in ("core.fsmonitor", "diff.external", "core.pager", "core.sshCommand"):
        git(two, "config", key, "touch ran; false")
    (two / ".gitattributes").write_text("* diff=evil filter=evil\n")
    git(two, "config", "diff.evil.textconv", "touch ran; cat")
    git(two, "config", "filter.evil.clean", f"touch {two}/ran; cat")
    git(two, "config", "filter.evil.smudge", f"touch {two}/ran; cat")
    with Repository(two) as repository:
        changes = repository.changes(repository.commit("HEAD~1"))
        repository.tree(repository.commit("HEAD")).read("same.txt")
        repository.ignored_though_tracked()
    assert not (two / "ran").exists()
    assert "edited.txt" in changes.changed


@pytest.mark.parametrize("name", ["nowhere", "--help", "-x", "HEAD:same.txt", ""])
def test_what_is_no_commit(two, name):
    with Repository(two) as repository, pytest.raises(UsageError, match="is not in this repository"):
        repository.commit(name)


def test_histories_that_never_met(two):
    git(two, "checkout", "-q", "--orphan", "other")
    git(two, "commit", "-q", "-m", "alone")
    with Repository(two) as repository, pytest.raises(UsageError, match="no common ancestor"):
        repository.base_of(repository.commit("main"), repository.commit("other"))


def test_no_repository(tmp_path):
    with pytest.raises(UsageError, match="not the top of a git repository"):
        Repository(tmp_path)


def test_a_hooks_environment_leads_nowhere_else(two, repository, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    with Repository(two) as opened:
        assert opened.changes(opened.commit("HEAD")).changed == frozenset()
