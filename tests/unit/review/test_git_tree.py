"""The door to Git: which revisions are compared, what of them is read, and what no name can make it do."""

from pathlib import Path

import pytest
from git_repository import Repository

from orchestrator.adapters.git_tree import compared as door
from orchestrator.adapters.git_tree import listing, unpack
from orchestrator.adapters.git_tree.call import Git
from orchestrator.errors import PolicyRefusal, TemporaryFailure, UsageError
from orchestrator.model.review_source import Unjudged

DEMO = "inventory/demo"


def test_both_revisions_are_copied_and_go_again(repository: Repository) -> None:
    """Specs as they were committed, images as empty files; afterwards nothing is left."""
    repository.branch("change")
    repository.replace(f"{DEMO}/region.yaml", "budget: 60", "budget: 61")
    head = repository.commit()
    (repository.place / DEMO / "region.yaml").write_text("not committed")
    with door.compared(door.repository(repository.place), DEMO, "main", "change") as both:
        assert both.after.commit == head
        folders = [one.folder for one in (both.before, both.after) if one and one.folder]
        budgets = [(folder / "region.yaml").read_text().partition("budget: ")[2][:2] for folder in folders]
        assert budgets == ["60", "61"]
        assert [(folder / "images" / "debian-13.raw").stat().st_size for folder in folders] == [0, 0]
        assert {folder.parent.stat().st_mode & 0o777 for folder in folders} == {0o700}
    assert not any(folder.exists() for folder in folders)


def test_a_change_is_held_against_where_it_left_its_base(repository: Repository) -> None:
    """What came to the base since is no part of the change; it is told by number."""
    start = repository.git("rev-parse", "HEAD")
    repository.branch("change")
    repository.commit("one")
    repository.git("checkout", "--quiet", "main")
    repository.commit("meanwhile")
    repository.commit("meanwhile too")
    with door.compared(door.repository(repository.place), DEMO, "main", "change") as both:
        assert both.before is not None
        assert (both.before.commit, both.behind) == (start, 2)


def test_a_bare_repository_is_read_the_same(repository: Repository, tmp_path: Path) -> None:
    """There the folder is named from the top."""
    repository.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    found = door.repository(tmp_path / "bare.git")
    assert found.bare
    with door.compared(found, door.path_inside(found, Path(DEMO)), None, "main") as both:
        assert both.before is None
        assert both.after.specs > 10


@pytest.mark.parametrize(
    "name", ["-x", "--output=x", "nowhere", "", "main:inventory", "main..HEAD", "HEAD^{tree}", "a\nb"]
)
def test_what_is_no_commit_is_refused(repository: Repository, name: str) -> None:
    """A name that looks like an option is a name; a file, a tree and a range are no commits."""
    with (
        pytest.raises(UsageError, match="is no commit"),
        door.compared(door.repository(repository.place), DEMO, None, name),
    ):
        pass


@pytest.mark.parametrize("folder", ["..", "../elsewhere", "/etc", ".git", "inventory/../..", "a/.git/b"])
def test_a_folder_outside_of_the_repository_is_refused(repository: Repository, folder: str) -> None:
    """In a working copy as in a bare one, whatever way it leads out."""
    found = door.repository(repository.place)
    for bare in (False, True):
        with pytest.raises(UsageError, match="no folder of the repository"):
            door.path_inside(door.Repository(git=found.git, top=found.top, bare=bare), Path(folder))


def test_a_folder_is_named_as_on_this_machine(repository: Repository) -> None:
    """From where the command is called, down or up again, or from the root."""
    inner = door.repository(repository.place / "inventory")
    assert door.path_inside(inner, Path("demo")) == DEMO
    assert door.path_inside(inner, Path("../inventory/demo")) == DEMO
    assert door.path_inside(inner, repository.place / DEMO) == DEMO
    assert door.path_inside(inner, Path("..")) == ""


def test_no_repository_is_a_failure_with_what_to_do(tmp_path: Path) -> None:
    """Git's own words."""
    with pytest.raises(TemporaryFailure, match="not a git repository") as caught:
        door.repository(tmp_path)
    assert "--repository" in caught.value.hint


def test_revisions_without_a_shared_commit_are_not_compared(repository: Repository) -> None:
    """As in a shallow clone: it says what to fetch."""
    repository.git("checkout", "--quiet", "--orphan", "other")
    repository.commit()
    found = door.repository(repository.place)
    with (
        pytest.raises(TemporaryFailure, match="share no commit") as caught,
        door.compared(found, DEMO, "main", "other"),
    ):
        pass
    assert "fetch the whole history" in caught.value.hint


def test_too_many_files_are_not_read(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is stopped where it says too much; and a listing that ends has its own bound."""
    git = Git.at(repository.place)
    monkeypatch.setattr(listing, "MOST_ENTRIES", 3)
    with pytest.raises(PolicyRefusal, match="more than 3 files"):
        listing.entries(git, "main", DEMO)
    monkeypatch.setattr(listing, "MOST_LISTING", 100)
    with pytest.raises(PolicyRefusal, match="none of it is read"):
        listing.entries(git, "main", DEMO)


def test_too_many_bytes_are_not_read(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all specs together, before any is read."""
    git = Git.at(repository.place)
    monkeypatch.setattr(unpack, "MOST_BYTES", 1000)
    with pytest.raises(PolicyRefusal, match="none of it is read"):
        unpack.contents(git, listing.entries(git, "main", DEMO))


def test_an_object_that_is_not_here_is_not_fetched(repository: Repository) -> None:
    """A partial clone fetches what it lacks; a review asks for the whole."""
    identity = repository.git("rev-parse", f"main:{DEMO}/region.yaml")
    (repository.place / ".git" / "objects" / identity[:2] / identity[2:]).unlink()
    with pytest.raises(TemporaryFailure), door.compared(door.repository(repository.place), DEMO, None, "main"):
        pass


def test_files_that_are_no_specs_are_told_by_what_they_are_for(repository: Repository) -> None:
    """By name alone: what runs, what judges, who approves."""
    repository.branch("change")
    for name in (".gitlab-ci.yml", ".github/workflows/x.yml", "rules/own001.py", "CODEOWNERS", "notes.md"):
        file = repository.place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    (repository.place / DEMO / ".gitattributes").write_text("* diff=x")
    (repository.place / DEMO / "images" / "debian-12.raw").unlink()
    repository.commit()
    with door.compared(door.repository(repository.place), DEMO, "main", "HEAD") as both:
        told = {one.path: (one.change, one.kind) for one in both.unjudged}
    assert told == {
        ".gitlab-ci.yml": ("added", Unjudged.PIPELINE),
        ".github/workflows/x.yml": ("added", Unjudged.PIPELINE),
        "rules/own001.py": ("added", Unjudged.RULES),
        "CODEOWNERS": ("added", Unjudged.APPROVAL),
        "notes.md": ("added", Unjudged.OTHER),
        f"{DEMO}/.gitattributes": ("added", Unjudged.GIT),
        f"{DEMO}/images/debian-12.raw": ("removed", Unjudged.OTHER),
    }
