"""The web configuration that counts now: read again when its file, or a certificate that it names, has changed."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path
from typing import Final

from orchestrator.adapters.exporter_prometheus.watched_file import WatchedFile
from orchestrator.adapters.exporter_prometheus.web_config import WebConfig, read_web_config
from orchestrator.errors import UsageError

log: Final = logging.getLogger(__name__)


class WebConfigFile:
    """Raises UsageError for a file that is wrong from the beginning. Later the last good one goes on.

    A renewed certificate and its key are two files, for a moment no pair. Nor does a running exporter give up TLS or
    passwords because a file is half written: that takes a start.
    """

    def __init__(self, file: Path) -> None:
        self._said = ""
        self._tls = self._users = False
        self._file: WatchedFile[WebConfig] = WatchedFile(file, lambda: self._read(file), self._failed)

    def current(self) -> WebConfig:
        return self._file.current()

    def tls(self) -> ssl.SSLContext | None:
        return self.current().tls

    def _read(self, file: Path) -> tuple[WebConfig, tuple[Path, ...]]:
        config = read_web_config(file)
        if (self._tls and not config.tls) or (self._users and not config.users):
            raise UsageError(f"{file} gives up TLS or passwords", hint="start the exporter again if this is meant")
        self._tls, self._users = bool(config.tls), bool(config.users)
        return config, config.files

    def _failed(self, last: WebConfig, error: Exception) -> WebConfig:
        if str(error) != self._said:
            log.error("the last good web configuration counts: %s", error)
            self._said = str(error)
        return last
