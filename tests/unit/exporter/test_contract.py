"""A page on which everything is known, held to what is written of it: docs, promtool, the budget of series."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from prometheus_programs import program
from watched_region import WatchedRegion

from orchestrator.adapters.exporter_prometheus.members import FOR_ALL
from orchestrator.adapters.exporter_prometheus.page import RegionPage, render
from orchestrator.adapters.exporter_prometheus.reading import Reading, reading
from orchestrator.model.plan import LedgerEntry
from orchestrator.model.tenant import Guarantee

OPERATIONS = Path(__file__).parents[3] / "docs" / "operations.md"
UNITS = ("vcpus", "bytes", "servers", "addresses")
ROW = re.compile(r"^\| (`mutualis_.*?) \| ?(.*?) \| .* \|$", re.MULTILINE)
NAME = re.compile(r"`(mutualis_[a-z_]+)(<unit>)?`")
BUDGET = 20
"""Series of a tenant with one volume tier, of its promises, its use and its step: a thousand tenants are 20 000."""
A_TIER = 4
"""For each tier more: declared, quota, guaranteed, allocated."""


@pytest.fixture(scope="module")
def full() -> Reading:
    """The demo region, in use, applied, behind TLS."""
    region = WatchedRegion()
    assert region.records
    hosts = {host.site: host.name for host in region.specs.hosts.values()}
    region.change(servers=tuple(replace(one, host=hosts[one.zone]) for one in region.snapshot.servers))
    steps = ("region", *(f"tenant/{name}" for name in region.specs.tenants))
    at = "2026-01-01T00:00:00+00:00"
    entries = {step: LedgerEntry(step=step, digest="d", applied_at=at, resources=1, outputs={}) for step in steps}
    run = region.records.run
    records = replace(region.records, ledger=entries, run=run and replace(run, planned_at=at))
    return reading(region.specs, region.read(), records=records, certificate_end=region.certificate_end)


@pytest.fixture(scope="module")
def page(full: Reading) -> RegionPage:
    return render(full)


def exposed(page: RegionPage) -> dict[str, set[str]]:
    """Family -> labels of its samples."""
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(page.plain.decode()):
        assert family.samples, f"{family.name} has no sample where everything is known: give it one there"
        found[family.name] = {label for sample in family.samples for label in sample.labels}
    return found


def documented(families: Mapping[str, object]) -> dict[str, set[str]]:
    """The rows of the table, a name for each unit in which a family is exposed; `same`: as in the row above."""
    found: dict[str, set[str]] = {}
    labels: set[str] = set()
    for names, told in ROW.findall(OPERATIONS.read_text(encoding="utf-8")):
        labels = labels if told == "same" else {label for label in told.replace(" ", "").split(",") if label}
        for name, unit in NAME.findall(names):
            spelt = [f"{name}{one}" for one in UNITS if f"{name}{one}" in families] if unit else [name]
            assert spelt, f"{name}<unit> is documented and not exposed"
            for one in spelt:
                assert one not in found, f"{one} is documented twice"
                found[one] = labels
    return found


def test_the_table_of_metrics_is_what_the_page_has(page: RegionPage) -> None:
    """Every family with its labels, both ways."""
    families = exposed(page)
    assert documented(families) == families


@pytest.mark.parametrize("known", [True, False], ids=["everything known", "nothing known"])
def test_promtool_finds_nothing_to_say(full: Reading, *, known: bool) -> None:
    """Names, units, help, types, and no series twice, by Prometheus' own tool."""
    snapshot = full.snapshot
    nothing = replace(
        snapshot,
        **dict.fromkeys(
            ("projects", "hypervisors", "servers", "volumes", "pools", "addresses", "quotas", "subnets"), ()
        ),
        floating_ips={},
        objects={},
        health=tuple(replace(one, up=False, last_success=0) for one in snapshot.health),
    )
    given = full if known else reading(replace(full.specs, tenants={}, waivers={}), nothing)
    text = render(given).plain
    done = subprocess.run(
        [program("promtool"), "check", "metrics"], input=text, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_tenant_has_few_series(full: Reading, page: RegionPage) -> None:
    """Network objects and subnets besides, which have labels of their own."""
    counted: Counter[str] = Counter()
    tiers: dict[str, set[str]] = {name: set() for name in full.specs.tenants}
    for family in text_string_to_metric_families(page.plain.decode()):
        for sample in family.samples:
            tenant = sample.labels.get("tenant")
            if tenant and not sample.name.endswith("_objects") and "part" not in sample.labels:
                counted[tenant] += "cidr" not in sample.labels
                tiers[tenant] |= {sample.labels.get("tier", "")} - {""}
    assert set(counted) == set(full.specs.tenants)
    for tenant, number in counted.items():
        assert number <= BUDGET + A_TIER * (len(tiers[tenant]) - 1)


def samples(text: bytes) -> list[Sample]:
    return [one for family in text_string_to_metric_families(text.decode()) for one in family.samples]


def test_a_member_sees_all_of_its_own_and_nothing_of_the_others(full: Reading, page: RegionPage) -> None:
    """Over every family there is: what has its name is on its page, and no other member's name or figure is."""
    everything = samples(page.plain)
    tenants = set(full.specs.tenants)
    assert len(tenants) > 1
    for tenant in tenants:
        own = page.members.page(tenant)
        assert own is not None
        shown = samples(own.plain)
        assert [one for one in shown if one.labels] == [one for one in everything if one.labels.get("tenant") == tenant]
        assert {one.name for one in shown if not one.labels} == FOR_ALL
        words = {word for one in shown for word in one.labels.values()}
        assert not {word for word in words if {*word.split("/")} & (tenants - {tenant})}


def test_what_vanished_has_no_series_any_more(full: Reading) -> None:
    """A tenant, its subnets, a site with its hosts, a flavor and an image that left specs and cloud."""
    specs, seen = full.specs, full.snapshot
    tenant, site = next(iter(specs.tenants)), next(iter(specs.sites))
    flavor, image = next(iter(specs.catalogue.flavors)), next(iter(specs.catalogue.images))
    gone = {tenant, site, flavor, image}
    left = {name: one for name, one in specs.tenants.items() if name != tenant and one.site != site}
    catalogue = replace(
        specs.catalogue,
        flavors={name: one for name, one in specs.catalogue.flavors.items() if name != flavor},
        images={name: one for name, one in specs.catalogue.images.items() if name != image},
    )
    projects = tuple(one for one in seen.projects if one.tenant in left)
    ids = {one.id for one in projects}
    after = replace(
        seen,
        projects=projects,
        hypervisors=tuple(one for one in seen.hypervisors if one.zone != site),
        servers=tuple(one for one in seen.servers if one.project_id in ids),
        volumes=tuple(one for one in seen.volumes if one.project_id in ids),
        pools=tuple(one for one in seen.pools if one.zone != site),
        quotas=tuple(one for one in seen.quotas if one.project_id in ids),
        subnets=tuple(one for one in seen.subnets if one.project_id in ids),
    )
    here = {name: one for name, one in specs.sites.items() if name != site}
    hosts = {name: one for name, one in specs.hosts.items() if one.site != site}
    empty = {name: replace(one, servers=(), desktop_pools=(), guarantee=Guarantee()) for name, one in left.items()}
    others = replace(specs, tenants=empty, sites=here, hosts=hosts, catalogue=catalogue)
    assert gone <= label_values(render(replace(full, records=None)))
    assert not gone & label_values(render(reading(others, after)))


def label_values(page: RegionPage) -> set[str]:
    return {value for one in samples(page.plain) for value in one.labels.values()}
