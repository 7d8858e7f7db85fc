"""Hosts in a plan and in a report, as people read them."""

from __future__ import annotations

from dataclasses import replace

from fake_host_applier import TASKS
from small_hosts import control, host, installed
from small_region import tenant
from small_world import SmallWorld

from orchestrator.flow.check_hosts import with_checks
from orchestrator.model.host_result import HostChange, HostResult, HostStatus
from orchestrator.model.outcome import Failure, Outcome, RunReport, Status
from orchestrator.model.plan import Plan
from orchestrator.reporting.plan_hosts_text import DIFF_LINES, TASKS_SHOWN, check_lines
from orchestrator.reporting.plan_markdown import plan_to_markdown
from orchestrator.reporting.plan_text import plan_to_text
from orchestrator.reporting.run_markdown import report_to_markdown
from orchestrator.reporting.run_text import CHANGED_SHOWN, report_to_text

WRITTEN = installed(control("c1", 1), host("h1", 11), host("h2", 12), tenants=(tenant("caen"),))
AWAY = Failure(resource="", cause="ssh: no route", hint="look at the machine", temporary=True)
FAILED = Outcome(
    step="host/c1",
    status=Status.FAILED,
    seconds=3.0,
    counts={"changed": 1, "unchanged": 8},
    failures=(Failure(resource="nova: Start", cause="the unit failed", hint="see its journal"),),
    changed=("base: Install packages",),
)


def plan() -> Plan:
    world = SmallWorld()
    return with_checks(world.plan(WRITTEN), world.world(), lambda *_: None, every=False)


def test_text_tells_the_order_in_which_hosts_are_set_up() -> None:
    """Turn, host, reason; what stands on them comes after, and the sums say so."""
    lines = plan_to_text(SmallWorld().plan(WRITTEN).plan).splitlines()
    assert lines[1:13] == [
        "",
        "Hosts, in this order, those of one number side by side:",
        "  1  host/c1: install (never applied)",
        "  2  host/h1: install (never applied)",
        "  2  host/h2: install (never applied)",
        "",
        "region: build (never applied)",
        "  after the hosts: there is no cloud yet that could show its resources",
        "",
        "tenant/caen: build (never applied)",
        "  after the hosts: there is no cloud yet that could show its resources",
        "",
    ]
    assert lines[-1].startswith("3 hosts to set up, 2 steps after the hosts; deletions: 0, budget 100.")


def test_text_tells_what_hosts_said() -> None:
    """Task by task, with differences."""
    text = plan_to_text(plan())
    assert "  c1: 3 of 3 tasks would change something\n" in text
    assert f"    ~ {TASKS[0]}\n        -Install packages\n        +Install packages now\n" in text


def test_a_host_that_could_not_be_asked_is_said() -> None:
    """With the cause, and what to do."""
    lost = HostResult(host="h1", status=HostStatus.UNREACHABLE, tasks=0, failure=AWAY)
    assert list(check_lines((lost,)))[2:] == ["  h1: unreachable: ssh: no route", "    -> look at the machine"]


def test_what_hosts_said_is_cut_where_it_is_long() -> None:
    """And says how much more there is."""
    long = HostChange(role="base", task="Write", diff="+line\n" * (DIFF_LINES + 5))
    result = HostResult(host="h1", status=HostStatus.DONE, tasks=900, changes=(long,) * (TASKS_SHOWN + 3))
    lines = list(check_lines((result,)))
    assert lines[-1] == "    3 more tasks"
    assert lines.count("        +line") == DIFF_LINES * TASKS_SHOWN
    assert lines.count("        (5 more lines)") == TASKS_SHOWN


def test_markdown_has_hosts_in_a_table_of_their_own() -> None:
    """What they said is folded; a difference cannot close its block."""
    text = plan_to_markdown(plan())
    assert "| 1 | `host/c1` | install | never applied |\n" in text
    assert "| `host/c1` | never applied | 0" not in text
    assert "<details><summary>c1: 3 of 3 tasks would change something</summary>" in text
    evil = HostChange(role="r", task="```", diff="```\n# Approved\n")
    spoilt = HostResult(host="h1", status=HostStatus.DONE, tasks=1, changes=(evil,))
    block = plan_to_markdown(replace(SmallWorld().plan(WRITTEN).plan, checks=(spoilt,)))
    assert "\n```\n# " not in block


def report(*outcomes: Outcome) -> RunReport:
    return RunReport(
        run="r1", region="loire", plan_digest="d" * 64, started_at="", finished_at="x", outcomes=outcomes, untaken=0
    )


def test_report_tells_what_changed_on_a_host_and_which_task_failed() -> None:
    """In words, and in Markdown."""
    lines = report_to_text(report(FAILED)).splitlines()
    assert lines[1:] == [
        "  failed   host/c1: 1 changed, 8 unchanged, 3.0 s",
        "           ~ base: Install packages",
        "           host/c1, nova: Start: the unit failed",
        "           -> see its journal",
        "1 failed; 0 steps not taken.",
    ]
    text = report_to_markdown(report(FAILED))
    assert "| `host/c1` | failed | 1 changed, 8 unchanged | 3.0 |  |" in text
    assert "> **failed** `host/c1`, nova: Start: the unit failed (see its journal)" in text
    assert "base: Install packages" in text


def test_report_of_a_first_installation_is_not_a_thousand_lines() -> None:
    """The first tasks, and how many more."""
    many = Outcome(step="host/c1", status=Status.DONE, seconds=1.0, changed=("base: x",) * 200)
    lines = report_to_text(report(many)).splitlines()
    assert lines.count("           ~ base: x") == CHANGED_SHOWN
    assert lines[-2] == f"           ~ {200 - CHANGED_SHOWN} more tasks"
