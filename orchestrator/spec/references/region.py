"""A Region's and a Site's own coherence."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.finding import Path
from orchestrator.spec.references import installation
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names


def judge(region: Judge, names: Names) -> None:
    """Addresses lie in their network, ends follow beginnings."""
    region.unique("external network", "externalNetworks")
    installation.judge(region, names)
    for path, network in region.items("externalNetworks"):
        _addresses(region, path, network)
    for path, window in region.items("freezeWindows"):
        if window["end"] < window["start"]:
            message = f"the freeze ends on {window['end']}, before it starts"
            region.report("order", (*path, "end"), message, f"start is {window['start']}")


def judge_site(site: Judge, names: Names) -> None:
    """Racks, back ends and aggregates are named once; hosts are in the aggregates that are named."""
    site.unique("rack", "racks")
    site.unique("back end", "storage", field="backend")
    site.unique("aggregate", "aggregates")
    known = names.aggregates.any_role.get(site.name)
    for path, aggregate in site.items("aggregates"):
        site.known((*path, "name"), aggregate["name"], known, "no host of the site is in aggregate {}")
    for path, certificate in site.items("certificates"):
        for index, name in enumerate(certificate.get("aggregates", ())):
            site.known((*path, "aggregates", index), name, known, "no host of the site is in aggregate {}")


def _addresses(region: Judge, path: Path, network: Item) -> None:
    cidr = IPv4Network(network["cidr"])
    addresses = {field: IPv4Address(network[field]) for field in ("gateway", "first", "last")}
    for field, address in addresses.items():
        if address not in cidr:
            hint = f"take one of {cidr[0]} to {cidr[-1]}, or change cidr"
            region.report("address", (*path, field), f"{field} {address} is outside of {cidr}", hint)
    first, last = addresses["first"], addresses["last"]
    if last < first:
        region.report("order", (*path, "last"), f"the last address {last} is before the first one", f"first is {first}")
    if first <= addresses["gateway"] <= last:
        message = f"gateway {addresses['gateway']} is among the addresses to give"
        region.report("address", (*path, "gateway"), message, f"they are {first} to {last}")
