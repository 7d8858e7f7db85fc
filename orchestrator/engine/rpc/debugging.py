"""The SDK's debug messages: some four calls for each resource, which nobody reads and which cost half of a no-op.

They are dropped where they arise, for programs that this engine runs and as long as it runs them. The SDK has no
switch for it, so its function is wrapped; programs of another engine in the same process keep theirs.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from pulumi import log
from pulumi.runtime.settings import SETTINGS

_running: Final[Counter[tuple[str, str]]] = Counter()
_lock: Final = threading.Lock()
_sdk_debug: Final = log.debug


@contextmanager
def dropped(project: str, stack: str) -> Iterator[None]:
    """The length of a program's run. `project`, `stack`: as the program's own settings name them."""
    with _lock:
        log.debug = _debug  # the SDK's modules look it up at each call
        _running[project, stack] += 1
    try:
        yield
    finally:
        with _lock:
            _running[project, stack] -= 1


def _debug(msg: str, resource: Any = None, stream_id: int | None = None, ephemeral: bool | None = None) -> None:  # noqa: FBT001 the SDK's signature
    if not _running.get((str(SETTINGS.project), str(SETTINGS.stack))):
        _sdk_debug(msg, resource, stream_id, ephemeral)
