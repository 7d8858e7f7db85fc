"""The serving process, as the one that collects sees it: started, given pages, answered, ended."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Final

from orchestrator.adapters.exporter_prometheus.collection import Collection
from orchestrator.adapters.exporter_prometheus.messages import MEMBER, RELOAD, Answer, Ask, Channel, NewPage, Serve
from orchestrator.adapters.exporter_prometheus.page import RegionPage
from orchestrator.adapters.exporter_prometheus.rendering import Page
from orchestrator.errors import MutualisError

log: Final = logging.getLogger(__name__)

PROGRAM: Final = "orchestrator.adapters.exporter_prometheus.front"
STOP_SECONDS: Final = 5.0


class FrontProcess:
    """Serves on a socket that listens already. Ends with this process, however that ends."""

    def __init__(self, listening: socket.socket, collection: Collection, told: Serve) -> None:
        self._socket, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-m", PROGRAM, str(listening.fileno()), str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(command, pass_fds=(listening.fileno(), theirs.fileno()))
        connection: Connection[Any, Any] = Connection(os.dup(self._socket.fileno()))
        self._channel = Channel(connection)
        self._collection = collection
        self._channel.send(told)
        Thread(target=self._answer_all, name="exporter-front", daemon=True).start()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def show(self, page: RegionPage) -> None:
        """To be served from now on; its members' figures stay here until somebody asks for them.

        That the process has ended is found by who asks whether it is alive.
        """
        try:
            self._channel.send(NewPage(page=Page(**page.forms())))
        except OSError:
            log.error("the serving process has ended")  # noqa: TRY400 (an operator needs no traceback)

    def stop(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # wakes who receives, here and there; a close alone would not
        self._socket.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answer_all(self) -> None:
        """Each in a thread of its own: reading all specs takes a while. Requests are bounded, so these are."""
        for asked in self._channel.received():
            Thread(target=self._answer, args=(asked,), name="exporter-answer", daemon=True).start()

    def _answer(self, asked: Ask) -> None:
        try:
            self._channel.send(self._answered(asked))
        except OSError:
            return  # nobody waits for it any more

    def _answered(self, asked: Ask) -> Answer:
        if asked.what == MEMBER:
            page = self._collection.page
            own = page.members.page(asked.tenant) if page else None
            return Answer(number=asked.number, page=own)
        if asked.what == RELOAD:
            try:
                self._collection.reload()
            except MutualisError as error:
                return Answer(number=asked.number, error=error.message)
        return Answer(number=asked.number, alive=self._collection.alive)
