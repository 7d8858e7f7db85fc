"""The machines' only way to packages: a server in their network that asks Debian's archive from outside.

It answers for any mirror's name, as a proxy or directly, but only for paths of Debian's archive, and only to read.
What never changes (packages, indices by their hash) is kept for ever; the rest is asked for anew each time, and what
was kept serves only where the archive does not answer. apt verifies signatures: nothing here has to be trusted.

``python -P -m lab.hosts.package_cache NAMESPACE ADDRESS FOLDER``
"""

import contextlib
import http.client
import os
import re
import shutil
import socket
import sys
import tempfile
import urllib.error
import urllib.request
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lab.hosts.kernel import inside_network
from lab.hosts.sources import Sources, read_sources

PORT = 3142
_PATIENCE = 60  # seconds that the archive may be silent
_PIECE = 1 << 16
_SAFE = re.compile(r"(/[A-Za-z0-9._+~:%=@-]+)+")


class PackageCache(ThreadingHTTPServer):
    """Listens in the namespace; keeps files in ``folder``, where other caches may do the same at the same time."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, namespace: Path, address: str, folder: Path, sources: Sources) -> None:
        self.folder = folder
        self.sources = sources
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler(dict(sources.proxies)))
        with inside_network(namespace):
            super().__init__((address, PORT), _Answer)

    def server_bind(self) -> None:
        """Bind without asking a name server who we are."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PackageCache

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        url = self.server.sources.url_of(path)
        if url is None or not _SAFE.fullmatch(path) or ".." in unquote(path):
            self.send_error(HTTPStatus.FORBIDDEN, "only Debian's archive is served here")
            return
        kept = self.server.folder / re.sub(r"^.*?/(?=debian(-security)?/)", "", path)
        if _never_changes(path) and kept.is_file():
            self._send_file(kept)
        else:
            self._fetch(url, kept)

    def _fetch(self, url: str, kept: Path) -> None:
        request = urllib.request.Request(url)  # noqa: S310 the URL begins as apt's own sources say
        if since := self.headers.get("If-Modified-Since"):
            request.add_header("If-Modified-Since", since)
        try:
            answer = self.server.opener.open(request, timeout=_PATIENCE)
        except urllib.error.HTTPError as error:
            with error:
                self._send_empty(error.code)
        except (OSError, http.client.HTTPException) as error:
            self.log_error("%s: %s", url, error)
            if kept.is_file():
                self._send_file(kept)
            else:
                self._send_empty(HTTPStatus.BAD_GATEWAY)
        else:
            with answer:
                self._pass_on(answer, kept)

    def _pass_on(self, answer: http.client.HTTPResponse, kept: Path) -> None:
        """Send what comes while it comes, and keep it once it is whole."""
        length = answer.headers.get("Content-Length")
        self.send_response(HTTPStatus.OK)
        for name in ("Content-Type", "Last-Modified", "Content-Length"):
            if value := answer.headers.get(name):
                self.send_header(name, value)
        self.close_connection = length is None or self.close_connection
        self.end_headers()
        if self.command == "HEAD":
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=kept.parent, prefix=".part-")
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123 a descriptor has no path
                while piece := answer.read(_PIECE):
                    file.write(piece)
                    self.wfile.write(piece)
            if length is None or int(length) == Path(name).stat().st_size:
                Path(name).replace(kept)
            else:
                self.close_connection = True
        finally:
            Path(name).unlink(missing_ok=True)

    def _send_file(self, path: Path) -> None:
        with path.open("rb") as file:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Length", str(os.fstat(file.fileno()).st_size))
            self.end_headers()
            if self.command != "HEAD":
                shutil.copyfileobj(file, self.wfile, _PIECE)

    def _send_empty(self, code: int) -> None:
        self.send_response(code)
        if code != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", "0")
        self.end_headers()


def _never_changes(path: str) -> bool:
    return "/pool/" in path or "/by-hash/" in path


def answers(namespace: Path, address: str) -> bool:
    """Whether a cache listens in that network."""
    with contextlib.suppress(OSError), inside_network(namespace):
        socket.create_connection((address, PORT), timeout=1).close()
        return True
    return False


if __name__ == "__main__":
    PackageCache(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), read_sources()).serve_forever()
