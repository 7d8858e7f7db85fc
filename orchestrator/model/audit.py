"""What a scanner measured on hosts, and how each rule stands: kept, broken, broken for a reason, waived."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from orchestrator.model.host_result import HostStatus
from orchestrator.model.outcome import Failure
from orchestrator.model.site import HardeningLevel

RULE_PREFIX: Final = "bp28:"
"""How a waiver names a rule of the scanner's content: `bp28:partition_for_home`."""


class Result(StrEnum):
    """What the scanner says of a rule (XCCDF 1.2, 6.4.4), as far as it differs for us."""

    PASS = "pass"  # noqa: S105 (a word of XCCDF)
    FAIL = "fail"
    NOT_APPLICABLE = "notapplicable"
    NOT_CHECKED = "notchecked"
    UNKNOWN = "unknown"  # `error` and whatever else is no answer
    MISSING = "missing"  # the level asks for it, and the scanner did not say a word


class Standing(StrEnum):
    """How a rule stands once reasons and waivers are counted."""

    PASS = "pass"  # noqa: S105 (a word of XCCDF)
    FINDING = "finding"
    ACCEPTED = "accepted"  # the product says why it cannot be kept here
    WAIVED = "waived"  # the operator says why, until a date
    INAPPLICABLE = "inapplicable"  # concerns nothing that is there, and the product says so too


class Where(StrEnum):
    """On which hosts a reason counts."""

    EVERYWHERE = "everywhere"
    CONTAINER = "container"  # its kernel and its disks are another's
    ROOT_INSTALLS = "root-installs"  # spec.installation.ssh.user is root
    CARRIES_SERVERS = "carries-servers"  # a compute host
    ANSWERS_APIS = "answers-apis"  # a control host
    ADDRESS_MOVES = "address-moves"  # several control hosts: the region's address goes from one to another


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRule:
    """A rule of the content. `recommendations`: of BP-028 (`R12`); `level`: the lowest that asks for it."""

    name: str
    level: HardeningLevel
    severity: str
    recommendations: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why rules cannot be kept. `rules`: names, `*` stands for anything; `inapplicable`: why they concern nothing."""

    rules: tuple[str, ...]
    why: str
    where: Where = Where.EVERYWHERE
    inapplicable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The rules that are known, by name, and the reasons that count. `content`: the version that both are of."""

    content: str
    rules: Mapping[str, KnownRule]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostMeasure:
    """What a host answered. `content`, `scanner`: versions; `failure`: why it did not, unless `status` is done."""

    host: str
    status: HostStatus
    container: bool = False
    content: str = ""
    scanner: str = ""
    results: Mapping[str, Result]
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedRule:
    """`why`: the reason or the waiver's; `until`: last day of the waiver, ISO."""

    rule: str
    title: str
    severity: str
    recommendations: tuple[str, ...]
    result: Result
    standing: Standing
    why: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedHost:
    """`measured_at`: RFC 3339, UTC; `rules`: by name, none unless `status` is done."""

    host: str
    level: HardeningLevel
    status: HostStatus
    measured_at: str
    container: bool
    content: str
    rules: tuple[AuditedRule, ...]
    failure: Failure | None = None

    @property
    def counts(self) -> Mapping[Standing, int]:
        """Rules by standing, all standings."""
        found = Counter(one.standing for one in self.rules)
        return {standing: found[standing] for standing in Standing}

    @property
    def score(self) -> float | None:
        """Share of the rules that concern the host that pass, 0 to 1: no reason and no waiver raises it."""
        concerned = len(self.rules) - self.counts[Standing.INAPPLICABLE]
        return self.counts[Standing.PASS] / concerned if concerned else None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """One audit of some or all hosts of a region, by name."""

    region: str
    started_at: str
    seconds: float
    hosts: tuple[AuditedHost, ...]

    @property
    def findings(self) -> int:
        return sum(one.counts[Standing.FINDING] for one in self.hosts)

    @property
    def unmeasured(self) -> tuple[AuditedHost, ...]:
        return tuple(one for one in self.hosts if one.status is not HostStatus.DONE)
