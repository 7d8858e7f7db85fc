"""POL004: nobody on the Internet at large reaches an administration port."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.model.catalogue import SecurityPreset, SecurityRule
from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import SecurityGroup
from policies.administration_ports import opened
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    for tenant in living(subject.specs):
        for index, group in enumerate(tenant.security_groups):
            for path, rule in _rules(group, subject.specs.catalogue.presets):
                ports = opened(rule)
                if ports:
                    message = f"security group '{group.name}' opens {', '.join(ports)} to {rule.peer}"
                    at: Path = ("spec", "securityGroups", index, *path)
                    yield Violation(object=tenant_ref(tenant), path=at, message=message)


def _rules(group: SecurityGroup, presets: Mapping[str, SecurityPreset]) -> Iterator[tuple[Path, SecurityRule]]:
    for index, name in enumerate(group.presets):
        for rule in presets[name].rules:
            yield ("presets", index), rule
    for index, rule in enumerate(group.rules):
        yield ("rules", index, "peer"), rule


RULE = Rule(
    code="POL004",
    name="open-administration",
    severity=Severity.ERROR,
    summary="No security group opens SSH (22) or RDP (3389) to the Internet at large.",
    hint="name the networks that administer, or go through a VPN or a bastion",
    reference="ANSSI, Recommandations relatives à l'administration sécurisée des systèmes d'information",
    check=_check,
)
