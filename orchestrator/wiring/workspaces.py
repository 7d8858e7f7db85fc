"""Where a region's stacks live, and with which credential they are opened."""

from __future__ import annotations

from orchestrator.adapters.stacks_pulumi import Carrier, Workspaces
from orchestrator.model.region import Region
from orchestrator.settings import Settings
from orchestrator.wiring.clouds import cloud_environment


def workspaces(region: Region, settings: Settings, carrier: Carrier, *, reading: bool) -> Workspaces:
    folder = settings.region_folder(region.name)
    return Workspaces(
        carrier=carrier,
        project=region.name,
        backend=_address(region.state_backend) or f"file://{folder / 'state'}",
        folder=folder / "work",
        credentials={
            **settings.state_form,
            **cloud_environment(region, settings, reading=reading),
            "PULUMI_CONFIG_PASSPHRASE": settings.require_passphrase(),
        },
    )


def _address(backend: str) -> str:
    """Pulumi's CLI knows the shorter of the two names that PostgreSQL's addresses have."""
    return backend.replace("postgresql://", "postgres://", 1) if backend.startswith("postgresql://") else backend
