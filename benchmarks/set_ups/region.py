"""Our side: the hosts as a computed inventory, set up by the applier as `mutualis apply` does it.

    python region.py inventory|apply FOLDER HOSTS

Runs with the product's Python. `inventory` writes `FOLDER/inventory.yaml` and `FOLDER/settings.cfg` for plain
`ansible-playbook`: the same that the applier gives its own. `apply` prints one JSON object: `hosts` done, `tasks`,
`changes`, `prefix` of the names of its folders in memory. Exit 1 when a host was not done.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from machines import address

from orchestrator.adapters.clock import SystemClock
from orchestrator.adapters.hosts_ansible.configuration import configuration
from orchestrator.adapters.hosts_ansible.hosts import AnsibleHosts
from orchestrator.adapters.hosts_ansible.inventory_file import inventory_text
from orchestrator.adapters.hosts_ansible.run_folder import prefix_of
from orchestrator.adapters.hosts_ansible.secrets_file import SecretsFile
from orchestrator.adapters.hosts_ansible.set_up import SetUp
from orchestrator.model.host_inventory import HostEntry, HostInventory
from orchestrator.model.host_result import HostStatus

VARIABLES = {
    "mutualis_cloud": "benchmark",
    "mutualis_region_name": "RegionOne",
    "mutualis_control_name": "api.example",
    "mutualis_control_address": "10.77.0.250",
    "mutualis_certificate_authority": "own",
    "mutualis_served_backends": (),
    "mutualis_text": "text",
}


def inventory(hosts: int) -> HostInventory:
    entries = tuple(
        HostEntry(
            name=f"host-{number:03}",
            address=address(number),
            groups=("role_compute",),
            variables={"ansible_host": address(number), "ansible_user": "debian"},
        )
        for number in range(hosts)
    )
    return HostInventory(region="benchmark", variables=VARIABLES, hosts=entries)


def main() -> None:
    action, folder, region = sys.argv[1], Path(sys.argv[2]), inventory(int(sys.argv[3]))
    config = folder / "ssh_config"
    if action == "inventory":
        (folder / "inventory.yaml").write_text(inventory_text(region), encoding="utf-8")
        # the run's own folder is named where it runs
        text = configuration(Path("{folder}"), folder / "roles", config)
        (folder / "settings.cfg").write_text(text, encoding="utf-8")
        return
    set_up = SetUp(playbook=folder / "site.yml", roles=folder / "roles", ssh_config=config)
    secrets = SecretsFile(folder / "state" / "secrets.yml", "made-up")
    names = tuple(host.name for host in region.hosts)
    applier = AnsibleHosts(set_up, secrets, folder / "state", SystemClock())
    results = applier.apply(region, names, lambda _host, _status, _task: None).values()
    done = sum(result.status is HostStatus.DONE for result in results)
    tasks, changes = sum(result.tasks for result in results), sum(len(result.changes) for result in results)
    prefix = prefix_of(folder / "state")
    print(json.dumps({"hosts": done, "tasks": tasks, "changes": changes, "prefix": prefix}))
    failed = [f"{one.host}: {one.failure.cause}" for one in results if one.failure]
    print("\n".join(failed), file=sys.stderr)
    sys.exit(done < len(names))


if __name__ == "__main__":
    main()
