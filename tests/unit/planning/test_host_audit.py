"""How a rule stands: silence and skipping are no pass, a reason counts where it says, a waiver until its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from audit_cases import FAILED, GOOD, GUIDE, LEFT_OUT

from orchestrator.model.audit import AuditedHost, HostMeasure, Result, Standing, Where
from orchestrator.model.host_result import HostStatus
from orchestrator.model.installation import SshLogin
from orchestrator.model.site import HardeningLevel
from orchestrator.model.specs import Specs, Waiver
from orchestrator.planning.hosts.audit import audited_host, circumstances
from orchestrator.spec.region import load_region

METAL = Path(__file__).parents[3] / "inventory" / "metal"
AT = "2026-03-02T09:00:00+00:00"


@pytest.fixture(scope="module")
def metal() -> Specs:
    specs = load_region(METAL, rules=()).specs
    assert specs
    return specs


def waiver(rule: str, host: str = "nord-1") -> Waiver:
    return Waiver(
        name="w",
        rule=rule,
        object_kind="Host",
        object_name=host,
        reason="the disk is changed in May",
        approved_by="RSSI",
        expires=dt.date(2026, 5, 31),
    )


def judged(
    metal: Specs,
    results: Mapping[str, Result],
    *waivers: Waiver,
    container: bool = False,
    level: HardeningLevel = HardeningLevel.INTERMEDIARY,
    around: frozenset[Where] = frozenset({Where.EVERYWHERE}),
) -> AuditedHost:
    host = replace(metal.hosts["nord-1"], hardening=level)
    measure = HostMeasure(host="nord-1", status=HostStatus.DONE, container=container, results=results)
    return audited_host(host, measure, GUIDE, waivers, around, AT)


def standing(found: AuditedHost, rule: str) -> Standing:
    return next(one.standing for one in found.rules if one.rule == rule)


def test_what_passes_passes(metal: Specs) -> None:
    """A host on which every rule passes has the whole score."""
    found = judged(metal, GOOD)
    assert found.score == 1
    assert found.counts[Standing.FINDING] == 0


def test_a_level_asks_for_what_lower_ones_ask(metal: Specs) -> None:
    """Rules of higher levels are not asked for."""
    names = {one.rule for one in judged(metal, {}, level=HardeningLevel.MINIMAL).rules}
    assert names == {"quality", "telnet"}
    assert "umask" in {one.rule for one in judged(metal, GOOD, level=HardeningLevel.HIGH).rules}


def test_silence_is_a_finding(metal: Specs) -> None:
    """Neither a rule of which nothing was said, nor one whose check broke, is accepted; not even by a reason."""
    without = {name: result for name, result in GOOD.items() if name != "sysctl_kernel"}
    for results in (without, {**GOOD, "sysctl_kernel": Result.UNKNOWN}):
        assert standing(judged(metal, results, container=True), "sysctl_kernel") is Standing.FINDING


def test_what_was_left_out_is_a_finding_unless_it_is_told_why(metal: Specs) -> None:
    """`notapplicable` is how the content looks well on a system that it does not know."""
    results = {**GOOD, "quality": LEFT_OUT, "grub_mce": LEFT_OUT}
    found = judged(metal, results, container=True)
    assert standing(found, "quality") is Standing.FINDING
    assert standing(found, "grub_mce") is Standing.INAPPLICABLE
    everything_left_out = judged(metal, dict.fromkeys(GOOD, LEFT_OUT))
    assert everything_left_out.counts[Standing.FINDING] == len(GOOD)
    assert everything_left_out.score == 0


def test_a_reason_counts_where_it_says(metal: Specs) -> None:
    """What a container cannot keep, a machine can."""
    results = {**GOOD, "sysctl_kernel": FAILED}
    assert standing(judged(metal, results, container=True), "sysctl_kernel") is Standing.ACCEPTED
    assert standing(judged(metal, results), "sysctl_kernel") is Standing.FINDING


def test_a_reason_for_leaving_out_accepts_no_failure(metal: Specs) -> None:
    """Nor the other way round."""
    results = {**GOOD, "grub_mce": FAILED, "sysctl_kernel": LEFT_OUT}
    found = judged(metal, results, container=True)
    assert (standing(found, "grub_mce"), standing(found, "sysctl_kernel")) == (Standing.FINDING, Standing.FINDING)


def test_a_waiver_counts_for_its_host_and_rule(metal: Specs) -> None:
    """It is told apart from a reason, with its day; it raises no score."""
    results = {**GOOD, "partition_home": FAILED}
    found = judged(metal, results, waiver("bp28:partition_home"))
    told = next(one for one in found.rules if one.rule == "partition_home")
    assert (told.standing, told.why, told.until) == (Standing.WAIVED, "the disk is changed in May", "2026-05-31")
    assert found.score == 4 / 5
    for other in (waiver("bp28:partition_home", "sud-1"), waiver("bp28:quality"), waiver("POL004")):
        assert standing(judged(metal, results, other), "partition_home") is Standing.FINDING


def test_rules_that_nobody_knows_count_too(metal: Specs) -> None:
    """A newer content may ask for more: what fails is a finding under its bare name."""
    assert standing(judged(metal, {**GOOD, "new_rule": FAILED}), "new_rule") is Standing.FINDING


def test_circumstances_follow_from_the_specs(metal: Specs) -> None:
    """Whether root installs, and whether the region's address moves."""
    installation = metal.region.installation
    assert installation
    assert circumstances(metal) >= {Where.EVERYWHERE, Where.ROOT_INSTALLS}
    by_debian = replace(installation, ssh=SshLogin(user="debian", port=22))
    several = {name: replace(one, roles=metal.hosts["nord-1"].roles) for name, one in metal.hosts.items()}
    other = replace(metal, region=replace(metal.region, installation=by_debian), hosts=several)
    assert circumstances(other) == {Where.EVERYWHERE, Where.ADDRESS_MOVES}
