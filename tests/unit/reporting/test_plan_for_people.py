"""Plans as people read them: at a terminal and in a merge request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestrator.model.plan import (
    Operation,
    Plan,
    PropertyChange,
    ResourceChange,
    Step,
    StepAction,
    StepKind,
    Untaken,
)
from orchestrator.reporting.plan_markdown import MARKER, plan_to_markdown
from orchestrator.reporting.plan_text import plan_to_text, short_kind, totals

RESIZE = PropertyChange(path="flavorId", old="small-1", new="large-1")
REBUILD = PropertyChange(path="imageId", old="", new="i2", replaces=True)


def change(operation: Operation, name: str, *properties: PropertyChange) -> ResourceChange:
    kind = "openstack:compute/instance:Instance"
    return ResourceChange(operation=operation, kind=kind, name=name, urn=f"urn:{name}", properties=properties)


STEP = Step(
    name="tenant/caen",
    kind=StepKind.TENANT,
    action=StepAction.BUILD,
    reason="its inputs changed",
    digest="d",
    changes=(
        change(Operation.CREATE, "main/new"),
        change(Operation.UPDATE, "main/web", RESIZE),
        change(Operation.REPLACE, "main/db", REBUILD),
        change(Operation.DELETE, "main/old"),
    ),
)
PLAN = Plan(
    region="loire",
    inventory="inventory/loire",
    engine="embedded 1",
    steps=(STEP,),
    untaken=(Untaken(name="tenant/vire", reason="unchanged since it was last applied"),),
    findings=(),
    refusals=(),
    deletions=2,
    deletion_budget=5,
    digest="0123456789abcdef",
)


def test_text_tells_each_resource_with_what_happens_to_it() -> None:
    """Steps with reasons, resources with marks, properties with both values, what is not done, sums."""
    assert plan_to_text(PLAN).splitlines() == [
        "Plan for region loire (inventory/loire), engine embedded 1",
        "",
        "tenant/caen: build (its inputs changed)",
        "  + compute Instance main/new",
        "  ~ compute Instance main/web",
        "      flavorId: small-1 -> large-1",
        "  ± compute Instance main/db",
        "      imageId: (none) -> i2  (forces the replacement)",
        "  - compute Instance main/old",
        "",
        "Steps not taken:",
        "  tenant/vire: unchanged since it was last applied",
        "",
        "1 to create, 1 to change, 1 to replace, 1 to delete; deletions: 2, budget 5. Plan 0123456789ab.",
    ]


def test_text_of_nothing_to_do_says_so() -> None:
    """In words, not by silence."""
    assert "nothing to do" in plan_to_text(replace(PLAN, steps=(), deletions=0)).splitlines()[-1]
    assert totals(replace(PLAN, steps=())) == "nothing to do"


@pytest.mark.parametrize("render", [plan_to_text, plan_to_markdown])
def test_refusal_and_problem_cannot_be_overlooked(render: object) -> None:
    """Both renderers show why a plan must not, or cannot, be applied."""
    assert callable(render)
    broken = replace(STEP, changes=(), problem="image debian is missing")
    text = render(replace(PLAN, steps=(broken,), refusals=("9 objects would be deleted",)))
    assert "refused" in text.lower()
    assert "9 objects would be deleted" in text
    assert "image debian is missing" in text


def test_a_plan_that_cannot_be_shown_is_not_nothing_to_do() -> None:
    """Neither at the terminal nor in the title of the comment."""
    broken = replace(PLAN, steps=(replace(STEP, changes=(), problem="the cloud does not answer"),), deletions=0)
    assert totals(broken) == "1 steps cannot be shown"


def test_markdown_starts_with_the_marker_by_which_a_forge_finds_it() -> None:
    """The comment is updated in place instead of repeated."""
    assert plan_to_markdown(PLAN).startswith(MARKER + "\n")


def test_markdown_counts_each_step_in_one_row() -> None:
    """Create, change, replace, delete."""
    assert "| `tenant/caen` | its inputs changed | 1 | 1 | 1 | 1 |" in plan_to_markdown(PLAN)


@pytest.mark.parametrize(
    ("evil", "harmless"),
    [
        ("<img src=x>", r"\<img src=x\>"),
        ("@everyone", "@&#8203;everyone"),
        ("fixes #1", "fixes #&#8203;1"),
        ("[link](x)", r"\[link\](x)"),
        ("a | b", r"a \| b"),
        ("`code`", r"\`code\`"),
        ("two\n\n# lines", "two #&#8203; lines"),
        ("https://e.org", "https:&#8203;//&#8203;e.org"),
    ],
)
def test_text_of_a_spec_becomes_no_markup(evil: str, harmless: str) -> None:
    """A merge request must not write into its own review: tags, mentions, links, cells, code, headings."""
    rendered = plan_to_markdown(replace(PLAN, untaken=(Untaken(name="tenant/x", reason=evil),)))
    assert f"- `tenant/x`: {harmless}\n" in rendered


def test_property_value_cannot_close_the_code_block() -> None:
    """Three backticks and line ends in a value stay in their line."""
    evil = PropertyChange(path="userData", old="", new="x\n```\n# Approved")
    step = replace(STEP, changes=(change(Operation.UPDATE, "main/web", evil),))
    assert "\n# Approved" not in plan_to_markdown(replace(PLAN, steps=(step,)))
    assert "```\n# " not in plan_to_markdown(replace(PLAN, steps=(step,)))


def test_kind_is_short() -> None:
    """Service and type are enough."""
    assert short_kind("openstack:networking/secGroupRule:SecGroupRule") == "networking SecGroupRule"
