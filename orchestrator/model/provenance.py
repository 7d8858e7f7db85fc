"""Where a run came from: which plan file, whose merge request, who approved it. A record, and what approval rests on.

Everything here was said by a forge, or by whoever holds the deploying machine; nothing of it stands in a spec.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """`person`: the forge's name for whoever approved; `roles`: those that the operator gave that person, sorted."""

    person: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Empty fields are not known: a run by hand has no forge.

    `reviewed`: digest of the plan file that was given; `runner`: `user@host` of the process; `forge`: `gitlab`,
    `github`, `forgejo`, `gitea`; `pipeline`, `request_url`: URLs; `request`: number of the merge request; `author`: of
    the merge request; `started_by`: who started the pipeline.
    """

    reviewed: str = ""
    runner: str = ""
    forge: str = ""
    pipeline: str = ""
    started_by: str = ""
    commit: str = ""
    request: str = ""
    request_url: str = ""
    author: str = ""
    approvals: tuple[Approval, ...] = ()
