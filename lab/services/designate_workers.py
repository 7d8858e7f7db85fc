"""Designate's central, worker, producer and MiniDNS, all in this process, and its API's application."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from designate import policy, rpc, utils
from designate.central import service as central
from designate.conf import CONF
from designate.context import DesignateContext
from designate.mdns import service as mdns
from designate.objects.adapters import DesignateAdapter
from designate.producer import service as producer
from designate.worker import service as worker
from oslo_log import log
from paste import deploy

from lab.control_plane import HOST

_PASTE_FILE = Path("etc") / "designate" / "api-paste.ini"


def start_all(configuration: str, dns_port: int) -> Callable[..., object]:
    """Start all parts with the configuration file; return the API's application."""
    utils.read_config("designate", ["designate", "--config-file", configuration])
    log.setup(CONF, "designate")
    policy.init()
    rpc.init(CONF)
    middle = central.Service()
    middle.start()
    _describe_pool(middle, dns_port)
    for part in (worker, producer, mdns):
        part.Service().start()
    return deploy.loadapp(f"config:{_paste_file()}", name="osapi_dns")


def _paste_file() -> Path:
    """Return the file that lies beside Designate's packages: they are not those of the running interpreter."""
    import designate

    return Path(designate.__file__).parents[4] / _PASTE_FILE


def _describe_pool(middle: Any, dns_port: int) -> None:
    """Let the one pool, made with the tables, have the fake back end and MiniDNS for name server; twice is once."""
    context = DesignateContext.get_admin_context()
    pool = middle.get_pool(context, CONF["service:central"].default_pool_id)
    here = {"host": HOST, "port": dns_port}
    description = {
        "id": pool.id,
        "name": pool.name,
        "description": "The embedded cloud's",
        "attributes": {},
        "ns_records": [{"hostname": "ns1.mutualis-lab.example.", "priority": 1}],
        "nameservers": [here],
        "also_notifies": [],
        "targets": [{"type": "fake", "description": "none", "masters": [here], "options": here}],
    }
    middle.update_pool(context, DesignateAdapter.parse("YAML", description, pool))
