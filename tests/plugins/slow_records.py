"""What the exporter says of itself, of waivers and of other records."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from slow_book import Book

PARTS = (
    "identity",
    "placement",
    "compute",
    "volume",
    "network",
    "network_objects",
    "compute_quota",
    "volume_quota",
    "network_quota",
)
QUOTA_PARTS = tuple(part for part in PARTS if part.endswith("_quota"))


def health(book: Book) -> None:
    book.add("mutualis_capacity_supply_seen", 1)
    book.add("mutualis_specs_up", 1)
    for part in PARTS:
        book.add("mutualis_collector_up", 1, part=part)
        book.add("mutualis_collector_completeness_ratio", 1, part=part)
        book.add_time("mutualis_collector_last_success_timestamp_seconds", part=part)
    book.add_time("mutualis_collection_timestamp_seconds")
    for tenant in set(book.cloud.owners.values()) - {""}:
        for part in QUOTA_PARTS:
            book.add_time("mutualis_tenant_quota_timestamp_seconds", tenant=tenant, part=part)
    book.costs |= {f"mutualis_collector_{what}" for what in ("duration_seconds", "api_calls", "api_answers")}


def applied(book: Book) -> None:
    """Everything was applied once, and nothing is left to do."""
    book.add_time("mutualis_apply_timestamp_seconds")
    book.add_time("mutualis_plan_timestamp_seconds")
    book.add_time("mutualis_step_applied_timestamp_seconds", step="region", tenant="")
    away = [name for name, one in book.specs.hosts.items() if one.get("maintenance")]
    for host in away:
        book.add_time("mutualis_step_applied_timestamp_seconds", step=f"maintenance/{host}", tenant="")
    tenants = [one.name for one in book.specs.tenants.values() if one.state != "retired"]
    for tenant in tenants:
        book.add_time("mutualis_step_applied_timestamp_seconds", step=f"tenant/{tenant}", tenant=tenant)
    for outcome in ("done", "failed", "unreachable", "skipped", "waiting"):
        book.add("mutualis_apply_steps", (outcome == "done") * (len(tenants) + len(away) + 1), outcome=outcome)
    for reason in ("new", "changed", "unfinished", "unreadable", "retired"):
        book.add("mutualis_plan_pending_steps", 0, reason=reason)


def ends(book: Book) -> None:
    for image in book.specs.catalogue["images"]:
        specs = [one for one in book.specs.tenant_specs.values() if one.get("state") != "retired"]
        servers = [server for one in specs for server in one.get("servers", [])]
        pools = [pool for one in specs for pool in one.get("desktopPools", [])]
        number = sum(one["image"] == image["name"] for one in servers)
        number += sum(one["count"] for one in pools if one["image"] == image["name"])
        book.add("mutualis_image_servers", number, image=image["name"])
        end = _midnight_after(image["supportEnd"])
        book.add("mutualis_image_support_end_timestamp_seconds", end, image=image["name"])
    for site, spec in book.specs.sites.items():
        for one in spec["certificates"]:
            labels = {"site": site, "certification": one["certification"]}
            book.add("mutualis_certification_end_timestamp_seconds", _midnight_after(one["expires"]), **labels)


def _midnight_after(day: dt.date) -> float:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC).timestamp()


def waivers(book: Book) -> None:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for name, spec in book.specs.waivers.items():
        counts[spec["rule"], "expired" if spec["expires"] < book.today else "active"] += 1
        book.add(
            "mutualis_waiver_end_timestamp_seconds", _midnight_after(spec["expires"]), rule=spec["rule"], waiver=name
        )
    for (rule, state), number in counts.items():
        book.add("mutualis_waiver_documents", number, rule=rule, state=state)
