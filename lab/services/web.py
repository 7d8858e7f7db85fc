"""Serve a service's WSGI application on its port of loopback."""

import logging
from collections.abc import Callable

from lab.control_plane import HOST, Service
from lab.shape_file import current_definition

_THREADS = 4  # more only fight for Python's lock: 8 take twice the CPU time under load
_CONNECTIONS = 1000  # at waitress' own limit of 100, clients that keep connections open stall the others for a minute
_IDLE_SECONDS = 3600  # a shorter one closes connections under a client that is about to send


def serve(service: Service, application: Callable[..., object]) -> None:
    import waitress

    port = service.port(current_definition().port_base)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    print(f"serving on {HOST}:{port}", flush=True)
    waitress.serve(
        application,
        host=HOST,
        port=port,
        threads=_THREADS,
        ident=service.name,
        connection_limit=_CONNECTIONS,
        channel_timeout=_IDLE_SECONDS,
    )
