"""What forges say of a pipeline, as they say it; and what nobody believes."""

from __future__ import annotations

import pytest

from orchestrator.adapters.forge_variables import provenance_of
from orchestrator.errors import UsageError
from orchestrator.model.provenance import Approval, Provenance

COMMIT = "4f5a0c1e0b7d2f3e4a5b6c7d8e9f00112233445566778899"[:40]
GITLAB = {
    "GITLAB_CI": "true",
    "CI_COMMIT_SHA": COMMIT,
    "CI_PIPELINE_URL": "https://git.example/region/specs/-/pipelines/77",
    "GITLAB_USER_LOGIN": "carol",
}
ACTIONS = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://git.example",
    "GITHUB_REPOSITORY": "region/specs",
    "GITHUB_RUN_ID": "4711",
    "GITHUB_RUN_NUMBER": "9",
    "GITHUB_SHA": COMMIT,
    "GITHUB_ACTOR": "carol",
    "GITHUB_REF": "refs/heads/main",
}
FROM_API = {
    "MUTUALIS_REQUEST": "12",
    "MUTUALIS_REQUEST_URL": "https://git.example/region/specs/requests/12",
    "MUTUALIS_REQUEST_AUTHOR": "bob",
    "MUTUALIS_REVIEWED_BY": "alice,Dave",
    "MUTUALIS_ROLES": "rssi=Alice; dpo=dave,erin;operator=alice",
}


def test_by_hand_nothing_is_known() -> None:
    """But who runs it, and which plan file."""
    assert provenance_of({"HOME": "/root"}, runner="root@vm", reviewed="d") == Provenance(
        runner="root@vm", reviewed="d"
    )


def test_gitlab_says_pipeline_commit_and_who_started_it() -> None:
    """On the deployed branch there is no merge request in its variables: the pipeline asks for it."""
    assert provenance_of({**GITLAB, **FROM_API}) == Provenance(
        forge="gitlab",
        pipeline="https://git.example/region/specs/-/pipelines/77",
        started_by="carol",
        commit=COMMIT,
        request="12",
        request_url="https://git.example/region/specs/requests/12",
        author="bob",
        approvals=(
            Approval(person="alice", roles=("operator", "rssi")),
            Approval(person="Dave", roles=("dpo",)),
        ),
    )


def test_gitlab_says_the_request_in_a_pipeline_of_one() -> None:
    """By its number and its project."""
    found = provenance_of(
        {**GITLAB, "CI_MERGE_REQUEST_IID": "5", "CI_MERGE_REQUEST_PROJECT_URL": "https://git.example/region/specs"}
    )
    assert (found.request, found.request_url) == ("5", "https://git.example/region/specs/-/merge_requests/5")


@pytest.mark.parametrize(
    ("marks", "forge", "pipeline", "request_url"),
    [
        ({}, "github", "https://git.example/region/specs/actions/runs/4711", "https://git.example/region/specs/pull/3"),
        (
            {"GITEA_ACTIONS": "true"},
            "gitea",
            "https://git.example/region/specs/actions/runs/9",
            "https://git.example/region/specs/pulls/3",
        ),
        (
            {"GITEA_ACTIONS": "true", "FORGEJO_ACTIONS": "true"},
            "forgejo",
            "https://git.example/region/specs/actions/runs/9",
            "https://git.example/region/specs/pulls/3",
        ),
    ],
    ids=["github", "gitea", "forgejo"],
)
def test_forges_with_actions_are_told_apart(marks: dict[str, str], forge: str, pipeline: str, request_url: str) -> None:
    """They have the same variables, and other addresses of the same things."""
    found = provenance_of({**ACTIONS, **marks, "GITHUB_REF": "refs/pull/3/merge"})
    assert (found.forge, found.pipeline, found.request, found.request_url) == (forge, pipeline, "3", request_url)
    assert (found.commit, found.started_by) == (COMMIT, "carol")


def test_forgejos_own_names_come_first() -> None:
    """It keeps GitHub's for those who know no others."""
    found = provenance_of({**ACTIONS, "FORGEJO_ACTIONS": "true", "FORGEJO_ACTOR": "erin"})
    assert found.started_by == "erin"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://x/ y", 'https://x/"><script>', "file:///etc/passwd", "https://x/)](y"]
)
def test_what_is_no_address_is_none(address: str) -> None:
    """It would be shown as a link."""
    assert provenance_of({**GITLAB, "CI_PIPELINE_URL": address}).pipeline == ""


def test_values_are_one_printable_line() -> None:
    """A name cannot move the cursor of whoever reads a report, nor fill it."""
    found = provenance_of({**GITLAB, "MUTUALIS_REQUEST_AUTHOR": "bob\x1b[2J\nroot " + "x" * 5000})
    assert found.author.startswith("bob[2J root xxx")
    assert len(found.author) == 500


def test_one_person_approves_once() -> None:
    """However often, and in whatever case, the name is said."""
    found = provenance_of({"MUTUALIS_REVIEWED_BY": "alice, ALICE\nalice", "MUTUALIS_ROLES": "rssi=alice"})
    assert [one.roles for one in found.approvals] == [("rssi",)]


@pytest.mark.parametrize("roles", ["rssi", "RSSI=alice", "=alice", "a b=alice", "rssi=alice;dpo"])
def test_roles_in_no_form_are_refused(roles: str) -> None:
    """A role that nobody has by a slip of the pen would refuse every change, or be thought to hold."""
    with pytest.raises(UsageError, match="MUTUALIS_ROLES"):
        provenance_of({"MUTUALIS_ROLES": roles})


def test_a_role_may_be_given_in_parts() -> None:
    """One line each, or all in one."""
    found = provenance_of({"MUTUALIS_REVIEWED_BY": "bob", "MUTUALIS_ROLES": "rssi=alice\nrssi=bob\ndpo="})
    assert found.approvals == (Approval(person="bob", roles=("rssi",)),)
