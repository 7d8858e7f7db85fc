"""A tenant's public key in Nova. Keypairs belong to the user that makes them, so they carry the tenant's name."""

from __future__ import annotations

import pulumi_openstack as openstack

from orchestrator.model.access import SshKey


def keypair_name(tenant: str, key: str) -> str:
    return f"{tenant}-{key}"


def keypair(tenant: str, environment: SshKey) -> openstack.compute.Keypair:
    return openstack.compute.Keypair(
        environment.name, name=keypair_name(tenant, environment.name), public_key=environment.public_key
    )
