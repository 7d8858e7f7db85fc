"""Write each service's configuration file, and tell by a digest whether a running service has read another one."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from lab.configuration.cinder import cinder
from lab.configuration.designate import designate
from lab.configuration.glance import glance
from lab.configuration.ini import Facts, Sections, as_ini, merged
from lab.configuration.keystone import keystone
from lab.configuration.neutron import neutron
from lab.configuration.nova import nova
from lab.configuration.octavia import octavia
from lab.configuration.placement import placement
from lab.configuration.swift import swift_files
from lab.control_plane import CINDER, NOVA, SWIFT, Service
from lab.private_file import write_private
from lab.shape import as_text

RENDER: Mapping[str, Callable[[Facts], Sections]] = {
    "keystone": keystone,
    "placement": placement,
    "glance": glance,
    "neutron": neutron,
    "cinder": cinder,
    "nova": nova,
    "designate": designate,
    "octavia": octavia,
}


def write_configuration(facts: Facts) -> dict[str, str]:
    """Write the files (0600: they hold passwords); return each service's digest of all that it reads at its start."""
    return {service.name: _write(facts, service) for service in facts.definition.services}


def _policy(facts: Facts, service: Service) -> Sections:
    return {"oslo_policy": {"policy_file": facts.layout.policy_of(service)}}


def _files(facts: Facts, service: Service) -> Mapping[Path, Sections]:
    if service is SWIFT:
        return swift_files(facts)
    return {facts.layout.configuration_of(service): merged(RENDER[service.name](facts), _policy(facts, service))}


def _write(facts: Facts, service: Service) -> str:
    read = as_text(facts.definition.shape) if service in {NOVA, CINDER} else ""
    for path, sections in _files(facts, service).items():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        text = as_ini(sections)
        write_private(path, text)
        read = text + read
    return hashlib.sha256(read.encode()).hexdigest()
