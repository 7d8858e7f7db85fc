"""POL004: nobody on the Internet at large reaches an administration port."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from policies.administration_ports import everybody, listed, opened
from policies.exposure import rules_of
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    presets = subject.specs.catalogue.presets
    for tenant in living(subject.specs):
        for index, group in enumerate(tenant.security_groups):
            for path, rule in rules_of(group, presets):
                services = opened(rule) if everybody(rule.peer) else []
                if services:
                    message = f"security group '{group.name}' opens {listed(services)} to {rule.peer}"
                    at: Path = ("spec", "securityGroups", index, *path)
                    yield Violation(object=tenant_ref(tenant), path=at, message=message)


RULE = Rule(
    code="POL004",
    name="open-administration",
    severity=Severity.ERROR,
    summary="No security group opens a port of administration (SSH, RDP, WinRM, VNC, databases, hypervisors, BMCs: "
    "policies/administration_ports.py) to the Internet at large.",
    hint="name the networks that administer, or go through a VPN or a bastion",
    reference="ANSSI, Recommandations relatives à l'administration sécurisée des systèmes d'information",
    check=_check,
)
