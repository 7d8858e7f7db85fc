"""Swift's servers as green threads of one process: the proxy on one port, behind it the three others on another."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from swift.common.concurrency import GreenPool, hubs, listen, sleep, spawn_n, wsgi
from swift.common.http_protocol import SwiftHttpProtocol
from swift.common.utils import get_hub, readconf
from swift.common.wsgi import init_request_processor
from swift.container.updater import ContainerUpdater

from lab.configuration.swift import SERVERS
from lab.control_plane import HOST

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
_SWEEP_SECONDS = 5  # until an account knows how much its containers hold
_CLIENTS = 1000


def serve_all(directory: Path, ports: tuple[int, ...]) -> None:
    """Serve for ever; each server reads the file of its name in the directory."""
    hubs.use_hub(get_hub())
    outer, inner = (listen((HOST, port)) for port in ports)  # at once: a taken port ends the process
    behind = {name: _application(directory, name) for name in SERVERS}
    spawn_n(_serve, inner, _by_device(behind))
    spawn_n(_sweep, directory)
    application = _application(directory, "proxy")
    print(f"serving on {HOST}:{ports[0]}", flush=True)
    _serve(outer, application)


def _application(directory: Path, name: str) -> Application:
    application, *_ = init_request_processor(str(directory / f"{name}-server.conf"), f"{name}-server")
    return application


def _by_device(servers: Mapping[str, Application]) -> Application:
    """Hand each request to the server whose device its path begins with."""

    def dispatch(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        _, device, *_ = environ["PATH_INFO"].split("/")
        return servers[device](environ, start_response)

    return dispatch


def _serve(socket: Any, application: Application) -> None:
    wsgi.server(
        socket,
        application,
        log_output=False,
        protocol=SwiftHttpProtocol,
        custom_pool=GreenPool(_CLIENTS),
        capitalize_response_headers=False,
        keepalive=True,
        socket_timeout=3600,
    )


def _sweep(directory: Path) -> None:
    """Tell accounts again and again what their containers hold."""
    updater = ContainerUpdater(readconf(str(directory / "container-server.conf"), "container-updater"))
    while True:
        sleep(_SWEEP_SECONDS)
        updater.run_once()
