"""Look-ups of block storage: volumes, snapshots, quotas, zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.lookups.member import Member
from orchestrator.engine.cloud.lookups.reading import each, mapping, number
from orchestrator.engine.cloud.lookups.search import Search
from orchestrator.engine.cloud.lookups.zones import Zones

if TYPE_CHECKING:
    from orchestrator.engine.cloud.lookups.asked import Body

_BY_TYPE: Final = ("volumes_", "gigabytes_", "snapshots_")


def _of_types(body: Body) -> dict[str, Any]:
    return {key: str(value) for key, value in body.items() if key.startswith(_BY_TYPE)}


VOLUME: Final = Search(
    service="block-storage",
    path="volumes/detail",
    many="volumes",
    keys={"name": "name", "status": "status", "bootable": "bootable", "volumeType": "volume_type",
          "host": "os-vol-host-attr:host", "metadata": mapping("metadata")},
    query=frozenset({"name", "status"}),
    told={"size": number("size"), "sourceVolumeId": "source_volid",
          "attachments": each("attachments", {"id": "id", "instanceId": "server_id", "device": "device"})},
)  # fmt: skip
SNAPSHOT: Final = Search(
    service="block-storage",
    path="snapshots",
    many="snapshots",
    keys={"name": "name", "status": "status", "volumeId": "volume_id"},
    query=frozenset({"name", "status", "volumeId"}),
    told={"description": "description", "size": number("size"), "metadata": mapping("metadata")},
    newest="created_at",
    defaults={"mostRecent": False},
)
QUOTA: Final = Member(
    service="block-storage",
    path="os-quota-sets/{projectId}",
    within=("quota_set",),
    told={"volumes": "volumes", "snapshots": "snapshots", "gigabytes": "gigabytes", "groups": "groups",
          "perVolumeGigabytes": "per_volume_gigabytes", "backups": "backups", "backupGigabytes": "backup_gigabytes",
          "volumeTypeQuota": _of_types},
)  # fmt: skip
ZONES: Final = Zones(service="block-storage")
