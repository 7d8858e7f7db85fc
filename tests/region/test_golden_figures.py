"""Every figure of the exporter is what an independent slow method finds: 40 servers on 10 hosts, lived in by hand.

A metric family that the slow method does not know fails here: give it a golden value in tests/plugins/slow_*.py.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from demo_region import DemoRegion
from page_samples import differences, figures_of, own_figures, samples_of
from recording_proxy import RecordingProxy
from slow_book import UNITS, Book, Samples
from slow_figures import figures

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(3000)]  # the region is applied within the first test's time

TENANT_LAYERS = ("declared", "quota", "guaranteed", "allocated")


def run_whole(region: DemoRegion, *arguments: str, proxy: RecordingProxy | None = None) -> str:
    """What a command prints when every part of the cloud answered in time: a loaded machine is asked again."""
    for _ in range(TRIALS):
        if proxy:
            proxy.calls.clear()
        done = region.run(*arguments, proxy=proxy)
        late = done.returncode == 4 or LATE.search(done.stdout) or any(LATE.search(one) for one in written(arguments))
        if not late:
            break
    assert done.returncode == 0, done.stderr
    return done.stdout


TRIALS = 5
LATE = re.compile(r"^mutualis_collector_up.* 0\.0$", re.MULTILINE)


def written(arguments: tuple[str, ...]) -> list[str]:
    """The operator's textfile, if there is to be one."""
    folders = [Path(arguments[place + 1]) for place, one in enumerate(arguments) if one == "--textfile"]
    return [file.read_text(encoding="utf-8") for folder in folders for file in folder.glob("*.prom")]


def once(region: DemoRegion, *options: str, proxy: RecordingProxy | None = None) -> str:
    return run_whole(region, "exporter", str(region.folder), "--once", *options, proxy=proxy)


def test_the_region_is_as_large_as_it_should_be(book: Book) -> None:
    """At least 6 hosts, 5 tenants, 30 servers, 20 volumes; hosts that are off, full, and in no spec."""
    cloud = book.cloud
    assert (len(cloud.hosts), len(cloud.servers), len(cloud.volumes)) == (10, 40, 27)
    assert len(set(cloud.owners.values()) - {""}) == 6
    assert [host.name for host in cloud.hosts if not host.enabled] == ["amont-5", "aval-2"]
    (full,) = [host for host in cloud.hosts if host.name == "aval-3"]
    assert full.used == {"vcpus": 7, "memory": 10 * 2**30, "disk": 60 * 2**30}
    assert [host.name for host in cloud.hosts if host.name not in book.specs.hosts] == ["annexe-1", "annexe-2"]


def test_every_sample_of_one_collection_is_what_the_slow_method_finds(estuaire: DemoRegion, book: Book) -> None:
    """None differs, none is missing, none is too many; times are within the run; calls are those that were made."""
    began = time.time()
    with RecordingProxy() as proxy:
        page = samples_of(once(estuaire, proxy=proxy))
    assert differences(page, book) == []
    fresh = {key: page[key] for key in book.times if "collect" in key[0] or "quota" in key[0]}
    assert {key: at for key, at in fresh.items() if not began <= at <= time.time()} == {}
    assert told_calls(page) == made_calls(estuaire, proxy)


def told_calls(page: Samples) -> Counter[str]:
    """By service; both families tell the same number."""
    calls: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for (name, labels), value in page.items():
        service = SERVICES.get(dict(labels).get("part", ""), "")
        if name == "mutualis_collector_api_calls":
            calls[service] += int(value)
        if name == "mutualis_collector_api_answers":
            answers[service] += int(value)
    assert answers == calls
    return calls


SERVICES = {
    "identity": "keystone",
    "placement": "placement",
    "compute": "nova",
    "compute_quota": "nova",  # and Keystone's unified limits
    "volume": "cinder",
    "volume_quota": "cinder",
    "network": "neutron",
    "network_objects": "neutron",
    "network_quota": "neutron",
}


def made_calls(region: DemoRegion, proxy: RecordingProxy) -> Counter[str]:
    """What went over the wire, without logging in and without asking for versions."""
    ports = ports_of(region)
    reads = [call for call in proxy.calls if call.method == "GET" and not re.fullmatch(r"/(v[0-9.]+)?/?", call.path)]
    assert proxy.writes == []
    unified = [call for call in reads if call.path.endswith(("/registered_limits", "/limits"))]
    counts = Counter(ports[call.port] for call in reads if call not in unified)
    return counts + Counter({"nova": len(unified)})


def ports_of(region: DemoRegion) -> dict[int, str]:
    status = region.run("lab", "status", "--dir", str(region.lab)).stdout
    lines = [line.split() for line in status.splitlines()]
    return {int(line[2].rpartition(":")[2]): line[1] for line in lines}


def test_capacity_tells_the_same_figures(estuaire: DemoRegion, book: Book) -> None:
    """`mutualis capacity`, line by line: what the exporter has samples of."""
    told = json.loads(run_whole(estuaire, "capacity", str(estuaire.folder), "--format", "json"))
    found: Samples = {}
    for line in told["aggregates"]:
        add_layers(found, "mutualis_capacity", line, ("physical", "allocatable", "allocated"))
    for line in told["sites"]:
        own = (
            ()
            if line["resource"] in {"vcpus", "memory", "disk", "servers"}
            else ("physical", "allocatable", "allocated")
        )
        add_layers(found, "mutualis_capacity", line, ("declared", "quota", "guaranteed", *own))
    for line in told["tenants"]:
        if line["resource"] == "storage" and not any(line[layer] for layer in TENANT_LAYERS):
            continue  # the exporter leaves out tiers that are nothing to a tenant
        add_layers(found, "mutualis_tenant", line, TENANT_LAYERS)
    wanted = {key: value for key, value in book.samples.items() if key[0] in {name for name, _ in found}}
    assert found == wanted


def add_layers(found: Samples, prefix: str, line: dict[str, Any], layers: tuple[str, ...]) -> None:
    names = ("site", "aggregate", "resource", "tier") if prefix.endswith("capacity") else ("tenant", "resource", "tier")
    labels = tuple(sorted((name, line[name]) for name in names))
    for layer in layers:
        if line[layer] is not None:
            name = f"{prefix}_{layer}_{UNITS[line['resource']]}"
            found[name, labels] = float("inf") if line[layer] == -1 else line[layer]


def test_the_acting_credential_sees_the_same_and_on_which_host_servers_are(
    estuaire: DemoRegion, book: Book, tmp_path: Path
) -> None:
    """Without a reader's entry in clouds.yaml: servers by aggregate besides, and nothing else differs."""
    clouds = yaml.safe_load(estuaire.clouds.read_text(encoding="utf-8"))
    del clouds["clouds"]["mutualis-lab-reader"]
    acting = tmp_path / "clouds.yaml"
    acting.write_text(yaml.safe_dump(clouds), encoding="utf-8")
    page = samples_of(once(estuaire, "--clouds", str(acting)))
    seeing = figures(book.specs, book.cloud, book.today, sees_hosts=True)
    assert differences(page, seeing) == []


def test_files_for_node_exporter_hold_the_same(estuaire: DemoRegion, book: Book, tmp_path: Path) -> None:
    """The operator's has everything, a member's its own figures, and there is one for each tenant."""
    everyone, members = tmp_path / "everyone", tmp_path / "members"
    everyone.mkdir()
    members.mkdir()
    assert once(estuaire, "--textfile", str(everyone), "--tenant-textfiles", str(members)) == ""
    (file,) = everyone.iterdir()
    assert file.name == "mutualis.prom"
    assert differences(samples_of(file.read_text(encoding="utf-8")), book) == []
    names = {f"mutualis_tenant_{name}.prom": name for name in book.specs.tenants}
    assert {one.name for one in members.iterdir()} == set(names)
    for one in members.iterdir():
        page = samples_of(one.read_text(encoding="utf-8"))
        assert figures_of(page, book) == own_figures(book, names[one.name])
