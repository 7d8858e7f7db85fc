"""The apply job of each pipeline, run by bash against a forge's answers: whose request it says, and who approved it.

curl answers from a table, jq is libjq itself, mutualis tells what it was given; the script is the one that is copied.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jq
import pytest
import yaml

ROOT = Path(__file__).parents[3] / "packaging" / "pipelines"
COMMIT, HEAD = "c" * 40, "a" * 40
CURL = """
import json, os, sys
answers = json.loads(os.environ["ANSWERS"])
url = sys.argv[-1].partition("?")[0]
if url not in answers:
    print("curl: (22) The requested URL returned error: 404", file=sys.stderr)
    sys.exit(22)
print(json.dumps(answers[url]))
"""
JQ = f"""
import sys
sys.path.append({str(Path(jq.__file__).parent)!r})
import jq
words, raw, args = sys.argv[1:], False, dict()
while words[0].startswith("--"):
    word = words.pop(0)
    if word == "--arg":
        name = words.pop(0)
        args[name] = words.pop(0)
    else:
        assert word == "--raw-output"
        raw = True
for found in jq.compile(words[0], args=args).input_text(sys.stdin.read()):
    print(found if raw and isinstance(found, str) else jq.compile(".").input_value(found).text())
"""
MUTUALIS = """
import json, os, sys
told = {name: value for name, value in os.environ.items() if name.startswith("MUTUALIS_RE")}
print(json.dumps({"argv": sys.argv[1:], **told}))
"""
API = "https://git.example/api/v4/projects/3"
REPOSITORY = "https://git.example/api/repos/region/specs"
GITLAB_REQUEST = {
    "iid": 12,
    "state": "merged",
    "target_branch": "main",
    "web_url": "https://git.example/region/specs/-/merge_requests/12",
    "author": {"username": "bob"},
    "sha": HEAD,
    "merge_commit_sha": COMMIT,
    "squash_commit_sha": None,
}
GITHUB_REQUEST = {
    "number": 12,
    "merged_at": "2026-11-23T07:00:00Z",
    "merge_commit_sha": COMMIT,
    "base": {"ref": "main"},
    "head": {"sha": HEAD},
    "html_url": "https://git.example/region/specs/pull/12",
    "user": {"login": "bob"},
}
FORGEJO_REQUEST = {**GITHUB_REQUEST, "merged": True}


def review(person: str, state: str, **more: Any) -> dict[str, Any]:
    return {"user": {"login": person}, "state": state, "commit_id": HEAD, "stale": False, "dismissed": False, **more}


def script_of(forge: str) -> str:
    """What the apply job gives to its shell, the check-out aside."""
    (file,) = (path for path in (ROOT / forge).iterdir() if path.suffix == ".yml")
    jobs = yaml.safe_load(file.read_text(encoding="utf-8"))
    if forge == "gitlab":
        return "\n".join(jobs["apply"]["script"])
    script: str = jobs["jobs"]["apply"]["steps"][-1]["run"]
    return script


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """curl, jq and mutualis, ahead of those of the machine."""
    for name, text in (("curl", CURL), ("jq", JQ), ("mutualis", MUTUALIS)):
        (tmp_path / name).write_text(f"#!{sys.executable} -IS{text}", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    return tmp_path


def ran(forge: str, programs: Path, answers: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": "/home/deploy",
        "ANSWERS": json.dumps(answers),
        "CI_API_V4_URL": "https://git.example/api/v4",
        "CI_PROJECT_ID": "3",
        "CI_COMMIT_SHA": COMMIT,
        "CI_COMMIT_BRANCH": "main",
        "MUTUALIS_READ_TOKEN": "t",
        "API": REPOSITORY,
        "COMMIT": COMMIT,
        "BRANCH": "main",
        "TOKEN": "t",
    }
    command = ["/bin/bash", "-e", "-c", script_of(forge)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def told(forge: str, programs: Path, answers: dict[str, Any]) -> tuple[str, str, str]:
    """(number, author, approvers) as mutualis gets them."""
    done = ran(forge, programs, answers)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["argv"][0], found["argv"][2:]) == ("apply", ["--wait", "30m"])
    return found["MUTUALIS_REQUEST"], found["MUTUALIS_REQUEST_AUTHOR"], found["MUTUALIS_REVIEWED_BY"]


def gitlab(*requests: Any, approvers: tuple[str, ...] = ()) -> dict[str, Any]:
    approved = {"approved_by": [{"user": {"username": name}} for name in approvers]}
    return {
        f"{API}/repository/commits/{COMMIT}/merge_requests": list(requests),
        f"{API}/merge_requests/12/approvals": approved,
    }


def test_gitlab_says_who_approved_the_merge_request_of_this_commit(programs: Path) -> None:
    """By its approvals; requests that were merged elsewhere or not at all are none."""
    others = ({**GITLAB_REQUEST, "iid": 9, "target_branch": "old"}, {**GITLAB_REQUEST, "iid": 8, "state": "opened"})
    answers = gitlab(*others, GITLAB_REQUEST, approvers=("alice", "dave"))
    assert told("gitlab", programs, answers) == ("12", "bob", "alice,dave")


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ({"merge_commit_sha": None, "squash_commit_sha": COMMIT}, ("12", "bob", "alice")),
        ({"merge_commit_sha": None, "sha": COMMIT}, ("12", "bob", "alice")),
        ({"merge_commit_sha": HEAD}, ("", "", "")),
    ],
    ids=["squashed", "fast-forwarded", "it merely holds the commit"],
)
def test_gitlab_knows_a_request_by_the_commit_that_it_made(
    programs: Path, how: dict[str, Any], found: tuple[str, str, str]
) -> None:
    """However it was merged."""
    assert told("gitlab", programs, gitlab({**GITLAB_REQUEST, **how}, approvers=("alice",))) == found


def actions(forge: str, request: dict[str, Any], *reviews: dict[str, Any]) -> dict[str, Any]:
    asked = "pulls" if forge == "github" else "pull"
    answer: Any = [request] if forge == "github" else request
    return {
        f"{REPOSITORY}/commits/{COMMIT}/{asked}": answer,
        f"{REPOSITORY}/pulls/12/reviews": list(reviews),
    }


@pytest.mark.parametrize(("forge", "request_"), [("github", GITHUB_REQUEST), ("forgejo", FORGEJO_REQUEST)])
def test_forges_with_actions_say_who_approved_last(programs: Path, forge: str, request_: dict[str, Any]) -> None:
    """A person's last word counts; a remark is none."""
    changes = "CHANGES_REQUESTED" if forge == "github" else "REQUEST_CHANGES"
    reviews = (
        review("alice", "APPROVED"),
        review("alice", "COMMENTED" if forge == "github" else "COMMENT"),
        review("dave", "APPROVED"),
        review("dave", changes),
        review("erin", changes),
        review("erin", "APPROVED"),
        review("frank", "COMMENTED"),
    )
    assert told(forge, programs, actions(forge, request_, *reviews)) == ("12", "bob", "alice,erin")


@pytest.mark.parametrize(
    ("forge", "request_", "old"),
    [
        ("github", GITHUB_REQUEST, {"commit_id": "b" * 40}),
        ("forgejo", FORGEJO_REQUEST, {"stale": True}),
        ("forgejo", FORGEJO_REQUEST, {"dismissed": True}),
    ],
)
def test_an_approval_of_an_older_state_is_none(
    programs: Path, forge: str, request_: dict[str, Any], old: dict[str, Any]
) -> None:
    """Something was pushed after it."""
    reviews = (review("alice", "APPROVED", **old), review("dave", "APPROVED"))
    assert told(forge, programs, actions(forge, request_, *reviews)) == ("12", "bob", "dave")


@pytest.mark.parametrize(("forge", "request_"), [("github", GITHUB_REQUEST), ("forgejo", FORGEJO_REQUEST)])
@pytest.mark.parametrize("other", [{"base": {"ref": "old"}}, {"merge_commit_sha": HEAD}])
def test_a_request_of_something_else_is_none(
    programs: Path, forge: str, request_: dict[str, Any], other: dict[str, Any]
) -> None:
    """Merged into another branch, or as another commit."""
    answers = actions(forge, {**request_, **other}, review("alice", "APPROVED"))
    assert told(forge, programs, answers) == ("", "", "")


@pytest.mark.parametrize(
    ("forge", "answers"),
    [("forgejo", {}), ("github", {f"{REPOSITORY}/commits/{COMMIT}/pulls": []}), ("gitlab", gitlab())],
)
def test_a_push_without_a_request_says_nobody(programs: Path, forge: str, answers: dict[str, Any]) -> None:
    """Forgejo answers 404 then, the others an empty list."""
    assert told(forge, programs, answers) == ("", "", "")


@pytest.mark.parametrize("forge", ["gitlab", "github"])
def test_a_forge_that_does_not_answer_ends_the_job(programs: Path, forge: str) -> None:
    """Before anything is applied."""
    done = ran(forge, programs, {})
    assert (done.returncode, done.stdout) == (1, "")
