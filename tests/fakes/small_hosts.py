"""Hosts of the small region, installed by its specs: as many and in as many roles as a test names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Interface
from typing import Any

from small_region import specs

from orchestrator.model.installation import ControlPlane, Installation, Rolling
from orchestrator.model.interface import Interface, InterfaceUse
from orchestrator.model.site import HardeningLevel, Host, HostRole, Power, Purchase
from orchestrator.model.specs import Specs
from orchestrator.model.tenant import Tenant

CONTROL = (HostRole.CONTROL, HostRole.NETWORK)


def control(name: str, number: int, **changes: Any) -> Host:
    return replace(host(name, number), roles=CONTROL, **changes)


def host(name: str, number: int, **changes: Any) -> Host:
    """A compute host. `number`: the last part of its address."""
    use = (InterfaceUse.MANAGEMENT, InterfaceUse.TUNNEL)
    made = Host(
        name=name,
        site="north",
        rack="r1",
        unit=number,
        owner="loire",
        roles=(HostRole.COMPUTE,),
        threads=8,
        memory_gib=64,
        disks=(),
        nics=(),
        bmc_address=f"192.0.2.{number}",
        os="debian-13",
        hardening=HardeningLevel.MINIMAL,
        purchase=Purchase(date=dt.date(2025, 1, 1), price=1.0, amortisation_years=5),
        power=Power(idle_watts=1, max_watts=2),
        interfaces=(Interface(name="eno1", addresses=(IPv4Interface(f"198.51.100.{number}/24"),), uses=use),),
    )
    return replace(made, **changes)


def installed(*hosts: Host, tenants: tuple[Tenant, ...] = (), rolling: Rolling | None = None, **of: Any) -> Specs:
    """`of`: further fields of the installation."""
    plane = ControlPlane(name="api.loire.example", address=IPv4Address("198.51.100.250"))
    installation = Installation(control_plane=plane, rolling=rolling or Rolling(), **of)
    return replace(specs(*tenants, installation=installation), hosts={one.name: one for one in hosts})
