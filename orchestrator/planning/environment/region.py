"""The region resolved: catalogue items as objects of the cloud, hosts as aggregates."""

from __future__ import annotations

from orchestrator.model.environment import AggregateEnvironment, RegionEnvironment
from orchestrator.model.site import Host, HostRole, Site
from orchestrator.model.specs import Specs
from orchestrator.planning.environment.flavor import AGGREGATE_KEY, flavor_environment


def region_environment(specs: Specs) -> RegionEnvironment:
    """Everything that the region's stack builds, by name."""
    catalogue = specs.catalogue
    return RegionEnvironment(
        region=specs.region.name,
        flavors=tuple(flavor_environment(catalogue.flavors[name]) for name in sorted(catalogue.flavors)),
        images=tuple(catalogue.images[name] for name in sorted(catalogue.images)),
        tiers=tuple(catalogue.tiers[name] for name in sorted(catalogue.tiers)),
        aggregates=_aggregates(specs),
        external_networks=specs.region.external_networks,
    )


def _aggregates(specs: Specs) -> tuple[AggregateEnvironment, ...]:
    """One per site and aggregate. Hosts in maintenance stay: being disabled is the compute service's state."""
    places: dict[tuple[str, str], list[Host]] = {}
    for host in specs.hosts.values():
        if HostRole.COMPUTE in host.roles:
            places.setdefault((host.site, host.aggregate), []).append(host)
    return tuple(_aggregate(specs.sites[site], name, places[site, name]) for site, name in sorted(places))


def _aggregate(site: Site, aggregate: str, hosts: list[Host]) -> AggregateEnvironment:
    metadata = {"mutualis_site": site.name, AGGREGATE_KEY: aggregate}
    held = sorted({certificate.certification.value for certificate in site.certificates})
    if held:
        metadata["mutualis_certifications"] = ", ".join(held)
    return AggregateEnvironment(
        name=f"{site.name}-{aggregate}",
        zone=site.name,
        hosts=tuple(sorted(host.name for host in hosts)),
        metadata=metadata,
    )
