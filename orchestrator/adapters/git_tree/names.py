"""Names of entries as other people wrote them: which are read, how the others are shown, what changed files are for."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Final

from orchestrator.model.review_source import Unjudged

MOST_BYTES: Final = 255  # of one part, the file system's own limit
MOST_PARTS: Final = 40
_GIT: Final = (".git", "git~1")
"""What a file system that ignores case, or one with short names, takes for a repository."""
_KINDS: Final = (
    (Unjudged.PIPELINE, (".gitlab-ci.yml", ".gitlab/ci/*", "*.gitlab-ci.yml", ".ci/*", "Jenkinsfile*", ".drone.yml")),
    (Unjudged.PIPELINE, (".github/workflows/*", ".github/actions/*", ".forgejo/*", ".gitea/*", ".woodpecker*")),
    (Unjudged.APPROVAL, ("CODEOWNERS", "*/CODEOWNERS", ".gitlab/merge_request_templates/*")),
    (Unjudged.RULES, ("rules/*", "*/rules/*", "policies/*", "*/policies/*", "policy/*", "*/policy/*", "*.rego")),
    (Unjudged.GIT, (".gitattributes", "*/.gitattributes", ".gitmodules", ".gitignore", "*/.gitignore", ".lfsconfig")),
)


def part_refused(part: str) -> str:
    """Why a part of a path is not read; empty: it is."""
    if part in ("", ".", ".."):
        return "it leads elsewhere"
    if part.rstrip(" .").lower() in _GIT:
        return "it is Git's own"
    if not part.isprintable() or "\\" in part:
        return "it holds a control character, an invisible one or a backslash"
    if len(part.encode("utf-8", "surrogateescape")) > MOST_BYTES:
        return f"it has more than {MOST_BYTES} bytes"
    return ""


def path_refused(path: str) -> str:
    """The same of a whole path."""
    parts = path.split("/")
    if len(parts) > MOST_PARTS:
        return f"it has more than {MOST_PARTS} parts"
    return next((why for part in parts if (why := part_refused(part))), "")


def shown(path: str) -> str:
    """One printable line."""
    text = "".join(char if char.isprintable() else _escaped(char) for char in path)
    return text if len(text) <= MOST_BYTES else f"{text[:MOST_BYTES]}..."


def _escaped(char: str) -> str:
    return char.encode("utf-8", "surrogateescape").decode("latin-1").encode("unicode_escape").decode()


def kind_of(path: str) -> Unjudged:
    """What a file that is no spec is for, by its path."""
    return next((kind for kind, forms in _KINDS if any(fnmatchcase(path, form) for form in forms)), Unjudged.OTHER)
