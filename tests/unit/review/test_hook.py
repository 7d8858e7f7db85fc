"""The server-side hook, for real: a bare repository, a working copy, pushes."""

import subprocess
from pathlib import Path

import pytest
from git_repository import LINK, Repository, guard, guarded, push

DEMO = "inventory/demo"
LAKES = f"{DEMO}/tenants/pays-des-lacs.yaml"


@pytest.fixture
def server(repository: Repository, tmp_path: Path) -> Repository:
    """A bare repository that has the region already, and then the hook."""
    return guarded(repository, tmp_path / "region.git", DEMO)


def promise_more(copy: Repository) -> None:
    """230 GiB of memory guaranteed to the Pays des lacs: 10 more than site nord has beside the others."""
    copy.replace(LAKES, "memoryGiB: 8\n", "memoryGiB: 230\n")
    copy.replace(LAKES, "size: town\n", "size: town\n    multiplier: 8\n")


def add_host(copy: Repository) -> None:
    """One more like nord-2."""
    hosts = copy.place / DEMO / "hosts"
    text = (hosts / "nord-2.yaml").read_text()
    for old, new in (
        ("name: nord-2", "name: nord-4"),
        ("unit: 2", "unit: 7"),
        ("0a:02", "0a:09"),
        ("250.12", "250.19"),
    ):
        assert old in text
        text = text.replace(old, new)
    (hosts / "nord-4.yaml").write_text(text)


def test_a_good_branch_is_taken_and_its_review_is_shown(server: Repository, repository: Repository) -> None:
    """With all five parts, before anything is taken."""
    repository.branch("change")
    repository.replace(f"{DEMO}/tenants/arcy.yaml", "sizeGiB: 100", "sizeGiB: 120")
    head = repository.commit()
    code, shown = push(repository, "change")
    assert (code, server.git("rev-parse", "change")) == (0, head), shown
    for part in ("nothing refused", "RESOURCES", "POLICY", "CAPACITY LEFT", "EUR A YEAR", "KGCO2E A YEAR"):
        assert part in shown
    assert "size: 100 GiB -> 120 GiB" in shown


def test_a_branch_that_promises_too_much_is_refused_with_what_is_missing(
    server: Repository, repository: Repository
) -> None:
    """And with one more host the same promise is taken."""
    before = server.git("rev-parse", "main")
    promise_more(repository)
    repository.commit()
    code, shown = push(repository, "main")
    assert code != 0
    assert "guaranteed shares do not fit at site nord: 10 GiB of memory missing" in shown
    assert "refused, see above; nothing was taken" in shown
    assert server.git("rev-parse", "main") == before
    add_host(repository)
    head = repository.commit()
    code, shown = push(repository, "main")
    assert (code, server.git("rev-parse", "main")) == (0, head), shown


def test_a_new_branch_with_nothing_readable_is_refused(server: Repository, repository: Repository) -> None:
    """A link in the folder, pushed as objects: the hook reads them where Git quarantines them, and they go again."""
    head = repository.raw_commit("main", {"stolen.yaml": (LINK, b"/etc/passwd")}, DEMO)
    code, shown = push(repository, f"{head}:refs/heads/hostile")
    assert code != 0
    assert "stolen.yaml: a symbolic link" in shown
    assert "root:" not in shown
    assert server.git("branch", "--list", "hostile") == ""
    with pytest.raises(subprocess.CalledProcessError):
        server.git("cat-file", "-e", head)


def test_the_deployed_branch_is_not_deleted(server: Repository, repository: Repository) -> None:
    """Other branches may go, unjudged."""
    server.git("config", "receive.denyDeleteCurrent", "ignore")
    server.git("branch", "old", "main")
    code, shown = push(repository, ":main")
    assert code != 0
    assert "is not deleted by a push" in shown
    assert push(repository, ":old")[0] == 0


def test_the_first_push_is_reviewed_with_nothing_to_compare(repository: Repository, tmp_path: Path) -> None:
    """An empty repository with the hook takes a region that nothing refuses."""
    bare = Repository(place=tmp_path / "empty.git")
    repository.git("init", "--quiet", "--bare", "--initial-branch", "main", str(bare.place))
    repository.git("remote", "add", "origin", str(bare.place))
    guard(bare, DEMO)
    code, shown = push(repository, "main")
    assert code == 0, shown
    assert "compared with nothing" in shown


def test_a_hook_that_nobody_set_up_takes_nothing(server: Repository, repository: Repository) -> None:
    """It says which setting is missing."""
    server.git("config", "--unset", "mutualis.folder")
    repository.commit()
    code, shown = push(repository, "main")
    assert code != 0
    assert "mutualis.folder is not set" in shown
