"""Validation with the rules of `policies`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from orchestrator.adapters.clock import SystemClock
from orchestrator.errors import SpecError, UsageError
from orchestrator.flow.validate import Validation, validate
from orchestrator.flow.waivers import by_age, standing_of
from orchestrator.model.specs import Specs
from orchestrator.model.waiver_standing import WaiverStanding
from orchestrator.spec.region import LoadedRegion, load_region
from orchestrator.wiring.operator_rules import OperatorRules, operator_rules
from policies import RULES, hardening
from policies.plan_rules import PLAN_RULES


def today() -> dt.date:
    return SystemClock().now().date()


def validated(folder: Path, rules: Path | None = None) -> Validation:
    """All findings of a region's folder. `rules`: a folder of the operator's own rules.

    Raises UsageError when there is no such folder, or when one of the operator's rules is broken.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint="name the folder that holds the region's specs")
    own = operator_rules(rules, folder) if rules else OperatorRules()
    plan_rules = (*PLAN_RULES, *own.plan_rules)
    return validate(folder, (*RULES, *own.rules), today(), plan_rules=plan_rules, measured=hardening.codes())


def written(folder: Path, rules: Path | None = None, further: Sequence[Path] = ()) -> LoadedRegion:
    """The specs as written, right in form and reference, whatever policy and capacity say of them.

    `further`: files from elsewhere, taken as if they were in the folder. Raises UsageError as `validated`.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint="name the folder that holds the region's specs")
    own = operator_rules(rules, folder) if rules else OperatorRules()
    codes = [rule.code for rule in (*RULES, *own.rules)]
    codes += [rule.code for rule in (*PLAN_RULES, *own.plan_rules)]
    codes += hardening.codes()
    return load_region(folder, rules=codes, further=further)


def accepted(validation: Validation) -> Specs:
    """The specs, when nothing refuses them. Raises SpecError: the findings say the rest."""
    if validation.specs is None or any(finding.refuses for finding in validation.findings):
        raise SpecError("the specs are refused", hint="mend the findings above; `mutualis validate` shows them again")
    return validation.specs


def standings(specs: Specs, validation: Validation) -> tuple[WaiverStanding, ...]:
    """How each waiver of the specs stands today, the oldest first."""
    plan_codes = {rule.code for rule in validation.plan_judge.rules}
    found = [standing_of(one, validation.findings, today(), plan_codes) for one in specs.waivers.values()]
    return by_age(found)
