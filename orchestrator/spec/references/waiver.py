"""What a Waiver suspends, and for whom."""

from __future__ import annotations

from orchestrator.model.audit import RULE_PREFIX
from orchestrator.model.finding import ObjectRef
from orchestrator.spec.messages import did_you_mean
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Names


def judge(waiver: Judge, names: Names) -> None:
    """The rule and the object exist, and the waiver does not end before it begins."""
    waiver.known(("spec", "rule"), waiver.spec["rule"], names.rules, "no rule {}")
    written = waiver.spec["object"]
    if waiver.spec["rule"].startswith(RULE_PREFIX) and written["kind"] != "Host":
        message = f"{waiver.spec['rule']} is measured on hosts, not on a {written['kind']}"
        waiver.report("contradiction", ("spec", "object", "kind"), message, "name a Host")
    if ObjectRef(kind=written["kind"], name=written["name"]) not in names.objects:
        known = [ref.name for ref in names.objects if ref.kind == written["kind"]]
        message = f"no {written['kind']} '{written['name']}'"
        path = ("spec", "object", "name")
        waiver.report("unknown-reference", path, message, did_you_mean(written["name"], known))
    granted, expires = waiver.spec.get("granted", ""), waiver.spec["expires"]
    if granted > expires:  # both YYYY-MM-DD
        waiver.report(
            "order", ("spec", "expires"), f"it ends on {expires}, before it is granted", f"granted: {granted}"
        )
