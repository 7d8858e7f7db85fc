"""POL018: what stands open to the Internet is no way in to the administration of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orchestrator.model.catalogue import SecurityPreset
from orchestrator.model.finding import Path, Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import Tenant
from policies.administration_ports import everybody, listed, opened
from policies.exposure import published, rules_of
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    presets = subject.specs.catalogue.presets
    for tenant in living(subject.specs):
        exposed = _exposed(tenant, presets)
        for index, group in enumerate(tenant.security_groups if exposed else ()):
            for path, rule in rules_of(group, presets):
                consoles = [one for one in opened(rule) if one.console] if rule.peer in exposed else []
                if consoles:
                    message = (
                        f"security group '{group.name}' opens {listed(consoles)} to the servers of '{rule.peer}', of "
                        f"which '{exposed[rule.peer]}' stands open to the Internet"
                    )
                    at: Path = ("spec", "securityGroups", index, *path)
                    yield Violation(object=tenant_ref(tenant), path=at, message=message)


def _exposed(tenant: Tenant, presets: Mapping[str, SecurityPreset]) -> Mapping[str, str]:
    """Security group -> one of its servers with a floating IP, for groups that let the Internet at large in."""
    outside = published(tenant)
    behind = {
        name: server.name for server in tenant.all_servers if server.name in outside for name in server.security_groups
    }
    return {
        group.name: behind[group.name]
        for group in tenant.security_groups
        if group.name in behind
        and any(rule.direction == "ingress" and everybody(rule.peer) for _, rule in rules_of(group, presets))
    }


RULE = Rule(
    code="POL018",
    name="administration-path",
    severity=Severity.WARNING,
    summary="No security group opens shells and consoles to a group whose servers stand open to the Internet.",
    hint="administer from a bastion or a VPN that serves nobody else",
    reference="ANSSI, Recommandations relatives à l'administration sécurisée des systèmes d'information",
    check=_check,
)
