"""Something that is done in the background again and again, beside collection: its failure never harms that."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

from orchestrator.errors import MutualisError

log: Final = logging.getLogger(__name__)

STOP_SECONDS: Final = 5.0  # one that hangs in a service does not hold up the end


class Turns:
    """`turn` at once and then every `seconds`, in a thread of its own, for the length of the block.

    `what`: the words for it in the log.
    """

    def __init__(self, what: str, turn: Callable[[], object], seconds: float) -> None:
        self._what = what
        self._turn = turn
        self._seconds = seconds
        self._stopped = Event()
        self._thread = Thread(target=self._run, name=f"exporter-{what}", daemon=True)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._turn()
            except MutualisError as error:
                log.error("%s failed: %s", self._what, error.message)  # noqa: TRY400 (an operator needs no traceback)
            except Exception:
                log.exception("%s failed; please report this", self._what)
            self._stopped.wait(self._seconds)
