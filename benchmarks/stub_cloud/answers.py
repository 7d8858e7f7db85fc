"""Every answer of the made-up cloud: found by service, path and query, rendered once, kept as bytes."""

from __future__ import annotations

import json
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from stub_cloud.compute_answers import ComputeAnswers
from stub_cloud.estate import Estate
from stub_cloud.identity_answers import IdentityAnswers
from stub_cloud.listing import Query
from stub_cloud.network_answers import NetworkAnswers
from stub_cloud.placement_answers import PlacementAnswers
from stub_cloud.recording import SERVICES, Recording
from stub_cloud.volume_answers import VolumeAnswers

LARGEST_KEPT = 50_000
"""Answers kept; who asks for more different things is answered more slowly."""


class Service(Protocol):
    def answer(self, path: str, query: Query) -> bytes | None: ...


class ImageAnswers:
    """Glance as recorded: nothing depends on the number of images."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def answer(self, path: str, query: Query) -> bytes | None:  # noqa: ARG002 (of every service)
        name = {"": "root", "v2/images": "images"}.get(path.strip("/"))
        return None if name is None else _dumped(self._recording.body("image", name))


class Answers:
    """`base`: the stub's own address."""

    def __init__(self, estate: Estate, base: str) -> None:
        recording = Recording(base)
        self._services: dict[str, Service] = {
            "identity": IdentityAnswers(estate, recording),
            "placement": PlacementAnswers(estate, recording),
            "compute": ComputeAnswers(estate, recording, base),
            "block-storage": VolumeAnswers(estate, recording, base),
            "network": NetworkAnswers(estate, recording, base),
            "image": ImageAnswers(recording),
        }
        assert set(self._services) == set(SERVICES)
        self._kept: dict[str, bytes | None] = {}

    def body(self, target: str) -> bytes | None:
        """`/<service>/<path>?<query>`; None: there is no such thing."""
        if target not in self._kept:
            if len(self._kept) >= LARGEST_KEPT:
                self._kept.clear()
            self._kept[target] = self._made(target)
        return self._kept[target]

    def _made(self, target: str) -> bytes | None:
        url = urlsplit(target)
        service, _, path = url.path.removeprefix("/").partition("/")
        if service not in self._services:
            return None
        return self._services[service].answer(path, parse_qs(url.query))


def _dumped(body: object) -> bytes:
    return json.dumps(body).encode()
