"""Groups of Ansible's inventory: by role, site, rack, aggregate and hardening level."""

from __future__ import annotations

from collections.abc import Iterator

from orchestrator.model.site import Host


def groups_of(host: Host) -> tuple[str, ...]:
    """Sorted. Names of specs have hyphens, which Ansible refuses in groups: each becomes an underscore.

    Two names never meet that way: names of specs hold no underscore.
    """
    return tuple(sorted(name.replace("-", "_") for name in _names(host)))


def _names(host: Host) -> Iterator[str]:
    yield from (f"role_{role.value}" for role in host.roles)
    yield f"site_{host.site}"
    yield f"rack_{host.site}_{host.rack}"
    yield f"aggregate_{host.site}_{host.aggregate}"
    yield f"hardening_{host.hardening.value}"
    if host.maintenance:
        yield "maintenance"
