"""Octavia's worker, which carries out what the API has accepted, in this process."""

import oslo_messaging
from octavia.common import constants, rpc
from octavia.controller.queue.v2 import endpoints
from oslo_config import cfg


def start_worker() -> None:
    target = oslo_messaging.Target(topic=constants.TOPIC_AMPHORA_V2, server=cfg.CONF.host, fanout=False)
    rpc.get_server(target, [endpoints.Endpoints()]).start()
