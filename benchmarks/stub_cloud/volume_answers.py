"""Cinder: volumes, pools, services and quotas."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import Any

from stub_cloud.estate import POOL_GIB, TIERS, Estate, Project, Volume
from stub_cloud.listing import Listing, Query
from stub_cloud.recording import Recording

SERVICE = "block-storage"


class VolumeAnswers:
    def __init__(self, estate: Estate, recording: Recording, base: str) -> None:
        self._estate = estate
        self._recording = recording
        self._projects = {project.id: project for project in estate.projects}
        self._taken: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for volume in estate.volumes:
            self._taken[volume.project.id].update({volume.tier: volume.size_gib, "volumes": 1})
        template = recording.item(SERVICE, "volumes")
        volumes = [_volume(template, one) for one in estate.volumes]
        self._volumes = Listing("volumes", volumes, address=f"{base}/{SERVICE}/v3/volumes/detail", paged=True)

    def answer(self, path: str, query: Query) -> bytes | None:
        if path.strip("/") == "v3/volumes/detail":
            return self._volumes.answer(query)
        body = self._body(path, query)
        return None if body is None else json.dumps(body).encode()

    def _body(self, path: str, query: Query) -> Any:
        match path.strip("/").split("/"):
            case [""] | ["v3"]:
                return self._recording.body(SERVICE, "root")
            case ["v3", "scheduler-stats", "get_pools"]:
                return self._pools()
            case ["v3", "os-services"]:
                return self._services(query)
            case ["v3", ("snapshots" | "types") as name, *_]:
                return {"snapshots": []} if name == "snapshots" else self._recording.body(SERVICE, "volume_types")
            case ["v3", "os-quota-sets", project] if project in self._projects:
                used = query.get("usage", ["false"])[0].lower() == "true"
                return self._quota_usage(self._projects[project]) if used else self._quota(self._projects[project])
        return None

    def _pools(self) -> Any:
        body = self._recording.body(SERVICE, "pools")
        given = Counter[str]()
        for volume in self._estate.volumes:
            given[volume.tier] += volume.size_gib
        for pool in body["pools"]:
            facts = pool["capabilities"]
            tier = facts["volume_backend_name"]
            free = POOL_GIB[tier] - given[tier]
            facts |= {
                "total_capacity_gb": POOL_GIB[tier],
                "free_capacity_gb": free,
                "allocated_capacity_gb": given[tier],
            }
        return body

    def _services(self, query: Query) -> Any:
        services = self._recording.body(SERVICE, "services")["services"]
        wanted = query.get("binary", [""])[0]
        return {"services": [one for one in services if wanted in {"", one["binary"]}]}

    def _quota(self, project: Project) -> Any:
        body, quota = self._recording.body(SERVICE, "quota"), self._estate.quota(project)
        body["quota_set"] |= {"id": project.id, **{f"gigabytes_{tier}": quota[tier] for tier in TIERS}}
        body["quota_set"]["gigabytes"] = sum(quota[tier] for tier in TIERS)
        return body

    def _quota_usage(self, project: Project) -> Any:
        body, quota = self._recording.body(SERVICE, "quota_usage"), self._estate.quota(project)
        taken, found = self._taken[project.id], body["quota_set"]
        found["id"] = project.id
        for tier in TIERS:
            found[f"gigabytes_{tier}"] |= {"limit": quota[tier], "in_use": taken[tier]}
        whole = {"limit": sum(quota[tier] for tier in TIERS), "in_use": sum(taken[tier] for tier in TIERS)}
        found["gigabytes"] |= whole
        found["volumes"] |= {"in_use": taken["volumes"]}
        return body


def _volume(template: dict[str, Any], volume: Volume) -> dict[str, Any]:
    return {
        **template,
        "id": volume.id,
        "name": f"volume-{volume.number}",
        "description": "",
        "size": volume.size_gib,
        "volume_type": volume.tier,
        "availability_zone": volume.project.site,
        "os-vol-tenant-attr:tenant_id": volume.project.id,
        "os-vol-host-attr:host": f"lab@{volume.tier}#{volume.tier}",
        "attachments": [],
        "links": [{**link, "href": link["href"].replace(template["id"], volume.id)} for link in template["links"]],
    }
