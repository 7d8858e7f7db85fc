"""What the SDK tells and nobody reads: debug messages, some four calls for each resource, and where it was declared.

Together they cost more than half of a no-op. They are dropped where they arise, for programs that this engine runs
and as long as it runs them. The SDK has no switch for it, so its functions are wrapped; programs of another engine in
the same process keep theirs.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from pulumi import log
from pulumi.runtime import resource as resources
from pulumi.runtime.proto import source_pb2
from pulumi.runtime.settings import SETTINGS

_running: Final[Counter[tuple[str, str]]] = Counter()
_lock: Final = threading.Lock()
_TRACE: Final = "_get_stack_trace"  # of the SDK; where a newer one has none, nothing is wrapped
_sdk_debug: Final = log.debug
_sdk_trace: Final = getattr(resources, _TRACE, None)


@contextmanager
def dropped(project: str, stack: str) -> Iterator[None]:
    """The length of a program's run. `project`, `stack`: as the program's own settings name them."""
    with _lock:
        log.debug = _debug  # the SDK's modules look them up at each call
        if _sdk_trace is not None:
            setattr(resources, _TRACE, _trace)
        _running[project, stack] += 1
    try:
        yield
    finally:
        with _lock:
            _running[project, stack] -= 1


def _debug(msg: str, resource: Any = None, stream_id: int | None = None, ephemeral: bool | None = None) -> None:  # noqa: FBT001 the SDK's signature
    if not _is_ours():
        _sdk_debug(msg, resource, stream_id, ephemeral)


def _trace() -> Any:
    """Neither the state nor an event of ours holds it."""
    return source_pb2.StackTrace() if _is_ours() or _sdk_trace is None else _sdk_trace()


def _is_ours() -> bool:
    return bool(_running.get((str(SETTINGS.project), str(SETTINGS.stack))))
