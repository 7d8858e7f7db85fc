"""Validation with the rules of `policies`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from orchestrator.adapters.clock import SystemClock
from orchestrator.errors import SpecError, UsageError
from orchestrator.flow.validate import Validation, validate
from orchestrator.model.specs import Specs
from policies import RULES


def today() -> dt.date:
    return SystemClock().now().date()


def validated(folder: Path) -> Validation:
    """All findings of a region's folder. Raises UsageError when there is no such folder."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", hint="name the folder that holds the region's specs")
    return validate(folder, RULES, today())


def accepted(validation: Validation) -> Specs:
    """The specs, when nothing refuses them. Raises SpecError: the findings say the rest."""
    if validation.specs is None or any(finding.refuses for finding in validation.findings):
        raise SpecError("the specs are refused", hint="mend the findings above; `mutualis validate` shows them again")
    return validation.specs
