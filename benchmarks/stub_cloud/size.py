"""How large a made-up cloud is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Each tenant has one project, one router, one network; there are as many volumes as servers."""

    tenants: int
    hosts: int
    servers: int


SIZES = {
    "XS": Size(tenants=6, hosts=8, servers=30),  # for tests
    "S": Size(tenants=100, hosts=20, servers=1000),
    "M": Size(tenants=1000, hosts=200, servers=5000),
    "L": Size(tenants=3000, hosts=500, servers=20000),
    "XL": Size(tenants=4000, hosts=500, servers=20000),  # for 100 000 series
}
