"""A headless Chromium, driven through a pipe (DevTools protocol): what scripts/lib/chromium.sh found or fetched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import Any, Final

NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
WHERE_ELSE: Final = "scripts/test.sh unit fetches Debian's package without installing it, or install `chromium`"
LIMIT: Final = 120  # seconds for one answer: a loaded machine
PLUMBING: Final = """
import fcntl, os, sys
for ours, theirs in [(fcntl.fcntl(int(ours), fcntl.F_DUPFD, 10), at) for ours, at in zip(sys.argv[1:3], (3, 4))]:
    os.dup2(ours, theirs)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads from descriptor 3 and writes to 4."""
FONTS: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "mutualis")


def program() -> Path:
    """Named, on PATH, or unpacked. Raises RuntimeError: a test without it fails."""
    named = os.environ.get("MUTUALIS_CHROMIUM")
    found = [named] if named else [place for name in NAMES if (place := shutil.which(name))]
    for place in (*found, str(_cache() / "chromium/usr/lib/chromium/chromium-headless-shell")):
        if os.access(place, os.X_OK):
            return Path(place)
    raise RuntimeError(f"there is no Chromium on this machine: {WHERE_ELSE}")


@contextmanager
def chromium(folder: Path) -> Iterator[Chromium]:
    """One page of a browser of its own. `folder`: scratch. It is shown files alone, and ends whatever happens."""
    inwards, ours = os.pipe()
    theirs, outwards = os.pipe()
    command = [sys.executable, "-c", PLUMBING, str(inwards), str(outwards), str(program()), *FLAGS]
    command += ["--no-sandbox"] if os.geteuid() == 0 else []
    with (folder / "chromium.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"--user-data-dir={folder / 'profile'}"],
            pass_fds=(inwards, outwards),
            stdout=log,
            stderr=log,
            env=_environment(folder),
        )
    os.close(inwards)
    os.close(outwards)
    try:
        yield Chromium(ours, theirs)
    finally:
        os.close(ours)
        os.close(theirs)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """With what was unpacked beside the browser: libraries and a font."""
    own = _cache() / "chromium/usr/lib"
    libraries = {str(one.parent) for one in own.rglob("*.so*") if one.parent.name != "chromium"}
    fonts = folder / "fonts.conf"
    fonts.write_text(FONTS.format(fonts=_cache() / "fonts/usr/share/fonts", cache=folder / "fonts"), encoding="utf-8")
    mine = own in program().parents
    return {
        **os.environ,
        **({"LD_LIBRARY_PATH": ":".join(sorted(libraries))} if mine else {}),
        "FONTCONFIG_FILE": str(fonts),
        "HOME": str(folder),
    }


class Chromium:
    """One page, over a pipe to the browser and one from it; events since it was opened stand in `events`."""

    def __init__(self, to: int, whence: int) -> None:
        self._to, self._from = to, whence
        self._number, self._rest, self._session = 0, b"", ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The answer. Raises RuntimeError when the browser refuses."""
        self._number += 1
        sent: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            sent["sessionId"] = self._session
        os.write(self._to, json.dumps(sent).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return dict(message["result"])
            self.events.append(message)

    def open(self, page: Path, width: int, *, dark: bool = False, media: str = "screen") -> None:
        """The page at a width in pixels, loaded."""
        self.events.clear()
        phone = width < 600
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=phone)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.call("Page.navigate", url=page.as_uri())
        while "Page.loadEventFired" not in self.methods():
            self.events.append(self._message())

    def methods(self) -> list[str]:
        return [str(event.get("method")) for event in self.events]

    def value(self, expression: str) -> Any:
        """What a JavaScript expression says of the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def picture(self, file: Path) -> None:
        """The whole page as PNG."""
        answer = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        file.write_bytes(b64decode(answer["data"]))

    def paper(self) -> bytes:
        """The page as PDF, on the paper that it asks for."""
        return b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _message(self) -> dict[str, Any]:
        until = time.monotonic() + LIMIT
        while b"\0" not in self._rest:
            if not select([self._from], [], [], max(0.0, until - time.monotonic()))[0]:
                raise RuntimeError(f"Chromium did not answer within {LIMIT} s")
            piece = os.read(self._from, 1 << 20)
            if not piece:
                raise RuntimeError("Chromium ended; its folder has a log")
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        return dict(json.loads(message))
