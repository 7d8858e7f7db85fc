"""The collection as the serving process sees it: its pages come by the channel, the rest is asked for."""

from __future__ import annotations

from itertools import count
from queue import Empty, SimpleQueue
from typing import Final

from orchestrator.adapters.exporter_prometheus.messages import ALIVE, MEMBER, RELOAD, Answer, Ask, Channel, NewPage
from orchestrator.adapters.exporter_prometheus.rendering import Page
from orchestrator.adapters.exporter_prometheus.shown import ShownPage
from orchestrator.errors import SpecError, TemporaryFailure

PATIENCE: Final = 8.0  # seconds; a request as a whole has ten


class FarMembers:
    """Pages of one collection's members, each asked for once. They may be of the next collection already."""

    def __init__(self, far: FarCollection) -> None:
        self._far = far
        self._pages: dict[str, Page | None] = {}

    def page(self, tenant: str) -> Page | None:
        """Raises TemporaryFailure when the other process is not heard of in time."""
        if tenant not in self._pages:
            self._pages[tenant] = self._far.ask(MEMBER, tenant).page
        return self._pages[tenant]


class FarCollection:
    """`follow` runs in one thread, the rest in any."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._numbers = count()
        self._waiting: dict[int, SimpleQueue[Answer]] = {}
        self.page: ShownPage | None = None

    @property
    def alive(self) -> bool:
        try:
            return self.ask(ALIVE).alive
        except TemporaryFailure:
            return False

    def reload(self) -> None:
        if error := self.ask(RELOAD).error:
            raise SpecError(error)

    def ask(self, what: str, tenant: str = "") -> Answer:
        """Raises TemporaryFailure when there is no answer in time."""
        number = next(self._numbers)
        answers: SimpleQueue[Answer] = SimpleQueue()
        self._waiting[number] = answers
        try:
            self._channel.send(Ask(number=number, what=what, tenant=tenant))
            return answers.get(timeout=PATIENCE)
        except (Empty, OSError) as error:
            raise TemporaryFailure("the collecting process does not answer") from error
        finally:
            del self._waiting[number]

    def follow(self) -> None:
        """Take what comes, until the other side has ended."""
        for message in self._channel.received():
            self._take(message)

    def _take(self, message: NewPage | Answer) -> None:
        if isinstance(message, NewPage):
            self.page = ShownPage(**message.page.forms(), members=FarMembers(self))
        elif answers := self._waiting.get(message.number):
            answers.put(message)
