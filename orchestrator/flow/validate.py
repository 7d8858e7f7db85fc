"""The first use case: a folder to specs that nothing refuses, or to everything that is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from orchestrator.capacity.judge import judge_capacity
from orchestrator.flow.judge import PlanJudge, in_force, judge_specs, waived
from orchestrator.flow.waivers import told
from orchestrator.model.finding import Finding
from orchestrator.model.rule import JudgingPlanRule, JudgingRule, Subject
from orchestrator.model.specs import Specs
from orchestrator.spec.collector import paused
from orchestrator.spec.order import by_place
from orchestrator.spec.region import LoadedRegion, load_region


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """`specs`: None when a finding refuses them; `findings`: all, waived ones included, in the order of files.

    `written`: the specs although a rule or capacity refuses them; None when their form or a reference does.
    `plan_judge`: what judges a plan of these specs.
    """

    specs: Specs | None
    findings: tuple[Finding, ...]
    written: Specs | None
    plan_judge: PlanJudge


@paused()
def validate(
    folder: Path,
    rules: Sequence[JudgingRule],
    today: dt.date,
    *,
    plan_rules: Sequence[JudgingPlanRule] = (),
    measured: Collection[str] = (),
) -> Validation:
    """Load, validate, decode, resolve, judge by rules and by capacity.

    `today`: the day on which certificates and waivers count; `plan_rules`: waivers may name these too, and
    `measured`: codes of what audits find on hosts.
    Rules judge only what is right in form and reference. Raises UsageError when there is no such folder.
    """
    loaded = load_region(folder, rules=[*(rule.code for rule in (*rules, *plan_rules)), *measured])
    judge = PlanJudge(rules=plan_rules, place_of=loaded.place_of)
    if loaded.specs is None:
        return Validation(specs=None, findings=loaded.findings, written=None, plan_judge=judge)
    judged = list(judge_specs(_subject(folder, loaded, loaded.specs, today), rules, loaded.place_of))
    suspended = waived(judged, in_force(loaded.specs, today))
    later = frozenset(rule.code for rule in plan_rules)
    noted = told(loaded.specs, judged, today, later, loaded.position_of)
    unfit = judge_capacity(loaded.specs, loaded.position_of)  # no waiver makes room
    findings = by_place([*loaded.findings, *suspended, *noted, *unfit])
    refused = any(finding.refuses for finding in findings)
    return Validation(
        specs=None if refused else loaded.specs, findings=findings, written=loaded.specs, plan_judge=judge
    )


def _subject(folder: Path, loaded: LoadedRegion, specs: Specs, today: dt.date) -> Subject:
    files = {ref: Path(document.file).relative_to(folder).as_posix() for ref, document in loaded.documents.items()}
    return Subject(specs=specs, today=today, files=files)
