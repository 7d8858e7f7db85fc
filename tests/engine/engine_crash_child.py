"""Processes that work on a stack and are killed on the way: `engine_crash_child.py START ACTION BOUNDARIES`.

START is copied for each; the children are forked from this process, which has loaded everything and started
nothing. Prints for each boundary the copy and how its process ended (-9: killed).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import pulumi_openstack as openstack

import pulumi
from engine_bench import PASSPHRASE, Bench
from engine_fake_cloud import Faults

from orchestrator.engine.backend.secrets import unlock


def first() -> None:
    """Six resources that stand on each other."""
    _program(cidr="10.0.0.0/24", description="a", port=22)


def second() -> None:
    """The same with an update, a replacement of each kind, one less and one more."""
    _program(cidr="10.0.1.0/24", description="b", port=443)
    openstack.identity.User("u", name="u1", password="x")


def _program(*, cidr: str, description: str, port: int) -> None:
    project = openstack.identity.Project("p", name="p1", description=description)
    network = openstack.networking.Network("n", name="n1", tenant_id=project.id)
    openstack.networking.Subnet("s", name="s1", network_id=network.id, cidr=cidr, ip_version=4)
    group = openstack.networking.SecGroup("g", name="g1", tenant_id=project.id)
    openstack.networking.SecGroupRule(
        "r",
        direction="ingress",
        ethertype="IPv4",
        protocol="tcp",
        port_range_min=port,
        port_range_max=port,
        security_group_id=group.id,
    )
    if description == "a":
        openstack.networking.Router("x", name="x1", tenant_id=project.id)
    pulumi.export("network", network.id)


def main() -> None:
    start, action, boundaries = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    for settings in (start / "work" / "acme").glob("Pulumi.acme.yaml"):
        unlock(PASSPHRASE, settings.read_text().split(": ", 1)[1].strip())  # the key is derived once for all
    ends = []
    for kill_at in range(1, boundaries + 2):
        root = start.with_name(f"{action}{kill_at}")
        shutil.copytree(start, root)
        child = os.fork()
        if child == 0:
            os._exit(_work(root, action, kill_at))
        ends.append((str(root), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])))
    sys.stdout.write(json.dumps(ends))


def _work(root: Path, action: str, kill_at: int) -> int:
    bench = Bench(root, Faults(kill_at=kill_at))
    stack = bench.stack(second if action == "change" else first)
    if action == "destroy":
        stack.destroy(parallel=2)
    else:
        stack.up(parallel=2)
    return 0


if __name__ == "__main__":
    main()
