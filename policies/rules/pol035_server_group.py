"""POL035: a server group does not ask for what the hosts cannot give."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from orchestrator.model.finding import Severity
from orchestrator.model.rule import Subject, Violation
from orchestrator.model.tenant import Server, ServerGroup, Tenant
from policies.placement import Place, Placement
from policies.rule import Rule, living, tenant_ref


def _check(subject: Subject) -> Iterator[Violation]:
    placement = Placement.of(subject.specs)
    for tenant in living(subject.specs):
        members: dict[str, list[Server]] = defaultdict(list)
        for server in tenant.servers:
            members[server.group].append(server)
        for index, group in enumerate(tenant.server_groups):
            fault = _fault(placement, tenant, group, members.get(group.name, ()))
            if fault:
                path = ("spec", "serverGroups", index, "policy")
                yield Violation(object=tenant_ref(tenant), path=path, message=f"server group '{group.name}' {fault}")


def _fault(placement: Placement, tenant: Tenant, group: ServerGroup, members: Sequence[Server]) -> str:
    """The soft policies ask for what can be had, so nothing contradicts them. No host known: nothing can be told."""
    places = [placement.of_machine(server.site or tenant.site, server.flavor) for server in members]
    if group.policy == "anti-affinity":
        return _too_many(placement, places)
    if group.policy == "affinity" and places and all(places) and not frozenset.intersection(*places):
        return f"wants its {len(members)} members on one host, but no site and aggregate is open to all of them"
    return ""


def _too_many(placement: Placement, places: Sequence[frozenset[Place]]) -> str:
    for where, number in Counter(places).items():
        hosts = sum(not host.maintenance for place in where for host in placement.hosts.get(place, ()))
        if where and number > hosts:
            names = ", ".join(f"{aggregate} at {site}" for site, aggregate in sorted(where))
            return f"wants {number} members on different hosts; there are {hosts} ({names})"
    return ""


RULE = Rule(
    code="POL035",
    name="server-group",
    severity=Severity.ERROR,
    summary="A group with anti-affinity has no more members than hosts; one with affinity can stand on one host.",
    hint="take a soft policy, fewer members, or more hosts",
    reference="Nova: ServerGroupAffinityFilter, ServerGroupAntiAffinityFilter",
    check=_check,
)
