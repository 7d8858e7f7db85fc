"""A branch that wants to run something, or to read what is not its own: nothing happens, and the review says so."""

import json
import os
from pathlib import Path

import pytest
from command_line import Ended, Mutualis
from git_repository import FILE, LINK, SUBMODULE, Repository

from orchestrator.spec.characters import MOST_BYTES

DEMO = "inventory/demo"
SECRET = "canary-of-this-machine"
FORMS = ("markdown", "json", "sarif", "junit")


class Trap:
    """Where commands of the branch would leave a trace, and a file of the machine that it wants to read."""

    def __init__(self, folder: Path) -> None:
        self.trace = folder / "trace"
        self.secret = folder / "secret.yaml"
        self.secret.write_text(f"apiVersion: {SECRET}\n")
        self.command = folder / "command.sh"
        self.command.write_text(f"#!/bin/sh\necho run >> {self.trace}\ncat\n")
        self.command.chmod(0o755)

    @property
    def sprung(self) -> bool:
        return self.trace.exists()


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    folder = tmp_path / "machine"
    folder.mkdir()
    return Trap(folder)


@pytest.fixture
def armed(repository: Repository, trap: Trap) -> Repository:
    """Everything that Git can be told to run is set to the trap, in the repository and by its attributes."""
    hooks = repository.place / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc", "fsmonitor-watchman"):
        (hooks / name).write_text(trap.command.read_text())
        (hooks / name).chmod(0o755)
    repository.branch("hostile")
    attributes = "*.yaml filter=evil diff=evil merge=evil\n* export-subst ident\n"
    (repository.place / ".gitattributes").write_text(attributes)
    (repository.place / ".gitlab-ci.yml").write_text(f"x: {{script: {trap.command}}}\n")
    (repository.place / "rules").mkdir()
    program = f"import pathlib; pathlib.Path({str(trap.trace)!r}).touch()\n"
    (repository.place / "rules" / "own001_evil.py").write_text(program)
    repository.commit("the hostile branch")
    for setting in (
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "diff.evil.textconv",
        "diff.evil.command",
        "diff.external",
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.askPass",
        "credential.helper",
        "pager.ls-tree",
        "pager.cat-file",
    ):
        repository.git("config", setting, str(trap.command))
    repository.git("config", "core.hooksPath", str(hooks))
    repository.git("config", "pager.rev-parse", "true")
    return repository


def review(mutualis: Mutualis, repository: Repository, tmp_path: Path, head: str, *more: str) -> tuple[Ended, str]:
    """What the command ends with, and everything that it wrote anywhere."""
    files = {form: tmp_path / f"review.{form}" for form in FORMS}
    options = [word for form, file in files.items() for word in (f"--{form}", str(file))]
    where = ("--repository", repository.place)
    ended = mutualis("review", repository.place / DEMO, *where, "--base", "main", "--head", head, *options, *more)
    told = "".join(file.read_text(encoding="utf-8") for file in files.values() if file.exists())
    return ended, ended.out + ended.err + told


def test_nothing_that_git_could_run_is_run(
    armed: Repository, trap: Trap, mutualis: Mutualis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hooks, filters, textconv, monitors, pagers, of the branch, the repository and the environment."""
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_EDITOR", "PAGER"):
        monkeypatch.setenv(name, str(trap.command))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(trap.command))
    ended, told = review(mutualis, armed, tmp_path, "hostile")
    assert not trap.sprung
    assert ended.code == 0
    assert all(word in told for word in (".gitlab-ci.yml", "rules/own001_evil.py", ".gitattributes"))
    assert "what runs when this is merged" in told
    assert "what judges specs" in told


def test_the_trap_springs_where_a_branch_is_checked_out(armed: Repository, trap: Trap) -> None:
    """So that the test above can fail: what a review avoids does run otherwise."""
    armed.git("checkout", "--quiet", "main")
    assert trap.sprung


def test_links_are_not_followed_and_nothing_outside_is_read(
    armed: Repository, trap: Trap, mutualis: Mutualis, tmp_path: Path
) -> None:
    """A link to a file of the machine, to a folder above, a submodule: each refused by its name."""
    head = armed.raw_commit(
        "hostile",
        {
            "stolen.yaml": (LINK, str(trap.secret).encode()),
            "up": (LINK, b"../../.."),
            "passwords.yaml": (LINK, b"/etc/passwd"),
            "other": (SUBMODULE, armed.git("rev-parse", "main")),
        },
        DEMO,
    )
    ended, told = review(mutualis, armed, tmp_path, head)
    assert ended.code == 1
    assert SECRET not in told
    assert "root:" not in told
    assert "stolen.yaml: a symbolic link" in ended.out
    assert "up: a symbolic link" in ended.out
    assert "other: a submodule" in ended.out
    data = json.loads((tmp_path / "review.json").read_text())
    assert {one["why"] for one in data["refused"]} == {"a symbolic link", "a submodule: another repository"}


@pytest.mark.parametrize(
    "name", ["..", ".git", ".GIT", ".git ", "git~1", "back\\slash.yaml", "new\nline.yaml", "\x1b[2J.yaml"]
)
def test_names_that_lead_elsewhere_are_refused(
    armed: Repository, trap: Trap, mutualis: Mutualis, tmp_path: Path, name: str
) -> None:
    """As a file, and as a folder around one; what is shown of them is one printable line."""
    for entries in ({name: (FILE, b"x: 1\n")}, {name: ("040000", armed.git("rev-parse", f"main:{DEMO}/tenants"))}):
        tree = {one: (mode, content) for one, (mode, content) in entries.items()}
        head = armed.raw_commit("hostile", tree, DEMO)
        ended, _ = review(mutualis, armed, tmp_path, head)
        assert ended.code == 1
        assert "a name that no spec needs" in ended.out
        assert "\x1b" not in ended.out
    assert not trap.sprung


def test_names_with_shell_characters_are_only_names(
    armed: Repository, trap: Trap, mutualis: Mutualis, tmp_path: Path
) -> None:
    """Judged like any file, told in words that no shell and no forge takes for more."""
    names = (
        f"$(touch {trap.trace.name}).yaml",
        "`id`; rm -rf x.yaml",
        "-rf.yaml",
        "--upload-pack=x.yaml",
        "/approve @all.yaml".strip("/"),
    )
    head = armed.raw_commit("hostile", dict.fromkeys(names, (FILE, b"kind: Nothing\n")), DEMO)
    ended, _ = review(mutualis, armed, tmp_path, head)
    assert ended.code == 1
    assert not trap.sprung
    assert not list(Path.cwd().glob("trace*"))
    comment = (tmp_path / "review.markdown").read_text()
    assert not [line for line in comment.splitlines() if line.startswith("/")]
    assert "@all" not in comment


def test_a_huge_file_is_not_read(armed: Repository, mutualis: Mutualis, tmp_path: Path) -> None:
    """Its size is known before."""
    head = armed.raw_commit("hostile", {"huge.yaml": (FILE, b"#" * (MOST_BYTES + 1))}, DEMO)
    ended, _ = review(mutualis, armed, tmp_path, head)
    assert ended.code == 1
    assert "huge.yaml: too large" in ended.out


def test_a_name_that_stands_twice_is_refused(armed: Repository, mutualis: Mutualis, tmp_path: Path) -> None:
    """As a file and as a folder: no working copy could have both."""
    tenants = armed.git("rev-parse", f"main:{DEMO}/tenants")
    entries = {"both.yaml": (FILE, b"x: 1\n"), "both.yaml/": ("040000", tenants)}
    head = armed.raw_commit("hostile", entries, DEMO)
    ended, _ = review(mutualis, armed, tmp_path, head)
    assert ended.code == 1
    assert "refused, and not read" in ended.out


@pytest.mark.parametrize(
    "text",
    [
        "{{ lookup('file', '/etc/passwd') }}",
        "!include /etc/passwd",
        "!!python/object/apply:os.system ['touch trace']",
        "${file('/etc/passwd')}",
        "<<: *all",
    ],
)
def test_templating_and_includes_are_only_text_or_refused(
    armed: Repository, trap: Trap, mutualis: Mutualis, tmp_path: Path, text: str
) -> None:
    """Specs are data: nothing is filled in."""
    spec = f"apiVersion: mutualis/v1\nkind: Waiver\nmetadata:\n  name: {text}\nspec: {text}\n".encode()
    head = armed.raw_commit("hostile", {"trick.yaml": (FILE, spec)}, DEMO)
    ended, told = review(mutualis, armed, tmp_path, head)
    assert ended.code == 1
    assert "root:" not in told
    assert not trap.sprung
    assert not Path("trace").exists()


def test_rules_of_the_branch_are_refused(armed: Repository, trap: Trap, mutualis: Mutualis, tmp_path: Path) -> None:
    """A runner has checked the branch out: a folder in there is the branch's, whoever names it."""
    ended, _ = review(mutualis, armed, tmp_path, "hostile", "--rules", str(armed.place / "rules"))
    assert ended.code == 2
    assert "a merge request could run code" in ended.err
    assert not trap.sprung


def test_objects_are_not_replaced(armed: Repository, mutualis: Mutualis, tmp_path: Path) -> None:
    """What is reviewed is what is merged, not what refs/replace would show."""
    good = armed.git("rev-parse", "main")
    bad = armed.raw_commit("hostile", {"stolen.yaml": (LINK, b"/etc/passwd")}, DEMO)
    armed.git("replace", bad, good)
    ended, _ = review(mutualis, armed, tmp_path, bad)
    assert ended.code == 1
    assert os.environ.get("GIT_NO_REPLACE_OBJECTS") is None
