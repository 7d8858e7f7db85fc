"""Whether a region can be installed as its documents say: hosts can be reached, the control plane has its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv4Interface
from typing import Final

from orchestrator.model.finding import Finding, Path
from orchestrator.spec import codes
from orchestrator.spec.document import Document
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Names

NEEDS: Final = {"lvm": ("volumeGroup",), "ceph": ("pool", "user", "monitors"), "fake": ()}
"""What a volume back end must say, by driver."""


def judge(region: Judge, names: Names) -> None:
    """The section by itself: people once, back ends that sites name, with what their driver needs and nothing else."""
    region.unique("administrator", "installation", "administrators")
    region.unique("back end", "installation", "volumeBackends")
    offered = _offered(names)
    for path, backend in region.items("installation", "volumeBackends"):
        region.known((*path, "name"), backend["name"], offered, "no site has a back end {}")
        needed = NEEDS[backend["driver"]]
        for field in sorted({*needed} - backend.keys()):
            hint = f"{backend['driver']} needs {', '.join(needed)}"
            region.report("missing-field", path, f"back end '{backend['name']}' has no {field}", hint)
        for field in sorted(backend.keys() - {*needed, "name", "driver"}):
            message = f"{field} means nothing to {backend['driver']}"
            region.report("contradiction", (*path, field), message, "leave it out, or change the driver")


def _offered(names: Names) -> set[str] | None:
    found = {name: names.offered(name) for name in names.sites}
    if any(backends is None for backends in found.values()):
        return None
    return {name for backends in found.values() for name in backends or ()}


def findings(valid: Sequence[Document]) -> Iterator[Finding]:
    """Over all documents: what a region that is installed by its specs needs of its hosts."""
    region = next((one for one in valid if one.kind == "Region" and "installation" in one.data["spec"]), None)
    hosts = [one for one in valid if one.kind == "Host"]
    if region is None or not hosts:
        return
    for host in hosts:
        yield from _reachable(host)
    control = [host for host in hosts if "control" in host.data["spec"]["roles"]]
    yield from _control_hosts(region, control)
    yield from _control_address(region, hosts, control)
    yield from _volume_disks(region, hosts)


def _reachable(host: Document) -> Iterator[Finding]:
    needed = ["management"]
    if {"compute", "network"} & set(host.data["spec"]["roles"]):
        needed.append("tunnel")
    for use in needed:
        if _address(host, use) is None:
            message = f"the region is installed by its specs, and no interface of this host is for {use}"
            path: Path = ("spec", "interfaces") if "interfaces" in host.data["spec"] else ("spec",)
            yield _finding("missing-field", host, path, message, f"add `uses: [{use}]` and an address to an interface")


def _control_hosts(region: Document, control: Sequence[Document]) -> Iterator[Finding]:
    if not control:
        path: Path = ("spec", "installation")
        yield _finding("contradiction", region, path, "no host has role control", "give it to one host, or to three")


def _control_address(region: Document, hosts: Sequence[Document], control: Sequence[Document]) -> Iterator[Finding]:
    path: Path = ("spec", "installation", "controlPlane", "address")
    address = IPv4Address(region.data["spec"]["installation"]["controlPlane"]["address"])
    for host in hosts:
        taken = [
            IPv4Interface(one).ip
            for item in host.data["spec"].get("interfaces", ())
            for one in item.get("addresses", ())
        ]
        if address in taken:
            message = f"{address} is the address of host '{host.name}'"
            yield _finding("address", region, path, message, "take a free one: it moves between the control hosts")
            break
    for host in control:
        own = _address(host, "management")
        if own is not None and address not in own.network:
            message = f"{address} is outside of {own.network}, the management network of host '{host.name}'"
            yield _finding("address", region, path, message, "take an address there: control hosts share one network")
            return


def _volume_disks(region: Document, hosts: Sequence[Document]) -> Iterator[Finding]:
    """LVM's volumes are on disks of storage hosts, and no other back end's are."""
    backends = region.data["spec"]["installation"].get("volumeBackends", ())
    on_disks = {one["name"] for one in backends if one["driver"] == "lvm"}
    given = set()
    for host in hosts:
        for index, disk in enumerate(host.data["spec"]["disks"]):
            if disk.get("backend") in on_disks:
                given.add(disk["backend"])
            elif "backend" in disk:
                path: Path = ("spec", "disks", index, "backend")
                message = f"back end '{disk['backend']}' keeps nothing on disks of hosts"
                yield _finding("contradiction", host, path, message, "leave it out, or let its driver be lvm")
    for index, backend in enumerate(backends):
        if backend["name"] in on_disks - given:
            path = ("spec", "installation", "volumeBackends", index)
            message = f"no disk of a host is for back end '{backend['name']}'"
            yield _finding("contradiction", region, path, message, "name it as `backend` of a storage host's disks")


def _address(host: Document, use: str) -> IPv4Interface | None:
    """The first address of the interface with this use."""
    for interface in host.data["spec"].get("interfaces", ()):
        if use in interface.get("uses", ()) and interface.get("addresses"):
            return IPv4Interface(interface["addresses"][0])
    return None


def _finding(name: str, document: Document, path: Path, message: str, hint: str) -> Finding:
    return codes.finding(name, document.position(path), message, hint=hint, path=path, object_=document.ref)
