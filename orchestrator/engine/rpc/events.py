"""The stream of events to whoever called the Automation API with `on_event`."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from queue import SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import grpc
from pulumi.runtime.proto import events_pb2, events_pb2_grpc

from orchestrator.engine.rpc.channel import open_channel


class EventStream:
    """Numbers events and sends them in order. Safe to use from many threads; close it before the command returns."""

    def __init__(self, address: str) -> None:
        """`address`: `tcp://HOST:PORT`, as the SDK gives it."""
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._sequence = 0
        self._channel = open_channel(urlsplit(address).netloc)
        self._call: Any = events_pb2_grpc.EventsStub(self._channel).StreamEvents.future(self._requests())

    def send(self, kind: str, fields: Mapping[str, Any]) -> None:
        with self._lock:
            event = {"sequence": self._sequence, "timestamp": int(time.time()), kind: fields}
            self._sequence += 1
            self._queue.put(json.dumps(event))

    def close(self) -> None:
        """Return when the other side has taken everything, or is gone."""
        self._queue.put(None)
        try:
            self._call.result(timeout=30)
        except (grpc.RpcError, grpc.FutureTimeoutError):
            self._call.cancel()  # nobody listens any more; the operation itself is not worse for it
        self._channel.close()

    def _requests(self) -> Iterator[events_pb2.EventRequest]:
        while (event := self._queue.get()) is not None:
            yield events_pb2.EventRequest(event=event)
