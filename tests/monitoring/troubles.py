"""What may go wrong with a watched region: each trouble with the alert that must tell it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from watched_region import WatchedRegion, records_of

from orchestrator.model.records import Pending
from orchestrator.model.snapshot import InventorySnapshot

Trouble = Callable[[WatchedRegion], None]


def hosts_full(region: WatchedRegion) -> None:
    region.change(
        hypervisors=tuple(
            replace(
                host,
                inventories={
                    name: replace(one, used=int(((one.total or 0) - one.reserved) * one.ratio))
                    for name, one in host.inventories.items()
                },
            )
            for host in region.snapshot.hypervisors
        )
    )


def pools_full(region: WatchedRegion) -> None:
    region.change(pools=tuple(replace(pool, free_gib=1.0) for pool in region.snapshot.pools))


def addresses_taken(region: WatchedRegion) -> None:
    region.change(addresses=tuple(replace(one, used=one.total - 5) for one in region.snapshot.addresses))


def subnets_taken(region: WatchedRegion) -> None:
    region.change(subnets=tuple(replace(one, used=one.total - 5) for one in region.snapshot.subnets))


def share_too_large(region: WatchedRegion) -> None:
    tenants = dict(region.specs.tenants)
    arcy = tenants["arcy"]
    assert arcy.guarantee is not None
    tenants["arcy"] = replace(arcy, guarantee=replace(arcy.guarantee, vcpus=10_000))
    region.specs = replace(region.specs, tenants=tenants)


def server_too_large(region: WatchedRegion) -> None:
    """At nord one that fits on the largest host alone; at sud one that belongs on hosts that are not there."""
    huge = replace(region.specs.catalogue.flavors["large"], name="huge", memory_mib=160 * 1024)
    lost = replace(huge, name="lost", memory_mib=1024, aggregate="general")
    flavors = {**region.specs.catalogue.flavors, "huge": huge, "lost": lost}
    tenants = dict(region.specs.tenants)
    for name, flavor, memory in (("pays-des-lacs", "huge", 200), ("sainte-odile", "lost", 24)):
        tenant = tenants[name]
        assert tenant.guarantee is not None
        servers = (replace(tenant.servers[0], flavor=flavor), *tenant.servers[1:])
        guarantee = replace(tenant.guarantee, memory_mib=memory * 1024)
        tenants[name] = replace(tenant, servers=servers, guarantee=guarantee)
    catalogue = replace(region.specs.catalogue, flavors=flavors)
    region.specs = replace(region.specs, tenants=tenants, catalogue=catalogue)


def quotas_too_large(region: WatchedRegion) -> None:
    sizes = {
        name: replace(size, values={**size.values, "storageGiB:ssd": 90_000})
        for name, size in region.specs.catalogue.quota_sizes.items()
    }
    region.specs = replace(region.specs, catalogue=replace(region.specs.catalogue, quota_sizes=sizes))


def quotas_taken(region: WatchedRegion) -> None:
    region.change(servers=tuple(replace(one, vcpus=1000) for one in region.snapshot.servers))


def quota_raised_by_hand(region: WatchedRegion) -> None:
    region.change(
        quotas=tuple(
            replace(one, limits={name: limit + 1 for name, limit in one.limits.items()})
            for one in region.snapshot.quotas
        )
    )


def waivers_end(region: WatchedRegion) -> None:
    """One soon, another five days ago."""
    (one,) = region.specs.waivers.values()
    found = {"soon": replace(one, name="soon", expires=_in_days(5)), "late": replace(one, expires=_in_days(-5))}
    region.specs = replace(region.specs, waivers=found)


def certificates_end(region: WatchedRegion) -> None:
    sites = {
        name: replace(site, certificates=tuple(replace(one, expires=_in_days(30)) for one in site.certificates))
        for name, site in region.specs.sites.items()
    }
    region.specs = replace(region.specs, sites=sites)


def images_end(region: WatchedRegion) -> None:
    images = {name: replace(one, support_end=_in_days(30)) for name, one in region.specs.catalogue.images.items()}
    region.specs = replace(region.specs, catalogue=replace(region.specs.catalogue, images=images))


def own_certificate_ends(region: WatchedRegion) -> None:
    region.certificate_end = region.snapshot.taken_at + 86400


def step_failed(region: WatchedRegion) -> None:
    region.records = records_of(region.specs, failed=1)


def step_waits(region: WatchedRegion) -> None:
    assert region.records is not None
    region.records = replace(region.records, pending={**region.records.pending, Pending.CHANGED: 2})


def something_drifted(region: WatchedRegion) -> None:
    """An object of each stack, in a pass that did not see everything."""
    assert region.records is not None
    drift = region.records.drift
    assert drift is not None
    stacks = {tenant: replace(one, ours=1) for tenant, one in drift.stacks.items()}
    region.records = replace(region.records, drift=replace(drift, stacks=stacks, complete=False))


def part_down(region: WatchedRegion) -> None:
    region.down = {"volume"}


def part_incomplete(region: WatchedRegion) -> None:
    region.incomplete = {"compute_quota"}


def collection_hangs(region: WatchedRegion) -> None:
    region.late = 1200.0


def specs_broken(region: WatchedRegion) -> None:
    region.broken = True


def hosts_never_read(region: WatchedRegion) -> None:
    read = region.read

    def never() -> InventorySnapshot:
        told = read()
        health = tuple(
            replace(one, last_success=0, up=False) if one.part == "placement" else one for one in told.health
        )
        return replace(told, hypervisors=(), health=health)

    region.read = never  # type: ignore[method-assign]


def _in_days(days: int) -> dt.date:
    return dt.datetime.fromtimestamp(time.time(), dt.UTC).date() + dt.timedelta(days=days)


OF_WHAT_IS_THERE: Final[dict[str, Trouble]] = {
    "MutualisCapacityNearlyFull": hosts_full,
    "MutualisCapacityFullSoon": hosts_full,
    "MutualisFlavorFull": hosts_full,
    "MutualisPoolFullSoon": pools_full,
    "MutualisPoolNearlyFull": pools_full,
    "MutualisFloatingIpsLow": addresses_taken,
    "MutualisSubnetLow": subnets_taken,
    "MutualisPromiseBroken": share_too_large,
    "MutualisQuotasOversold": quotas_too_large,
    "MutualisQuotaNear": quotas_taken,
    "MutualisQuotaDiffers": quota_raised_by_hand,
    "MutualisWaiverEnding": waivers_end,
    "MutualisWaiverExpired": waivers_end,
    "MutualisCertificationEnding": certificates_end,
    "MutualisImageSupportEnding": images_end,
    "MutualisWebCertificateEnding": own_certificate_ends,
    "MutualisApplyFailed": step_failed,
    "MutualisStepsPending": step_waits,
    "MutualisDrift": something_drifted,
    "MutualisDriftUnknown": something_drifted,
}

OF_PLACING: Final[dict[str, Trouble]] = {
    "MutualisSharesUnplaced": server_too_large,
    "MutualisLossNotSurvived": server_too_large,
}

OF_THE_COLLECTION: Final[dict[str, Trouble]] = {
    "MutualisCollectorDown": part_down,
    "MutualisCollectorStale": part_down,
    "MutualisCollectorIncomplete": part_incomplete,
    "MutualisFiguresStale": collection_hangs,
    "MutualisSpecsUnreadable": specs_broken,
    "MutualisSupplyUnseen": hosts_never_read,
}
