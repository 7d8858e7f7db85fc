"""The operator's own rules: Python files of a folder that belongs to the operator, never to the specs.

They run with the rights of the process, so they must not come with a merge request: a folder inside the folder of
specs, around it, or reached from it is refused. What is broken in them is told with file and line.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from orchestrator.errors import MutualisError, UsageError
from orchestrator.model.finding import Severity
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.specs import Specs
from orchestrator.wiring.rule_source import load
from policies.plan_rule import PlanRule
from policies.rule import Rule

CODE: Final = re.compile(r"OWN[0-9]{3}")
_EXPECTED: Final[dict[str, type[Rule | PlanRule]]] = {"RULE": Rule, "PLAN_RULE": PlanRule}
_TEXTS: Final = ("code", "name", "summary", "hint", "reference")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorRules:
    rules: tuple[Rule, ...] = ()
    plan_rules: tuple[PlanRule, ...] = ()


def operator_rules(folder: Path, inventory: Path) -> OperatorRules:
    """The rules of all `*.py` directly in the folder, in order of their names; those that begin with `_` are left out.

    Raises UsageError: no such folder, a folder or file that a merge request could change, a file that is no rule.
    """
    _refuse_inside(folder, inventory)
    found: dict[str, tuple[Path, Rule | PlanRule]] = {}
    for file in sorted(folder.glob("[!_]*.py")):
        _refuse_inside(file, inventory)
        for rule in _rules_of(file, load(file)):
            if rule.code in found:
                raise _broken(file, f"code {rule.code} is taken by {found[rule.code][0].name}", "give it a free code")
            found[rule.code] = (file, rule)
    if not found:
        raise UsageError(f"no rule in {folder}", hint="a rule is a file *.py with RULE or PLAN_RULE, docs/policies.md")
    rules = [rule for _, rule in found.values()]
    return OperatorRules(
        rules=tuple(rule for rule in rules if isinstance(rule, Rule)),
        plan_rules=tuple(rule for rule in rules if isinstance(rule, PlanRule)),
    )


def _refuse_inside(path: Path, inventory: Path) -> None:
    if not path.exists():
        raise UsageError(f"there is no folder of rules {path}", hint="name one by --rules or MUTUALIS_RULES")
    real, specs = path.resolve(), inventory.resolve()
    if real.is_relative_to(specs) or (real.is_dir() and specs.is_relative_to(real)):
        raise UsageError(
            f"rules are not read from {path}: it lies inside or around the specs in {inventory}",
            hint="a merge request could run code; keep the rules where only the operator writes",
        )


def _rules_of(file: Path, module: ModuleType) -> Iterator[Rule | PlanRule]:
    names = [name for name in _EXPECTED if hasattr(module, name)]
    if not names:
        raise _broken(file, "neither RULE nor PLAN_RULE", "name the rule RULE, or PLAN_RULE if it judges plans")
    for name in names:
        yield _checked(file, name, getattr(module, name))


def _checked(file: Path, name: str, rule: Any) -> Rule | PlanRule:
    kind = _EXPECTED[name]
    if not isinstance(rule, Rule | PlanRule) or not isinstance(rule, kind):
        raise _broken(file, f"{name} is a {type(rule).__name__}", f"make it a {kind.__name__} of policies")
    if not all(isinstance(getattr(rule, text), str) and getattr(rule, text).strip() for text in _TEXTS):
        raise _broken(file, f"{name} lacks one of {', '.join(_TEXTS)}", "say what must hold, why and what to do")
    if not CODE.fullmatch(rule.code):
        raise _broken(file, f"{rule.code!r} is no code for rules of the operator", "use OWN and three digits")
    if not isinstance(rule.severity, Severity) or not callable(rule.check):
        raise _broken(file, f"{name} has no severity, or no check that can be called", "see docs/policies.md")
    guarded = _guarded(file, rule.check)
    if isinstance(rule, PlanRule):
        return replace(rule, check=guarded)
    return replace(rule, check=guarded)


def _guarded(file: Path, check: Callable[..., Iterable[Violation]]) -> Callable[..., Iterable[Violation]]:
    """The same check, whose mistakes are told as mistakes of this file."""

    def guarded(judged: Subject | PlanFacts) -> tuple[Violation, ...]:
        try:
            return tuple(_placeable(one, judged.specs) for one in check(judged))
        except MutualisError:
            raise
        except Exception as error:
            raise _failed(file, error) from error

    return guarded


def _placeable(violation: Violation, specs: Specs) -> Violation:
    """Raises when the violation names no object of the specs: it could not be shown, nor waived."""
    if not isinstance(violation, Violation):
        raise TypeError(f"the check yields a {type(violation).__name__}, not a Violation")
    if violation.object.name not in _names(specs).get(violation.object.kind, ()):
        raise LookupError(f"there is no {violation.object} in the specs")
    return violation


def _names(specs: Specs) -> dict[str, Iterable[str]]:
    return {
        "Region": (specs.region.name,),
        "Catalogue": (specs.catalogue.name,),
        "Site": specs.sites,
        "Host": specs.hosts,
        "Tenant": specs.tenants,
        "Waiver": specs.waivers,
    }


def _failed(file: Path, error: Exception) -> UsageError:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    place = f"{file}:{lines[-1]}" if lines else str(file)
    return UsageError(f"{place}: the rule's check failed: {type(error).__name__}: {error}", hint="mend the rule")


def _broken(file: Path, what: str, hint: str) -> UsageError:
    return UsageError(f"{file}: {what}", hint=hint)
