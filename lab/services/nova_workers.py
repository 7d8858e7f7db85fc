"""Nova's conductor, scheduler and one compute service a hypervisor, all in this process."""

import sys
import uuid

import nova.virt
import nova.virt.node
import os_vif
from mutualis_lab import nova_driver
from nova import context, objects, service
from nova.compute import rpcapi as compute_rpc
from nova.conductor import rpcapi as conductor_rpc
from nova.conf import CONF
from nova.objects import host_mapping
from nova.scheduler import rpcapi as scheduler_rpc
from nova.servicegroup import api as servicegroup

from lab.shape import CloudShape

_HOST = "lab"  # of all but the compute services


def start_workers(shape: CloudShape) -> None:
    """Start them all and map the hosts to the cell."""
    _prepare()
    _start("nova-conductor", _HOST, topic=conductor_rpc.RPC_TOPIC)
    _start("nova-scheduler", _HOST, topic=scheduler_rpc.RPC_TOPIC)
    for hypervisor in shape.hypervisors:  # without the second topic a resize hangs
        _start("nova-compute", hypervisor.name, topic=compute_rpc.RPC_TOPIC, topic_alt=compute_rpc.RPC_TOPIC_ALT)
    CONF.set_override("host", _HOST)
    host_mapping.discover_hosts(context.get_admin_context())


def _prepare() -> None:
    nova.virt.mutualis_lab = sys.modules["nova.virt.mutualis_lab"] = nova_driver  # drivers are looked for only there
    CONF.set_default("host", _HOST)
    servicegroup.INITIAL_REPORTING_DELAY = 0
    objects.register_all()
    objects.Service.enable_min_version_cache()
    os_vif.initialize()
    if not nova.virt.node.read_local_node_uuid():  # the fake driver never writes it, and every later start wants it
        nova.virt.node.write_local_node_uuid(str(uuid.uuid4()))


def _start(binary: str, host: str, **topics: str) -> None:
    CONF.set_override("host", host)  # managers and drivers read it while they are made
    service.Service.create(binary=binary, host=host, **topics).start()
