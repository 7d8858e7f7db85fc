"""The recorded answers, with the addresses that the stub has while it runs."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).with_name("recorded")
SERVICES = ("identity", "placement", "compute", "block-storage", "network", "image")
"""Their types in the catalogue; an address of the stub is `http://HOST:PORT/<type>/...`."""


class Recording:
    """`base`: the stub's own address, without a slash at the end."""

    def __init__(self, base: str) -> None:
        self._base = base

    def body(self, service: str, name: str) -> Any:
        """A copy that may be changed."""
        return deepcopy(_read(self._base, service)[name])

    def item(self, service: str, name: str, key: str = "") -> Any:
        """The one item that is kept of a list. `key`: of the list in the answer, if it is not the name."""
        return self.body(service, name)[key or name][0]


@cache
def _read(base: str, service: str) -> Any:
    text = (RECORDED / f"{service}.json").read_text(encoding="utf-8")
    for other in SERVICES:
        text = text.replace(f"http://{other}", f"{base}/{other}")
    return json.loads(text)
