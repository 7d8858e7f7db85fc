"""Test hosts in the shape of a region: one machine for each Host spec."""

from __future__ import annotations

from pathlib import Path

from lab.hosts.hosts import Hosts
from lab.hosts.launch import Launch
from lab.hosts.readiness import ssh
from lab.hosts.shape import HostsShape, numbered
from lab.hosts.status import HostsStatus
from orchestrator.model.specs import Specs

__all__ = ["Hosts", "HostsStatus", "Launch", "hosts_of", "shape_of", "ssh"]


def hosts_of(directory: Path, specs: Specs | None = None) -> Hosts:
    """The test hosts of a directory; without specs in the shape that they remember."""
    return Hosts(directory=directory, shape=shape_of(specs) if specs else None)


def shape_of(specs: Specs) -> HostsShape:
    """One machine for each host of the specs."""
    return numbered(tuple(specs.hosts))
