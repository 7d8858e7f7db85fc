"""The end of a server's life: when Nova lists it no more, and counts it for nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from orchestrator.engine.cloud.resources.instance.changes import fault_of
from orchestrator.engine.provider import ProviderError

if TYPE_CHECKING:
    from orchestrator.engine.cloud.resources.instance.changes import Server
    from orchestrator.engine.cloud.waits import Deadline

GONE: Final = frozenset({"DELETED", "SOFT_DELETED"})
LINGERS: Final = 30.0  # seconds from DELETED on, after which nothing more is expected of Nova


class End:
    """Of one server whose deletion was asked for.

    One that says DELETED is still listed and counted while its host gives back what it took (nova-compute,
    `_complete_deletion`): a server made in that moment is refused for its quota, or stands beside it. Where the host
    dies in that very moment, it says so until the host is back: no more than `LINGERS` is waited for that.
    """

    def __init__(self, server: Server, deadline: Deadline) -> None:
        self._server = server
        self._deadline = deadline
        self._long_enough = 0.0

    def reached(self) -> bool | None:
        """True, or None: not yet."""
        body = self._server.fetch()
        if body is None or body["status"] == "SOFT_DELETED":
            return True
        if body["status"] == "DELETED":
            return self._lingered() or None
        if body["status"] == "ERROR" and not body.get("OS-EXT-STS:task_state"):
            raise ProviderError(f"{self._server.called} could not be deleted: {fault_of(body)}")
        return None

    def _lingered(self) -> bool:
        now = time.monotonic()
        self._long_enough = self._long_enough or now + min(LINGERS, self._deadline.left / 2)
        return now >= self._long_enough
