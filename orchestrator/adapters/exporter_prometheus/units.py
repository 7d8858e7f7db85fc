"""The unit in which each resource is told: the last word of its metrics."""

from __future__ import annotations

from typing import Final

from orchestrator.model.capacity import Resource

UNITS: Final = {
    Resource.VCPUS: "vcpus",
    Resource.MEMORY: "bytes",
    Resource.DISK: "bytes",
    Resource.STORAGE: "bytes",
    Resource.SERVERS: "servers",
    Resource.FLOATING_IPS: "addresses",
}
