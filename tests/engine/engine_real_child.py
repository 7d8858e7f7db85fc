"""Processes that work on the embedded cloud and are killed from outside: `engine_real_child.py ROOT`.

Forked from this one, which has loaded everything and started nothing. Reads one action a line (`up`, `destroy`);
prints the process's id when it begins and its exit code when it has ended.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import pulumi_openstack as openstack

from engine_bench import PASSPHRASE
from pulumi import automation as auto

from orchestrator.engine import EmbeddedCommand
from orchestrator.engine.backend.secrets import unlock
from orchestrator.engine.cloud.provider import OpenStackProvider

PORTS = (22, 80, 443)
SIZE = 12


def program() -> None:
    """A tenant: project, quota, user, network, subnet, router with its interface, group with three rules, key."""
    project = openstack.identity.Project("p", name="crash-p")
    openstack.identity.User("u", name="crash-u", default_project_id=project.id)
    openstack.compute.QuotaSetV2("q", project_id=project.id, cores=10, instances=10, ram=10240)
    openstack.compute.Keypair("k", name="crash-k")
    network = openstack.networking.Network("n", name="crash-n", tenant_id=project.id, tags=["crash"])
    subnet = openstack.networking.Subnet(
        "s", name="crash-s", network_id=network.id, tenant_id=project.id, cidr="10.90.0.0/24", ip_version=4
    )
    router = openstack.networking.Router("r", name="crash-r", tenant_id=project.id)
    openstack.networking.RouterInterface("i", router_id=router.id, subnet_id=subnet.id)
    group = openstack.networking.SecGroup("g", name="crash-g", tenant_id=project.id, delete_default_rules=True)
    for port in PORTS:
        openstack.networking.SecGroupRule(
            f"port-{port}",
            tenant_id=project.id,
            security_group_id=group.id,
            direction="ingress",
            ethertype="IPv4",
            protocol="tcp",
            port_range_min=port,
            port_range_max=port,
        )


def at(root: Path) -> auto.Stack:
    """The stack of ROOT, with credentials from the process's environment."""
    (root / "work").mkdir(exist_ok=True)
    options = auto.LocalWorkspaceOptions(
        work_dir=str(root / "work"),
        pulumi_command=EmbeddedCommand(OpenStackProvider()),
        project_settings=auto.ProjectSettings(name="demo", runtime="python"),
        env_vars={
            "PULUMI_BACKEND_URL": f"file://{root}/backend",
            "PULUMI_CONFIG_PASSPHRASE": PASSPHRASE,
            **{name: value for name, value in os.environ.items() if name.startswith("OS_")},
        },
    )
    return auto.create_or_select_stack("acme", project_name="demo", program=program, opts=options)


def main() -> None:
    root = Path(sys.argv[1])
    for settings in (root / "work").glob("Pulumi.acme.yaml"):
        unlock(PASSPHRASE, settings.read_text().split(": ", 1)[1].strip())  # the key is derived once for all
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_work(root, line.strip()))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _work(root: Path, action: str) -> int:
    try:
        getattr(at(root), action)(parallel=4)
    except auto.CommandError as error:
        sys.stderr.write(str(error))
        return 1
    return 0


if __name__ == "__main__":
    main()
