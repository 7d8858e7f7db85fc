"""How old the quotas are that the API is said to grant: they are read project by project, in turns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from orchestrator.model.snapshot import QUOTA_PARTS, InventorySnapshot


def quota_times(snapshot: InventorySnapshot) -> Mapping[tuple[str, str], float]:
    """(tenant, part) -> when the oldest of its projects' quotas was read; without those that are not known in full."""
    read = {(one.part, one.project_id): one.read_at for one in snapshot.quotas}
    times: defaultdict[tuple[str, str], list[float | None]] = defaultdict(list)
    for project in snapshot.projects:
        for part in QUOTA_PARTS:
            if project.tenant:
                times[project.tenant, part].append(read.get((part, project.id)))
    whole = {key: [one for one in own if one is not None] for key, own in times.items()}
    return {key: min(own) for key, own in sorted(whole.items()) if len(own) == len(times[key])}
