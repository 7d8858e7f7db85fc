"""Small Git repositories made by Git itself, hostile ones made object by object, and bare ones that review pushes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

IDENTITY: Final = {
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
    "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}
ROOT: Final = Path(__file__).parents[2]
DEMO: Final = ROOT / "inventory" / "demo"
HOOK: Final = ROOT / "packaging" / "hooks" / "pre-receive"
MUTUALIS: Final = Path(sys.executable).with_name("mutualis")
GIT: Final = shutil.which("git") or "git"
LINK: Final = "120000"
FILE: Final = "100644"
SUBMODULE: Final = "160000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """`place`: the working copy, or the bare repository."""

    place: Path

    def git(self, *arguments: str, given: bytes | None = None) -> str:
        """What it prints. Raises CalledProcessError."""
        done = subprocess.run(
            [GIT, *arguments],
            cwd=self.place,
            env={"PATH": os.environ["PATH"], "HOME": str(self.place), **IDENTITY},
            input=given,
            capture_output=True,
            check=True,
            timeout=60,
        )
        return done.stdout.decode().removesuffix("\n")

    def commit(self, message: str = "change") -> str:
        """Everything of the working copy."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, start: str = "main") -> None:
        self.git("checkout", "--quiet", "-b", name, start)

    def replace(self, file: str, old: str, new: str) -> None:
        """One place of a file."""
        path = self.place / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def raw_commit(self, parent: str, entries: Mapping[str, tuple[str, bytes | str]], folder: str) -> str:
        """A commit whose folder has further entries that no working copy could make. (mode, content or id) by name."""
        tree = self.git("ls-tree", f"{parent}:{folder}").splitlines()
        for name, (mode, content) in entries.items():
            blob = content if isinstance(content, str) else self.git("hash-object", "-w", "--stdin", given=content)
            tree.append(f"{mode} {'commit' if mode == SUBMODULE else 'blob'} {blob}\t{name}")
        made = self._tree(tree)
        inner = folder
        while inner:
            around, _, part = inner.rpartition("/")
            others = self.git("ls-tree", f"{parent}:{around}").splitlines()
            kept = [line for line in others if line.partition("\t")[2] != part]
            made = self._tree([*kept, f"040000 tree {made}\t{part}"])
            inner = around
        return self.git("commit-tree", made, "-p", parent, "-m", "hostile")

    def _tree(self, lines: list[str]) -> str:
        """Sorted as given: Git's own check of names is what is got round, by writing the object as it is."""
        body = b""
        for line in sorted(lines, key=lambda one: one.partition("\t")[2] + ("/" if one.startswith("040000") else "")):
            head, _, name = line.partition("\t")
            mode, _, identity = head.split()
            body += f"{mode.lstrip('0')} {name}".encode("utf-8", "surrogateescape") + b"\0" + bytes.fromhex(identity)
        return self.git("hash-object", "-w", "--literally", "-t", "tree", "--stdin", given=body)


def working_copy(place: Path, specs: Path = DEMO) -> Repository:
    """With a region on branch main, in inventory/ under its own name: the demo unless told otherwise."""
    place.mkdir(parents=True)
    made = Repository(place=place)
    made.git("init", "--quiet", "--initial-branch", "main")
    shutil.copytree(specs, place / "inventory" / specs.name)
    made.commit("the region")
    return made


def guarded(copy: Repository, place: Path, folder: str) -> Repository:
    """A bare repository with what the working copy has, and then the hook; it is the copy's `origin`."""
    bare = Repository(place=place)
    copy.git("clone", "--quiet", "--bare", ".", str(place))
    copy.git("remote", "add", "origin", str(place))
    guard(bare, folder)
    return bare


def guard(bare: Repository, folder: str) -> None:
    """The project's own hook, set up as its head says."""
    shutil.copy(HOOK, bare.place / "hooks" / "pre-receive")
    for name, value in (("folder", folder), ("command", str(MUTUALIS))):
        bare.git("config", f"mutualis.{name}", value)


def push(copy: Repository, *refs: str) -> tuple[int, str]:
    """The exit code of git push, and what the person who pushes reads."""
    done = subprocess.run(
        [GIT, "push", "--quiet", "origin", *refs],
        cwd=copy.place,
        env={"PATH": os.environ["PATH"], "HOME": str(copy.place), **IDENTITY},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return done.returncode, done.stderr.replace("remote: ", "")
