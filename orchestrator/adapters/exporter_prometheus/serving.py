"""Who may see what is shown, put together to a server: the same in one process as in two."""

from __future__ import annotations

import socket

from orchestrator.adapters.exporter_prometheus.messages import Serve
from orchestrator.adapters.exporter_prometheus.request import Request
from orchestrator.adapters.exporter_prometheus.routes import Routes
from orchestrator.adapters.exporter_prometheus.server import ExporterServer
from orchestrator.adapters.exporter_prometheus.shown import Shown
from orchestrator.adapters.exporter_prometheus.tokens import TokensFile
from orchestrator.adapters.exporter_prometheus.web_config_file import WebConfigFile


def web_of(told: Serve) -> WebConfigFile | None:
    """TLS and users; None: neither. Raises UsageError when the file is wrong."""
    return WebConfigFile(told.web_config) if told.web_config else None


def server_of(
    shown: Shown,
    told: Serve,
    web: WebConfigFile | None,
    address: tuple[str, int],
    listening: socket.socket | None = None,
) -> ExporterServer:
    """`listening`: see ExporterServer. Raises OSError when it cannot listen, UsageError for tokens that are wrong."""
    tokens = TokensFile(told.tokens) if told.tokens else None
    routes = Routes(collection=shown, web=web, tokens=tokens, lifecycle=told.lifecycle)
    handler = type("Request", (Request,), {"routes": routes})
    return ExporterServer(address, handler, web.tls if web else lambda: None, listening=listening)
