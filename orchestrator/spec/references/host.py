"""Where a Host hangs and whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orchestrator.model.finding import Finding, Path
from orchestrator.spec import codes
from orchestrator.spec.document import Document
from orchestrator.spec.references import interfaces
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Names


def judge(host: Judge, names: Names) -> None:
    """Site, rack and owner exist; the host does not stick out of its rack."""
    spec = host.spec
    interfaces.judge(host)
    _disks(host, names)
    owners = None if names.region is None else {names.region, *names.tenants}
    if "owner" in spec:
        host.known(("spec", "owner"), spec["owner"], owners, "no region or tenant {}")
    if not host.known(("spec", "site"), spec["site"], names.sites, "no site {}"):
        return
    site = names.sites[spec["site"]]
    racks = None if site is None else {rack["name"]: rack["units"] for rack in site["racks"]}
    if host.known(("spec", "rack"), spec["rack"], racks, f"site '{spec['site']}' has no rack {{}}") and racks:
        top = spec["unit"] + spec.get("heightUnits", 1) - 1
        if top > racks[spec["rack"]]:
            message = f"the host reaches unit {top} of a rack with {racks[spec['rack']]}"
            host.report("rack-unit", ("spec", "unit"), message, "hang it lower")
        feeds = next(rack["feeds"] for rack in site["racks"] if rack["name"] == spec["rack"]) if site else None
        for index, feed in enumerate(spec.get("feeds", ())):
            host.known(("spec", "feeds", index), feed, feeds, f"rack '{spec['rack']}' has no feed {{}}")


def _disks(host: Judge, names: Names) -> None:
    """Each is named once; what is given to volumes is given to a back end of the site, on a storage host."""
    host.unique("disk", "disks", field="device")
    offered = names.offered(host.spec["site"]) if host.spec["site"] in names.sites else None
    for path, disk in host.items("disks"):
        if "backend" in disk:
            at = (*path, "backend")
            host.known(at, disk["backend"], offered, f"site '{host.spec['site']}' has no back end {{}}")
            if "storage" not in host.spec["roles"]:
                host.report("contradiction", at, "the host has not role storage", "add the role, or leave this out")


def collisions(valid: Sequence[Document]) -> Iterator[Finding]:
    """Places and addresses that two hosts claim; the second one in the order of files is told."""
    claimed: dict[tuple[str, ...], Document] = {}
    for document in valid:
        if document.kind == "Host":
            for name, claim, path in _claims(document):
                first = claimed.setdefault((name, *claim), document)
                if first is not document:
                    message = f"{claim[-1]} is taken by host '{first.name}'"
                    hint = f"see {first.position(path)}"
                    yield codes.finding(name, document.position(path), message, hint=hint, path=path)
                    break


def _claims(document: Document) -> Iterator[tuple[str, tuple[str, ...], Path]]:
    spec = document.data["spec"]
    yield "address", (f"address {spec['bmcAddress']}",), ("spec", "bmcAddress")
    for index, nic in enumerate(spec["nics"]):
        yield "address", (f"address {nic['mac']}",), ("spec", "nics", index, "mac")
    for at, interface in enumerate(spec.get("interfaces", ())):
        for index, address in enumerate(interface.get("addresses", ())):
            ip = address.partition("/")[0]
            yield "address", (f"address {ip}",), ("spec", "interfaces", at, "addresses", index)
    for unit in range(spec["unit"], spec["unit"] + spec.get("heightUnits", 1)):
        yield "rack-unit", (spec["site"], spec["rack"], f"unit {unit}"), ("spec", "unit")
