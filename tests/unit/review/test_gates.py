"""What a change meets after its merge: freeze windows, and who must have approved it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from git_repository import Repository
from small_region import DAY, region

from orchestrator.adapters.clock import SystemClock
from orchestrator.flow.review.gates import freezes
from orchestrator.model.region import ChangeKind, FreezeWindow
from orchestrator.model.review import Review
from orchestrator.reporting.review import review_to_json, review_to_markdown, review_to_text
from orchestrator.reporting.review.gates import gates

Look = Callable[..., Review]

REGION = "inventory/demo/region.yaml"
ARCY = "inventory/demo/tenants/arcy.yaml"
RULES = """  approvals:
    - {for: any, roles: [operator]}
    - {for: waivers, roles: [rssi]}
    - {for: deletions, roles: [dpo]}
    - {for: hosts, roles: [operator]}
"""


def window(start: int, end: int) -> FreezeWindow:
    """By days from today."""
    return FreezeWindow(start=DAY + dt.timedelta(days=start), end=DAY + dt.timedelta(days=end), reason="elections")


def test_windows_under_way_and_near_ones_are_told_and_others_are_not() -> None:
    """The first and the last day count; a month ahead is near."""
    under_way, last_day, near, over, far = window(0, 3), window(-9, 0), window(30, 40), window(-9, -1), window(31, 40)
    found = freezes(region(freeze_windows=(far, near, over, under_way, last_day)), DAY)
    assert found == (last_day, under_way, near)


def test_a_freeze_under_way_is_told_before_anything_else_with_its_end(repository: Repository, look: Look) -> None:
    """Loud: who merges now waits for its end. The reason cannot be taken for markup."""
    today = SystemClock().now().date()
    dates = f"    - start: {today - dt.timedelta(days=2)}\n      end: {today + dt.timedelta(days=2)}\n"
    repository.replace(REGION, "  freezeWindows:\n", f"  freezeWindows:\n{dates}      reason: '*End* of year'\n")
    repository.commit()
    repository.branch("change")
    repository.replace(ARCY, "sizeGiB: 100", "sizeGiB: 200")
    repository.commit()
    found = look()
    end, after = today + dt.timedelta(days=2), today + dt.timedelta(days=3)
    said = f"a freeze window is under way until {end} (*End* of year): apply will refuse before {after}"
    text = review_to_text(found)
    assert f"! {said}" in text
    assert text.index(said) < text.index("RESOURCES")
    assert f"under way until {end} (\\*End\\* of year)" in review_to_markdown(found)
    assert json.loads(review_to_json(found))["freezes"][0]["end"] == end.isoformat()


def test_a_freeze_that_begins_soon_is_told(look: Look) -> None:
    """Until when apply is possible, and when it is again."""
    (said,) = gates(replace(look("main"), today=DAY, freezes=(window(5, 9),)))
    begins, ends = DAY + dt.timedelta(days=5), DAY + dt.timedelta(days=9)
    assert said.text == (
        f"a freeze window begins on {begins} (elections): apply before, for it will refuse until {ends}"
    )
    assert not said.loud


@pytest.fixture
def ruled(repository: Repository) -> Repository:
    """The demo with rules of approval on its deployed branch; what follows is on another one."""
    repository.replace(REGION, "  naming:", f"{RULES}  naming:")
    repository.commit()
    repository.branch("change")
    return repository


def needed(look: Look) -> dict[ChangeKind, tuple[tuple[str, ...], str]]:
    return {one.change: (one.roles, one.why) for one in look().approvals}


def test_a_change_is_told_who_must_approve_it(ruled: Repository, look: Look) -> None:
    """By what it does: a waiver that lasts longer, and something that is built."""
    ruled.replace("inventory/demo/waivers/arcy-ssh.yaml", "2035-12-31", "2036-12-31")
    ruled.replace(ARCY, "sizeGiB: 100", "sizeGiB: 200")
    ruled.commit()
    assert needed(look) == {
        ChangeKind.ANY: (("operator",), "1 document"),
        ChangeKind.WAIVERS: (("rssi",), "new or changed: arcy-ssh"),
    }
    assert "! apply needs the approval of rssi for waivers (new or changed: arcy-ssh)" in review_to_text(look())


def test_a_change_of_waivers_alone_meets_no_freeze(ruled: Repository, look: Look) -> None:
    """Nothing is built: apply lets it through, once its own approval is there."""
    under_way = f"    - {{start: {DAY}, end: 2999-12-31, reason: elections}}\n"
    ruled.replace(REGION, "  freezeWindows:\n", f"  freezeWindows:\n{under_way}")
    ruled.git("checkout", "--quiet", "-B", "main")
    ruled.commit()
    ruled.git("checkout", "--quiet", "-B", "change")
    ruled.replace("inventory/demo/waivers/arcy-ssh.yaml", "2035-12-31", "2036-12-31")
    ruled.commit()
    assert look().freezes == ()
    assert list(needed(look)) == [ChangeKind.WAIVERS]


def test_deletions_and_hosts_are_told_as_far_as_specs_tell(ruled: Repository, look: Look) -> None:
    """What is replaced, a plan alone knows."""
    (ruled.place / "inventory/demo/hosts/nord-2.yaml").unlink()
    ruled.replace(ARCY, "spec:\n", "spec:\n  state: retired\n  retiredOn: 2026-01-01\n")
    ruled.commit()
    found = needed(look)
    assert found[ChangeKind.HOSTS] == (("operator",), "nord-2")
    roles, why = found[ChangeKind.DELETIONS]
    assert roles == ("dpo",)
    assert why.endswith("objects at least")


def test_a_change_that_strikes_the_rules_out_needs_all_their_roles(ruled: Repository, look: Look) -> None:
    """And what else it does is judged by them all the same."""
    ruled.replace(REGION, RULES, "")
    ruled.commit()
    assert needed(look) == {
        ChangeKind.ANY: (("operator",), "1 document"),
        ChangeKind.POLICY: (("dpo", "operator", "rssi"), "the region's own bounds change"),
    }
