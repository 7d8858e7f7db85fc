"""The one door for what a forge says of a pipeline: its variables, and those that a pipeline fills from its API.

GitLab (CI_*), GitHub (GITHUB_*), Forgejo and Gitea (GITHUB_*; Forgejo FORGEJO_*, too). After a merge no forge says in
a variable whose request it was nor who approved it: a pipeline asks its API and says so in MUTUALIS_REQUEST,
MUTUALIS_REQUEST_URL, MUTUALIS_REQUEST_AUTHOR and MUTUALIS_REVIEWED_BY. MUTUALIS_ROLES says who has which role; it
stands in the forge's protected settings, never in a repository.
Values are text of somebody else: cut to one printable line of bounded length before anything sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from orchestrator.errors import UsageError
from orchestrator.model.provenance import Approval, Provenance

LONGEST: Final = 500
"""Characters of a value that are kept: longer than any URL of a pipeline."""

MOST_PEOPLE: Final = 100

ROLE: Final = re.compile(r"[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?")
"""As the Region's schema has it."""

Variables = Mapping[str, str]


def provenance_of(environment: Variables, *, runner: str = "", reviewed: str = "") -> Provenance:
    """What is known of this run. `runner`, `reviewed`: as in Provenance. Raises UsageError for roles in no form."""
    forge = _forge(environment)
    read = {"gitlab": _gitlab, "": _by_hand}.get(forge, _actions)
    found = read(environment)
    own = {
        "request": _text(environment, "MUTUALIS_REQUEST"),
        "request_url": _url(_text(environment, "MUTUALIS_REQUEST_URL")),
        "author": _text(environment, "MUTUALIS_REQUEST_AUTHOR"),
    }
    told = {**found, **{name: value for name, value in own.items() if value}}
    return Provenance(**told, forge=forge, runner=runner, reviewed=reviewed, approvals=tuple(_approvals(environment)))


def _forge(environment: Variables) -> str:
    """Forgejo says to be Gitea and GitHub as well, Gitea to be GitHub."""
    marks = {"GITLAB_CI": "gitlab", "FORGEJO_ACTIONS": "forgejo", "GITEA_ACTIONS": "gitea", "GITHUB_ACTIONS": "github"}
    return next((forge for mark, forge in marks.items() if environment.get(mark, "") == "true"), "")


def _by_hand(_: Variables) -> dict[str, str]:
    return {}


def _gitlab(environment: Variables) -> dict[str, str]:
    number, project = _text(environment, "CI_MERGE_REQUEST_IID"), _text(environment, "CI_MERGE_REQUEST_PROJECT_URL")
    return {
        "pipeline": _url(_text(environment, "CI_PIPELINE_URL")),
        "started_by": _text(environment, "GITLAB_USER_LOGIN"),
        "commit": _text(environment, "CI_COMMIT_SHA"),
        "request": number,
        "request_url": _url(f"{project}/-/merge_requests/{number}") if number and project else "",
    }


def _actions(environment: Variables) -> dict[str, str]:
    """GitHub's names, which Forgejo and Gitea have taken over. A run's page has its id at GitHub, else its number."""

    def value(name: str) -> str:
        return _text(environment, f"FORGEJO_{name}") or _text(environment, f"GITHUB_{name}")

    top = f"{value('SERVER_URL')}/{value('REPOSITORY')}"
    run = value("RUN_ID" if _forge(environment) == "github" else "RUN_NUMBER")
    number = next(iter(re.findall(r"^refs/pull/(\d+)/", value("REF"))), "")
    return {
        "pipeline": _url(f"{top}/actions/runs/{run}") if run else "",
        "started_by": value("TRIGGERING_ACTOR") or value("ACTOR"),
        "commit": value("SHA"),
        "request": number,
        "request_url": _url(f"{top}/{'pull' if _forge(environment) == 'github' else 'pulls'}/{number}")
        if number
        else "",
    }


def _approvals(environment: Variables) -> Iterator[Approval]:
    """Each person once; names of people are compared without case, as forges do."""
    roles = _roles(environment.get("MUTUALIS_ROLES", ""))
    names = _names(environment.get("MUTUALIS_REVIEWED_BY", ""))
    for person in names[:MOST_PEOPLE]:
        held = (role for role, people in roles.items() if person.casefold() in people)
        yield Approval(person=person, roles=tuple(sorted(held)))


def _roles(text: str) -> Mapping[str, frozenset[str]]:
    """`rssi=alice,bob; dpo=carol` -> role -> its people."""
    found: dict[str, frozenset[str]] = {}
    for part in filter(None, map(str.strip, text.replace("\n", ";").split(";"))):
        role, sign, people = part.partition("=")
        if not (sign and ROLE.fullmatch(role.strip())):
            raise UsageError(
                f"MUTUALIS_ROLES has {_printable(part)!r}, which names no role and its people",
                hint="write it as role=name,name; role=name",
            )
        held = frozenset(name.casefold() for name in _names(people))
        found[role.strip()] = found.get(role.strip(), frozenset()) | held
    return found


def _names(text: str) -> tuple[str, ...]:
    """Names of a forge have neither spaces nor commas."""
    names = (_printable(name) for name in re.split(r"[\s,]+", text.strip()))
    return tuple({name.casefold(): name for name in names if name}.values())


def _text(environment: Variables, name: str) -> str:
    return _printable(environment.get(name, ""))


def _printable(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if char.isprintable())[:LONGEST]


def _url(text: str) -> str:
    """Nothing that is no address of the web: reports show it as a link."""
    return text if re.fullmatch(r"https?://[^\s<>\"'()\[\]]+", text) else ""
