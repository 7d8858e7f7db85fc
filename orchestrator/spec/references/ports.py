"""The port range of a security rule, a preset's or a tenant's."""

from __future__ import annotations

from orchestrator.model.finding import Path
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item

_WITH_ORDER = {"tcp", "udp", "sctp"}


def judge_ports(document: Judge, path: Path, rule: Item) -> None:
    """The last port is not before the first one; ICMP's type and code have no order."""
    first, last = rule.get("portMin"), rule.get("portMax")
    if first is not None and last is not None and last < first and rule.get("protocol") in _WITH_ORDER:
        document.report("order", (*path, "portMax"), f"the last port {last} is before the first one", f"it is {first}")
