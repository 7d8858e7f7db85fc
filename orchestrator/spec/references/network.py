"""A tenant's networks and security groups."""

from __future__ import annotations

from orchestrator.model.finding import Path
from orchestrator.spec.formats import is_network
from orchestrator.spec.references.judge import Judge
from orchestrator.spec.references.names import Item, Names
from orchestrator.spec.references.ports import judge_ports
from orchestrator.spec.references.project import known_here, project_of


def judge(tenant: Judge, names: Names) -> None:
    """External networks, presets and peers exist."""
    for path, network in tenant.items("networks"):
        if "external" in network:
            tenant.known((*path, "external"), network["external"], names.externals, "no external network {}")
            if network.get("exposure") == "isolated":
                message = "an isolated network reaches no external network"
                tenant.report("contradiction", (*path, "external"), message, "remove it, or write exposure: outbound")
    for path, group in tenant.items("securityGroups"):
        _group(tenant, names, path, group)


def _group(tenant: Judge, names: Names, path: Path, group: Item) -> None:
    if group["name"] == "default":
        message = "'default' is the group that OpenStack makes in every project"
        tenant.report("duplicate-name", (*path, "name"), message, "give the group another name")
    presets = names.catalogue.presets if names.catalogue else None
    for index, preset in enumerate(group.get("presets", ())):
        tenant.known((*path, "presets", index), preset, presets, "no preset {}")
    groups = tenant.by_name("securityGroups")
    for index, rule in enumerate(group.get("rules", ())):
        at: Path = (*path, "rules", index)
        judge_ports(tenant, at, rule)
        if rule["peer"] != "self" and not is_network(rule["peer"]):
            known_here(tenant, (*at, "peer"), rule["peer"], groups, "security group", project_of(tenant, group))
