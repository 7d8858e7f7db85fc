"""The half that sets up hosts. Its inventory needs nothing more; what acts on hosts needs the `hosts` extra."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from orchestrator.adapters.clock import SystemClock
from orchestrator.errors import PermanentFailure, SpecError
from orchestrator.model.host_inventory import HostInventory
from orchestrator.planning.hosts.inventory import host_inventory
from orchestrator.ports import HostApplier
from orchestrator.reporting.findings import findings_to_text
from orchestrator.settings import Settings
from orchestrator.wiring.specs import validated

CHECKOUT = Path(__file__).parents[2]
ROLES = CHECKOUT / "roles"
PLAYBOOK = CHECKOUT / "playbooks" / "region.yml"
AUDIT = PLAYBOOK.with_name("audit.yml")
"""Measures hosts, and changes nothing on them."""
WIPE = PLAYBOOK.with_name("wipe.yml")
"""Destroys what is on a disk; its roles are ours."""

SECRETS = "hosts-secrets.yml"
"""In the region's folder: all secrets of its hosts, encrypted by the passphrase of the state (Ansible Vault)."""


def inventory_of(folder: Path) -> HostInventory:
    """Of a region's folder. Raises SpecError when the specs are refused, or say nothing of an installation."""
    validation = validated(folder)
    refusals = tuple(finding for finding in validation.findings if finding.refuses)
    if validation.specs is None or refusals:
        raise SpecError(f"the specs of {folder} are refused\n{findings_to_text(refusals)}")
    return host_inventory(validation.specs)


def host_applier_of(region: str, settings: Settings, playbook: Path | None = None) -> HostApplier:
    """What sets up the hosts of a region. `playbook`: WIPE, or one of somebody else's with its roles beside it.

    Raises PermanentFailure without the `hosts` extra, UsageError without a passphrase.
    """
    with needing_ansible():
        from orchestrator.adapters.hosts_ansible.hosts import AnsibleHosts  # noqa: PLC0415 (not everybody's)
        from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile  # noqa: PLC0415 (the same)
        from orchestrator.adapters.hosts_ansible.set_up import SetUp  # noqa: PLC0415 (the same)
    state = settings.region_folder(region)
    set_up = SetUp(
        playbook=playbook or PLAYBOOK,
        roles=ROLES if playbook in (None, WIPE) else playbook.parent / "roles",
        ssh_config=settings.ssh_config,
    )
    return AnsibleHosts(set_up, SecretsFile(state / SECRETS, settings.require_passphrase()), state, SystemClock())


@contextmanager
def needing_ansible() -> Iterator[None]:
    """For imports of what reaches hosts. Raises PermanentFailure without roles, or without the `hosts` extra."""
    if not PLAYBOOK.is_file():  # a wheel has none
        raise PermanentFailure(f"there is no {PLAYBOOK}", hint="run mutualis from a clone: scripts/setup.sh hosts")
    try:
        yield
    except ModuleNotFoundError as error:
        raise PermanentFailure(
            "hosts are reached by Ansible, which is not installed", hint="scripts/setup.sh hosts installs it"
        ) from error


def roles_version() -> str:
    """What decides, besides specs, what hosts become; empty where nothing here could set them up."""
    from orchestrator.adapters.hosts_ansible.version import content_version  # noqa: PLC0415 (not everybody's)

    try:
        return content_version(ROLES, PLAYBOOK.parent)
    except PackageNotFoundError:
        return ""
