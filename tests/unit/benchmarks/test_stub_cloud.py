"""The made-up cloud answers as a cloud does: pages, counts, faults, and figures that agree with each other."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from stub_cloud.answers import Answers
from stub_cloud.desk import TOKENS, Desk
from stub_cloud.estate import Estate
from stub_cloud.fault import Fault
from stub_cloud.listing import Listing
from stub_cloud.recording import RECORDED, SERVICES
from stub_cloud.size import SIZES

from orchestrator.flow.validate import validate
from policies import RULES

ESTATE = Estate(SIZES["XS"])
BASE = "http://stub"
LISTS = {
    "/compute/v2.1/servers/detail?all_tenants=1": "servers",
    "/compute/v2.1/os-hypervisors/detail": "hypervisors",
    "/block-storage/v3/volumes/detail?all_tenants=1": "volumes",
    "/network/v2.0/ports?fields=id&fields=project_id": "ports",
    "/network/v2.0/routers": "routers",
    "/identity/v3/projects": "projects",
}


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers(ESTATE, BASE)


def body(answers: Answers, target: str) -> Any:
    found = answers.body(target)
    assert found is not None, target
    return json.loads(found)


def test_a_list_is_cut_into_pages() -> None:
    """A full page has a link to the next one, even when that is empty; all items come once."""
    listing = Listing("servers", [{"id": number} for number in range(4)], address="http://x", paged=True)
    seen, query = [], {"limit": ["2"]}
    for _ in range(3):
        page = json.loads(listing.answer(query))
        seen += [item["id"] for item in page["servers"]]
        if page["servers"]:
            assert page["servers_links"][0]["rel"] == "next"
            query["marker"] = [str(seen[-1])]
    assert (seen, page) == ([0, 1, 2, 3], {"servers": []})


def test_a_service_cuts_what_is_too_long() -> None:
    """At most a thousand items, as Nova and Cinder, whatever is asked for; Neutron gives all."""
    items = [{"id": number} for number in range(1500)]
    for query in ({}, {"limit": ["5000"]}):
        assert len(json.loads(Listing("a", items, paged=True).answer(query))["a"]) == 1000
    assert len(json.loads(Listing("a", items).answer({}))["a"]) == 1500


@pytest.mark.parametrize("target", LISTS)
def test_lists_have_the_recorded_form(answers: Answers, target: str) -> None:
    """Each item has the fields that the real service gave, or those that were asked for."""
    service, _, rest = target.removeprefix("/").partition("/")
    key = LISTS[target]
    recorded = json.loads((RECORDED / f"{service}.json").read_text("utf-8"))[key][key][0]
    wanted = {"id", "project_id"} if "fields" in rest else set(recorded)
    assert {frozenset(item) for item in body(answers, target)[key]} == {frozenset(wanted)}


def test_ids_are_unique(answers: Answers) -> None:
    """Or pages would never end."""
    for target, key in LISTS.items():
        ids = [item["id"] for item in body(answers, target)[key]]
        assert len(set(ids)) == len(ids) > 0


def test_nothing_secret_was_recorded() -> None:
    """No password, no token, no address of the recorded cloud."""
    assert sorted(path.stem for path in RECORDED.iterdir()) == sorted(SERVICES)
    for path in RECORDED.iterdir():
        text = path.read_text("utf-8")
        assert "gAAAA" not in text
        assert '"password":' not in text
        assert "127.0.0.1:" not in text


def test_candidates_leave_out_what_is_full(answers: Answers) -> None:
    """As Placement does; its usages tell of it all the same."""
    estate = Estate(SIZES["M"])
    full = [host for host in estate.hosts if host.full]
    found = body(Answers(estate, BASE), "/placement/allocation_candidates?resources=VCPU:1")["provider_summaries"]
    assert full
    assert not {host.id for host in full} & set(found)
    assert len(found) == len(estate.hosts) - len(full)
    host = ESTATE.hosts[0]
    usages = body(answers, f"/placement/resource_providers/{host.id}/usages")["usages"]
    assert usages == ESTATE.used[host.number]


def test_usage_agrees_with_servers() -> None:
    """What Placement has given is what the servers on hosts take, but for full hosts."""
    by_host: Counter[int] = Counter()
    for server in ESTATE.servers:
        if server.host:
            by_host[server.host.number] += server.takes["VCPU"]
    for host in ESTATE.hosts:
        if not host.full:
            assert ESTATE.used[host.number]["VCPU"] == by_host[host.number] <= host.capacity["VCPU"]


def test_the_same_cloud_every_time() -> None:
    """Ids and amounts follow from size and generation; another generation has other amounts and the same ids."""
    again, later = Estate(SIZES["XS"]), Estate(SIZES["XS"], 1)
    assert again.servers == ESTATE.servers
    assert [one.id for one in later.servers] == [one.id for one in ESTATE.servers]
    assert later.used != ESTATE.used


def test_calls_and_tokens_are_counted() -> None:
    """By service, with what was answered."""
    desk = Desk(lambda generation: Answers(Estate(SIZES["XS"], generation), BASE), 0.0)
    first, second = desk.reply("POST", TOKENS), desk.reply("POST", TOKENS)
    desk.reply("GET", "/compute/v2.1/os-aggregates")
    desk.reply("GET", "/compute/v2.1/nothing")
    assert first is not None
    assert second is not None
    assert first.token != second.token
    tally = json.loads(desk.command("/-/tally", b"").body)
    assert tally["calls"] == {"identity": 2, "compute": 2}
    assert tally["statuses"] == {"201": 2, "200": 1, "404": 1}
    assert tally["tokens"] == 2
    assert json.loads(desk.command("/-/missing", b"").body) == ["GET /compute/v2.1/nothing"]


@pytest.mark.parametrize(("fault", "status"), [(Fault.UNAVAILABLE, 503), (Fault.RUBBISH, 200), (Fault.HANG, None)])
def test_a_service_breaks_alone_and_is_mended(fault: Fault, status: int | None) -> None:
    """The others answer as before."""
    desk = Desk(lambda generation: Answers(Estate(SIZES["XS"], generation), BASE), 0.0)
    desk.command("/-/break", json.dumps({"service": "compute", "fault": fault.value}).encode())
    broken = desk.reply("GET", "/compute/v2.1/os-aggregates")
    assert (broken.status if broken else None) == status
    other = desk.reply("GET", "/identity/v3/projects")
    assert other is not None
    assert other.status == 200
    desk.command("/-/mend", b"")
    mended = desk.reply("GET", "/compute/v2.1/os-aggregates")
    assert mended is not None
    assert "aggregates" in json.loads(mended.body)


def test_the_region_is_accepted(tmp_path: Path) -> None:
    """With the cloud's hosts, and room for all that its tenants are promised."""
    from region.spacious import write_spacious  # noqa: PLC0415 (found by name, as when benchmarks run)

    write_spacious(tmp_path / "region", ESTATE)
    done = validate(tmp_path / "region", RULES, dt.date(2026, 1, 2))
    assert done.findings == ()
    assert done.specs is not None
    assert len(done.specs.hosts) == len(ESTATE.hosts)
