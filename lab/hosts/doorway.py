"""ssh's way into the machines' network: make the connection in there, hand it over (ProxyUseFdpass), and be gone.

``python -P -m lab.hosts.doorway NAMESPACE ADDRESS PORT``, with standard output a socket of ssh's.
"""

import socket
import sys
from pathlib import Path

from lab.hosts.kernel import inside_network

_PATIENCE = 30  # seconds


def main(namespace: str, address: str, port: str) -> None:
    with (
        inside_network(Path(namespace)),
        socket.create_connection((address, int(port)), timeout=_PATIENCE) as connection,
    ):
        connection.settimeout(None)
        with socket.socket(fileno=sys.stdout.fileno()) as ssh:
            socket.send_fds(ssh, [b"\0"], [connection.fileno()])


if __name__ == "__main__":
    try:
        main(*sys.argv[1:4])
    except OSError as error:
        sys.stderr.write(f"no way to {sys.argv[2]} port {sys.argv[3]} of the test hosts: {error.strerror or error}\n")
        sys.exit(1)
