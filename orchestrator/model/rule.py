"""What `flow` needs of a policy rule, and what a rule finds. The rules themselves live in `policies`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from orchestrator.model.finding import ObjectRef, Path, Severity
from orchestrator.model.plan_facts import PlanFacts
from orchestrator.model.specs import Specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a rule judges: the specs, the day, and in which file each document stands.

    `files`: below the region's folder, parts joined by `/`.
    """

    specs: Specs
    today: dt.date
    files: Mapping[ObjectRef, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule broken by an object.

    `path`: within its document, as written in YAML; an item of a list by its index or, if it has one, its name.
    `hint`: empty: the rule's own.
    """

    object: ObjectRef
    path: Path
    message: str
    hint: str = ""


class NamedRule(Protocol):
    """What people need to know of any rule."""

    @property
    def code(self) -> str: ...

    @property
    def severity(self) -> Severity: ...

    @property
    def hint(self) -> str: ...

    @property
    def reference(self) -> str: ...


class JudgingRule(NamedRule, Protocol):
    """A pure function from its subject to violations."""

    def check(self, subject: Subject, /) -> Iterable[Violation]:
        """Every violation, in the order of the specs."""


class JudgingPlanRule(NamedRule, Protocol):
    """A pure function from a plan, with the specs and the ledger behind it, to violations."""

    def check(self, facts: PlanFacts, /) -> Iterable[Violation]:
        """Every violation, in the order of the plan's steps."""
