"""Compared stacks of a small region: drift, rights and what was not seen."""

from __future__ import annotations

from orchestrator.model.drift import ComparedStack, Difference, FoundChange, FoundObject, Unseen

SERVER = "openstack:compute/instance:Instance"
GROUP = "openstack:networking/secGroup:SecGroup"

RENAMED = FoundObject(
    kind=SERVER,
    name="main/web",
    id="s1",
    difference=Difference.CHANGED,
    changes=(
        FoundChange(path="name", applied="web", found="by | hand"),
        FoundChange(path="powerState", applied="active", found="shutoff"),
    ),
    declared={"name": "web", "powerState": "active"},
)
GONE = FoundObject(
    kind="openstack:networking/secGroupRule:SecGroupRule", name="main/web/ssh", id="r1", difference=Difference.GONE
)
OPENED = FoundObject(
    kind="openstack:networking/secGroupRule:SecGroupRule",
    name="ingress,IPv4,tcp,22-22,0.0.0.0/0",
    id="r2",
    difference=Difference.ADDED,
    within="main/web",
    within_kind=GROUP,
)
OWN_NETWORK = FoundObject(kind="openstack:networking/network:Network", name="own", id="n1", difference=Difference.ADDED)
HIDDEN = Unseen(kind="openstack:compute/serverGroup:ServerGroup", name="main/g", cause="not shown", hidden=True)
BROKEN = Unseen(kind=SERVER, name="main/db", cause="GET compute /servers/s2: 503")

REGION = ComparedStack(stack="region", objects=17)
CAEN = ComparedStack(stack="caen", objects=12, found=(RENAMED, GONE, OPENED, OWN_NETWORK), unseen=(HIDDEN,))
VIRE = ComparedStack(stack="vire", objects=9)
UNREAD = ComparedStack(stack="vire", objects=9, unseen=(BROKEN,))
